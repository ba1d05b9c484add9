import {containers} from './containers.ts';
import {events} from './events.ts';
import {images} from './images.ts';
import type {ListId} from './resource.ts';
import {transfers} from './transfers.ts';

/** Every list by its id. */
export const resources = {
	containers,
	images,
	events,
	transfers,
} as const satisfies {readonly [Id in ListId]: {readonly id: Id}};
