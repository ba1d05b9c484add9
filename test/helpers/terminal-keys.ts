/** What a terminal in its usual mode (xterm) sends for the keys that are not characters. */
const namedKeys: Readonly<Record<string, string>> = {
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	home: '\u001B[H',
	end: '\u001B[F',
	insert: '\u001B[2~',
	delete: '\u001B[3~',
	pgup: '\u001B[5~',
	pgdn: '\u001B[6~',
	'shift-tab': '\u001B[Z',
	tab: '\t',
	enter: '\r',
	esc: '\u001B',
	space: ' ',
	backspace: '\u007F',
	f1: '\u001BOP',
	f5: '\u001B[15~',
};

/**
 * @param key a character (`s`, `P`, `/`), a name (`enter`, `pgdn`), or one of both after `ctrl-` or `alt-`.
 * @returns the bytes of that key.
 * @throws for a name that is not known.
 */
export function bytesOf(key: string): string {
	const named = namedKeys[key];
	if (named !== undefined) return named;
	if ([...key].length === 1) return key;
	const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key)?.[1];
	if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
	if (key.startsWith('alt-')) return `\u001B${bytesOf(key.slice('alt-'.length))}`;
	throw new Error(`no such key: ${key}`);
}
