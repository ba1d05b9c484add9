import type {Message} from '../messages.ts';
import type {OutdatedView} from '../views/outdated.ts';

/** For so long it counts as known when the screen is opened again. */
const freshMs = 60_000;

const initial = (now: number): OutdatedView => ({
	turn: 1,
	askedAt: now,
	isAll: false,
	checks: new Map(),
	names: new Map(),
	createdAt: new Map(),
});

const again = (view: OutdatedView, at: number): OutdatedView => ({
	...view,
	turn: view.turn + 1,
	askedAt: at,
	checks: new Map(),
});

const opened = (view: OutdatedView | undefined, now: number): OutdatedView => {
	if (view === undefined) return initial(now);
	return now - view.askedAt < freshMs ? view : again(view, now);
};

export const reduceOutdated = (
	view: OutdatedView | undefined,
	message: Message,
	now: number,
): OutdatedView | undefined => {
	if (message.type === 'ui/screen-opened')
		return message.screen.kind === 'outdated' ? opened(view, now) : view;
	if (view === undefined) return view;
	switch (message.type) {
		// What was asked for was lost with the connection.
		case 'engine/connected':
			return again(view, now);
		case 'outdated/reread':
			return again(view, message.at);
		case 'outdated/all-toggled':
			return {...view, isAll: !view.isAll};
		case 'outdated/checked':
			return message.turn === view.turn
				? {...view, checks: new Map(view.checks).set(message.reference, message.check)}
				: view;
		case 'outdated/named':
			return {...view, names: new Map(view.names).set(message.containerId, message.image)};
		case 'outdated/dated':
			return {...view, createdAt: new Map(view.createdAt).set(message.digest, message.createdAt)};
		default:
			return view;
	}
};
