const mostKept = 8192;
const texts = new Map<string, string>();

/**
 * One string for all that are equal. Events repeat names, images and labels thousands of times, and thousands of
 * events are kept.
 */
export const sharedText = (text: string): string => {
	const known = texts.get(text);
	if (known !== undefined) return known;
	if (texts.size >= mostKept) texts.clear();
	texts.set(text, text);
	return text;
};
