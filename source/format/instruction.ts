/**
 * What a history says of a step, spelled as a Dockerfile would have it. Builders write it in their own ways: the
 * classic one `/bin/sh -c #(nop)  CMD ["x" "y"]` and `|1 A=b /bin/sh -c make`, BuildKit `RUN |1 A=b /bin/sh -c make # buildkit`.
 */

const quoted = /"(?:[^"\\]|\\.)*"/g;

/** Go's list of quoted words as JSON writes it. */
const commas = (text: string): string =>
	/^\[(?:"(?:[^"\\]|\\.)*" ?)+\]$/.test(text) ? `[${(text.match(quoted) ?? []).join(', ')}]` : text;

/** Go's list without quotes: `[/bin/sh -c]`, `map[80/tcp:{} 53/udp:{}]`. */
const bareWords = (text: string): readonly string[] =>
	text
		.replace(/^(?:map)?\[|\]$/g, '')
		.split(' ')
		.map(word => word.replace(/:\{\}$/, ''))
		.filter(word => word !== '');

const unquoted = (word: string): string => {
	try {
		const value: unknown = JSON.parse(word);
		return typeof value === 'string' ? value : word;
	} catch {
		return word;
	}
};

/** `&{["CMD-SHELL" "wget …"] "5s" "3s" "0s" '\x04'}`: test, interval, timeout, start period (and interval), retries. */
const healthCheck = (text: string): string => {
	const parts = /^&\{\[(.*)\] ((?:"[^"]*" ?)+)(?:'(.*)'|(\d+))\}$/.exec(text);
	if (parts === null) return text;
	const [kind = '', ...command] = (parts[1]?.match(quoted) ?? []).map(unquoted);
	if (kind === 'NONE') return 'NONE';
	const [interval, timeout, start] = (parts[2]?.match(quoted) ?? []).map(unquoted);
	const code = /^\\x([\da-f]{2})$|^\\u([\da-f]{4})$/.exec(parts[3] ?? '');
	const digits = code?.[1] ?? code?.[2];
	const retries = parts[4] ?? (digits === undefined ? '0' : String(Number.parseInt(digits, 16)));
	const flags = [
		['interval', interval],
		['timeout', timeout],
		['start-period', start],
		['retries', retries],
	].flatMap(([name, value]) => (value === undefined || /^0s?$/.test(value) ? [] : [`--${name}=${value}`]));
	const test = kind === 'CMD-SHELL' ? command.join(' ') : JSON.stringify(command);
	return [...flags, 'CMD', test].join(' ');
};

/** Arguments of an instruction that changes the configuration. */
const configured = (word: string, rest: string): string => {
	switch (word) {
		case 'CMD':
		case 'ENTRYPOINT':
			return commas(rest);
		case 'SHELL':
			return rest.includes('"') ? commas(rest) : JSON.stringify(bareWords(rest)).replaceAll('","', '", "');
		case 'EXPOSE':
			return rest.startsWith('map[') || rest.startsWith('[') ? bareWords(rest).join(' ') : rest;
		case 'VOLUME':
			return rest.startsWith('[') && !rest.includes('"') ? bareWords(rest).join(' ') : rest;
		case 'HEALTHCHECK':
			return healthCheck(rest);
		default:
			return rest;
	}
};

/** `|2 A=b C=d e /bin/sh -c make`: how many build arguments, they themselves, the shell and its line. */
const withArguments = /^\|\d+ (.*?) (\/bin\/sh -c .*)$/s;

const shellLine = (text: string): string => text.replace(/^\/bin\/sh -c /, '');

const ran = (text: string): string => {
	const [, args, line] = withArguments.exec(text) ?? [];
	return args === undefined || line === undefined
		? `RUN ${shellLine(text)}`
		: `RUN ${shellLine(line)}  # ${args}`;
};

const isShell = /^(?:\|\d+ .*? )?(?:\/\S+\/)?(?:ba|a|da|z)?sh (?:-\S+ |pipefail )*-\w*c /s;

/** @param createdBy as the engine tells it; empty for a step that says nothing of itself, e.g. an import */
export const dockerfileInstruction = (createdBy: string): string => {
	const text = createdBy.replace(/ # buildkit$/, '').trim();
	const nop = /^[^#]*#\(nop\) +(.*)$/s.exec(text);
	const plain = nop?.[1] ?? text;
	if (nop === null && isShell.test(text)) return ran(text);
	const [, word = '', rest = ''] = /^([A-Z]+) +(.*)$/s.exec(plain) ?? [];
	if (word === '') return plain;
	if (word === 'RUN') return ran(rest);
	return `${word} ${configured(word, rest)}`.trim();
};
