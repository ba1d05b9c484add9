import {cellWidth, cut} from '../format/cells.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Theme} from '../theme/theme.ts';

export type PaneContent = {
	/** Cells and rows of the whole pane, its border included. */
	readonly width: number;
	readonly height: number;
	readonly title: string;
	/** Short facts after the title: count, filter, sort order. */
	readonly badges?: readonly string[];
	readonly isFocused: boolean;
	readonly hasMoreAbove?: boolean;
	readonly hasMoreBelow?: boolean;
	/** Each exactly `width - 2` cells; those beyond `height - 2` are not shown. */
	readonly lines: readonly string[];
	readonly theme: Theme;
};

/** Cells and rows that a pane's border takes. */
export const PANE_BORDER = 2;

/** Whole badges in their order, as many as fit. */
const fittingBadges = (badges: readonly string[], width: number): string => {
	let shown = '';
	for (const badge of badges) {
		const longer = shown === '' ? badge : `${shown}  ${badge}`;
		if (cellWidth(longer) > width) break;
		shown = longer;
	}
	return shown;
};

const topLine = (pane: PaneContent): string => {
	const {width, theme, isFocused} = pane;
	const {border, up, ellipsis} = theme.glyphs;
	const edge = (text: string): string => theme.paint(isFocused ? 'borderFocused' : 'border', text);
	// Two corners, a blank on each side of the text, and one cell of border for the scroll mark.
	const room = width - 5;
	const safe = (text: string): string => theme.spell(sanitise(text));
	const title = cut(safe(pane.title), room, 'end', ellipsis);
	const badges = fittingBadges(
		(pane.badges ?? []).map(safe).filter(badge => badge !== ''),
		room - cellWidth(title) - 1,
	);
	const words = title + (badges === '' ? '' : ` ${badges}`);
	const painted =
		theme.paint(isFocused ? 'titleFocused' : 'title', title) +
		(badges === '' ? '' : ` ${theme.paint('dim', badges)}`);
	if (words === '') return edge(border.topLeft + border.horizontal.repeat(width - 2) + border.topRight);
	const rest = room - cellWidth(words);
	return `${edge(border.topLeft)} ${painted} ${edge(
		border.horizontal.repeat(rest) + (pane.hasMoreAbove ? up : border.horizontal) + border.topRight,
	)}`;
};

/** The pane's lines from its top border to its bottom border; exactly `height` lines of `width` cells. */
export const paneLines = (pane: PaneContent): readonly string[] => {
	const {width, height, theme, isFocused, lines} = pane;
	if (width < PANE_BORDER || height < PANE_BORDER)
		return Array.from({length: Math.max(height, 0)}, () => ' '.repeat(Math.max(width, 0)));
	const {border, down} = theme.glyphs;
	const edge = (text: string): string => theme.paint(isFocused ? 'borderFocused' : 'border', text);
	const side = edge(border.vertical);
	const blank = ' '.repeat(width - PANE_BORDER);
	const bottomMark = width > PANE_BORDER ? (pane.hasMoreBelow ? down : border.horizontal) : '';
	const bottom =
		border.bottomLeft + border.horizontal.repeat(Math.max(width - 3, 0)) + bottomMark + border.bottomRight;
	const body = Array.from({length: height - PANE_BORDER}, (_, row) => side + (lines[row] ?? blank) + side);
	return [topLine(pane), ...body, edge(bottom)];
};
