import {formatSize} from '../../format/bytes.ts';
import type {Transfer} from '../model.ts';
import {failedStep, runningStep, stepCounts, stepName} from './build-rows.ts';

const runningText = ({build}: Transfer): string => {
	const step = runningStep(build);
	if (step !== undefined) return step.number === undefined ? step.title : `${stepName(step)} ${step.title}`;
	if (build?.isContextSent === true) return 'the engine has the context';
	return `sending the context: ${formatSize(build?.contextBytes ?? 0)}`;
};

/** A build among the transfers: the step that runs, or why it failed. */
export const buildStatus = (transfer: Transfer): string => {
	const {status, build, fault} = transfer;
	switch (status) {
		case 'running':
			return runningText(transfer);
		case 'done': {
			if (build === undefined) return 'built';
			const {cached, total} = stepCounts(build);
			return cached === 0 ? 'built' : `built, ${cached} of ${total} steps cached`;
		}
		case 'failed': {
			const step = failedStep(build);
			const reason = step?.error ?? fault?.message ?? 'failed';
			return step === undefined ? reason : `${stepName(step)}: ${reason}`;
		}
		case 'queued':
		case 'retrying':
		case 'cancelling':
		case 'cancelled':
			return status;
	}
};

/** Steps done of all there are; unknown before the first. */
export const buildFraction = ({build}: Transfer): number | undefined => {
	if (build === undefined) return undefined;
	const {done, total} = stepCounts(build);
	return total === 0 ? undefined : done / total;
};
