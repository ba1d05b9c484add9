import type {ListId} from '../../resources/resource.ts';
import type {ContainerTab, ImageTab, PaneId, Screen, State} from '../model.ts';
import {hasReadingStatus, type InspectorLayout, inspectorLayout} from './layers-layout.ts';
import {createSelector} from './memo.ts';
import {transferNote} from './transfer-note.ts';

/** Outer size of a pane in cells, border included. */
export type PaneSize = {readonly pane: PaneId; readonly width: number; readonly height: number};

/**
 * How the dashboard is divided; every column is a stack of panes from top to bottom.
 * `tiny`: too small for anything but a line that says so.
 */
export type Layout = {
	readonly mode: 'tiny' | 'single' | 'stacked' | 'wide';
	readonly columns: readonly (readonly PaneSize[])[];
	/** Rows between header and footer. */
	readonly bodyHeight: number;
};

const headerRows = 1;
const footerRows = 1;

/** Rows that a pane spends on its border, and a list also on its column titles. */
const borderRows = 2;
const titleRows = 1;

/** Fewer leave the lowest panes of the right column without a single row. */
const minWideRows = 18;

const stack = (panes: readonly PaneId[], shares: readonly number[], width: number, height: number) => {
	const heights = shares.map(share => Math.floor(share * height));
	const used = heights.reduce((sum, value) => sum + value, 0);
	return panes.map((pane, index) => ({
		pane,
		width,
		height: (heights[index] ?? 0) + (index === 0 ? height - used : 0),
	}));
};

const columnsOf = (columns: number, bodyHeight: number): Layout['columns'] => {
	const right = Math.min(72, Math.max(40, Math.round(columns * 0.3)));
	const left = columns - right;
	return [
		stack(['containers', 'images'], [0.6, 0.4], left, bodyHeight),
		stack(['resources', 'transfers', 'events'], [0.4, 0.25, 0.35], right, bodyHeight),
	];
};

const layoutOf = (columns: number, rows: number, focus: PaneId, isZoomed: boolean): Layout => {
	const bodyHeight = Math.max(0, rows - headerRows - footerRows);
	const whole = [[{pane: focus, width: columns, height: bodyHeight}]];
	if (columns < 30 || rows < 8) return {mode: 'tiny', columns: [], bodyHeight};
	if (isZoomed || columns < 60 || rows < 15) return {mode: 'single', columns: whole, bodyHeight};
	if (columns >= 120 && rows >= minWideRows)
		return {mode: 'wide', columns: columnsOf(columns, bodyHeight), bodyHeight};
	const lower = focus === 'containers' ? 'images' : focus;
	return {
		mode: 'stacked',
		columns: [stack(['containers', lower], [0.6, 0.4], columns, bodyHeight)],
		bodyHeight,
	};
};

export const selectLayout = createSelector(
	(state: State) => [state.ui.columns, state.ui.rows, state.ui.focus, state.ui.isZoomed],
	layoutOf,
);

const paneSize = (state: State, pane: PaneId): PaneSize | undefined =>
	selectLayout(state)
		.columns.flat()
		.find(size => size.pane === pane);

/** Lines below the list of outdated containers: the story of the one under the cursor. */
export const outdatedStoryRows = 2;

/** Lines beside the pane: the bar, and where it takes a while also how far it is. */
const barRows = ({kind}: Screen): number => {
	switch (kind) {
		case 'container':
		case 'image':
			return 1;
		case 'compare':
		case 'registry':
			return 2;
		case 'outdated':
			return outdatedStoryRows;
		case 'transfer':
			return 1;
		case 'logs':
		case 'build':
		case 'transfers':
		case 'search':
		case 'dashboard':
			return 0;
	}
};

/** Rows of a full screen's pane, its border included: below the bar of tabs when there is one. */
export const readerPaneHeight = (state: State): number =>
	Math.max(0, selectLayout(state).bodyHeight - barRows(state.ui.screen));

/** Rows of text on a full screen of its own. */
export const readerHeight = (state: State): number => Math.max(1, readerPaneHeight(state) - borderRows);

