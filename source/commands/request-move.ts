import {isImageId, shortId} from '../format/image-name.ts';
import type {State, Transfer} from '../state/model.ts';
import {imageNamed} from '../state/selectors/images.ts';
import type {MoveTask} from '../state/views/image-jobs.ts';
import {transferEnd} from './pull.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

const namesShown = 4;

const doneText = ({to}: MoveTask, {results, bytesDone}: Transfer): string => {
	const names = [...new Set(results.map(name => (isImageId(name) ? shortId(name) : name)))];
	const more = names.length - namesShown;
	const text = `${names.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	const verb = names.length === 1 ? 'is' : 'are';
	return `${text} ${verb} on ${to} now${bytesDone === 0 ? '; it had the layers already' : ''}`;
};

const tellEnd = (context: CommandContext, job: MoveTask, transfer: Transfer): void => {
	const {reference, status, fault} = transfer;
	switch (status) {
		case 'done':
			showSuccess(context, doneText(job, transfer));
			return;
		case 'cancelled':
			showInfo(context, `move of ${reference} cancelled`);
			return;
		case 'failed':
			showError(
				context,
				`Cannot move ${reference}: ${fault?.message ?? 'no reason given'}`,
				fault?.hint ?? 'r in Transfers tries again',
			);
			return;
		default:
	}
};

/** Asks for images to be sent to another engine, and tells its end; it goes on behind whatever is on the screen. */
export const requestMove = (context: CommandContext, reference: string, job: MoveTask): void => {
	const id = `move-${context.nextId()}`;
	context.store.dispatch({type: 'ui/transfer-requested', id, reference, job, at: context.clock.now()});
	transferEnd(context, id).then(
		transfer => {
			tellEnd(context, job, transfer);
		},
		() => undefined,
	);
};

/** A container that was committed before the way broke off is not committed once more. */
const resumed = (state: State, job: MoveTask): MoveTask => {
	const {commit, ...rest} = job;
	const made = commit && imageNamed(state, commit.reference);
	if (commit === undefined || made === undefined) return job;
	return {
		...rest,
		images: [{imageId: made.id, reference: commit.reference}],
		totalBytes: made.sizeBytes,
	};
};

export const moveAgain = (context: CommandContext, reference: string, job: MoveTask): void => {
	requestMove(context, reference, resumed(context.store.getState(), job));
};
