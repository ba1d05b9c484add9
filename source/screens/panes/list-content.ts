import {tableHeader, tableLines} from '../../components/list-table.ts';
import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {spinnerFrame} from '../../components/spinner.ts';
import {fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {CellContext} from '../../resources/column.ts';
import {layoutColumns, rowCells} from '../../resources/layout-columns.ts';
import type {ListId, Resource} from '../../resources/resource.ts';
import type {Loading} from '../../state/loading.ts';
import type {State} from '../../state/model.ts';
import {sorting} from '../../state/selectors/ordered.ts';
import {focusedList, listView} from '../../state/selectors/rows.ts';
import type {Theme} from '../../theme/theme.ts';

export type ListPane<Row> = {
	readonly list: ListId;
	/** Number of the pane and its name, e.g. `1 Containers`. */
	readonly title: string;
	readonly resource: Resource<Row>;
	/** The rows of the window. */
	readonly rows: (state: State, from: number, height: number) => readonly Row[];
	readonly isMarked?: (row: Row) => boolean;
	/** Count and the like, before filter and sort. */
	readonly badges: (state: State) => readonly string[];
	readonly loading?: (state: State) => Loading;
	/** Said instead of rows when there are none and none is filtered out. */
	readonly emptyText?: (state: State) => string | undefined;
	/** What is shown is not of this moment. */
	readonly isStale?: (state: State) => boolean;
};

/** What the pane says instead of rows. */
const emptyText = <Row>(state: State, pane: ListPane<Row>): string => {
	const loading = pane.loading?.(state);
	if (loading?.status === 'failed') return `Cannot list: ${sanitise(loading.fault.message)}`;
	if (loading?.status === 'loading') {
		return state.engine.connection.status === 'reconnecting' ? 'The engine has not answered yet.' : 'Loading';
	}
	const {filter} = state.ui.lists[pane.list];
	if (filter !== '') return `Nothing matches "${sanitise(filter)}". esc clears the filter.`;
	if (pane.list === 'containers' && state.ui.isRunningOnly) return 'No container runs. A shows all.';
	return pane.emptyText?.(state) ?? pane.resource.emptyMessage;
};

const badgesOf = <Row>(state: State, pane: ListPane<Row>, theme: Theme): readonly string[] => {
	const {filter, marks, sortBy, isReversed} = state.ui.lists[pane.list];
	const sort = sorting(pane.resource, state.ui.lists[pane.list]);
	const isOwnOrder = sortBy === undefined && !isReversed;
	const arrow = sort?.isDescending === true ? theme.glyphs.down : theme.glyphs.up;
	return [
		...pane.badges(state),
		...(filter === '' ? [] : [`/${sanitise(filter)}`]),
		...(isOwnOrder || sort === undefined ? [] : [`by ${sort.columnId}${arrow}`]),
		...(marks.size === 0 ? [] : [`${marks.size} marked`]),
	];
};

/** A list as a pane: title with the facts about it, column headers, the window of rows. */
export const listContent = <Row>(
	state: State,
	pane: ListPane<Row>,
	size: Size,
	theme: Theme,
): PaneContent => {
	const width = Math.max(0, size.width - PANE_BORDER);
	const view = listView(state, pane.list);
	const isFocused = focusedList(state) === pane.list && state.ui.overlays.length === 0;
	const isStale = state.engine.connection.status === 'reconnecting' || pane.isStale?.(state) === true;
	const context: CellContext = {
		now: state.now,
		glyphs: theme.glyphs,
		spinner: spinnerFrame(theme.glyphs, state.now),
	};
	const columns = layoutColumns(pane.resource.columns, width);
	const sort = sorting(pane.resource, state.ui.lists[pane.list]);
	const sortIndex = columns.findIndex(({column}) => column.id === sort?.columnId);
	const rows = pane.rows(state, view.offset, view.height).map(row => ({
		cells: rowCells(columns, row, context),
		isMarked: pane.isMarked?.(row) ?? false,
		isStale,
	}));
	const table = {columns, width, theme};
	const header = tableHeader(
		table,
		sort === undefined || sortIndex < 0 ? undefined : {index: sortIndex, isDescending: sort.isDescending},
	);
	const body =
		rows.length === 0
			? [fit('', width), theme.paint('dim', fit(`  ${theme.spell(emptyText(state, pane))}`, width))]
			: tableLines(rows, {...table, cursor: view.cursor - view.offset, isFocused});
	return {
		width: size.width,
		height: size.height,
		title: pane.title,
		badges: badgesOf(state, pane, theme),
		isFocused,
		hasMoreAbove: view.offset > 0,
		hasMoreBelow: view.offset + view.height < view.count,
		lines: [header, ...body],
		theme,
	};
};
