import {basename} from 'node:path';
import {formatSize} from '../format/bytes.ts';
import {isImageId, shortId} from '../format/image-name.ts';
import type {Transfer} from '../state/model.ts';
import type {ArchiveJob} from '../state/views/image-jobs.ts';
import {transferEnd} from './pull.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

const namesShown = 4;

const namesOf = (results: readonly string[]): string => {
	const names = results.map(name => (isImageId(name) ? shortId(name) : name));
	const more = names.length - namesShown;
	return `${names.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** What came of it, in one line. */
const doneText = (job: ArchiveJob, {results, message, bytesDone}: Transfer): string => {
	const note = message === '' ? '' : `; ${message}`;
	switch (job.kind) {
		case 'save':
			return `saved to ${job.path}: ${formatSize(bytesDone)}${note}`;
		case 'load':
			return `${basename(job.path)}: ${results.length === 0 ? 'loaded' : `loaded ${namesOf(results)}`}${note}`;
		case 'import':
			return `${basename(job.path)}: imported as ${[job.reference, namesOf(results)].filter(part => part !== '').join(', ')}${note}`;
	}
};

const tellEnd = (context: CommandContext, job: ArchiveJob, transfer: Transfer): void => {
	const {reference, status, fault} = transfer;
	switch (status) {
		case 'done':
			showSuccess(context, doneText(job, transfer));
			return;
		case 'cancelled':
			showInfo(
				context,
				`${job.kind} of ${reference} cancelled${job.kind === 'save' ? '; no file was left' : ''}`,
			);
			return;
		case 'failed': {
			const isForeign = job.kind === 'load' && fault?.kind === 'api';
			showError(
				context,
				`Cannot ${job.kind} ${reference}: ${fault?.message ?? 'no reason given'}`,
				isForeign ? 'a root file system is imported instead: :import' : 'r in the transfers pane tries again',
			);
			return;
		}
		default:
	}
};

/** Asks for a job with images, and tells its end; it goes on behind whatever is on the screen. */
export const requestJob = (context: CommandContext, reference: string, job: ArchiveJob): void => {
	const id = `${job.kind}-${context.nextId()}`;
	context.store.dispatch({type: 'ui/transfer-requested', id, reference, job, at: context.clock.now()});
	transferEnd(context, id).then(
		transfer => {
			tellEnd(context, job, transfer);
		},
		() => undefined,
	);
};
