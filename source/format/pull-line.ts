import {normaliseReference, parseReference} from './image-name.ts';
import {accept, type Parsed, refuse} from './parsed.ts';
import {parsePlatform} from './platform.ts';
import {splitWords} from './shell-words.ts';

/** What is pulled: structurally a reference and the engine's `PullOptions`. */
export type PullLine = {
	/** With tag or digest; the repository alone for all tags. */
	readonly reference: string;
	readonly choice: {readonly platform?: string; readonly isAllTags?: boolean};
};

type Words = {readonly images: string[]; platform?: string; isAllTags: boolean};

/** The reference and its choices, as fields of a form or words of a line gave them. */
export const pullLineOf = (image: string, platform: string, isAllTags: boolean): Parsed<PullLine> => {
	const parsed = parseReference(image);
	if (!parsed.ok) return parsed;
	if (isAllTags && (parsed.value.tag ?? parsed.value.digest) !== undefined)
		return refuse(image, 'all tags are asked for by the repository alone, without a tag');
	const wanted = platform.trim() === '' ? undefined : parsePlatform(platform);
	if (wanted?.ok === false) return wanted;
	const reference = isAllTags ? accept(image.trim()) : normaliseReference(image);
	if (!reference.ok) return reference;
	return accept({
		reference: reference.value,
		choice: {
			...(wanted === undefined ? {} : {platform: wanted.value}),
			...(isAllTags ? {isAllTags: true} : {}),
		},
	});
};

/** Several references with the same choices, none of them twice. */
export const pullLinesOf = (
	images: readonly string[],
	platform: string,
	isAllTags: boolean,
): Parsed<readonly PullLine[]> => {
	const lines = new Map<string, PullLine>();
	for (const image of images.length === 0 ? [''] : images) {
		const line = pullLineOf(image, platform, isAllTags);
		if (!line.ok) return line;
		lines.set(line.value.reference, line.value);
	}
	return accept([...lines.values()]);
};

/** What follows `docker pull`, for several images too: `[--platform P] [--all-tags] IMAGE…`. */
export const parsePullLine = (text: string): Parsed<readonly PullLine[]> => {
	const split = splitWords(text);
	if (!split.ok) return split;
	const words: Words = {images: [], isAllTags: false};
	const rest = split.value.values();
	for (const word of rest) {
		if (word === '-a' || word === '--all-tags') words.isAllTags = true;
		else if (word === '--platform') words.platform = rest.next().value ?? '-';
		else if (word.startsWith('--platform=')) words.platform = word.slice('--platform='.length) || '-';
		else if (word.startsWith('-'))
			return refuse(word, 'a pull takes --platform os/architecture and --all-tags');
		else words.images.push(word);
	}
	return pullLinesOf(words.images, words.platform ?? '', words.isAllTags);
};
