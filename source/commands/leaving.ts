import type {State} from '../state/model.ts';
import type {ConfirmSpec} from '../state/overlays.ts';
import {isEnded} from '../state/slices/transfers.ts';

const underWay = (state: State): number =>
	[...state.transfers.values()].filter(transfer => !isEnded(transfer.status)).length;

const isRecreating = (state: State): boolean =>
	[...state.busy.values()].some(
		({verb, settledUntil}) => /^(recreating|rolling back)$/.test(verb) && settledUntil === undefined,
	);

/** Leaving cancels what is under way: asked only then. */
export const confirmLeaving = (state: State, title: string): ConfirmSpec | undefined => {
	const count = underWay(state);
	const transfers = count === 1 ? 'transfer is' : 'transfers are';
	const lines = [
		...(count > 0 ? [`${count} ${transfers} under way and would be cancelled.`] : []),
		...(isRecreating(state)
			? [
					'A container is being recreated or rolled back: it would be left half done, one of the two stopped or renamed.',
				]
			: []),
	];
	if (lines.length === 0) return undefined;
	return {
		title,
		lines,
		action: 'Leave',
		toggles: [],
	};
};
