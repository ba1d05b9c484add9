import type {State, Transfer} from '../model.ts';
import {isEnded} from '../slices/transfers.ts';

const percent = ({bytesDone, bytesTotal}: Transfer): string =>
	bytesTotal === 0 ? '' : ` ${Math.floor((bytesDone / bytesTotal) * 100)} %`;

/** How the newest pull stands, in words; nothing when none is under way. */
export const selectPullProgress = (state: State): string | undefined => {
	const transfer = [...state.transfers.values()].findLast(
		({kind, status}) => kind === 'pull' && !isEnded(status),
	);
	return transfer === undefined ? undefined : `pulling ${transfer.reference}${percent(transfer)}`;
};
