import {shownPath} from '../layers/tree/paths.ts';
import type {ChangeKind} from '../layers/tree/view.ts';
import type {CompareRow} from '../resources/compare.ts';
import type {State} from '../state/model.ts';
import {fileKey, nodeOfKey} from '../state/selectors/compare-files.ts';
import {selectCompareRows} from '../state/selectors/compare-rows.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {type CompareSection, compareSections} from '../state/views/compare.ts';
import {compareImagesCommand} from './compare-images.ts';
import {openCompare} from './compare-open.ts';
import {offlineReason} from './container-actions.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const isReading = ({compare}: State): boolean =>
	compare !== undefined &&
	!compare.isStopped &&
	compare.comparison === undefined &&
	!compare.readings.some(({status}) => status === 'failed');

const uncompared = ({compare}: State): string | undefined =>
	compare?.comparison === undefined ? 'the images are not compared yet' : undefined;

const needsFiles = (state: State): string | undefined =>
	state.compare?.section === 'files' ? uncompared(state) : 'the files are not shown: 1 shows them';

const needsSettings = (state: State): string | undefined =>
	state.compare?.section === 'config' ? uncompared(state) : 'the configuration is not shown: 3 shows it';

const cursorRow = (state: State): CompareRow | undefined => {
	const key = cursorRowKey(state, 'compare');
	return key === undefined ? undefined : selectCompareRows(state).find(row => row.key === key);
};

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

const copied = (row: CompareRow): string => {
	switch (row.kind) {
		case 'file':
			return `/${shownPath(row.path)}`;
		case 'layer':
			return row.diffId;
		case 'setting':
			return row.right === '' ? row.left : row.right;
	}
};

const command = (facts: Omit<Command, 'scope' | 'id'> & {readonly name: string}): Command => {
	const {name, ...rest} = facts;
	return {...rest, scope: 'compare', id: `compare.${name}`};
};

const kinds = (
	name: string,
	key: string,
	shown: readonly ChangeKind[],
	what: string,
	inFooter: number,
): Command =>
	command({
		name,
		title: name,
		help: `Shows or hides ${what}`,
		keys: [key],
		group: 'view',
		inFooter,
		disabledReason: needsFiles,
		run: ({store}) => {
			store.dispatch({type: 'compare/kinds-toggled', kinds: shown});
		},
	});

const reread = ({store}: CommandContext): void => {
	store.dispatch({type: 'compare/reread'});
};

const rereadReason = (state: State): string | undefined =>
	isReading(state) ? 'the images are being read' : offlineReason(state);

/** With nothing compared `r` reads again; else it shows and hides what was removed. */
const removedCommand = (): Command => {
	const removed = kinds(
		'removed',
		'r',
		['removed'],
		'what is only in the left image; reads again after a failure',
		4,
	);
	return {
		...removed,
		disabledReason: state =>
			state.compare?.comparison === undefined ? rereadReason(state) : needsFiles(state),
		run: (context, input) =>
			context.store.getState().compare?.comparison === undefined
				? reread(context)
				: removed.run(context, input),
	};
};

const sectionTitles: Readonly<Record<CompareSection, string>> = {
	files: 'files',
	layers: 'layers',
	config: 'configuration',
};

const sectionCommands: readonly Command[] = [
	...compareSections.map((section, index) =>
		command({
			name: section,
			title: sectionTitles[section],
			help: `Shows how they differ: ${sectionTitles[section]}`,
			keys: [String(index + 1)],
			group: 'navigate',
			run: ({store}) => {
				store.dispatch({type: 'compare/section-chosen', section});
			},
		}),
	),
	...([1, -1] as const).map(step =>
		command({
			name: step === 1 ? 'next-section' : 'previous-section',
			title: step === 1 ? 'files / layers / configuration' : 'section before',
			help: step === 1 ? 'Goes to the next section' : 'Goes to the section before',
			keys: step === 1 ? ['tab', ']'] : ['shift-tab', '['],
			group: 'navigate',
			isKeyOnly: true,
			...(step === 1 && {inFooter: 1}),
			run: ({store}) => {
				const now = compareSections.indexOf(store.getState().compare?.section ?? 'files');
				const section = compareSections[(now + step + compareSections.length) % compareSections.length];
				if (section !== undefined) store.dispatch({type: 'compare/section-chosen', section});
			},
		}),
	),
];

const treeCommands: readonly Command[] = [
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

export const compareCommands: readonly Command[] = [
	compareImagesCommand,
	...sectionCommands,
	kinds('added', 'a', ['added'], 'what is only in the right image', 2),
	kinds('modified', 'm', ['modified', 'metadata'], 'what is in both and differs', 3),
	removedCommand(),
	...treeCommands,
	command({
		name: 'swap',
		title: 'swap',
		help: 'Puts the left image on the right',
		keys: ['s'],
		group: 'view',
		inFooter: 9,
		run: context => {
			const {screen} = context.store.getState().ui;
			if (screen.kind === 'compare') openCompare(context, [screen.sides[1], screen.sides[0]]);
		},
	}),
	command({
		name: 'stop',
		title: 'stop reading',
		help: 'Stops the reading',
		keys: ['x'],
		group: 'view',
		inFooter: 0.5,
		disabledReason: state => (isReading(state) ? undefined : 'nothing is being read'),
		run: ({store}) => {
			store.dispatch({type: 'compare/stopped'});
		},
	}),
	command({
		name: 'reread',
		title: 'read again',
		help: 'Reads what was not read',
		keys: ['ctrl-r'],
		group: 'view',
		disabledReason: rereadReason,
		run: reread,
	}),
	command({
		name: 'secrets',
		title: 'secrets',
		help: 'Shows the values whose names look secret, and hides them again',
		keys: ['.'],
		group: 'view',
		inFooter: 11,
		disabledReason: needsSettings,
		run: ({store}) => {
			store.dispatch({type: 'compare/secrets-toggled'});
		},
	}),
	command({
		name: 'copy',
		title: 'copy',
		help: 'Copies the path, the digest of the layer, or the value on the right',
		keys: ['y'],
		group: 'act',
		inFooter: 12,
		disabledReason: state => (cursorRow(state) === undefined ? 'nothing is listed' : undefined),
		run: context => {
			const row = cursorRow(context.store.getState());
			if (row === undefined) return;
			const text = copied(row);
			if (context.terminal.copy(text)) showSuccess(context, `copied ${text}`);
			else showError(context, 'it is longer than a terminal takes into its clipboard');
		},
	}),
];
