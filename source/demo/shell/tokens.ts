/** A word of a command line, or what stands between commands. */
export type Token =
	/** Its value is of the moment it is asked for: variables change along the line. */
	{readonly kind: 'word'; readonly value: () => string} | {readonly kind: 'operator'; readonly text: string};

const operatorPattern = /^(?:&&|\|\||[;|&\n])/;

/**
 * Splits a command line as a shell does: quotes, backslashes, `$NAME`, `${NAME}` and `$?`. What is in single quotes
 * stays as it is. Redirections of errors and to `/dev/null` are left out.
 */
export const tokensOf = (line: string, variable: (name: string) => string): readonly Token[] => {
	const tokens: Token[] = [];
	let word: (() => string)[] | undefined;
	let at = 0;
	const end = (): void => {
		const parts = word;
		if (parts !== undefined) tokens.push({kind: 'word', value: () => parts.map(part => part()).join('')});
		word = undefined;
	};
	while (at < line.length) {
		const rest = line.slice(at);
		const operator = operatorPattern.exec(rest)?.[0];
		const redirection = /^(?:2>&1|[12]?>+\s*\/dev\/null)/.exec(rest)?.[0];
		if (redirection !== undefined && word === undefined) at += redirection.length;
		else if (operator !== undefined) {
			end();
			tokens.push({kind: 'operator', text: operator});
			at += operator.length;
		} else if (/^\s/.test(rest)) {
			end();
			at += 1;
		} else if (rest.startsWith('#') && word === undefined) {
			at += rest.indexOf('\n') < 0 ? rest.length : rest.indexOf('\n');
		} else {
			const piece = pieceOf(rest, variable);
			word = [...(word ?? []), piece.value];
			at += piece.length;
		}
	}
	end();
	return tokens;
};

type Piece = {readonly value: () => string; readonly length: number};

const pieceOf = (rest: string, variable: (name: string) => string): Piece => {
	const [single, verbatim] = /^'([^']*)'?/.exec(rest) ?? [];
	if (single !== undefined) return {value: () => verbatim ?? '', length: single.length};
	const [double, quoted = ''] = /^"((?:[^"\\]|\\[\s\S])*)"?/.exec(rest) ?? [];
	if (double !== undefined)
		return {value: () => expanded(quoted.replace(/\\(["\\])/g, '$1'), variable), length: double.length};
	if (rest[0] === '\\') return {value: () => rest[1] ?? '', length: 2};
	const plain = /^[^\s'"\\;|&]+/.exec(rest)?.[0] ?? rest[0] ?? '';
	return {value: () => expanded(plain, variable), length: plain.length};
};

const expanded = (text: string, variable: (name: string) => string): string =>
	text.replace(/\$(?:\{(\w+)\}|(\w+|[?$]))/g, (_, braced?: string, bare?: string) =>
		variable(braced ?? bare ?? ''),
	);
