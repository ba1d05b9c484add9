import type {LoggedEvent} from './event-log.ts';

/** A line of `GET /events`, as engines before API 1.52 write it. */
export const wireEvent = (event: LoggedEvent): string => {
	const {Type, Action, id, attributes, at, nano} = event;
	const legacy =
		Type === 'container'
			? {status: Action, id, from: attributes.image ?? ''}
			: Type === 'image'
				? {status: Action, id}
				: {};
	const fields = {
		...legacy,
		Type,
		Action,
		Actor: {ID: id, Attributes: attributes},
		scope: 'local',
		time: Math.floor(at / 1000),
	};
	// As digits: the number has more of them than a double holds.
	return `${JSON.stringify(fields).slice(0, -1)},"timeNano":${nano.replace(/^0+/, '')}}\n`;
};
