import type {Container, ContainerId} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import type {ContainersState} from '../model.ts';

const withoutDetails = ({details: _, ...rest}: Container): Container => rest;

const isSameListing = (left: Container, right: Container): boolean =>
	JSON.stringify(withoutDetails(left)) === JSON.stringify(withoutDetails(right));

/** A list carries no details: those of a container that it describes as before are kept. */
const merged = (known: Container | undefined, listed: Container): Container => {
	if (known?.details === undefined || known.state !== listed.state) return listed;
	return isSameListing(known, listed) ? known : {...listed, details: known.details};
};

const afterChange = (
	state: ContainersState,
	changed: readonly Container[],
	removed: readonly ContainerId[],
): ContainersState => {
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
			return {
				loading: {status: 'ready'},
				byId: new Map(
					message.containers.map(listed => [listed.id, merged(state.byId.get(listed.id), listed)]),
				),
			};
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
