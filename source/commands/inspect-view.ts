import type {InspectRow} from '../resources/inspect.ts';
import {branchesAround, type InspectNode, isBranch} from '../resources/inspect-tree.ts';
import type {State} from '../state/model.ts';
import {inspectCursor, matchBeside, revealNode} from '../state/selectors/inspect-cursor.ts';
import {
	isLongText,
	selectInspectMatches,
	selectInspectNodes,
	selectInspectRows,
} from '../state/selectors/inspect-rows.ts';
import {listView} from '../state/selectors/rows.ts';
import {copyPath, copyValue} from './copy-json.ts';
import {secretsCommand} from './secrets.ts';
import type {Command, CommandContext} from './types.ts';

const unloaded = (state: State): string | undefined =>
	inspectCursor(state) === undefined ? 'nothing is loaded yet' : undefined;

const setOpen = ({store}: CommandContext, path: string, isOpen: boolean): void => {
	const unfolded = new Set(store.getState().document?.unfolded);
	if (isOpen) unfolded.add(path);
	else unfolded.delete(path);
	store.dispatch({type: 'document/unfolded', unfolded});
};

/** What comes out is shown as far as the screen reaches, with the cursor where it was. */
const unfold = (context: CommandContext, {node}: InspectRow): void => {
	setOpen(context, node.path, true);
	const {store} = context;
	const state = store.getState();
	const {cursor, height} = listView(state, 'inspect');
	const below = selectInspectRows(state).slice(cursor + 1, cursor + height);
	const next = below.findIndex(row => row.index !== cursorIndex(state) && row.node.depth <= node.depth);
	const count = next === -1 ? below.length : next;
	const step = (lines: number) =>
		({type: 'ui/moved', list: 'inspect', movement: {kind: 'lines', count: lines}}) as const;
	store.dispatch(step(count), step(-count));
};

const cursorIndex = (state: State): number => inspectCursor(state)?.index ?? -1;

const land = ({store}: CommandContext, path: string): void => {
	store.dispatch({type: 'ui/landed', list: 'inspect', key: path});
};

const canOpen = (state: State, {node}: InspectRow): boolean =>
	isBranch(node) || isLongText(node, state.ui.columns, state.document?.isRevealed ?? false);

const onRow =
	(act: (context: CommandContext, row: InspectRow, state: State) => void) =>
	(context: CommandContext): void => {
		const state = context.store.getState();
		const row = inspectCursor(state);
		if (row !== undefined) act(context, row, state);
	};

const toggle = onRow((context, row, state) => {
	if (row.line !== undefined) close(context, row.node);
	else if (row.isOpen) setOpen(context, row.node.path, false);
	else if (canOpen(state, row)) unfold(context, row);
});

const open = onRow((context, row, state) => {
	if (row.line !== undefined || !canOpen(state, row)) return;
	if (row.isOpen)
		context.store.dispatch({type: 'ui/moved', list: 'inspect', movement: {kind: 'lines', count: 1}});
	else unfold(context, row);
});

const close = (context: CommandContext, {path}: InspectNode): void => {
	land(context, path);
	setOpen(context, path, false);
};

/** Folds what is open, else goes to what it belongs to. */
const fold = onRow((context, row, state) => {
	if (row.isOpen || row.line !== undefined) {
		close(context, row.node);
		return;
	}
	const parent = branchesAround(selectInspectNodes(state), row.index).at(-1);
	if (parent !== undefined) land(context, parent.path);
});

const foldAll = onRow((context, row, state) => {
	const top = branchesAround(selectInspectNodes(state), row.index)[0] ?? row.node;
	land(context, top.path);
	context.store.dispatch({type: 'document/unfolded', unfolded: new Set()});
});

const unfoldAll = ({store}: CommandContext): void => {
	const branches = selectInspectNodes(store.getState()).filter(isBranch);
	store.dispatch({type: 'document/unfolded', unfolded: new Set(branches.map(({path}) => path))});
};

const nothingSought = (state: State): string | undefined => {
	if ((state.ui.queries['inspect.find'] ?? '') === '') return 'nothing is looked for: / finds';
	return selectInspectMatches(state).length === 0 ? 'it is nowhere in here' : undefined;
};

const toMatch =
	(step: 1 | -1) =>
	({store}: CommandContext): void => {
		const match = matchBeside(store.getState(), step);
		if (match !== undefined) store.dispatch(...revealNode(store.getState(), match));
	};

const foldCommands: readonly Command[] = [
	{
		id: 'inspect.toggle',
		scope: 'inspect',
		title: 'fold',
		help: 'Folds or unfolds the branch; unfolds a long text to all its lines',
		keys: ['enter', 'space'],
		group: 'view',
		isKeyOnly: true,
		inFooter: 0.1,
		disabledReason: unloaded,
		run: toggle,
	},
	{
		id: 'inspect.open',
		scope: 'inspect',
		title: 'unfold',
		help: 'Unfolds the branch, or goes into it',
		keys: ['right'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: unloaded,
		run: open,
	},
	{
		id: 'inspect.close',
		scope: 'inspect',
		title: 'fold',
		help: 'Folds the branch, or goes to the one it belongs to',
		keys: ['left'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: unloaded,
		run: fold,
	},
	{
		id: 'inspect.unfold-all',
		scope: 'inspect',
		title: 'unfold all',
		help: 'Unfolds every branch',
		keys: ['+', '='],
		group: 'view',
		inFooter: 0.5,
		disabledReason: unloaded,
		run: unfoldAll,
	},
	{
		id: 'inspect.fold-all',
		scope: 'inspect',
		title: 'fold all',
		help: 'Folds every branch',
		keys: ['-'],
		group: 'view',
		inFooter: 0.6,
		disabledReason: unloaded,
		run: foldAll,
	},
];

const findCommands: readonly Command[] = [
	{
		id: 'inspect.find',
		scope: 'inspect',
		title: 'find',
		help: 'Finds keys and values, folded away or not; a capital letter is meant',
		keys: ['/'],
		group: 'view',
		inFooter: 0.2,
		disabledReason: unloaded,
		run: ({store}) => {
			const path = inspectCursor(store.getState())?.node.path;
			if (path === undefined) return;
			store.dispatch({type: 'document/find-began', path}, {type: 'ui/query-opened', id: 'inspect.find'});
		},
	},
	{
		id: 'inspect.next',
		scope: 'inspect',
		title: 'next match',
		help: 'Goes to the next place of what was looked for',
		keys: ['n'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: nothingSought,
		run: toMatch(1),
	},
	{
		id: 'inspect.previous',
		scope: 'inspect',
		title: 'match before',
		help: 'Goes to the place before of what was looked for',
		keys: ['N'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: nothingSought,
		run: toMatch(-1),
	},
];

export const inspectCommands: readonly Command[] = [
	...foldCommands,
	...findCommands,
	secretsCommand('inspect'),
	{
		id: 'inspect.copy-path',
		scope: 'inspect',
		title: 'copy path',
		help: 'Copies the path as jq takes it: .HostConfig.PortBindings["80/tcp"][0]',
		keys: ['y'],
		group: 'act',
		inFooter: 0.3,
		disabledReason: unloaded,
		run: onRow((context, {node}) => {
			copyPath(context, node.path);
		}),
	},
	{
		id: 'inspect.copy-value',
		scope: 'inspect',
		title: 'copy value',
		help: 'Copies the value, or the whole branch, as JSON; a masked one only when it is shown',
		keys: ['Y'],
		group: 'act',
		inFooter: 0.4,
		disabledReason: unloaded,
		run: onRow((context, {index}) => {
			copyValue(context, index);
		}),
	},
];
