import type {State} from '../state/model.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {
	cancel,
	cancelReason,
	copyCommandLines,
	copyNames,
	retry,
	retryReason,
	transfersNamed,
} from './transfer-acts.ts';
import type {Command} from './types.ts';
import {originHere} from './way-back.ts';

const targets = (state: State): readonly string[] => targetsIn(state, 'transfers');

const chosen = (state: State) => transfersNamed(state, targets(state));

const nothingChosen = (state: State): string | undefined =>
	chosen(state).length === 0 ? 'there is no transfer here' : undefined;

const openCommand: Command = {
	id: 'transfers.open',
	scope: 'transfers',
	title: 'open',
	help: 'Shows the layers of a pull or push, the steps of a build, what came of a copy',
	keys: ['enter'],
	group: 'view',
	inFooter: 0.5,
	targets,
	disabledReason: state => (chosen(state).length > 1 ? 'several are marked' : nothingChosen(state)),
	run: ({store}, {targets: ids}) => {
		const [transfer] = transfersNamed(store.getState(), ids);
		if (transfer === undefined) return;
		const kind = transfer.kind === 'build' ? 'build' : 'transfer';
		const screen = {kind, transferId: transfer.id, ...originHere(store.getState())} as const;
		// They would cover the reason, which is told there in whole.
		if (transfer.status === 'failed') store.dispatch({type: 'ui/toasts-dismissed'});
		store.dispatch({type: 'ui/screen-opened', screen});
	},
};

const copyCommands: readonly Command[] = [
	{
		id: 'transfers.copy-result',
		scope: 'transfers',
		title: 'copy result',
		help: 'Copies what came of it: the name, with its digest where the registry has told that, or those of images (OSC 52)',
		keys: ['y'],
		group: 'act',
		targets,
		disabledReason: nothingChosen,
		run: (context, {targets: ids}) => {
			copyNames(context, ids);
		},
	},
	{
		id: 'transfers.copy-line',
		scope: 'transfers',
		title: 'copy docker line',
		help: 'Copies the docker command line that does the same (OSC 52)',
		keys: ['Y'],
		group: 'act',
		targets,
		disabledReason: nothingChosen,
		run: (context, {targets: ids}) => {
			copyCommandLines(context, ids);
		},
	},
];

export const transferCommands: readonly Command[] = [
	openCommand,
	{
		id: 'transfers.cancel',
		scope: 'transfers',
		title: 'cancel',
		help: 'Cancels the transfer; the engine stops too',
		keys: ['x'],
		group: 'act',
		inFooter: 1,
		targets,
		disabledReason: state => cancelReason(chosen(state)),
		run: (context, {targets: ids}) => {
			cancel(context, ids);
		},
	},
	{
		id: 'transfers.retry',
		scope: 'transfers',
		title: 'retry',
		help: 'Tries again what failed or was cancelled, and at once what waits for its registry',
		keys: ['r'],
		group: 'danger',
		inFooter: 2,
		targets,
		disabledReason: state => retryReason(state, chosen(state)),
		run: (context, {targets: ids}) => {
			const [key, ...others] = retry(context, ids);
			if (key === undefined || others.length > 0) return;
			context.store.dispatch({type: 'ui/landed', list: 'transfers', key});
		},
	},
	{
		id: 'transfers.clear',
		scope: 'transfers',
		title: 'clear finished',
		help: 'Takes the finished transfers off the list',
		keys: ['c'],
		group: 'view',
		inFooter: 3,
		run: ({store}) => {
			store.dispatch({type: 'ui/transfers-cleared'});
		},
	},
	...copyCommands,
];
