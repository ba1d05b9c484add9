import type {ChangeKind} from '../layers/tree/view.ts';
import type {State} from '../state/model.ts';
import {chosenLayer} from '../state/selectors/layers-rows.ts';
import {isImageGone} from '../state/selectors/layers-status.ts';
import {offlineReason} from './container-actions.ts';
import {layerFileCommands} from './layer-files.ts';
import {exportCommands} from './layers-export.ts';
import {focusOn, inspectorCommand, isReading, needsTree} from './layers-scopes.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const rereadReason = (state: State): string | undefined => {
	if (isReading(state)) return 'it is being read';
	return isImageGone(state) ? 'the image was removed' : offlineReason(state);
};

const reread = ({store}: CommandContext): void => {
	store.dispatch({type: 'layers/reread'});
};

const stop = ({store}: CommandContext): void => {
	store.dispatch({type: 'layers/cancelled'});
};

/** What esc goes back from, the innermost first; then from the image. */
const back = (context: CommandContext): void => {
	const {store, invoke} = context;
	const state = store.getState();
	const {toasts, lists} = state.ui;
	const focus = state.layers?.focus ?? 'layers';
	const isCleared = toasts.length === 0 && lists[focus].filter === '' && lists[focus].marks.size === 0;
	if (!isCleared) invoke('image.back');
	else if (focus === 'waste') focusOn(context, 'layerFiles');
	else if (isReading(state)) stop(context);
	else invoke('image.back');
};

const kindCommand = (kind: ChangeKind, key: string, rank: number): readonly Command[] =>
	inspectorCommand({
		name: kind,
		scopes: ['layerFiles', 'layers'],
		title: kind,
		help: `Shows or hides what is ${kind}`,
		keys: [key],
		group: 'view',
		inFooter: rank,
		disabledReason: needsTree,
		run: ({store}) => {
			store.dispatch(
				{type: 'layers/kind-toggled', kind},
				// A change of mode or owner is a modification of another kind: who hides the one hides the other.
				...(kind === 'modified' ? [{type: 'layers/kind-toggled', kind: 'metadata'} as const] : []),
			);
		},
	});

/** With nothing read `r` reads again; else it shows and hides what was removed. */
const removedCommands = kindCommand('removed', 'r', 0.5).map(
	(command): Command => ({
		...command,
		disabledReason: state => (state.layers?.tree === undefined ? rereadReason(state) : undefined),
		run: (context, input) =>
			context.store.getState().layers?.tree === undefined ? reread(context) : command.run(context, input),
	}),
);

const copyInstruction = (context: CommandContext): void => {
	const state = context.store.getState();
	const index = chosenLayer(state);
	const layer = state.layers?.tree?.layers[index];
	if (layer === undefined) return;
	if (context.terminal.copy(layer.createdBy))
		showSuccess(context, `copied the instruction of layer ${index + 1}`);
	else showError(context, 'the instruction is longer than a terminal takes into its clipboard');
};

const copyDigest = (context: CommandContext): void => {
	const state = context.store.getState();
	const layer = state.layers?.tree?.layers[chosenLayer(state)];
	if (layer !== undefined && context.terminal.copy(layer.diffId))
		showSuccess(context, `copied ${layer.diffId}`);
};

const focusCommands: readonly Command[] = [
	...inspectorCommand({
		name: 'to-layers',
		scopes: ['layerFiles', 'waste'],
		title: 'layers',
		help: 'Goes to the layers',
		keys: ['tab', 'shift-tab', 'left'],
		group: 'navigate',
		inFooter: 0.1,
		run: context => focusOn(context, 'layers'),
	}),
	{
		id: 'layers.to-files',
		scope: 'layers',
		title: 'files',
		help: 'Goes to the files of the layer',
		keys: ['tab', 'shift-tab', 'right', 'enter'],
		group: 'navigate',
		inFooter: 0.1,
		run: context => focusOn(context, 'layerFiles'),
	},
	...inspectorCommand({
		name: 'back',
		title: 'back',
		help: 'Clears the filter and the marks, stops the reading, then goes back to the dashboard: one at a time',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 0,
		run: back,
	}),
];

export const layerCommands: readonly Command[] = [
	...focusCommands,
	...inspectorCommand({
		name: 'cumulative',
		scopes: ['layerFiles', 'layers'],
		title: 'up to here',
		help: "Shows the changes of everything up to the layer instead of the layer's own, and back",
		keys: ['b'],
		group: 'view',
		inFooter: 0.2,
		disabledReason: needsTree,
		run: ({store}) => {
			store.dispatch({type: 'layers/cumulative-toggled'});
		},
	}),
	...kindCommand('added', 'a', 0.3),
	...kindCommand('modified', 'm', 0.4),
	...removedCommands,
	...kindCommand('unmodified', 'u', 0.6),
	...inspectorCommand({
		name: 'waste',
		scopes: ['layerFiles', 'layers'],
		title: 'waste',
		help: 'Lists what is stored and never seen: overwritten and deleted copies, and secrets that are only hidden',
		keys: ['W'],
		group: 'view',
		inFooter: 0.7,
		disabledReason: needsTree,
		run: context => focusOn(context, 'waste'),
	}),
	...exportCommands,
	{
		id: 'layers.stop',
		scope: 'layers',
		title: 'stop reading',
		help: 'Stops the reading; what was read stays',
		keys: ['x'],
		group: 'view',
		inFooter: 0.95,
		disabledReason: state => (isReading(state) ? undefined : 'nothing is being read'),
		run: stop,
	},
	...inspectorCommand({
		name: 'reread',
		title: 'read again',
		help: 'Reads the image again',
		keys: ['ctrl-r'],
		group: 'view',
		disabledReason: rereadReason,
		run: reread,
	}),
	{
		id: 'layers.copy-digest',
		scope: 'layers',
		title: 'copy digest',
		help: 'Copies the digest of the layer',
		keys: ['y'],
		group: 'view',
		disabledReason: needsTree,
		run: copyDigest,
	},
	...inspectorCommand({
		name: 'copy-instruction',
		scopes: ['layers', 'layerFiles'],
		title: 'copy instruction',
		help: 'Copies the whole instruction of the layer',
		keys: ['Y'],
		group: 'view',
		disabledReason: needsTree,
		run: copyInstruction,
	}),
	...layerFileCommands,
];
