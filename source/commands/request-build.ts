import {formatTook} from '../format/duration.ts';
import {shortId} from '../format/image-name.ts';
import type {Transfer} from '../state/model.ts';
import {failedStep, stepCounts, stepName} from '../state/selectors/build-rows.ts';
import type {BuildTask} from '../state/views/image-jobs.ts';
import {transferEnd} from './pull.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';
import {originHere} from './way-back.ts';

const nameOf = ({tags, directory}: BuildTask): string => tags[0] ?? directory;

const cachedText = (transfer: Transfer): string => {
	if (transfer.build === undefined) return '';
	const {cached, total} = stepCounts(transfer.build);
	return cached === 0 ? '' : `, ${cached} of ${total} steps cached`;
};

const doneText = (transfer: Transfer): string => {
	const {build, reference, startedAt, endedAt} = transfer;
	const id = build?.imageId === undefined ? '' : ` (${shortId(build.imageId)})`;
	const took =
		startedAt === undefined || endedAt === undefined ? '' : ` in ${formatTook(endedAt - startedAt)}`;
	return `built ${reference}${id}${took}${cachedText(transfer)}`;
};

const failurePlace = ({build}: Transfer): string => {
	const step = failedStep(build);
	return step === undefined ? '' : ` at ${stepName(step)}`;
};

/** `build of shop/api:1 failed at step 4/7: …` */
const failureText = (transfer: Transfer): string => {
	const {build, fault} = transfer;
	const reason = failedStep(build)?.error ?? fault?.message ?? 'no reason given';
	return `build of ${transfer.reference} failed${failurePlace(transfer)}: ${reason}`;
};

const tellEnd = (context: CommandContext, transfer: Transfer): void => {
	const {screen} = context.store.getState().ui;
	const isOpen = screen.kind === 'build' && screen.transferId === transfer.id;
	switch (transfer.status) {
		case 'done':
			showSuccess(context, doneText(transfer));
			return;
		case 'cancelled':
			showInfo(context, `build of ${transfer.reference} cancelled`);
			return;
		case 'failed':
			// Who looks at the build has the reason before them: nothing must cover it.
			if (isOpen) showInfo(context, `build of ${transfer.reference} failed${failurePlace(transfer)}`);
			else showError(context, failureText(transfer), 'enter in Transfers shows the log');
			return;
		default:
	}
};

/** Asks for a build, opens its screen, and tells its end wherever the reader is by then. */
export const requestBuild = (context: CommandContext, job: BuildTask): void => {
	const {store, clock, nextId} = context;
	const id = `build-${nextId()}`;
	store.dispatch(
		{type: 'ui/transfer-requested', id, reference: nameOf(job), job, at: clock.now()},
		{type: 'ui/screen-opened', screen: {kind: 'build', transferId: id, ...originHere(store.getState())}},
	);
	transferEnd(context, id).then(
		transfer => {
			tellEnd(context, transfer);
		},
		() => undefined,
	);
};
