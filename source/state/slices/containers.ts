import type {Container, ContainerId} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import type {ContainersState} from '../model.ts';
import {replaced} from '../replaced.ts';

const withoutDetails = ({details: _, ...rest}: Container): Container => rest;

const isSameListing = (left: Container, right: Container): boolean =>
	JSON.stringify(withoutDetails(left)) === JSON.stringify(withoutDetails(right));

/** A list carries no details: those of a container that is in the same state as before are kept. */
const merged = (known: Container | undefined, listed: Container): Container => {
	if (known === undefined || known.state !== listed.state) return listed;
	if (isSameListing(known, listed)) return known;
	return known.details === undefined ? listed : {...listed, details: known.details};
};

/** The same map when the list tells nothing new, order included. */
const afterListing = (
	byId: ContainersState['byId'],
	listed: readonly Container[],
): ContainersState['byId'] => {
	const next = listed.map(container => merged(byId.get(container.id), container));
	const known = [...byId.values()];
	const isSame = next.length === known.length && next.every((container, index) => container === known[index]);
	return isSame ? byId : new Map(next.map(container => [container.id, container]));
};

const afterChange = (
	state: ContainersState,
	changed: readonly Container[],
	removed: readonly ContainerId[],
): ContainersState => {
	if (changed.length === 0 && !removed.some(id => state.byId.has(id))) return state;
	const byId = new Map(state.byId);
	for (const id of removed) byId.delete(id);
	for (const container of changed) byId.set(container.id, container);
	return {...state, byId};
};

export const reduceContainers = (state: ContainersState, message: Message): ContainersState => {
	switch (message.type) {
		case 'engine/connected':
			// A container may have restarted while nobody looked: what was inspected before counts no more.
			return {...state, byId: new Map([...state.byId].map(([id, known]) => [id, withoutDetails(known)]))};
		case 'engine/containers-listed':
			return replaced(state, {
				loading: state.loading.status === 'ready' ? state.loading : {status: 'ready'},
				byId: afterListing(state.byId, message.containers),
			});
		case 'engine/containers-changed':
			return afterChange(state, message.changed, message.removed);
		case 'engine/list-failed':
			return message.list === 'containers'
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		default:
			return state;
	}
};
