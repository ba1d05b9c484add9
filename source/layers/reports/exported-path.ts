import {shownPath} from '../tree/paths.ts';

/** A text of bytes in JSON: as it is meant, and the bytes themselves where they are no UTF-8. */
type ExportedText = {readonly text: string; readonly base64?: string};

/** @param latin1 one character for one byte */
const exportedText = (latin1: string): ExportedText => {
	const text = shownPath(latin1);
	const bytes = Buffer.from(latin1, 'latin1');
	return Buffer.from(text, 'utf8').equals(bytes) ? {text} : {text, base64: bytes.toString('base64')};
};

/** A path in the image, from its root. @returns `path`, and `pathBase64` where the path is no UTF-8 */
export const exportedPath = (latin1: string): {readonly path: string; readonly pathBase64?: string} => {
	const {text, base64} = exportedText(`/${latin1}`);
	return {path: text, ...(base64 === undefined ? {} : {pathBase64: base64})};
};

/** A link's target as it is written, of a hard link from the root. */
export const exportedTarget = (
	latin1: string,
): {readonly linkTarget: string; readonly linkTargetBase64?: string} => {
	const {text, base64} = exportedText(latin1);
	return {linkTarget: text, ...(base64 === undefined ? {} : {linkTargetBase64: base64})};
};
