import type {State} from '../state/model.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {isEnded} from '../state/slices/transfers.ts';
import {requestCopy} from './file-copies.ts';
import {requestExtract} from './layer-extract.ts';
import {startPull} from './pull.ts';
import {requestBuild} from './request-build.ts';
import {requestJob} from './request-job.ts';
import {requestPushes} from './request-push.ts';
import type {Command} from './types.ts';

const chosen = (state: State) =>
	targetsIn(state, 'transfers').flatMap(id => {
		const transfer = state.transfers.get(id);
		return transfer === undefined ? [] : [transfer];
	});

const targets = (state: State): readonly string[] => targetsIn(state, 'transfers');

export const transferCommands: readonly Command[] = [
	{
		id: 'transfers.cancel',
		scope: 'transfers',
		title: 'cancel',
		help: 'Cancels the transfer; the engine stops too',
		keys: ['x'],
		group: 'act',
		inFooter: 1,
		targets,
		disabledReason: state =>
			chosen(state).some(transfer => !isEnded(transfer.status)) ? undefined : 'no transfer is under way here',
		run: ({store}, {targets: ids}) => {
			store.dispatch(...ids.map(id => ({type: 'ui/transfer-cancelled' as const, id})));
		},
	},
	{
		id: 'transfers.retry',
		scope: 'transfers',
		title: 'retry',
		help: 'Asks for the same transfer again',
		keys: ['r'],
		group: 'danger',
		inFooter: 2,
		targets,
		disabledReason: state =>
			chosen(state).some(({status}) => status === 'failed' || status === 'cancelled')
				? undefined
				: 'only a failed or cancelled transfer can be asked for again',
		run: (context, {targets: ids}) => {
			for (const id of ids) {
				const transfer = context.store.getState().transfers.get(id);
				if (transfer?.status !== 'failed' && transfer?.status !== 'cancelled') continue;
				const {reference, copy, job, pull = {}} = transfer;
				if (copy !== undefined) requestCopy(context, reference, copy);
				else if (job === undefined) startPull(context, {reference, choice: pull});
				else if (job.kind === 'build') requestBuild(context, job);
				else if (job.kind === 'extract') requestExtract(context, reference, job);
				else if (job.kind === 'push') requestPushes(context, [job]);
				else requestJob(context, reference, job);
			}
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
];
