import type {FileComparison} from '../../layers/reports/compare-files.ts';
import {
	changedNodes,
	changeOf,
	comparedRows,
	matchedName,
	matchedPath,
} from '../../layers/reports/compare-rows.ts';
import type {ChangeKind} from '../../layers/tree/view.ts';
import {type ComparedFile, compare as resource} from '../../resources/compare.ts';
import {parseFilter} from '../../resources/filter.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

type Place = {readonly depth: number; readonly isOpen: boolean; readonly isFlat: boolean};

export const fileKey = (node: number): string => `file:${node}`;

/** The node of a row; -1 for a row of another section. */
export const nodeOfKey = (key: string | undefined): number =>
	key?.startsWith('file:') ? Number(key.slice('file:'.length)) : -1;

const rowOf = (files: FileComparison, node: number, {depth, isOpen, isFlat}: Place): ComparedFile => {
	const change = changeOf(files, node) ?? 'unmodified';
	return {
		key: fileKey(node),
		kind: 'file',
		path: matchedPath(files.paths, node),
		name: isFlat ? matchedPath(files.paths, node) : matchedName(files.paths, node),
		change,
		depth,
		below: files.changedBelow[node] ?? 0,
		isOpen,
		isFlat,
		...(change !== 'added' && {leftBytes: files.leftBytes[node] ?? 0}),
		...(change !== 'removed' && {rightBytes: files.rightBytes[node] ?? 0}),
	};
};

type Choice = {
	readonly shown: ReadonlySet<ChangeKind>;
	readonly sort: 'delta' | 'path';
	readonly filter: string;
	readonly isFlat: boolean;
	readonly unfolded: ReadonlySet<number>;
};

const flatRows = (files: FileComparison, {shown, sort, filter}: Choice): readonly ComparedFile[] => {
	const rows = [...changedNodes(files, {shown, sort})].map(node =>
		rowOf(files, node, {depth: 0, isOpen: false, isFlat: true}),
	);
	return filter === '' ? rows : rows.filter(parseFilter(filter, resource.search));
};

/** Those that match, and the directories they are in. */
const withParents = (files: FileComparison, found: readonly ComparedFile[]): ReadonlySet<number> => {
	const kept = new Set<number>();
	for (const {key} of found)
		for (let node = nodeOfKey(key); node > 0 && !kept.has(node); node = files.paths.parents[node] ?? 0)
			kept.add(node);
	return kept;
};

const treeRows = (files: FileComparison, choice: Choice): readonly ComparedFile[] => {
	const kept = choice.filter === '' ? undefined : withParents(files, flatRows(files, choice));
	// While something is looked for, every directory with a find in it is open.
	const unfolded = kept ?? choice.unfolded;
	const {nodes, depths, open} = comparedRows(files, {...choice, unfolded});
	const rows: ComparedFile[] = [];
	for (const [row, node] of nodes.entries()) {
		if (kept !== undefined && !kept.has(node)) continue;
		rows.push(rowOf(files, node, {depth: depths[row] ?? 0, isOpen: open[row] === 1, isFlat: false}));
	}
	return rows;
};

const none: readonly ComparedFile[] = [];
const nothing: ReadonlySet<never> = new Set();

export const selectComparedFiles: (state: State) => readonly ComparedFile[] = createSelector(
	({compare, ui}: State) => [
		compare?.comparison?.files,
		compare?.shown ?? nothing,
		compare?.sort ?? 'delta',
		ui.lists.compare.filter.trim(),
		compare?.isFlat ?? false,
		compare?.unfolded ?? nothing,
	],
	(
		files: FileComparison | undefined,
		shown: ReadonlySet<ChangeKind>,
		sort: 'delta' | 'path',
		filter: string,
		isFlat: boolean,
		unfolded: ReadonlySet<number>,
	): readonly ComparedFile[] => {
		if (files === undefined) return none;
		const choice = {shown, sort, filter, isFlat, unfolded};
		return isFlat ? flatRows(files, choice) : treeRows(files, choice);
	},
);

/** What is only on one side, in bytes: a directory with all that is in it. */
export type FileTotals = {
	readonly leftBytes: number;
	readonly rightBytes: number;
	readonly addedBytes: number;
	readonly removedBytes: number;
};

export const selectFileTotals: (state: State) => FileTotals | undefined = createSelector(
	({compare}: State) => [compare?.comparison?.files],
	(files: FileComparison | undefined): FileTotals | undefined => {
		if (files === undefined) return undefined;
		let [addedBytes, removedBytes] = [0, 0];
		for (let node = 1; node < files.paths.count; node += 1) {
			const change = changeOf(files, node);
			if (change === undefined || change === changeOf(files, files.paths.parents[node] ?? 0)) continue;
			if (change === 'added') addedBytes += files.rightBytes[node] ?? 0;
			if (change === 'removed') removedBytes += files.leftBytes[node] ?? 0;
		}
		return {
			leftBytes: files.leftBytes[0] ?? 0,
			rightBytes: files.rightBytes[0] ?? 0,
			addedBytes,
			removedBytes,
		};
	},
);
