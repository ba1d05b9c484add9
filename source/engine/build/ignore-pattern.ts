/** A line of a `.dockerignore` that no path can be compared with. */
export class IgnorePatternError extends Error {
	override readonly name = 'IgnorePatternError';
}

/** One pattern of a `.dockerignore`, as moby/patternmatcher takes it. */
export type IgnorePattern = {
	/** Without its `!`. */
	readonly text: string;
	/** Takes back what patterns before it have matched. */
	readonly isException: boolean;
	/** @param path relative to the context, parts separated by `/` */
	readonly matches: (path: string) => boolean;
};

/** A character of a class in Go's `filepath.Match`, escaped or not; where the next one begins, -1 for none. */
const classCharacterEnd = (characters: readonly string[], index: number): number => {
	const character = characters[index];
	if (character === undefined || character === '-' || character === ']') return -1;
	const end = index + (character === '\\' ? 2 : 1);
	return end >= characters.length ? -1 : end;
};

const classEnd = (characters: readonly string[], start: number): number => {
	let index = characters[start] === '^' ? start + 1 : start;
	for (let count = 0; ; count += 1) {
		if (count > 0 && characters[index] === ']') return index + 1;
		index = classCharacterEnd(characters, index);
		if (index === -1) return -1;
		if (characters[index] !== '-') continue;
		index = classCharacterEnd(characters, index + 1);
		if (index === -1) return -1;
	}
};

/** What Go's `filepath.Match` calls a syntax error: a class without end or content, a backslash at the end. */
const isMalformed = (text: string): boolean => {
	const characters = [...text];
	for (let index = 0; index < characters.length; ) {
		if (characters[index] === '\\') {
			if (index + 1 >= characters.length) return true;
			index += 2;
		} else if (characters[index] === '[') {
			index = classEnd(characters, index + 1);
			if (index === -1) return true;
		} else index += 1;
	}
	return false;
};

const literal = (character: string): string =>
	/[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;

type Kind = 'exact' | 'prefix' | 'suffix' | 'expression';

/** As patternmatcher's `compile`: which comparison a pattern needs, and its regular expression. */
const translated = (text: string): {readonly kind: Kind; readonly expression: string} => {
	const characters = [...text];
	let kind: Kind = 'exact';
	let expression = '^';
	// Go counts turns, not characters: `**` and its `/` are one.
	let turn = 0;
	for (let index = 0; index < characters.length; turn += 1) {
		const character = characters[index] ?? '';
		index += 1;
		if (character === '*' && characters[index] === '*') {
			index += characters[index + 1] === '/' ? 2 : 1;
			if (index < characters.length) {
				expression += '([^\\n]*/)?';
				kind = 'expression';
			} else if (kind === 'exact') kind = 'prefix';
			else {
				expression += '[^\\n]*';
				kind = 'expression';
			}
			if (turn === 0) kind = 'suffix';
		} else if (character === '*') {
			expression += '[^/]*';
			kind = 'expression';
		} else if (character === '?') {
			expression += '[^/]';
			kind = 'expression';
		} else if (character === '\\') {
			const next = characters[index];
			index += 1;
			if (next === undefined) expression += '\\\\';
			else {
				expression += /[0-9A-Za-z]/.test(next) ? `\\${next}` : literal(next);
				kind = 'expression';
			}
		} else if (character === '[' || character === ']') {
			expression += character;
			kind = 'expression';
		} else expression += '.+()|{}$'.includes(character) ? `\\${character}` : character;
	}
	return {kind, expression: `${expression}$`};
};

const compiled = (text: string): ((path: string) => boolean) => {
	const {kind, expression} = translated(text);
	switch (kind) {
		case 'exact':
			return path => path === text;
		case 'prefix': {
			const start = text.slice(0, -2);
			return path => path.startsWith(start);
		}
		case 'suffix': {
			const end = text.slice(2);
			return path => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
		}
		case 'expression': {
			const matcher = expressionOf(expression, text);
			return path => matcher.test(path);
		}
	}
};

const expressionOf = (expression: string, text: string): RegExp => {
	try {
		return new RegExp(expression, 'u');
	} catch {
		try {
			// A bare `]` is no fault to Go.
			return new RegExp(expression);
		} catch {
			throw new IgnorePatternError(`syntax error in pattern "${text}"`);
		}
	}
};

/** @throws IgnorePatternError in the words of the docker CLI, with the pattern */
export const ignorePattern = (cleaned: string): IgnorePattern => {
	const isException = cleaned.startsWith('!');
	const text = isException ? cleaned.slice(1) : cleaned;
	if (text === '') throw new IgnorePatternError('illegal exclusion pattern: "!"');
	if (isMalformed(text)) throw new IgnorePatternError(`syntax error in pattern "${text}"`);
	return {text, isException, matches: compiled(text)};
};
