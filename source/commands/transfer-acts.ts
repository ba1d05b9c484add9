import type {State, Transfer, TransferId} from '../state/model.ts';
import {imageNamed} from '../state/selectors/images.ts';
import {transferImage} from '../state/selectors/transfer-image.ts';
import {isEnded} from '../state/slices/transfers.ts';
import {offlineReason} from './container-actions.ts';
import {requestCopy} from './file-copies.ts';
import {requestExtract} from './layer-extract.ts';
import {startPulls} from './pull.ts';
import {requestBuild} from './request-build.ts';
import {requestJob} from './request-job.ts';
import {moveAgain} from './request-move.ts';
import {requestPushes} from './request-push.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import {dockerLine} from './transfer-line.ts';
import type {CommandContext} from './types.ts';

export const transfersNamed = (state: State, ids: readonly TransferId[]): readonly Transfer[] =>
	ids.flatMap(id => state.transfers.get(id) ?? []);

export const cancelReason = (transfers: readonly Transfer[]): string | undefined =>
	transfers.some(({status}) => !isEnded(status)) ? undefined : 'no transfer is under way here';

export const cancel = ({store}: CommandContext, ids: readonly TransferId[]): void => {
	store.dispatch(...ids.map(id => ({type: 'ui/transfer-cancelled' as const, id})));
};

const canBeRetried = ({status}: Transfer): boolean =>
	status === 'failed' || status === 'cancelled' || status === 'retrying';

export const retryReason = (state: State, transfers: readonly Transfer[]): string | undefined =>
	transfers.some(canBeRetried)
		? offlineReason(state)
		: 'only what failed, was cancelled or waits for its registry can be tried again';

const requestAgain = (context: CommandContext, transfer: Transfer): void => {
	const {reference, copy, job, pull = {}} = transfer;
	if (copy !== undefined) requestCopy(context, reference, copy);
	else if (job === undefined) startPulls(context, [{reference, choice: pull}]);
	else if (job.kind === 'build') requestBuild(context, job);
	else if (job.kind === 'extract') requestExtract(context, reference, job);
	else if (job.kind === 'push') requestPushes(context, [job]);
	else if (job.kind === 'move') moveAgain(context, reference, job);
	else requestJob(context, reference, job);
};

/**
 * Tries again; the old one makes room for the new, but for a build, whose log may be wanted.
 * @returns the new ones, in order
 */
export const retry = (context: CommandContext, ids: readonly TransferId[]): readonly TransferId[] => {
	const {store} = context;
	const before = new Set(store.getState().transfers.keys());
	for (const transfer of transfersNamed(store.getState(), ids).filter(canBeRetried)) {
		const {id, kind, status} = transfer;
		if (status === 'retrying') store.dispatch({type: 'ui/transfer-hurried', id});
		else {
			requestAgain(context, transfer);
			if (kind !== 'build') store.dispatch({type: 'ui/transfers-cleared', ids: [id]});
		}
	}
	return [...store.getState().transfers.keys()].filter(id => !before.has(id));
};

export const runReason = (state: State, transfer: Transfer | undefined): string | undefined =>
	transfer !== undefined && transferImage(transfer) !== undefined
		? offlineReason(state)
		: 'no image came of it that could be run';

export const run = ({invoke}: CommandContext, transfer: Transfer | undefined): void => {
	const image = transfer && transferImage(transfer);
	if (image !== undefined) invoke('images.run', {argument: image});
};

/** The image that came of it, while it is there. */
export const imageHere = (state: State, transfer: Transfer | undefined) => {
	const name = transfer && transferImage(transfer);
	const image = name === undefined ? undefined : (imageNamed(state, name) ?? imageById(state, name));
	return name === undefined || image === undefined ? undefined : {imageId: image.id, title: name};
};

const imageById = (state: State, id: string) =>
	[...state.images.byId.values()].find(image => image.id === id);

/** What others are told: what came of it, else its name, of a pull with the digest that the registry has told. */
const namesOf = ({reference, digest, kind, results}: Transfer): readonly string[] => {
	if (results.length > 0) return results;
	const isPinned = kind !== 'pull' || digest === undefined || reference.includes('@');
	return [isPinned ? reference : `${reference}@${digest}`];
};

const copyLines = (context: CommandContext, lines: readonly string[], what: string): void => {
	const [only] = lines;
	if (only === undefined) showInfo(context, `docker has no ${what} for it`);
	else if (!context.terminal.copy(lines.join('\n')))
		showError(context, `${lines.length} lines are more than a terminal takes into its clipboard`);
	else showSuccess(context, lines.length === 1 ? `copied ${only}` : `copied ${lines.length} lines`);
};

export const copyNames = (context: CommandContext, ids: readonly TransferId[]): void => {
	copyLines(context, transfersNamed(context.store.getState(), ids).flatMap(namesOf), 'name');
};

export const copyCommandLines = (context: CommandContext, ids: readonly TransferId[]): void => {
	const transfers = transfersNamed(context.store.getState(), ids);
	copyLines(
		context,
		transfers.flatMap(transfer => dockerLine(transfer) ?? []),
		'command',
	);
};
