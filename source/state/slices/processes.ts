import type {Message} from '../messages.ts';
import type {OpenedContainer} from '../model.ts';
import type {ProcessesView} from '../views/processes.ts';

/** @param opened the container whose screen is open; what belongs to another one is forgotten. */
export const reduceProcesses = (
	view: ProcessesView | undefined,
	_message: Message,
	opened: OpenedContainer | undefined,
): ProcessesView | undefined => (view?.containerId === opened?.containerId ? view : undefined);
