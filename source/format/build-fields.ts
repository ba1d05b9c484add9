import {normaliseReference, parseReference} from './image-name.ts';
import {accept, type Parsed, refuse} from './parsed.ts';
import {splitWords} from './shell-words.ts';

export const builders = ['auto', 'classic', 'buildkit'] as const;
export type BuilderField = (typeof builders)[number];

const words = <Value>(text: string, parse: (word: string) => Parsed<Value>): Parsed<readonly Value[]> => {
	const split = splitWords(text);
	if (!split.ok) return split;
	const values: Value[] = [];
	for (const word of split.value) {
		const parsed = parse(word);
		if (!parsed.ok) return parsed;
		values.push(parsed.value);
	}
	return accept(values);
};

const tag = (word: string): Parsed<string> => {
	const parsed = parseReference(word);
	if (!parsed.ok) return parsed;
	return parsed.value.digest === undefined
		? normaliseReference(word)
		: refuse(word, 'a digest is computed, not given; name the image repository:tag');
};

/** `shop/api:1 shop/api:latest`, also with commas; each with its tag, none twice. */
export const parseTags = (text: string): Parsed<readonly string[]> => {
	const parsed = words(text.replaceAll(',', ' '), tag);
	return parsed.ok ? accept([...new Set(parsed.value)]) : parsed;
};

const pair =
	(what: string) =>
	(word: string): Parsed<readonly [key: string, value: string | undefined]> => {
		const at = word.indexOf('=');
		const key = at === -1 ? word : word.slice(0, at);
		if (key === '') return refuse(word, `${what} is KEY=VALUE, and the key is missing`);
		if (/[\s\0]/.test(key)) return refuse(word, `the key of ${what} has no blanks`);
		return accept([key, at === -1 ? undefined : word.slice(at + 1)]);
	};

/**
 * Build arguments: `KEY=VALUE`, or `KEY` alone for the value that it has on this machine (`null` when it has none:
 * the Dockerfile's own default holds).
 */
export const parseBuildArgs = (
	text: string,
	environment: Readonly<Record<string, string | undefined>>,
): Parsed<Readonly<Record<string, string | null>>> => {
	const parsed = words(text, pair('a build argument'));
	if (!parsed.ok) return parsed;
	return accept(
		Object.fromEntries(parsed.value.map(([key, value]) => [key, value ?? environment[key] ?? null])),
	);
};

/** `KEY=VALUE`, or `KEY` alone for an empty value. */
export const parseLabels = (text: string): Parsed<Readonly<Record<string, string>>> => {
	const parsed = words(text, pair('a label'));
	return parsed.ok
		? accept(Object.fromEntries(parsed.value.map(([key, value]) => [key, value ?? ''])))
		: parsed;
};

/** A stage of a Dockerfile: its name or its number. */
export const parseTarget = (text: string): Parsed<string> =>
	/^\w[\w.-]*$/.test(text)
		? accept(text)
		: refuse(text, 'a stage is named by letters, digits and _ . -, or by its number');

/** `linux/arm64`, `linux/arm/v7`. */
export const parseBuildPlatform = (text: string): Parsed<string> =>
	/^[a-z0-9]+(?:\/[a-z0-9_]+){0,2}$/i.test(text)
		? accept(text)
		: refuse(text, 'a platform is os/architecture or os/architecture/variant, such as linux/arm64');

export const parseBuilder = (text: string): Parsed<BuilderField> => {
	const found = builders.find(builder => builder === (text.trim().toLowerCase() || 'auto'));
	return found === undefined ? refuse(text, 'the builder is auto, classic or buildkit') : accept(found);
};
