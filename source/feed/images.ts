import type {Session} from './context.ts';
import {faultOf} from './fault.ts';
import {createReload} from './reload.ts';

/** One build or prune makes many events. */
const quietMs = 150;
const retryMs = 10_000;

export type Images = {
	/** The first list, right now. */
	readonly list: () => void;
	/** The list again, soon: an `untag` event does not say which tag went. */
	readonly relist: () => void;
};

/** Keeps the images in the store true. A list that failed is told as such, never as an empty one, and tried again. */
export const createImages = (session: Session): Images => {
	const {engine, clock, scope} = session;

	const load = async (signal: AbortSignal): Promise<void> => {
		try {
			session.post({type: 'engine/images-listed', images: await engine.listImages(signal)});
		} catch (error) {
			session.post({type: 'engine/list-failed', list: 'images', fault: faultOf(error, clock.now())});
			scope.after(retryMs, reload.ask);
		}
	};
	const reload = createReload(session, quietMs, load);

	return {
		list: reload.askNow,
		relist: reload.ask,
	};
};
