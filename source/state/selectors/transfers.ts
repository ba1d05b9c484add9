import type {State, Transfer} from '../model.ts';
import {isEnded} from '../slices/transfers.ts';
import {transferFraction} from './transfer-status.ts';

const percent = (transfer: Transfer): string => {
	const fraction = transferFraction(transfer);
	return fraction === undefined ? '' : ` ${Math.floor(fraction * 100)} %`;
};

/** How the newest pull stands, in words; nothing when none is under way. */
export const selectPullProgress = (state: State): string | undefined => {
	const transfer = [...state.transfers.values()].findLast(
		({kind, status}) => kind === 'pull' && !isEnded(status),
	);
	return transfer === undefined ? undefined : `pulling ${transfer.reference}${percent(transfer)}`;
};
