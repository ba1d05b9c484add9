import {cellWidth, clusters, cut, fit} from '../format/cells.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Theme} from '../theme/theme.ts';

export type TextField = {
	readonly value: string;
	/** Index into the value in UTF-16 units, between graphemes. */
	readonly cursor: number;
	readonly isFocused: boolean;
	/** Shown faint while the value is empty. */
	readonly placeholder?: string;
	readonly width: number;
	readonly theme: Theme;
};

const splitFirst = (text: string): readonly [string, string] => {
	const [first] = clusters(text);
	return first === undefined ? ['', ''] : [first.text, text.slice(first.text.length)];
};

/** One line of exactly `width` cells that is scrolled sideways as far as the cursor needs. */
export const textFieldLine = ({
	value,
	cursor,
	isFocused,
	placeholder = '',
	width,
	theme,
}: TextField): string => {
	const {ellipsis} = theme.glyphs;
	const clean = (text: string): string => theme.spell(sanitise(text));
	if (width <= 0) return '';
	if (!isFocused)
		return value === ''
			? theme.paint('dim', fit(clean(placeholder), width, {ellipsis}))
			: fit(clean(value), width, {ellipsis});
	const [under, after] = splitFirst(clean(value.slice(cursor)));
	const block = under === '' ? ' ' : under;
	const blockWidth = cellWidth(block);
	const before = cut(clean(value.slice(0, cursor)), width - blockWidth, 'start', ellipsis);
	const room = Math.max(width - cellWidth(before) - blockWidth, 0);
	const rest =
		value === ''
			? theme.paint('dim', fit(clean(placeholder), room, {ellipsis}))
			: fit(after, room, {ellipsis});
	return before + theme.paint('cursor', fit(block, width - cellWidth(before) - room)) + rest;
};
