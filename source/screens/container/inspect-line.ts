import {cut, fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {InspectRow} from '../../resources/inspect.ts';
import {inspectMatcher, isBranch, type JsonKind, nodeText} from '../../resources/inspect-tree.ts';
import {isLongText, nodePlace} from '../../state/selectors/inspect-rows.ts';
import type {Theme} from '../../theme/theme.ts';
import type {Token} from '../../theme/tokens.ts';

export type LineContext = {
	/** Cells of the terminal. */
	readonly columns: number;
	/** What is looked for; empty for nothing. */
	readonly search: string;
	readonly isRevealed: boolean;
	readonly theme: Theme;
};

const tones: Readonly<Record<JsonKind, Token>> = {
	object: 'dim',
	array: 'dim',
	string: 'text',
	number: 'accent',
	boolean: 'accent',
	null: 'dim',
};

/** The text in its tone, with what is looked for standing out. */
const painted = (text: string, tone: Token, {search, theme}: LineContext): string => {
	if (search === '' || !inspectMatcher(search)(text)) return theme.paint(tone, text);
	const where = search === search.toLowerCase() ? text.toLowerCase() : text;
	let shown = '';
	let end = 0;
	for (let at = where.indexOf(search); at !== -1; at = where.indexOf(search, end)) {
		const next = at + search.length;
		shown += theme.paint(tone, text.slice(end, at)) + theme.paint('titleFocused', text.slice(at, next));
		end = next;
	}
	return shown + theme.paint(tone, text.slice(end));
};

/** One row of the tree as a line of exactly the pane's inner width. */
export const inspectLine = (row: InspectRow, hasCursor: boolean, context: LineContext): string => {
	const {columns, isRevealed, theme} = context;
	const {node, isOpen, line} = row;
	const {glyphs} = theme;
	const place = nodePlace(node, columns);
	const width = columns - 2;
	const safe = (text: string): string => theme.spell(sanitise(text));
	const draw = (paint: (text: string, tone: Token) => string): readonly string[] => {
		if (line !== undefined) return [' '.repeat(place.indent + 3), paint(theme.spell(line), 'text')];
		const isFoldable = isBranch(node) || isLongText(node, columns, isRevealed);
		const mark = isFoldable ? (isOpen ? glyphs.open : glyphs.closed) : ' ';
		const key = cut(safe(node.label), place.key, 'middle', glyphs.ellipsis);
		const value = cut(safe(nodeText(node, isRevealed)), place.value, 'middle', glyphs.ellipsis);
		const tone = node.masked !== undefined && !isRevealed ? 'watch' : tones[node.kind];
		return [`${' '.repeat(place.indent + 1)}${mark} `, paint(key, 'info'), ': ', paint(value, tone)];
	};
	const plain = fit(draw(text => text).join(''), width, {ellipsis: glyphs.ellipsis});
	if (hasCursor) return theme.paint('selection', plain);
	const blank = plain.length - plain.trimEnd().length;
	return (
		draw((text, tone) => painted(text, tone, context))
			.join('')
			.trimEnd() + ' '.repeat(blank)
	);
};

/** Where the cursor is, and what stands there. */
export const pathLine = (row: InspectRow | undefined, {columns, isRevealed, theme}: LineContext): string => {
	const width = columns - 2;
	if (row === undefined) return ' '.repeat(width);
	const {node} = row;
	const isHidden = node.masked !== undefined && !isRevealed;
	const characters = typeof node.value === 'string' ? `string of ${[...node.value].length}` : node.kind;
	const about = isHidden ? 'masked: . shows it' : characters;
	const path = cut(
		theme.spell(sanitise(node.path)),
		width - about.length - 4,
		'start',
		theme.glyphs.ellipsis,
	);
	return theme.paint('dim', fit(` ${path}  ${about}`, width));
};
