import {childrenByName} from './children.ts';
import {changeNumber} from './compare.ts';
import {isDirectory} from './node-facts.ts';
import {hit, matches} from './pattern.ts';
import {changeKinds, type RowsChoice, type TreeRows, type TreeView} from './view.ts';

/** Bits. The node is shown; it stands open whatever the choice says, for what was found in it; something in it is shown. */
const shown = 1;
const forced = 2;
const filled = 4;

/** The rows of a view: what is shown, in order, as deep as directories stand open. */
export const treeRows = (view: TreeView, choice: RowsChoice): TreeRows => {
	const found = matches(view.tree.paths, choice.pattern);
	const marks = shownNodes(view, choice, found);
	const rows = rowWriter();
	const pending: Level[] = [childrenIn(view, 0, marks, choice)];
	for (let level = pending.at(-1); level !== undefined; level = pending.at(-1)) {
		if (level.at === level.end) {
			pending.pop();
			continue;
		}
		const node = level.nodes[level.at] ?? 0;
		level.at += 1;
		const mark = marks[node] ?? 0;
		if (mark === 0) continue;
		const isParent = (mark & filled) !== 0;
		const isOpen = isParent && ((mark & forced) !== 0 || choice.unfolded.has(node));
		rows.add(node, pending.length - 1, isParent, isOpen);
		if (isOpen) pending.push(childrenIn(view, node, marks, choice));
	}
	return rows.finish(found === undefined ? 0 : hitsShown(found, marks));
};

/** Nodes of one directory; which is next. */
type Level = {readonly nodes: Int32Array; at: number; readonly end: number};

const hitsShown = (found: Uint8Array, marks: Uint8Array): number => {
	let count = 0;
	for (let node = 1; node < found.length; node++) if (found[node] === hit && marks[node] !== 0) count += 1;
	return count;
};

/** Backwards, so that what is in a directory is known before the directory. */
const shownNodes = (
	view: TreeView,
	{shown: kinds}: RowsChoice,
	found: Uint8Array | undefined,
): Uint8Array => {
	const {own} = view;
	const {parents, count} = view.tree.paths;
	const isShown = [false, ...changeKinds.map(kind => kinds.has(kind))];
	const isAll = kinds.size === changeKinds.length;
	const marks = new Uint8Array(count);
	if (isAll && found === undefined) {
		for (let node = count - 1; node > 0; node--) {
			if (own[node] === 0) continue;
			const parent = parents[node] ?? 0;
			marks[node] = (marks[node] ?? 0) | shown;
			marks[parent] = (marks[parent] ?? 0) | shown | filled;
		}
		return marks;
	}
	for (let node = count - 1; node > 0; node--) {
		const self = own[node] ?? 0;
		if (self === 0) continue;
		const isFound = found === undefined || found[node] !== 0;
		if (marks[node] === 0 && isFound && isShown[self] === true && (isAll || isOfItself(view, node)))
			marks[node] = shown;
		const mark = marks[node] ?? 0;
		if (mark === 0) continue;
		const parent = parents[node] ?? 0;
		const isForcing = (mark & forced) !== 0 || found?.[node] === hit;
		marks[parent] = (marks[parent] ?? 0) | shown | filled | (isForcing ? forced : 0);
	}
	return marks;
};

/** A directory that stayed as it was is no unmodified one if what is in it changed: then it is shown with that. */
const isOfItself = ({own, changes}: TreeView, node: number): boolean =>
	own[node] !== changeNumber.unmodified || changes[node] === changeNumber.unmodified;

const childrenIn = (view: TreeView, node: number, marks: Uint8Array, {sort}: RowsChoice): Level => {
	const children = childrenByName(view.tree.paths, node);
	if (sort === 'name') return {nodes: children, at: 0, end: children.length};
	const {sizes} = view;
	// The sort is stable: those of one size stay by name.
	const nodes = children
		.filter(child => marks[child] !== 0)
		.sort((left, right) => (sizes[right] ?? 0) - (sizes[left] ?? 0));
	return {nodes, at: 0, end: nodes.length};
};

const rowWriter = () => {
	let nodes = new Int32Array(256);
	let depths = new Uint8Array(256);
	let flags = new Uint8Array(256);
	let count = 0;
	const widen = (): void => {
		const old = {nodes, depths, flags};
		nodes = new Int32Array(count * 2);
		depths = new Uint8Array(count * 2);
		flags = new Uint8Array(count * 2);
		nodes.set(old.nodes);
		depths.set(old.depths);
		flags.set(old.flags);
	};
	return {
		add(node: number, depth: number, isParent: boolean, isOpen: boolean): void {
			if (count === nodes.length) widen();
			nodes[count] = node;
			depths[count] = Math.min(depth, 255);
			flags[count] = (isParent ? 1 : 0) | (isOpen ? 2 : 0);
			count += 1;
		},
		finish(found: number): TreeRows {
			const parents = new Uint8Array(count);
			const open = new Uint8Array(count);
			for (let row = 0; row < count; row++) {
				parents[row] = (flags[row] ?? 0) & 1;
				open[row] = (flags[row] ?? 0) >> 1;
			}
			return {nodes: nodes.slice(0, count), depths: depths.slice(0, count), parents, open, matches: found};
		},
	};
};

/**
 * The next row with a change, or the one before: one that changed itself, or a folded directory in which something
 * did. @returns its index, nothing where there is none that way
 */
export const nextChange = (
	view: TreeView,
	rows: TreeRows,
	from: number,
	step: 1 | -1,
): number | undefined => {
	const {unmodified} = changeNumber;
	for (let row = from + step; row >= 0 && row < rows.nodes.length; row += step) {
		const node = rows.nodes[row] ?? 0;
		if (view.own[node] !== unmodified) return row;
		if (view.changes[node] !== unmodified && rows.open[row] === 0 && isDirectory(view, node)) return row;
	}
	return undefined;
};
