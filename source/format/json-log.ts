/** The names under which programs log how bad it is, what happened and when; the first that is there counts. */
const levelNames = ['level', 'severity', 'lvl', 'levelname', 'log.level', '@level', 'loglevel'];
const messageNames = ['msg', 'message', '@message', 'event', 'text', 'log'];
const timeNames: ReadonlySet<string> = new Set(['time', 'ts', 'timestamp', '@timestamp', 't']);

/** Bunyan's and pino's numbers. */
const numbered: ReadonlyMap<number, string> = new Map([
	[10, 'trace'],
	[20, 'debug'],
	[30, 'info'],
	[40, 'warn'],
	[50, 'error'],
	[60, 'fatal'],
]);

const colourOf = (level: string): string => {
	if (/^(fatal|panic|crit|alert|emerg|err)/i.test(level)) return '31';
	if (/^warn/i.test(level)) return '33';
	if (/^(trace|debug)/i.test(level)) return '2';
	return '32';
};

const wordsOf = (value: unknown): string => {
	if (typeof value !== 'string') return JSON.stringify(value) ?? '';
	return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
};

const levelWord = (value: unknown): string => {
	const word = typeof value === 'number' ? (numbered.get(value) ?? String(value)) : String(value);
	return word.toUpperCase().slice(0, 5).padEnd(5);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
	const trimmed = text.trim();
	if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
	try {
		const value: unknown = JSON.parse(trimmed);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
};

/**
 * A line that is one JSON object as words: its level in its colour, its message, then `name=value` for the rest, with
 * SGR colours. Any other line as it is. The time comes last: the log has times of its own.
 */
export const prettyJson = (text: string): string => {
	const object = parsed(text);
	if (object === undefined) return text;
	const levelName = levelNames.find(name => object[name] !== undefined);
	const messageName = messageNames.find(name => typeof object[name] === 'string');
	const level = levelName === undefined ? '' : levelWord(object[levelName]);
	const rest = Object.entries(object)
		.filter(([name]) => name !== levelName && name !== messageName)
		.toSorted(([left], [right]) => Number(timeNames.has(left)) - Number(timeNames.has(right)))
		.map(([name, value]) => `\x1b[2m${name}=\x1b[0m${wordsOf(value)}`);
	const head = level === '' ? [] : [`\x1b[${colourOf(level)}m${level}\x1b[0m`];
	const message = messageName === undefined ? [] : [String(object[messageName])];
	return [...head, ...message, ...rest].join(' ');
};
