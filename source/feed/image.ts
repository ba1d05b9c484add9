import {imageId as toImageId} from '../engine/decode/ids.ts';
import type {HistoryItem, ImageFacts} from '../engine/image-types.ts';
import {mapHistory} from '../layers/history-layers.ts';
import type {Demand} from '../state/demand.ts';
import type {ImageHistory} from '../state/views/image.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';
import {createReload} from './reload.ts';
import {layersAfter} from './step-images.ts';

const quietMs = 150;

/** Reads the image whose screen is open, and again when it is touched: its names may be others. */
export const createImage = (session: Session) => {
	const {engine, clock, scope} = session;
	let wanted: string | undefined;
	let abort = (): void => {};

	const load = async (imageId: string, signal: AbortSignal): Promise<void> => {
		try {
			const id = toImageId(imageId);
			const [config, steps] = await Promise.all([
				engine.inspectImage(id, signal),
				engine.imageHistory(id, signal),
			]);
			if (signal.aborted) return;
			const history = historyOf(config, steps);
			session.post({type: 'image/loaded', imageId, config, history});
			if (!history.map.layers.includes('unknown')) return;
			const known = await layersAfter(engine, steps.toReversed(), signal);
			if (!signal.aborted && known.size > 0)
				session.post({type: 'image/loaded', imageId, config, history: historyOf(config, steps, known)});
		} catch (error) {
			if (signal.aborted) return;
			session.post({type: 'image/failed', imageId, fault: faultOf(error, clock.now())});
		}
	};

	const fetch = (): void => {
		abort();
		const current = wanted;
		if (current !== undefined) abort = scope.start(signal => load(current, signal));
	};

	const reload = createReload(session, quietMs, async () => {
		fetch();
	});

	return {
		meet({image}: Demand): void {
			if (image?.imageId === wanted) return;
			wanted = image?.imageId;
			fetch();
		},
		/** It was changed: reads it again when it is the one that is read. */
		touch(imageId: string): void {
			if (wanted === imageId) reload.ask();
		},
	};
};

const historyOf = (
	{diffIds, sizeBytes}: ImageFacts,
	steps: readonly HistoryItem[],
	known?: ReadonlyMap<number, number>,
): ImageHistory => ({steps, map: mapHistory(steps.toReversed(), diffIds, sizeBytes, known)});
