import {changes} from './changes.ts';
import {containers} from './containers.ts';
import {events} from './events.ts';
import {files} from './files.ts';
import {images} from './images.ts';
import {inspect} from './inspect.ts';
import {processes} from './processes.ts';
import type {ListId} from './resource.ts';
import {transfers} from './transfers.ts';

/** Every list by its id. */
export const resources = {
	containers,
	images,
	events,
	transfers,
	processes,
	inspect,
	changes,
	files,
} as const satisfies {readonly [Id in ListId]: {readonly id: Id}};
