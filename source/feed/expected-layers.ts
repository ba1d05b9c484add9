import type {Engine} from '../engine/engine.ts';
import type {HistoryItem, ImageFacts} from '../engine/image-types.ts';
import type {ImageId} from '../engine/types.ts';
import type {AnalysisRequest, ExpectedImage} from '../layers/analyse.ts';
import {mapHistory} from '../layers/history-layers.ts';
import type {HistoryStep, ImageIdentity} from '../layers/types.ts';

/**
 * The steps of an image, oldest first, with those marked that made no layer. Nothing where the engine's history
 * leaves that open.
 * @param items newest first
 */
export const stepsOf = (
	items: readonly HistoryItem[],
	{diffIds, sizeBytes}: Pick<ImageFacts, 'diffIds' | 'sizeBytes'>,
): readonly HistoryStep[] => {
	const steps = items.toReversed();
	const {layers} = mapHistory(steps, diffIds, sizeBytes);
	if (layers.includes('unknown')) return [];
	return steps.map(({createdAt, createdBy, comment}, index): HistoryStep => {
		const isEmpty = layers[index] === 'none';
		return {createdBy, comment, isEmpty, ...(createdAt > 0 && {createdAt})};
	});
};

/** An engine that stores images by snapshotters knows them by their manifests. */
const isKnownByConfig = ({storageDriver}: ImageFacts): boolean =>
	/^(?:overlay2|vfs|btrfs|zfs|aufs|devicemapper|fuse-overlayfs|overlay)$/.test(storageDriver);

const identityOf = ({id, tags, os, architecture, variant}: ImageFacts): ImageIdentity => ({
	configDigest: id,
	references: tags,
	platform: [os, architecture, ...(variant === undefined ? [] : [variant])].join('/'),
});

const expectedOf = (imageId: ImageId, facts: ImageFacts, items: readonly HistoryItem[]): ExpectedImage => {
	const history = stepsOf(items, facts);
	return {
		diffIds: facts.diffIds,
		history,
		imageId,
		...(isKnownByConfig(facts) &&
			history.length > 0 && {config: {...facts, history}, identity: identityOf(facts)}),
	};
};

/** Why it cannot be had is told when the layers cannot be had either. */
const nothing = (): undefined => undefined;

/** Asks what the engine tells of an image's layers before they are read: nothing when it does not. */
export const askedLayers = (
	engine: Engine,
	imageId: ImageId,
	signal: AbortSignal,
): Required<Pick<AnalysisRequest, 'diffIds' | 'expected'>> => {
	const facts = engine.inspectImage(imageId, signal);
	// A signal each: one is heard by one call.
	const items = engine.imageHistory(imageId, AbortSignal.any([signal]));
	return {
		diffIds: facts.then(({diffIds}) => diffIds, nothing),
		expected: Promise.all([facts, items]).then(
			([known, steps]) => expectedOf(imageId, known, steps),
			nothing,
		),
	};
};
