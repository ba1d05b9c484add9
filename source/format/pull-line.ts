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

type Words = {image?: string; platform?: string; isAllTags: boolean};

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

/** What follows `docker pull`: `[--platform P] [--all-tags] IMAGE`. */
export const parsePullLine = (text: string): Parsed<PullLine> => {
	const split = splitWords(text);
	if (!split.ok) return split;
	const words: Words = {isAllTags: false};
	const rest = split.value.values();
	for (const word of rest) {
		if (word === '-a' || word === '--all-tags') words.isAllTags = true;
		else if (word === '--platform') words.platform = rest.next().value ?? '-';
		else if (word.startsWith('--platform=')) words.platform = word.slice('--platform='.length) || '-';
		else if (word.startsWith('-'))
			return refuse(word, 'a pull takes --platform os/architecture and --all-tags');
		else if (words.image === undefined) words.image = word;
		else return refuse(text, 'one image is pulled at a time');
	}
	return pullLineOf(words.image ?? '', words.platform ?? '', words.isAllTags);
};
