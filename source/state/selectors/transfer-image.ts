import type {Transfer} from '../model.ts';

/** The image that came of it, by the name under which it can be run. */
export const transferImage = (transfer: Transfer): string | undefined => {
	const {status, kind, reference, results, job, build} = transfer;
	if (status !== 'done') return undefined;
	if (kind === 'push') return reference;
	if (kind === 'pull') return transfer.pull?.isAllTags === true ? results.at(-1) : reference;
	if (job?.kind === 'build') return job.tags[0] ?? build?.imageId;
	if (job?.kind === 'load' || job?.kind === 'import') return results[0];
	return undefined;
};
