import {shownPath} from '../layers/tree/paths.ts';
import {nextChange} from '../layers/tree/tree-rows.ts';
import type {TreeRows} from '../layers/tree/view.ts';
import type {State} from '../state/model.ts';
import {
	allFolders,
	ancestors,
	canOpen,
	chainOf,
	cursorNode,
	isOpenRow,
	isWayToChange,
} from '../state/selectors/layer-cursor.ts';
import {selectTreeRows} from '../state/selectors/layer-files-rows.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {listView, targetsIn} from '../state/selectors/rows.ts';
import {extractCommand} from './layer-extract.ts';
import {pathsOf} from './layer-targets.ts';
import {openFile, viewCommand} from './layer-view.ts';
import {needsTree} from './layers-scopes.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const needsRow = (state: State): string | undefined =>
	needsTree(state) ?? (cursorNode(state) === undefined ? 'no file is shown' : undefined);

const onNode =
	(act: (context: CommandContext, node: number, state: State) => void) =>
	(context: CommandContext): void => {
		const state = context.store.getState();
		const node = cursorNode(state);
		if (node !== undefined) act(context, node, state);
	};

const setUnfolded = ({store}: CommandContext, unfolded: ReadonlySet<number>): void => {
	store.dispatch({type: 'layers/unfolded', unfolded});
};

const land = ({store}: CommandContext, node: number): void => {
	store.dispatch({type: 'ui/landed', list: 'layerFiles', key: String(node)});
};

const fold = (context: CommandContext, node: number, {layers}: State): void => {
	setUnfolded(context, new Set(layers?.unfolded).difference(new Set([node])));
};

const unfold = (context: CommandContext, node: number, state: State): void => {
	const view = selectTreeView(state);
	if (view === undefined || state.layers === undefined) return;
	setUnfolded(context, state.layers.unfolded.union(new Set(chainOf(view, node))));
};

const toggle = (context: CommandContext, node: number, state: State): void => {
	if (isOpenRow(state, node)) fold(context, node, state);
	else if (canOpen(state, node)) unfold(context, node, state);
};

const open = (context: CommandContext, node: number, state: State): void => {
	if (canOpen(state, node)) toggle(context, node, state);
	else openFile(context);
};

const goInto = (context: CommandContext, node: number, state: State): void => {
	if (!canOpen(state, node)) return;
	if (!isOpenRow(state, node)) unfold(context, node, state);
	else
		context.store.dispatch({
			type: 'ui/moved',
			list: 'layerFiles',
			movement: {kind: 'lines', count: 1},
		});
};

const goOut = (context: CommandContext, node: number, state: State): void => {
	const paths = state.layers?.tree?.paths;
	const [parent] = paths === undefined ? [] : ancestors(paths, node);
	if (isOpenRow(state, node)) fold(context, node, state);
	else if (parent !== undefined) land(context, parent);
};

const foldAll = (context: CommandContext): void => {
	const state = context.store.getState();
	const view = selectTreeView(state);
	if (view === undefined) return;
	const isAnyOpen = selectTreeRows(state).open.includes(1);
	const node = cursorNode(state);
	setUnfolded(context, isAnyOpen ? new Set() : allFolders(view));
	if (node !== undefined) land(context, node);
};

/** The last row of what a directory shows. */
const lastWithin = ({nodes, depths}: TreeRows, row: number): number => {
	let last = row;
	while (last + 1 < nodes.length && (depths[last + 1] ?? 0) > (depths[row] ?? 0)) last += 1;
	return last;
};

/** Opens the directories on the way until the cursor is on what changed itself. */
const toChange =
	(step: 1 | -1) =>
	(context: CommandContext): void => {
		const {getState} = context.store;
		const view = selectTreeView(getState());
		if (view === undefined) return;
		let rows = selectTreeRows(getState());
		let from = listView(getState(), 'layerFiles').cursor;
		for (let row = nextChange(view, rows, from, step); row !== undefined; ) {
			const node = rows.nodes[row] ?? 0;
			if (!isWayToChange(getState(), node)) {
				land(context, node);
				return;
			}
			unfold(context, node, getState());
			rows = selectTreeRows(getState());
			const opened = rows.nodes.indexOf(node);
			from = step === 1 ? opened : lastWithin(rows, opened) + 1;
			row = nextChange(view, rows, from, step);
		}
		showInfo(context, step === 1 ? 'no change further down' : 'no change further up');
	};

const nothingSought = (state: State): string | undefined => {
	if (state.ui.lists.layerFiles.filter.trim() === '') return 'nothing is looked for: / finds';
	return selectTreeRows(state).matches === 0 ? 'it is nowhere in here' : undefined;
};

