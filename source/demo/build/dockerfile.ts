import {DemoError} from '../contract.ts';

export type Instruction = {
	/** In capitals. */
	readonly word: string;
	/** `--from=one` and the like, before the value. */
	readonly flags: Readonly<Record<string, string>>;
	readonly value: string;
	/** As a step shows it: on one line, the word in capitals. */
	readonly title: string;
};

const words = new Set(
	'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
		' ',
	),
);

/** @throws DemoError 400 in the words of the classic builder */
export const parseDockerfile = (text: string, path: string): readonly Instruction[] => {
	const lines = joinedLines(text);
	if (lines.length === 0) throw new DemoError(400, `the Dockerfile (${path}) cannot be empty`);
	return lines.map(({line, number}) => {
		const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? [];
		const word = name.toUpperCase();
		if (!words.has(word))
			throw new DemoError(400, `dockerfile parse error line ${number}: unknown instruction: ${word}`);
		if (rest === '')
			throw new DemoError(
				400,
				`dockerfile parse error line ${number}: ${word} requires at least one argument`,
			);
		const flags: Record<string, string> = {};
		const value = rest.replace(/^(--[a-z]+(=\S+)?\s+)+/, found => {
			for (const [, key = '', set = ''] of found.matchAll(/--([a-z]+)=?(\S*)/g)) flags[key] = set;
			return '';
		});
		return {word, flags, value, title: `${word} ${rest}`};
	});
};

/** Without comments and empty lines; what a backslash continues is one line, numbered as its last. */
const joinedLines = (text: string): readonly {readonly line: string; readonly number: number}[] => {
	const joined: {line: string; number: number}[] = [];
	let waiting = '';
	for (const [index, raw] of text.split(/\r?\n/).entries()) {
		const line = raw.trim();
		if (line === '' || line.startsWith('#')) continue;
		const isContinued = line.endsWith('\\');
		waiting += isContinued ? `${line.slice(0, -1)}` : line;
		if (isContinued) continue;
		joined.push({line: waiting, number: index + 1});
		waiting = '';
	}
	if (waiting !== '') joined.push({line: waiting, number: text.split('\n').length});
	return joined;
};

/** `["a", "b"]`, or words parted by spaces. */
export const wordsOf = (value: string): readonly string[] => {
	try {
		const parsed: unknown = JSON.parse(value);
		if (Array.isArray(parsed)) return parsed.map(String);
	} catch {
		// Not JSON: the other form.
	}
	return [...value.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
};

/** `A=1 B="two words"`, or `A the rest`. */
export const pairsOf = (value: string): readonly (readonly [string, string])[] => {
	if (!/^("[^"]*"|[^\s=]+)=/.test(value)) {
		const [, key = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(value) ?? [];
		return [[key, rest]];
	}
	return [...value.matchAll(/("[^"]*"|[^\s=]+)=("(?:[^"\\]|\\.)*"|\S*)/g)].map(([, key = '', set = '']) => [
		key.replaceAll('"', ''),
		set.startsWith('"') ? set.slice(1, -1).replaceAll('\\"', '"') : set,
	]);
};

/** `$NAME`, `${NAME}` and `${NAME:-default}` replaced. */
export const substituted = (text: string, values: ReadonlyMap<string, string>): string =>
	text.replaceAll(
		/\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
		(_all, braced: string | undefined, fallback: string | undefined, plain: string | undefined) =>
			values.get(braced ?? plain ?? '') ?? fallback ?? '',
	);
