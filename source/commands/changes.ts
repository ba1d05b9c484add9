import type {ChangeKind} from '../engine/process-types.ts';
import type {ContainerId} from '../engine/types.ts';
import type {ChangesRow} from '../resources/changes.ts';
import type {ChangeNode} from '../state/change-tree.ts';
import type {State} from '../state/model.ts';
import {selectChangesRows} from '../state/selectors/changes-rows.ts';
import {cursorRowKey, targetsIn} from '../state/selectors/rows.ts';
import {offlineReason} from './container-actions.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/** Shows a file of a container in its tab of files. */
const openFile = ({store}: CommandContext, containerId: ContainerId, path: string): void => {
	store.dispatch({type: 'files/wanted', containerId, path});
};

const cursorRow = (state: State): ChangesRow | undefined => {
	const key = cursorRowKey(state, 'changes');
	return key === undefined ? undefined : selectChangesRows(state).find(({path}) => path === key);
};

const needsRow = (state: State): string | undefined =>
	cursorRow(state) === undefined ? 'no change is listed' : undefined;

/** With a folder that holds nothing but one folder, that one too: nobody wants to open a chain link by link. */
const chainOf = (state: State, path: string): readonly string[] => {
	const chain: string[] = [];
	let node: ChangeNode | undefined = state.changes?.tree?.byPath.get(path);
	while (node !== undefined && node.children.length > 0) {
		chain.push(node.path);
		node = node.children.length === 1 ? node.children[0] : undefined;
	}
	return chain;
};

const setFolded = ({store}: CommandContext, {path}: ChangesRow, isFolded: boolean): void => {
	const paths = isFolded ? [path] : chainOf(store.getState(), path);
	store.dispatch({type: 'changes/folded', paths, isFolded});
};

const land = ({store}: CommandContext, key: string | undefined): void => {
	if (key !== undefined) store.dispatch({type: 'ui/landed', list: 'changes', key});
};

const open = (context: CommandContext): void => {
	const state = context.store.getState();
	const row = cursorRow(state);
	const containerId = state.changes?.containerId;
	if (row === undefined || containerId === undefined) return;
	if (row.below !== undefined) setFolded(context, row, row.isOpen);
	else if (row.kind === 'deleted') showInfo(context, `${row.path} was deleted: there is nothing to open`);
	else openFile(context, containerId, row.path);
};

const unfold = (context: CommandContext): void => {
	const state = context.store.getState();
	const row = cursorRow(state);
	if (row?.below === undefined) return;
	if (!row.isOpen) setFolded(context, row, false);
	else context.store.dispatch({type: 'ui/moved', list: 'changes', movement: {kind: 'lines', count: 1}});
};

const fold = (context: CommandContext): void => {
	const state = context.store.getState();
	const row = cursorRow(state);
	if (row === undefined) return;
	if (row.isOpen) setFolded(context, row, true);
	else land(context, state.changes?.tree?.byPath.get(row.path)?.parent?.path);
};

const topOf = (state: State, path: string): string => {
	const node = state.changes?.tree?.byPath.get(path);
	return node?.parent === undefined ? path : topOf(state, node.parent.path);
};

const isAnyOpen = (state: State): boolean => selectChangesRows(state).some(row => row.isOpen);

const only = (kind: ChangeKind, key: string, title: string, rank: number): Command => ({
	id: `changes.only-${title}`,
	scope: 'changes',
	title: `only ${title}`,
	help: `Shows only what was ${title}, and again everything`,
	keys: [key],
	group: 'view',
	inFooter: rank,
	run: ({store}) => {
		const isSet = store.getState().changes?.only === kind;
		store.dispatch({type: 'changes/narrowed', ...(isSet ? {} : {only: kind})});
	},
});

const key = (facts: Pick<Command, 'id' | 'title' | 'help' | 'keys' | 'run'> & Partial<Command>): Command => ({
	scope: 'changes',
	group: 'navigate',
	disabledReason: needsRow,
	...facts,
});

export const changeCommands: readonly Command[] = [
	key({
		id: 'changes.open',
		title: 'open',
		help: 'Folds or unfolds the folder under the cursor, or opens the file',
		keys: ['enter'],
		inFooter: 1,
		run: open,
	}),
	key({
		id: 'changes.unfold',
		title: 'unfold',
		help: 'Unfolds the folder under the cursor, then goes into it',
		keys: ['right'],
		isKeyOnly: true,
		run: unfold,
	}),
	key({
		id: 'changes.fold',
		title: 'fold',
		help: 'Folds the folder under the cursor, then goes to the one it is in',
		keys: ['left'],
		isKeyOnly: true,
		run: fold,
	}),
	key({
		id: 'changes.fold-all',
		title: 'fold all',
		help: 'Folds every folder, and unfolds all when none is open',
		keys: ['F'],
		inFooter: 2,
		run: context => {
			const state = context.store.getState();
			context.store.dispatch({type: 'changes/all-folded', isFolded: isAnyOpen(state)});
			// What is folded away is left for the folder at the top that it is in.
			const path = cursorRow(state)?.path;
			if (path !== undefined && isAnyOpen(state)) land(context, topOf(state, path));
		},
	}),
	only('added', '+', 'added', 4),
	only('modified', '~', 'changed', 5),
	only('deleted', '-', 'deleted', 6),
	key({
		id: 'changes.refresh',
		title: 'refresh',
		help: 'Asks the engine again what has changed',
		keys: ['ctrl-r'],
		group: 'view',
		inFooter: 3,
		disabledReason: state =>
			state.opened?.departure === undefined ? offlineReason(state) : 'it was removed',
		run: ({store}) => {
			store.dispatch({type: 'changes/refresh-wanted'});
		},
	}),
	key({
		id: 'changes.copy-path',
		title: 'copy path',
		help: 'Copies the marked paths, or the one under the cursor',
		keys: ['y'],
		group: 'view',
		inFooter: 7,
		targets: state => targetsIn(state, 'changes'),
		run: (context, {targets}) => {
			if (context.terminal.copy(targets.join('\n')))
				showSuccess(
					context,
					targets.length === 1 ? `copied ${targets[0]}` : `copied ${targets.length} paths`,
				);
			else showError(context, `${targets.length} paths are more than a terminal takes into its clipboard`);
		},
	}),
];
