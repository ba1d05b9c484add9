import {shownPath} from '../layers/tree/paths.ts';
import type {ChangeKind} from '../layers/tree/view.ts';
import type {CompareRow} from '../resources/compare.ts';
import type {State} from '../state/model.ts';
import {compareImagesCommand} from './compare-images.ts';
import {openCompare} from './compare-open.ts';
import {compareCommand as command, cursorRow, isReading, needsFiles, needsSettings} from './compare-scope.ts';
import {compareSectionCommands} from './compare-sections.ts';
import {compareTreeCommands} from './compare-tree.ts';
import {offlineReason} from './container-actions.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

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

/** Back to where it was opened from, once nothing is left to be cleared. */
const back = ({store, invoke}: CommandContext): void => {
	const {screen, toasts, lists} = store.getState().ui;
	const origin = screen.kind === 'compare' ? screen.origin : undefined;
	const isCleared = toasts.length === 0 && lists.compare.filter === '' && lists.compare.marks.size === 0;
	if (origin === undefined || !isCleared) {
		invoke('reader.back');
		return;
	}
	const {imageId, tab, title} = origin;
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'image', imageId, tab}, title});
};

export const compareCommands: readonly Command[] = [
	compareImagesCommand,
	command({
		name: 'back',
		title: 'back',
		help: 'Clears the filter, then goes back to where it was opened from',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 0,
		run: back,
	}),
	...compareSectionCommands,
	kinds('added', 'a', ['added'], 'what is only in the right image', 2),
	kinds('modified', 'm', ['modified', 'metadata'], 'what is in both and differs', 3),
	removedCommand(),
	...compareTreeCommands,
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
