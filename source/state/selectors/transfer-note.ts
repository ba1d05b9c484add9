import {wrapWhole} from '../../format/wrap.ts';
import type {State, Transfer} from '../model.ts';
import {openTransfer} from './transfer-layers-rows.ts';

/** Lines of a note at most, whatever an engine has to say. */
const most = 8;

const noteOf = ({fault}: Transfer): readonly string[] =>
	fault === undefined ? [] : [fault.message, ...(fault.hint === undefined ? [] : [fault.hint])];

/** Why the transfer that is open failed, or is tried again: in whole, in lines as wide as its pane. */
export const transferNote = (state: State): readonly string[] => {
	const transfer = openTransfer(state);
	if (transfer === undefined) return [];
	const width = Math.max(1, state.ui.columns - 6);
	return noteOf(transfer)
		.flatMap(text => wrapWhole(text, width))
		.slice(0, most);
};
