import {parseChanges} from './commit-fields.ts';
import {accept, type Parsed, type Refusal, refuse} from './parsed.ts';
import {parseEnv} from './run-fields.ts';
import {splitWords} from './shell-words.ts';
import {parseSignal} from './signal-name.ts';

/** A JSON list of texts, as `CMD ["sh", "-c"]` has it; nothing for what does not try to be one. */
const checkJson = (text: string): string | undefined => {
	if (!text.startsWith('[')) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		if (Array.isArray(value) && value.every(item => typeof item === 'string')) return undefined;
	} catch {
		// Told below.
	}
	return 'a list is JSON with double quotes, such as ["nginx", "-g", "daemon off;"]';
};

const checkEach = (text: string, check: (word: string) => string | undefined): string | undefined => {
	const words = splitWords(text);
	if (!words.ok) return words.reason;
	for (const word of words.value) {
		const problem = check(word);
		if (problem !== undefined) return problem;
	}
	return undefined;
};

const ruleOf = (parsed: Parsed<unknown>): string | undefined => (parsed.ok ? undefined : parsed.reason);

/** `KEY=VALUE` any number of times, or the old way: a key, a blank, the value. */
const checkPairs = (text: string): string | undefined =>
	/^[^\s=]+\s+\S/.test(text) ? undefined : checkEach(text, word => checkPair(word));

const checkPair = (word: string): string | undefined =>
	word.includes('=') ? ruleOf(parseEnv(word)) : `"${word}": it is KEY=VALUE, with quotes around blanks`;

const port = /^\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp|sctp))?$/i;
const isPort = (word: string): boolean =>
	port.test(word) &&
	word
		.split('/')[0]
		?.split('-')
		.every(part => Number(part) >= 1 && Number(part) <= 65_535) === true;

const checkPorts = (text: string): string | undefined =>
	checkEach(text, word =>
		isPort(word) ? undefined : `"${word}": a port is 1 to 65535, with /udp when it is not TCP`,
	);

const oneWord = (text: string): string | undefined =>
	/\s/.test(text) ? 'it is one word: a name or id, with :group when wanted' : undefined;

const checkTrigger = (text: string): string | undefined =>
	/^(?:ONBUILD|FROM|MAINTAINER)\b/i.test(text)
		? 'ONBUILD takes neither ONBUILD, FROM nor MAINTAINER'
		: undefined;

/** What an instruction's value must be, beyond being there. */
const checks: Readonly<Record<string, (value: string) => string | undefined>> = {
	CMD: checkJson,
	ENTRYPOINT: checkJson,
	ENV: checkPairs,
	EXPOSE: checkPorts,
	LABEL: checkPairs,
	ONBUILD: checkTrigger,
	STOPSIGNAL: value => ruleOf(parseSignal(value)),
	USER: oneWord,
	VOLUME: checkJson,
};

const refuseChange = (change: string): Refusal | undefined => {
	const [, name = '', value = ''] = /^(\S+)\s+(.*)$/s.exec(change) ?? [];
	const rule = checks[name.toUpperCase()]?.(value);
	return rule === undefined ? undefined : refuse(change, rule);
};

/**
 * Instructions with semicolons between them, each with a value that the engine takes: `CMD ["sh"]; EXPOSE 80`.
 * Source: moby `builder/dockerfile`, the dispatchers of the instructions that a commit may have.
 */
export const parseImportChanges = (text: string): Parsed<readonly string[]> => {
	const parsed = parseChanges(text);
	if (!parsed.ok) return parsed;
	for (const change of parsed.value) {
		const refusal = refuseChange(change);
		if (refusal !== undefined) return refusal;
	}
	return accept(parsed.value);
};

/** Of one field: the instruction with this value; none where it is empty. */
export const parseChange = (instruction: string, value: string): Parsed<readonly string[]> => {
	const text = value.trim();
	if (text === '') return accept([]);
	const change = `${instruction} ${text}`;
	return refuseChange(change) ?? accept([change]);
};
