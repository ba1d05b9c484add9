import type {EngineMessage} from '../state/messages.ts';
import type {Session} from './context.ts';
import {faultOf, isConnectionLoss} from './fault.ts';
import {createReload} from './reload.ts';

/** One build or prune makes many events. */
const quietMs = 150;

/** The full list of images, or why it is not there; never an empty list for a failure. */
export const listImages = async (session: Session, signal: AbortSignal): Promise<EngineMessage> => {
	try {
		return {type: 'engine/images-listed', images: await session.engine.listImages(signal)};
	} catch (error) {
		if (signal.aborted || isConnectionLoss(error)) throw error;
		return {type: 'engine/list-failed', list: 'images', fault: faultOf(error, session.clock.now())};
	}
};

/** Lists the images again after events about them: an `untag` does not say which tag went. */
export const createImageReload = (session: Session): {readonly relist: () => void} => {
	const reload = createReload(session, quietMs, async signal => {
		session.post(await listImages(session, signal));
	});
	return {relist: reload.ask};
};
