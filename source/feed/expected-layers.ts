import type {Engine} from '../engine/engine.ts';
import type {HistoryItem} from '../engine/image-types.ts';
import type {ImageId} from '../engine/types.ts';
import {isLayerStep} from '../format/instruction.ts';
import type {AnalysisRequest} from '../layers/analyse.ts';
import type {HistoryStep} from '../layers/types.ts';

type Expected = NonNullable<AnalysisRequest['expected']>;

/**
 * The steps of an image, oldest first, with those that made no layer marked. The engine does not say which did: by
 * their instructions, and not at all when that gives another number than there are layers.
 */
export const stepsOf = (items: readonly HistoryItem[], layerCount: number): readonly HistoryStep[] => {
	const steps = items.toReversed().map(({createdAt, createdBy, comment, sizeBytes}): HistoryStep => {
		const isEmpty = sizeBytes === 0 && !isLayerStep(createdBy);
		return {createdBy, comment, isEmpty, ...(createdAt > 0 && {createdAt})};
	});
	return steps.filter(({isEmpty}) => !isEmpty).length === layerCount ? steps : [];
};

/** What the engine tells of an image's layers before they are read; nothing when it does not. */
export const expectedLayers = async (
	engine: Engine,
	imageId: ImageId,
	signal: AbortSignal,
): Promise<Expected | undefined> => {
	try {
		const [{diffIds}, history] = await Promise.all([
			engine.inspectImage(imageId, signal),
			// One signal each: it is heard by one call.
			engine.imageHistory(imageId, AbortSignal.any([signal])),
		]);
		return {diffIds, history: stepsOf(history, diffIds.length)};
	} catch {
		// Why it cannot be had is told when its layers cannot be had either.
		return undefined;
	}
};
