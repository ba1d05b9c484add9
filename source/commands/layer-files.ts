import {shownPath} from '../layers/tree/paths.ts';
import type {State} from '../state/model.ts';
import {allFolders, ancestors, canOpen, cursorNode, isOpenRow} from '../state/selectors/layer-cursor.ts';
import {selectTreeRows} from '../state/selectors/layer-files-rows.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {extractCommand} from './layer-extract.ts';
import {jumpCommands} from './layer-jumps.ts';
import {land, pathsOf, setUnfolded, treeCommand, unfold} from './layer-targets.ts';
import {openFile, viewCommand} from './layer-view.ts';
import {needsTree} from './layers-scopes.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const onNode =
	(act: (context: CommandContext, node: number, state: State) => void) =>
	(context: CommandContext): void => {
		const state = context.store.getState();
		const node = cursorNode(state);
		if (node !== undefined) act(context, node, state);
	};

const fold = (context: CommandContext, node: number, {layers}: State): void => {
	setUnfolded(context, new Set(layers?.unfolded).difference(new Set([node])));
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

const foldCommands: readonly Command[] = [
	treeCommand({
		id: 'tree.fold',
		title: 'fold',
		help: 'Folds or unfolds the directory',
		keys: ['space'],
		isKeyOnly: true,
		inFooter: 0.11,
		run: onNode(toggle),
	}),
	treeCommand({
		id: 'tree.open',
		title: 'open',
		help: 'Folds or unfolds the directory, or shows the file',
		keys: ['enter'],
		isKeyOnly: true,
		run: onNode(open),
	}),
	treeCommand({
		id: 'tree.into',
		title: 'unfold',
		help: 'Unfolds the directory, then goes into it',
		keys: ['right'],
		isKeyOnly: true,
		run: onNode(goInto),
	}),
	treeCommand({
		id: 'tree.out',
		title: 'fold',
		help: 'Folds the directory, then goes to the one it is in',
		keys: ['backspace'],
		isKeyOnly: true,
		run: onNode(goOut),
	}),
	treeCommand({
		id: 'tree.fold-all',
		title: 'fold all',
		help: 'Folds every directory, and unfolds all when none is open',
		keys: ['C'],
		inFooter: 0.12,
		run: foldAll,
	}),
];

const sortCommand: Command = {
	id: 'tree.sort',
	scope: 'layerFiles',
	title: 'by size / by name',
	help: 'Sorts what is in each directory by size, the largest first, and again by name',
	keys: ['O'],
	group: 'view',
	disabledReason: needsTree,
	run: ({store}) => {
		const isBySize = store.getState().ui.lists.layerFiles.sortBy === 'size';
		store.dispatch({type: 'ui/sorted', list: 'layerFiles', column: isBySize ? undefined : 'size'});
	},
};

const marksLimit = 5000;

const markCommands: readonly Command[] = [
	treeCommand({
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
	treeCommand({
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
	sortCommand,
	viewCommand,
	extractCommand,
	treeCommand({
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
