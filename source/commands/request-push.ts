import type {State, Transfer} from '../state/model.ts';
import {isEnded} from '../state/slices/transfers.ts';
import type {PushTask} from '../state/views/image-jobs.ts';
import {transferEnd} from './pull.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

/** The push of this name that is on its way. */
const underWay = (state: State, {reference, platform}: PushTask): Transfer | undefined =>
	[...state.transfers.values()].find(
		({job, status}) =>
			job?.kind === 'push' && job.reference === reference && job.platform === platform && !isEnded(status),
	);

/** By which digest the registry knows it, whole: that is what others are told. */
const digestOf = ({results: [name]}: Transfer): string =>
	name === undefined ? '' : `: ${name.slice(name.indexOf('@') + 1)}`;

const nextStep = ({fault}: Transfer): string =>
	fault?.kind === 'conflict'
		? 'U pushes what has the name now'
		: (fault?.hint ?? 'r in Transfers tries again');

const tellTrouble = (context: CommandContext, transfer: Transfer): void => {
	const {reference, status, fault} = transfer;
	if (status === 'cancelled') showInfo(context, `push of ${reference} cancelled`);
	else if (status === 'failed')
		showError(
			context,
			`Cannot push ${reference}: ${fault?.message ?? 'no reason given'}`,
			nextStep(transfer),
		);
};

const tellEnds = (context: CommandContext, transfers: readonly Transfer[]): void => {
	for (const transfer of transfers) tellTrouble(context, transfer);
	const done = transfers.filter(({status}) => status === 'done');
	const [first] = done;
	if (first === undefined) return;
	if (transfers.length === 1) showSuccess(context, `${first.reference} pushed${digestOf(first)}`);
	else showSuccess(context, `${done.length} of ${transfers.length} names pushed`);
};

/**
 * Asks for pushes that belong together, and tells how they have ended, behind whatever is on the screen by then. What
 * is on its way is not asked for twice.
 */
export const requestPushes = (context: CommandContext, tasks: readonly PushTask[]): void => {
	const {store, clock, nextId} = context;
	const ids = tasks.flatMap(job => {
		if (underWay(store.getState(), job) !== undefined) {
			showInfo(context, `${job.reference} is being pushed already`);
			return [];
		}
		const id = `push-${nextId()}`;
		store.dispatch({type: 'ui/transfer-requested', id, reference: job.reference, job, at: clock.now()});
		return [id];
	});
	// Leaving Gantry ends them, and nothing is left to tell then.
	Promise.all(ids.map(id => transferEnd(context, id))).then(
		transfers => {
			tellEnds(context, transfers);
		},
		() => undefined,
	);
};
