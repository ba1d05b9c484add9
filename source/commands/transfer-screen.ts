import type {State, TransferId} from '../state/model.ts';
import {openTransfer} from '../state/selectors/transfer-layers-rows.ts';
import {
	cancel,
	cancelReason,
	copyCommandLines,
	copyNames,
	imageHere,
	retry,
	retryReason,
	run,
	runReason,
} from './transfer-acts.ts';
import type {Command, CommandContext} from './types.ts';

const opened = (state: State) => {
	const transfer = openTransfer(state);
	return transfer === undefined ? [] : [transfer];
};

const gone = 'the transfer was taken off the list';

const missing = (state: State): string | undefined => (opened(state).length === 0 ? gone : undefined);

const targets = (state: State): readonly TransferId[] => opened(state).map(({id}) => id);

/** Goes on with the transfer that took the place of the one that is open. */
const retryHere = (context: CommandContext, ids: readonly TransferId[]): void => {
	const {store} = context;
	const {screen} = store.getState().ui;
	const [transferId] = retry(context, ids);
	if (transferId === undefined || screen.kind !== 'transfer') return;
	store.dispatch({type: 'ui/screen-opened', screen: {...screen, transferId}});
};

const unopenable = (state: State): string | undefined => {
	const transfer = openTransfer(state);
	if (transfer === undefined) return gone;
	if (imageHere(state, transfer) !== undefined) return undefined;
	return transfer.status === 'done' ? 'no image of it is in the list' : 'it is not done';
};

export const transferScreenCommands: readonly Command[] = [
	{
		id: 'transfer.open-image',
		scope: 'transferLayers',
		title: 'open image',
		help: 'Opens the image that came, once it is there',
		keys: ['enter'],
		group: 'view',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: unopenable,
		run: ({store}) => {
			const image = imageHere(store.getState(), openTransfer(store.getState()));
			if (image === undefined) return;
			const screen = {kind: 'image', imageId: image.imageId, tab: 'layers'} as const;
			store.dispatch({type: 'ui/screen-opened', screen, title: image.title});
		},
	},
	{
		id: 'transfer.cancel',
		scope: 'transferLayers',
		title: 'cancel',
		help: 'Cancels the transfer; the engine stops too',
		keys: ['x'],
		group: 'act',
		isKeyOnly: true,
		inFooter: 2,
		targets,
		disabledReason: state => missing(state) ?? cancelReason(opened(state)),
		run: (context, {targets: ids}) => {
			cancel(context, ids);
		},
	},
	{
		id: 'transfer.retry',
		scope: 'transferLayers',
		title: 'retry',
		help: 'Tries again what failed or was cancelled, and at once what waits for its registry',
		keys: ['r'],
		group: 'danger',
		isKeyOnly: true,
		inFooter: 3,
		targets,
		disabledReason: state => missing(state) ?? retryReason(state, opened(state)),
		run: (context, {targets: ids}) => {
			retryHere(context, ids);
		},
	},
	{
		id: 'transfer.run',
		scope: 'transferLayers',
		title: 'run',
		help: 'Runs a container from the image that came',
		keys: ['R'],
		group: 'danger',
		isKeyOnly: true,
		inFooter: 4,
		targets,
		disabledReason: state => missing(state) ?? runReason(state, openTransfer(state)),
		run: context => {
			run(context, openTransfer(context.store.getState()));
		},
	},
	{
		id: 'transfer.copy-result',
		scope: 'transferLayers',
		title: 'copy result',
		help: 'Copies what came of it: the name, with its digest where the registry has told that, or those of images (OSC 52)',
		keys: ['y'],
		group: 'act',
		isKeyOnly: true,
		inFooter: 5,
		targets,
		disabledReason: missing,
		run: (context, {targets: ids}) => {
			copyNames(context, ids);
		},
	},
	{
		id: 'transfer.copy-line',
		scope: 'transferLayers',
		title: 'copy docker line',
		help: 'Copies the docker command line that does the same (OSC 52)',
		keys: ['Y'],
		group: 'act',
		isKeyOnly: true,
		targets,
		disabledReason: missing,
		run: (context, {targets: ids}) => {
			copyCommandLines(context, ids);
		},
	},
];
