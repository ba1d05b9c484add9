import type {Message} from '../messages.ts';
import type {OpenedContainer} from '../model.ts';
import type {FilesView} from '../views/files.ts';

/** @param opened the container whose screen is open; what belongs to another one is forgotten. */
export const reduceFiles = (
	view: FilesView | undefined,
	_message: Message,
	opened: OpenedContainer | undefined,
): FilesView | undefined => (view?.containerId === opened?.containerId ? view : undefined);
