import {nameOf, pathOf} from '../tree/paths.ts';
import {type ChangeKind, changeKinds, type TreeRows} from '../tree/view.ts';
import {deltaOf, type FileComparison} from './compare-files.ts';
import type {MatchedPaths} from './matched-paths.ts';

/** The name of a node of a comparison, latin1. */
export const matchedName = ({left, right, rightNodes}: MatchedPaths, node: number): string =>
	node < left.count ? nameOf(left, node) : nameOf(right, rightNodes[node] ?? 0);

/** The path of a node of a comparison, latin1. */
export const matchedPath = ({left, right, rightNodes}: MatchedPaths, node: number): string =>
	node < left.count ? pathOf(left, node) : pathOf(right, rightNodes[node] ?? 0);

export const changeOf = ({changes}: FileComparison, node: number): ChangeKind | undefined =>
	changeKinds[(changes[node] ?? 0) - 1];

export type ComparedSort = 'delta' | 'path';

type Order = (a: number, b: number) => number;

const byText = (textOf: (node: number) => string): Order => {
	const texts = new Map<number, string>();
	const text = (node: number): string => {
		const known = texts.get(node) ?? textOf(node);
		texts.set(node, known);
		return known;
	};
	return (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
};

const inOrder = (files: FileComparison, sort: ComparedSort, names: Order): Order =>
	sort === 'path'
		? names
		: (a, b) => Math.abs(deltaOf(files, b)) - Math.abs(deltaOf(files, a)) || names(a, b);

/** The paths that differ as a list, without the root; those that differ most in size first, or by path. */
export const changedNodes = (
	files: FileComparison,
	choice: {readonly shown: ReadonlySet<ChangeKind>; readonly sort: ComparedSort},
): Int32Array => {
	const nodes: number[] = [];
	for (let node = 1; node < files.paths.count; node++) {
		const change = changeOf(files, node);
		if (change !== undefined && choice.shown.has(change)) nodes.push(node);
	}
	const names = byText(node => matchedPath(files.paths, node));
	return Int32Array.from(nodes.sort(inOrder(files, choice.sort, names)));
};

/** Children of each node that lead to something shown. */
const shownChildren = (files: FileComparison, shown: ReadonlySet<ChangeKind>): Map<number, number[]> => {
	const {count, parents} = files.paths;
	const isShown = new Uint8Array(count);
	const children = new Map<number, number[]>();
	for (let node = count - 1; node > 0; node--) {
		const change = changeOf(files, node);
		if (change === undefined || (!shown.has(change) && isShown[node] === 0)) continue;
		const parent = parents[node] ?? 0;
		isShown[parent] = 1;
		const siblings = children.get(parent);
		if (siblings === undefined) children.set(parent, [node]);
		else siblings.push(node);
	}
	return children;
};

export type ComparedRowsChoice = {
	/** Directories that stand open, by node of the comparison. */
	readonly unfolded: ReadonlySet<number>;
	readonly shown: ReadonlySet<ChangeKind>;
	readonly sort: ComparedSort;
};

/**
 * The tree of what differs from top to bottom, each directory before what is in it; a directory is there when
 * something in it is shown. The root is none of the rows.
 */
export const comparedRows = (files: FileComparison, choice: ComparedRowsChoice): TreeRows => {
	const children = shownChildren(files, choice.shown);
	const order = inOrder(
		files,
		choice.sort,
		byText(node => matchedName(files.paths, node)),
	);
	const nodes: number[] = [];
	const depths: number[] = [];
	const parents: number[] = [];
	const open: number[] = [];
	const stack = [{node: 0, depth: -1}];
	for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
		const {node, depth} = top;
		if (node !== 0) {
			nodes.push(node);
			depths.push(Math.min(depth, 255));
			parents.push(children.has(node) ? 1 : 0);
			open.push(children.has(node) && choice.unfolded.has(node) ? 1 : 0);
			if (!choice.unfolded.has(node)) continue;
		}
		const below = children.get(node)?.toSorted(order) ?? [];
		for (const child of below.toReversed()) stack.push({node: child, depth: depth + 1});
	}
	return {
		nodes: Int32Array.from(nodes),
		depths: Uint8Array.from(depths),
		parents: Uint8Array.from(parents),
		open: Uint8Array.from(open),
		matches: 0,
	};
};
