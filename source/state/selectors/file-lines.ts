import type {FileContent} from '../views/files.ts';

/** Bytes in a row of the hex layout. */
export const hexRowBytes = 16;

/** What decides whether it is text: as `git` and `grep` do it, the beginning. */
const judgedBytes = 8192;

const isText = (bytes: Uint8Array): boolean => {
	const head = bytes.subarray(0, judgedBytes);
	if (head.includes(0)) return false;
	try {
		// `stream`: a character that the cut goes through is no fault.
		new TextDecoder('utf-8', {fatal: true}).decode(head, {stream: true});
		return true;
	} catch {
		return false;
	}
};

const judged = new WeakMap<Uint8Array, boolean>();

const looksLikeText = (bytes: Uint8Array): boolean => {
	const known = judged.get(bytes) ?? isText(bytes);
	judged.set(bytes, known);
	return known;
};

/** Text, unless it holds a NUL or is no UTF-8, or the reader has chosen. */
export const contentLayout = ({layout, bytes}: FileContent): 'text' | 'hex' =>
	layout ?? (looksLikeText(bytes) ? 'text' : 'hex');

const starts = new WeakMap<Uint8Array, readonly number[]>();

/** Where each line begins; the break at the end of a file begins none. */
export const lineStarts = (bytes: Uint8Array): readonly number[] => {
	const known = starts.get(bytes);
	if (known !== undefined) return known;
	const found: number[] = [];
	for (let at = 0; at !== -1 && at < bytes.length; ) {
		found.push(at);
		const end = bytes.indexOf(10, at);
		at = end === -1 ? -1 : end + 1;
	}
	starts.set(bytes, found);
	return found;
};

export const lineCount = (content: FileContent): number =>
	contentLayout(content) === 'hex'
		? Math.ceil(content.bytes.length / hexRowBytes)
		: lineStarts(content.bytes).length;
