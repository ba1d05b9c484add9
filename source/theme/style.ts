/** A pair of SGR sequences; the closing one ends only what the opening one began. */
export type Style = {readonly open: string; readonly close: string};

const sgr = (on: string, off: string): Style => ({open: `\x1b[${on}m`, close: `\x1b[${off}m`});

export const plain: Style = {open: '', close: ''};
export const bold = sgr('1', '22');
export const faint = sgr('2', '22');
export const inverse = sgr('7', '27');

/** @param code 30–37 or 90–97 of the terminal's own palette */
export const palette = (code: number): Style => sgr(`${code}`, '39');
/** @param index 16–255 of the fixed palette */
export const indexed = (index: number): Style => sgr(`38;5;${index}`, '39');
/** @param rgb as `0xrrggbb` */
export const rgb = (rgb: number): Style =>
	sgr(`38;2;${(rgb >> 16) & 0xff};${(rgb >> 8) & 0xff};${rgb & 0xff}`, '39');

export const both = (outer: Style, inner: Style): Style => ({
	open: outer.open + inner.open,
	close: inner.close + outer.close,
});

/** Wraps the text; a style inside that ends on the same code is followed by the outer one again. */
export const apply = (style: Style, text: string): string => {
	if (style.open === '' || text === '') return text;
	const inner = text.includes(style.close) ? text.replaceAll(style.close, style.close + style.open) : text;
	return style.open + inner + style.close;
};
