import type {Message} from '../messages.ts';
import type {OpenedContainer} from '../model.ts';
import type {ChangesView} from '../views/changes.ts';

/** @param opened the container whose screen is open; what belongs to another one is forgotten. */
export const reduceChanges = (
	view: ChangesView | undefined,
	_message: Message,
	opened: OpenedContainer | undefined,
): ChangesView | undefined => (view?.containerId === opened?.containerId ? view : undefined);
