import {counted} from '../format/counted.ts';
import type {State, Transfer} from '../state/model.ts';
import type {ConfirmSpec} from '../state/overlays.ts';
import {transferTitle} from '../state/selectors/transfer-status.ts';
import {isEnded} from '../state/slices/transfers.ts';

const isRecreating = (state: State): boolean =>
	[...state.busy.values()].some(
		({verb, settledUntil}) => /^(recreating|rolling back)$/.test(verb) && settledUntil === undefined,
	);

/** What may change while the question is read, such as whether it waits still, is not told: it would be asked anew. */
const lineOf = (transfer: Transfer): string =>
	`${transfer.kind.replace('-', ' ')} ${transferTitle(transfer)}`;

/** Leaving cancels what is under way or waits: asked only then, and all of it is named. */
export const confirmLeaving = (state: State, title: string): ConfirmSpec | undefined => {
	const open = [...state.transfers.values()].filter(({status}) => !isEnded(status));
	const lines = [
		...(open.length === 0
			? []
			: [
					`${counted(open.length, 'transfer')} ${open.length === 1 ? 'is' : 'are'} under way and would be cancelled.`,
				]),
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
		...(open.length === 0 ? {} : {list: open.map(lineOf)}),
		action: 'Leave',
		toggles: [],
	};
};
