import type {Message} from '../messages.ts';
import type {Busy} from '../model.ts';
import {onlyEntries} from '../replaced.ts';

type BusyState = ReadonlyMap<string, Busy>;

/** A fact about the object frees its row once the engine has answered; before that it is only noted. */
const seen = (state: BusyState, ids: Iterable<string>): BusyState => {
	const next = new Map(state);
	let hasChanged = false;
	for (const id of ids) {
		const busy = state.get(id);
		if (busy === undefined) continue;
		if (busy.settledUntil !== undefined) next.delete(id);
		else if (busy.wasSeen) continue;
		else next.set(id, {...busy, wasSeen: true});
		hasChanged = true;
	}
	return hasChanged ? next : state;
};

const settled = (
	state: BusyState,
	{actionId, target, isFailed, until}: Extract<Message, {type: 'ui/action-settled'}>,
): BusyState => {
	const busy = state.get(target);
	if (busy?.actionId !== actionId) return state;
	const next = new Map(state);
	if (isFailed || busy.wasSeen) next.delete(target);
	else next.set(target, {...busy, settledUntil: until});
	return next;
};

export const reduceBusy = (state: BusyState, message: Message): BusyState => {
	switch (message.type) {
		case 'ui/action-started':
			return new Map(state).set(message.target, {
				actionId: message.actionId,
				kind: message.kind,
				verb: message.verb,
				wasSeen: false,
			});
		case 'ui/action-settled':
			return settled(state, message);
		case 'engine/containers-changed':
			return seen(state, [...message.changed.map(container => container.id), ...message.removed]);
		case 'engine/containers-listed':
			return onlyEntries(state, busy => busy.kind !== 'container' || busy.settledUntil === undefined);
		case 'engine/images-listed':
			return onlyEntries(state, busy => busy.kind !== 'image' || busy.settledUntil === undefined);
		case 'clock/ticked':
			return onlyEntries(state, ({settledUntil}) => settledUntil === undefined || settledUntil > message.now);
		default:
			return state;
	}
};
