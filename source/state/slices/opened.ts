import type {ContainerId, EngineEvent} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import type {ContainersState, Departure, OpenedContainer} from '../model.ts';

/** How an engine says that a container is no more: Docker, Podman. */
const farewells: ReadonlySet<string> = new Set(['destroy', 'remove']);

const isFarewell = (event: EngineEvent, id: ContainerId): boolean =>
	event.type === 'container' && event.actorId === id && farewells.has(event.action);

/** Keeps what is known of the container whose screen is open, over its removal. */
export const reduceOpened = (
	opened: OpenedContainer | undefined,
	message: Message,
	containers: ContainersState,
	now: number,
): OpenedContainer | undefined => {
	if (message.type === 'ui/screen-opened') {
		if (message.screen.kind !== 'container') return undefined;
		const {containerId} = message.screen;
		if (containerId === opened?.containerId) return opened;
		const container = containers.byId.get(containerId);
		return container === undefined ? {containerId, departure: {at: now}} : {containerId, container};
	}
	if (opened === undefined) return undefined;
	const {containerId} = opened;
	switch (message.type) {
		case 'engine/containers-listed':
		case 'engine/containers-changed': {
			const container = containers.byId.get(containerId);
			if (container === undefined) return opened.departure === undefined ? gone(opened, {at: now}) : opened;
			return container === opened.container ? opened : {containerId, container};
		}
		case 'engine/events-arrived': {
			const farewell = message.events.findLast(event => isFarewell(event, containerId));
			return farewell === undefined ? opened : gone(opened, {at: farewell.at, by: farewell.action});
		}
		default:
			return opened;
	}
};

const gone = (opened: OpenedContainer, departure: Departure): OpenedContainer => ({...opened, departure});
