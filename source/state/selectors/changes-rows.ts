import type {ChangeKind} from '../../engine/process-types.ts';
import {naturalOrder} from '../../format/natural-order.ts';
import {type ChangesRow, changes as resource} from '../../resources/changes.ts';
import {parseFilter} from '../../resources/filter.ts';
import type {ChangeNode, ChangeTree} from '../change-tree.ts';
import type {State} from '../model.ts';
import {isOpen as isOpenBy} from '../slices/changes.ts';
import type {Folding} from '../views/changes.ts';
import {createSelector} from './memo.ts';
import {type Sorting, sorting as sortingOf, sortingSelector} from './ordered.ts';

const rowOf = (node: ChangeNode, depth = 0, isOpen = false): ChangesRow => {
	const {path, name, kind, isMountPoint, isByMount, children, below} = node;
	const own = {path, name, isMountPoint, isByMount, depth, isOpen};
	return {...own, ...(kind && {kind}), ...(children.length > 0 && {below})};
};

/** In larger folders the order of a person is not worth its time: half a second for 100,000 names. */
const naturalLimit = 30_000;

const byName = (count: number) => {
	if (count <= naturalLimit) return (a: ChangeNode, b: ChangeNode): number => naturalOrder(a.name, b.name);
	return (a: ChangeNode, b: ChangeNode): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
};

const compareBy = (sorting: Sorting, count: number): ((a: ChangeNode, b: ChangeNode) => number) => {
	const sort = sortingOf(resource, sorting);
	const compare = resource.columns.find(({id}) => id === sort?.columnId)?.compare;
	const sign = (sort?.isDescending ?? sorting.isReversed) ? -1 : 1;
	const name = byName(count);
	if (compare === undefined || sort?.columnId === 'path') return (a, b) => sign * name(a, b);
	return (a, b) => sign * compare(rowOf(a), rowOf(b)) || name(a, b);
};

/** Sorts what is in a folder when it is first shown, and not again until the order is another. */
const createOrder = (): ((nodes: readonly ChangeNode[], sorting: Sorting) => readonly ChangeNode[]) => {
	let last: Sorting | undefined;
	let known = new WeakMap<readonly ChangeNode[], readonly ChangeNode[]>();
	return (nodes, sorting) => {
		if (sorting !== last) known = new WeakMap();
		last = sorting;
		const before = known.get(nodes);
		if (before !== undefined) return before;
		const sorted = nodes.toSorted(compareBy(sorting, nodes.length));
		known.set(nodes, sorted);
		return sorted;
	};
};

/** Those that match, and the folders they are in. */
const withParents = (
	{nodes}: ChangeTree,
	matches: (node: ChangeNode) => boolean,
): ReadonlySet<ChangeNode> => {
	const kept = new Set<ChangeNode>();
	for (const node of nodes) {
		if (!matches(node)) continue;
		for (let at: ChangeNode | undefined = node; at !== undefined && !kept.has(at); at = at.parent)
			kept.add(at);
	}
	return kept;
};

const selectShown: (state: State) => ReadonlySet<ChangeNode> | undefined = createSelector(
	(state: State) => [state.changes?.tree, state.changes?.only, state.ui.lists.changes.filter.trim()],
	(tree: ChangeTree | undefined, only: ChangeKind | undefined, filter: string) => {
		if (tree === undefined || (only === undefined && filter === '')) return undefined;
		const matches = parseFilter(filter, resource.search);
		return withParents(
			tree,
			node => (only === undefined || node.kind === only) && (filter === '' || matches(rowOf(node))),
		);
	},
);

const ordered = createOrder();

const flattened = (
	tree: ChangeTree,
	sorting: Sorting,
	isShown: (node: ChangeNode) => boolean,
	isOpen: (node: ChangeNode) => boolean,
): readonly ChangesRow[] => {
	const rows: ChangesRow[] = [];
	const waiting: {readonly node: ChangeNode; readonly depth: number}[] = [];
	const push = (nodes: readonly ChangeNode[], depth: number): void => {
		const sorted = ordered(nodes, sorting);
		for (let index = sorted.length - 1; index >= 0; index -= 1) {
			const node = sorted[index];
			if (node !== undefined && isShown(node)) waiting.push({node, depth});
		}
	};
	push(tree.roots, 0);
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const {node, depth} = next;
		const isUnfolded = node.children.length > 0 && isOpen(node);
		rows.push(rowOf(node, depth, isUnfolded));
		if (isUnfolded) push(node.children, depth + 1);
	}
	return rows;
};

const none: readonly ChangesRow[] = [];

/** The rows of the tab, in order. While something is looked for, every folder with a find in it is open. */
export const selectChangesRows: (state: State) => readonly ChangesRow[] = createSelector(
	(state: State) => [
		state.changes?.tree,
		state.changes?.folding,
		selectShown(state),
		state.ui.lists.changes.filter.trim() !== '',
		selectSorting(state),
	],
	(
		tree: ChangeTree | undefined,
		folding: Folding | undefined,
		shown: ReadonlySet<ChangeNode> | undefined,
		isSought: boolean,
		sorting: Sorting,
	): readonly ChangesRow[] => {
		if (tree === undefined || folding === undefined) return none;
		const isShown = (node: ChangeNode): boolean => shown === undefined || shown.has(node);
		return flattened(tree, sorting, isShown, node => isSought || isOpenBy(folding, node));
	},
);

const selectSorting = sortingSelector('changes');