/** The match after the cursor, or before it, going round. What is shown for another's sake is no match. */
const toMatch =
	(step: 1 | -1) =>
	(context: CommandContext): void => {
		const state = context.store.getState();
		const {nodes, parents, open: isOpen} = selectTreeRows(state);
		const {cursor} = listView(state, 'layerFiles');
		for (let count = 1; count <= nodes.length; count++) {
			const row = (cursor + step * count + nodes.length * count) % nodes.length;
			// A directory stands open for what was found in it.
			if (parents[row] === 1 && isOpen[row] === 1) continue;
			land(context, nodes[row] ?? 0);
			return;
		}
	};

const key = (facts: Pick<Command, 'id' | 'title' | 'help' | 'keys' | 'run'> & Partial<Command>): Command => ({
	scope: 'layerFiles',
	group: 'navigate',
	disabledReason: needsRow,
	...facts,
});

const foldCommands: readonly Command[] = [
	key({
		id: 'tree.fold',
		title: 'fold',
		help: 'Folds or unfolds the directory',
		keys: ['space'],
		isKeyOnly: true,
		inFooter: 0.11,
		run: onNode(toggle),
	}),
	key({
		id: 'tree.open',
		title: 'open',
		help: 'Folds or unfolds the directory, or shows the file',
		keys: ['enter'],
		isKeyOnly: true,
		run: onNode(open),
	}),
	key({
		id: 'tree.into',
		title: 'unfold',
		help: 'Unfolds the directory, then goes into it',
		keys: ['right'],
		isKeyOnly: true,
		run: onNode(goInto),
	}),
	key({
		id: 'tree.out',
		title: 'fold',
		help: 'Folds the directory, then goes to the one it is in',
		keys: ['backspace'],
		isKeyOnly: true,
		run: onNode(goOut),
	}),
	key({
		id: 'tree.fold-all',
		title: 'fold all',
		help: 'Folds every directory, and unfolds all when none is open',
		keys: ['C'],
		inFooter: 0.12,
		run: foldAll,
	}),
];

const jumpCommands: readonly Command[] = [
	key({
		id: 'tree.next-change',
		title: 'next change',
		help: 'Goes to the next path that was changed, and opens the directories it is in',
		keys: ['.'],
		inFooter: 0.25,
		run: toChange(1),
	}),
	key({
		id: 'tree.previous-change',
		title: 'change before',
		help: 'Goes to the path before that was changed',
		keys: [','],
		run: toChange(-1),
	}),
	key({
		id: 'tree.next-match',
		title: 'next match',
		help: 'Goes to the next path that was found',
		keys: ['n'],
		isKeyOnly: true,
		disabledReason: nothingSought,
		run: toMatch(1),
	}),
	key({
		id: 'tree.previous-match',
		title: 'match before',
		help: 'Goes to the path before that was found',
		keys: ['N'],
		isKeyOnly: true,
		disabledReason: nothingSought,
		run: toMatch(-1),
	}),
];

const marksLimit = 5000;

const markCommands: readonly Command[] = [
	key({
		id: 'tree.mark',
		title: 'mark',
		help: 'Marks or unmarks the path and goes one down; all that is marked is extracted together',
		keys: ['M'],
		run: onNode(({store}, node) => {
			store.dispatch(
				{type: 'ui/mark-toggled', list: 'layerFiles', keys: [String(node)]},
				{type: 'ui/moved', list: 'layerFiles', movement: {kind: 'lines', count: 1}},
			);
		}),
	}),
	key({
		id: 'tree.mark-all',
		title: 'mark all',
		help: 'Marks every path that is shown; again: unmarks them',
		keys: ['ctrl-a'],
		run: context => {
			const {nodes} = selectTreeRows(context.store.getState());
			if (nodes.length > marksLimit)
				showError(context, `${nodes.length} paths are too many to mark: mark the directories they are in`);
			else
				context.store.dispatch({
					type: 'ui/mark-toggled',
					list: 'layerFiles',
					keys: Array.from(nodes, String),
				});
		},
	}),
];

export const layerFileCommands: readonly Command[] = [
	...foldCommands,
	...jumpCommands,
	...markCommands,
	viewCommand,
	extractCommand,
	key({
		id: 'tree.copy-path',
		title: 'copy path',
		help: 'Copies the marked paths, or the one under the cursor',
		keys: ['y'],
		group: 'view',
		targets: state => targetsIn(state, 'layerFiles'),
		run: (context, {targets}) => {
			const paths = pathsOf(context.store.getState(), targets).map(path => `/${shownPath(path)}`);
			const [first = ''] = paths;
			if (context.terminal.copy(paths.join('\n')))
				showSuccess(context, paths.length === 1 ? `copied ${first}` : `copied ${paths.length} paths`);
			else showError(context, `${paths.length} paths are more than a terminal takes into its clipboard`);
		},
	}),
];
