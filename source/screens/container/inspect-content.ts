import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {inspect} from '../../resources/inspect.ts';
import type {State} from '../../state/model.ts';
import {inspectCursor, matchNumber} from '../../state/selectors/inspect-cursor.ts';
import {
	selectInspectMatches,
	selectInspectNodes,
	selectInspectRows,
} from '../../state/selectors/inspect-rows.ts';
import {createSelector} from '../../state/selectors/memo.ts';
import {listView} from '../../state/selectors/rows.ts';
import type {Theme} from '../../theme/theme.ts';
import {documentBadges, emptyDocument} from './document-words.ts';
import {inspectLine, type LineContext, pathLine} from './inspect-line.ts';

const selectMaskedCount = createSelector(
	(state: State) => [selectInspectNodes(state)],
	nodes => nodes.filter(({masked}) => masked !== undefined).length,
);

const findBadge = (state: State, search: string): readonly string[] => {
	if (search === '') return [];
	const count = selectInspectMatches(state).length;
	return [count === 0 ? `no match for "${search}"` : `"${search}" ${matchNumber(state)}/${count}`];
};

/** The engine's JSON as a tree: the window of its rows, and the path of the one under the cursor. */
export const inspectContent = (state: State, size: Size, theme: Theme): PaneContent => {
	const {document, ui} = state;
	const search = ui.queries['inspect.find'] ?? '';
	const isRevealed = document?.isRevealed ?? false;
	const view = listView(state, 'inspect');
	const width = Math.max(0, size.width - PANE_BORDER);
	const context: LineContext = {columns: size.width, search, isRevealed, theme};
	const isFocused = ui.overlays.length === 0;
	const rows = selectInspectRows(state)
		.slice(view.offset, view.offset + view.height)
		.map((row, index) => inspectLine(row, view.offset + index === view.cursor, context));
	const missing = rows.length === 0 ? (emptyDocument(state) ?? inspect.emptyMessage) : undefined;
	const body = missing === undefined ? rows : [theme.paint('dim', fit(` ${theme.spell(missing)}`, width))];
	const filler = Array.from({length: Math.max(0, view.height - body.length)}, () => ' '.repeat(width));
	return {
		...size,
		title: document?.objectKind === 'image' ? `Inspect ${sanitise(document.title)}` : 'Inspect',
		badges: [...findBadge(state, search), ...documentBadges(state, selectMaskedCount(state))],
		isFocused,
		hasMoreAbove: view.offset > 0,
		hasMoreBelow: view.offset + view.height < view.count,
		lines: [...body, ...filler, pathLine(inspectCursor(state), context)],
		theme,
	};
};
