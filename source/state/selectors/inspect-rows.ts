import type {JsonValue} from '../../engine/types.ts';
import {cellWidth} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {wrapWhole} from '../../format/wrap.ts';
import type {InspectRow} from '../../resources/inspect.ts';
import {
	type InspectNode,
	inspectMatches,
	inspectNodes,
	isBranch,
	nodeText,
} from '../../resources/inspect-tree.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

const none: readonly InspectRow[] = [];

const PANE_BORDER = 2;

/** Every node of the document, folded away or not. */
export const selectInspectNodes: (state: State) => readonly InspectNode[] = createSelector(
	(state: State) => [state.document?.value],
	(value: JsonValue | undefined): readonly InspectNode[] => (value === undefined ? [] : inspectNodes(value)),
);

/** Where a node stands on its line: cells before it, and what it has for its key and its value. */
export type NodePlace = {readonly indent: number; readonly key: number; readonly value: number};

/** The fold mark before the key, the colon after it, and the edges. */
const FOLD_MARK = 2;
const COLON = 2;
const EDGES = 2;
const LEVEL = 2;
/** A long key leaves its value this much. */
const LEAST_VALUE = 12;

/** @param columns cells of the terminal */
export const nodePlace = ({depth, label}: InspectNode, columns: number): NodePlace => {
	const width = columns - PANE_BORDER - EDGES;
	// Far down a narrow screen would be all indent.
	const indent = Math.min(depth * LEVEL, Math.floor(width / 3));
	const room = Math.max(0, width - indent - FOLD_MARK - COLON);
	const key = Math.min(cellWidth(sanitise(label)), Math.max(0, room - LEAST_VALUE));
	return {indent, key, value: Math.max(0, room - key)};
};

/** A text of several lines, or one that does not fit behind its key: it can be unfolded like a branch. */
export const isLongText = (node: InspectNode, columns: number, isRevealed: boolean): boolean => {
	if (node.kind !== 'string') return false;
	const text = nodeText(node, isRevealed);
	return text.includes('\\n') || cellWidth(sanitise(text)) > nodePlace(node, columns).value;
};

/** The lines of a long text, none of it left out. */
const textRows = (node: InspectNode, index: number, columns: number, isRevealed: boolean): InspectRow[] => {
	const text = String(isRevealed ? node.value : (node.masked ?? node.value));
	const place = nodePlace(node, columns);
	const width = place.key + COLON + place.value;
	return text
		.split('\n')
		.flatMap(line => wrapWhole(line, width))
		.map((line, at) => ({key: `${node.path}#${at}`, node, index, isOpen: false, line}));
};

const rowsOf = (
	nodes: readonly InspectNode[],
	unfolded: ReadonlySet<string>,
	columns: number,
	isRevealed: boolean,
): readonly InspectRow[] => {
	const rows: InspectRow[] = [];
	let index = 0;
	while (index < nodes.length) {
		const node = nodes[index];
		if (node === undefined) break;
		const isOpen = unfolded.has(node.path) && (isBranch(node) || isLongText(node, columns, isRevealed));
		rows.push({key: node.path, node, index, isOpen});
		if (isOpen && !isBranch(node)) rows.push(...textRows(node, index, columns, isRevealed));
		index = isBranch(node) && !isOpen ? node.end : index + 1;
	}
	return rows;
};

/** The rows of the tree that are not folded away, in order. */
export const selectInspectRows: (state: State) => readonly InspectRow[] = createSelector(
	(state: State) => [
		selectInspectNodes(state),
		state.document?.unfolded,
		state.ui.columns,
		state.document?.isRevealed ?? false,
	],
	(
		nodes: readonly InspectNode[],
		unfolded: ReadonlySet<string> | undefined,
		columns: number,
		isRevealed: boolean,
	): readonly InspectRow[] => (unfolded === undefined ? none : rowsOf(nodes, unfolded, columns, isRevealed)),
);

/** Places in the document of what is looked for, in order. */
export const selectInspectMatches: (state: State) => readonly number[] = createSelector(
	(state: State) => [
		selectInspectNodes(state),
		state.ui.queries['inspect.find'] ?? '',
		state.document?.isRevealed ?? false,
	],
	inspectMatches,
);
