import {type Filters, hasLabels} from '../http/query.ts';
import type {LoggedEvent} from './event-log.ts';

export const eventFilterNames = [
	'type',
	'event',
	'container',
	'image',
	'network',
	'volume',
	'label',
	'scope',
	'daemon',
] as const;

/** These switch the whole filter of actions to prefixes (moby `daemon/events/filter.go`). */
const fuzzy = ['health_status', 'exec_create', 'exec_start'];

/** Whether a subscriber with these filters sees an event. */
export const eventFilter = (filters: Filters): ((event: LoggedEvent) => boolean) => {
	const types = filters.get('type');
	const actions = filters.get('event');
	const scopes = filters.get('scope');
	const isFuzzy = actions?.some(action => fuzzy.some(start => action.startsWith(start))) === true;
	const hasAction = (action: string): boolean =>
		actions === undefined ||
		(isFuzzy ? actions.some(start => action.startsWith(start)) : actions.includes(action));
	return event =>
		(types?.includes(event.Type) ?? true) &&
		hasAction(event.Action) &&
		hasLabels(event.attributes, filters.get('label')) &&
		(scopes?.includes('local') ?? true) &&
		isAbout(event, 'container', filters.get('container')) &&
		isAbout(event, 'network', filters.get('network')) &&
		isAbout(event, 'volume', filters.get('volume')) &&
		isOfImage(event, filters.get('image'));
};

const isAbout = (
	event: LoggedEvent,
	type: LoggedEvent['Type'],
	wanted: readonly string[] | undefined,
): boolean =>
	wanted === undefined ||
	(event.Type === type &&
		wanted.some(text => event.id.startsWith(text) || event.attributes.name === text.replace(/^\//, '')));

const isOfImage = (event: LoggedEvent, wanted: readonly string[] | undefined): boolean => {
	if (wanted === undefined) return true;
	const name = event.Type === 'image' ? event.attributes.name : event.attributes.image;
	return wanted.some(text => event.id === text || name === text || name?.split(':')[0] === text);
};
