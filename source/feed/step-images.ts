import {imageId} from '../engine/decode/ids.ts';
import type {Engine} from '../engine/engine.ts';
import {isEngineErrorOf} from '../engine/failure.ts';
import type {HistoryItem} from '../engine/image-types.ts';

/** More steps of no size than any image that a person wrote. */
const asked = 40;

const isKept = ({id}: HistoryItem): boolean => id !== '' && id !== '<missing>';

/**
 * Where the classic builder has kept an image of each step, those images tell how many layers there were after it.
 * @param steps the oldest first
 * @returns numbers of layers by index of the step
 */
export const layersAfter = async (
	engine: Engine,
	steps: readonly HistoryItem[],
	signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> => {
	const known = new Map<number, number>();
	const open = steps.flatMap((step, index) => (step.sizeBytes === 0 && isKept(step) ? [index] : []));
	for (const index of open.slice(0, asked)) {
		const step = steps[index];
		if (step === undefined) continue;
		try {
			const {diffIds} = await engine.inspectImage(imageId(step.id), signal);
			known.set(index, diffIds.length);
		} catch (error) {
			if (!isEngineErrorOf(error, 'not-found')) throw error;
		}
	}
	return known;
};
