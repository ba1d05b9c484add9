import type {CompareRow} from '../resources/compare.ts';
import type {State} from '../state/model.ts';
import {fileKey, nodeOfKey} from '../state/selectors/compare-files.ts';
import {compareCommand as command, cursorRow, needsFiles} from './compare-scope.ts';
import type {Command, CommandContext} from './types.ts';

const setOpen = ({store}: CommandContext, nodes: readonly number[], isOpen: boolean): void => {
	const {compare} = store.getState();
	if (compare === undefined) return;
	const given = new Set(nodes);
	const unfolded = isOpen ? compare.unfolded.union(given) : compare.unfolded.difference(given);
	store.dispatch({type: 'compare/unfolded', unfolded});
};

/** With a directory that holds nothing but one directory, that one too. */
const chainOf = (state: State, node: number): readonly number[] => {
	const files = state.compare?.comparison?.files;
	const chain = [node];
	if (files === undefined) return chain;
	for (let at = node; ; ) {
		const inside: number[] = [];
		for (let each = at + 1; each < files.paths.count && inside.length < 2; each += 1) {
			const isSeen = (files.changes[each] ?? 0) > 1 || (files.changedBelow[each] ?? 0) > 0;
			if (files.paths.parents[each] === at && isSeen) inside.push(each);
		}
		const [only] = inside;
		if (only === undefined || inside.length > 1 || (files.changedBelow[only] ?? 0) === 0) return chain;
		chain.push(only);
		at = only;
	}
};

const onFile =
	(act: (context: CommandContext, node: number, row: Extract<CompareRow, {kind: 'file'}>) => void) =>
	(context: CommandContext): void => {
		const row = cursorRow(context.store.getState());
		if (row?.kind === 'file') act(context, nodeOfKey(row.key), row);
	};

const toggle = onFile((context, node, {below, isOpen}) => {
	if (below > 0) setOpen(context, isOpen ? [node] : chainOf(context.store.getState(), node), !isOpen);
});

const unfold = onFile((context, node, {below, isOpen}) => {
	if (isOpen)
		context.store.dispatch({type: 'ui/moved', list: 'compare', movement: {kind: 'lines', count: 1}});
	else if (below > 0) setOpen(context, chainOf(context.store.getState(), node), true);
});

const fold = onFile((context, node, {isOpen}) => {
	if (isOpen) {
		setOpen(context, [node], false);
		return;
	}
	const parent = context.store.getState().compare?.comparison?.files.paths.parents[node] ?? 0;
	if (parent > 0) context.store.dispatch({type: 'ui/landed', list: 'compare', key: fileKey(parent)});
});

const foldAll = ({store}: CommandContext): void => {
	const {compare} = store.getState();
	const files = compare?.comparison?.files;
	if (files === undefined) return;
	const isAnyOpen = compare?.unfolded.size !== 0;
	const folders = isAnyOpen
		? []
		: [...files.changedBelow.keys()].filter(node => files.changedBelow[node] !== 0);
	store.dispatch({type: 'compare/unfolded', unfolded: new Set(folders)});
};

export const compareTreeCommands: readonly Command[] = [
	command({
		name: 'toggle',
		title: 'fold',
		help: 'Folds or unfolds the directory under the cursor',
		keys: ['enter', 'space'],
		group: 'view',
		isKeyOnly: true,
		inFooter: 7,
		disabledReason: needsFiles,
		run: toggle,
	}),
	command({
		name: 'unfold',
		title: 'unfold',
		help: 'Unfolds the directory, or goes into it',
		keys: ['right'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: needsFiles,
		run: unfold,
	}),
	command({
		name: 'fold',
		title: 'fold',
		help: 'Folds the directory, or goes to the one it is in',
		keys: ['left'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: needsFiles,
		run: fold,
	}),
	command({
		name: 'fold-all',
		title: 'fold all',
		help: 'Folds every directory, and unfolds all when none is open',
		keys: ['C'],
		group: 'view',
		inFooter: 8,
		disabledReason: needsFiles,
		run: foldAll,
	}),
	command({
		name: 'flat',
		title: 'tree / list',
		help: 'Shows the files as one list of paths instead of a tree, and back',
		keys: ['f'],
		group: 'view',
		inFooter: 5,
		disabledReason: needsFiles,
		run: ({store}) => {
			store.dispatch({type: 'compare/flat-toggled'});
		},
	}),
	command({
		name: 'sort',
		title: 'by size / name',
		help: 'Sorts by how much the size differs, or by name',
		keys: ['o'],
		group: 'view',
		inFooter: 6,
		disabledReason: needsFiles,
		run: ({store}) => {
			const isByPath = store.getState().compare?.sort === 'path';
			store.dispatch({type: 'compare/sorted', sort: isByPath ? 'delta' : 'path'});
		},
	}),
	command({
		name: 'times',
		title: 'times',
		help: 'Takes another time of modification for a difference too, and back',
		keys: ['t'],
		group: 'view',
		inFooter: 10,
		disabledReason: needsFiles,
		run: ({store}) => {
			store.dispatch({type: 'compare/time-toggled'});
		},
	}),
];