/** How the inspector's tab is divided. */
export const selectInspectorLayout = (state: State): InspectorLayout => {
	const size = {width: state.ui.columns, height: readerPaneHeight(state)};
	return inspectorLayout(size, state.layers?.focus ?? 'layers', hasReadingStatus(state.layers));
};

/** Those of the inspector are on the screen together; the waste takes the place of the files. */
const inspectorListHeight = (state: State, list: 'layers' | 'layerFiles' | 'waste'): number => {
	const {screen} = state.ui;
	if (screen.kind !== 'image' || screen.tab !== 'layers' || state.layers?.viewed !== undefined) return 0;
	const {layersHeight, filesHeight} = selectInspectorLayout(state);
	const isWaste = state.layers?.focus === 'waste';
	if (list === 'layers') return Math.max(0, layersHeight - borderRows - titleRows);
	return isWaste === (list === 'waste') ? Math.max(0, filesHeight - borderRows - titleRows) : 0;
};
/** Of a pane's rows, those that the instruction under the cursor has below the list, its border included. */
export const instructionRows = (paneRows: number): number =>
	paneRows < 14 ? 0 : Math.min(14, Math.floor(paneRows / 3));

/** Of the pane, those below the list. */
const rowsBelow = (state: State, list: ReaderListId): number => {
	if (list === 'history') return instructionRows(readerPaneHeight(state));
	return list === 'transferLayers' ? transferNote(state).length : 0;
};

/** Lists of the full screens; an inspect has its path below instead of column titles above. */
const readerListHeight = (state: State, list: ReaderListId): number => {
	if (readerList(state) !== list) return 0;
	return Math.max(0, readerPaneHeight(state) - rowsBelow(state, list) - borderRows - titleRows);
};

/** The list on the full screen that is open. */
export const readerList = ({ui: {screen}, files, layers}: State): ReaderListId | undefined => {
	switch (screen.kind) {
		case 'container':
			return tabList(screen.tab, files);
		case 'image':
			return imageList(screen.tab, layers);
		case 'compare':
		case 'build':
		case 'transfers':
		case 'search':
		case 'outdated':
			return screen.kind;
		case 'transfer':
			return 'transferLayers';
		case 'registry':
			return screen.place.level;
		case 'logs':
		case 'dashboard':
			return undefined;
	}
};

/** Which of the inspector's lists has the keys. */
const imageList = (tab: ImageTab, layers: State['layers']): ReaderListId | undefined => {
	switch (tab) {
		case 'layers':
			return layers?.viewed === undefined ? (layers?.focus ?? 'layers') : undefined;
		case 'history':
		case 'inspect':
			return tab;
		case 'imageConfig':
			return undefined;
	}
};

const tabList = (tab: ContainerTab, files: State['files']): ReaderListId | undefined => {
	switch (tab) {
		case 'processes':
		case 'inspect':
		case 'changes':
			return tab;
		case 'files':
			return files?.content === undefined ? 'files' : undefined;
		case 'logs':
		case 'stats':
		case 'config':
		case 'network':
			return undefined;
	}
};

type ReaderListId = Exclude<ListId, PaneId> | 'transfers';

const paneListHeight = (state: State, pane: PaneId): number =>
	Math.max(0, (paneSize(state, pane)?.height ?? 0) - borderRows - titleRows);

/** Rows of a list on the screen; 0 while it is not shown. */
export const listHeight = (state: State, list: ListId): number => {
	switch (list) {
		case 'containers':
		case 'images':
		case 'events':
			return paneListHeight(state, list);
		case 'transfers':
			return state.ui.screen.kind === 'dashboard'
				? paneListHeight(state, list)
				: readerListHeight(state, list);
		case 'processes':
		case 'inspect':
		case 'changes':
		case 'files':
		case 'history':
		case 'compare':
		case 'build':
		case 'registries':
		case 'repositories':
		case 'tags':
		case 'manifest':
		case 'search':
		case 'outdated':
		case 'transferLayers':
			return readerListHeight(state, list);
		case 'layers':
		case 'layerFiles':
		case 'waste':
			return inspectorListHeight(state, list);
	}
};

/** Rows that an overlay has for what is scrolled in it: without its border, its field and the blank below that. */
export const overlayHeight = (state: State): number => Math.max(1, state.ui.rows - borderRows - 2);
