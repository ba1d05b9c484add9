import type {State} from '../state/model.ts';
import type {ConfirmSpec} from '../state/overlays.ts';
import {isEnded} from '../state/slices/transfers.ts';

const underWay = (state: State): number =>
	[...state.transfers.values()].filter(transfer => !isEnded(transfer.status)).length;

/** Leaving cancels what is under way: asked only then. */
export const confirmLeaving = (state: State, title: string): ConfirmSpec | undefined => {
	const count = underWay(state);
	if (count === 0) return undefined;
	const transfers = count === 1 ? 'transfer is' : 'transfers are';
	return {
		title,
		lines: [`${count} ${transfers} under way and would be cancelled.`],
		action: 'Leave',
		toggles: [],
	};
};
