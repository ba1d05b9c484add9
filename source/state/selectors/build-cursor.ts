import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import {failedStep, openBuild, selectBuildRows} from './build-rows.ts';
import {listView} from './rows.ts';

const isAtEnd = (state: State): boolean => {
	const {cursor, count} = listView(state, 'build');
	return cursor >= count - 1;
};

/** To the step that failed, else to the end while it is being built. */
export const buildLanding = (state: State): readonly Message[] => {
	const transfer = openBuild(state);
	const failed = failedStep(transfer?.build);
	if (failed !== undefined) return [{type: 'ui/landed', list: 'build', key: failed.id}];
	return transfer?.endedAt === undefined
		? [{type: 'ui/moved', list: 'build', movement: {kind: 'end'}}]
		: [{type: 'ui/moved', list: 'build', movement: {kind: 'start'}}];
};

/**
 * A cursor at the end of a build stays at its end while more comes, and goes to the step that fails; one that stands
 * elsewhere is left alone.
 */
export const buildFollowUp = (before: State, state: State, message: Message): readonly Message[] => {
	const transfer = openBuild(state);
	if (transfer === undefined) return [];
	switch (message.type) {
		case 'ui/screen-opened':
			return before.ui.lastSubject === transfer.id ? [] : buildLanding(state);
		case 'engine/transfer-progressed':
		case 'engine/transfer-ended': {
			if (message.id !== transfer.id || !isAtEnd(before)) return [];
			const isNew = selectBuildRows(before) !== selectBuildRows(state);
			const isFailure = failedStep(transfer.build) !== failedStep(before.transfers.get(transfer.id)?.build);
			if (isFailure) return buildLanding(state);
			return isNew ? [{type: 'ui/moved', list: 'build', movement: {kind: 'end'}}] : [];
		}
		default:
			return [];
	}
};
