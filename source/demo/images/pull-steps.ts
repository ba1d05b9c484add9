import type {DemoLayer} from './image-types.ts';
import {layerLine, type TransferLine} from './transfer-lines.ts';

/** What the engine downloads at a time; the other layers wait. */
const parallelDownloads = 3;
/** A pull takes about this many steps, or more for a large image. */
const downloadSteps = 30;
const leastBytesPerStep = 1_500_000;
const mostBytesPerStep = 12_000_000;
/** How much faster an archive is unpacked than loaded. */
const extractionGain = 3;

type Pulling = {readonly layer: DemoLayer; loadedBytes: number; extractedBytes: number; isDone: boolean};

/**
 * The messages of a pull, a step of time after the other, as an engine with graph drivers sends them.
 * @param layers lowest first
 * @param isHere whether a layer is stored already
 */
export function* pullSteps(
	layers: readonly DemoLayer[],
	isHere: (layer: DemoLayer) => boolean,
): Generator<readonly TransferLine[]> {
	const missing = layers.filter(layer => !isHere(layer));
	yield [
		...layers.map(layer =>
			layerLine(layer.blobDigest, isHere(layer) ? 'Already exists' : 'Pulling fs layer'),
		),
		...missing.slice(parallelDownloads).map(layer => layerLine(layer.blobDigest, 'Waiting')),
	];
	const totalBytes = missing.reduce((sum, layer) => sum + layer.downloadBytes, 0);
	const bytesPerStep = Math.min(mostBytesPerStep, Math.max(leastBytesPerStep, totalBytes / downloadSteps));
	const all = missing.map((layer): Pulling => ({layer, loadedBytes: 0, extractedBytes: 0, isDone: false}));
	while (all.some(pulling => !pulling.isDone))
		yield [...downloads(all, bytesPerStep), ...extractions(all, bytesPerStep * extractionGain)];
}

const isLoaded = ({layer, loadedBytes}: Pulling): boolean => loadedBytes >= layer.downloadBytes;

const downloads = (all: readonly Pulling[], bytes: number): readonly TransferLine[] => {
	const active = all.filter(pulling => !isLoaded(pulling)).slice(0, parallelDownloads);
	return active.flatMap(pulling => {
		const {blobDigest, downloadBytes: total} = pulling.layer;
		pulling.loadedBytes = Math.min(total, pulling.loadedBytes + Math.ceil(bytes / active.length));
		const loading = layerLine(blobDigest, 'Downloading', {current: pulling.loadedBytes, total});
		if (!isLoaded(pulling)) return [loading];
		return [loading, layerLine(blobDigest, 'Verifying Checksum'), layerLine(blobDigest, 'Download complete')];
	});
};

/** Layers are unpacked one after the other, from the lowest. */
const extractions = (all: readonly Pulling[], bytes: number): readonly TransferLine[] => {
	const next = all.find(pulling => !pulling.isDone);
	if (next === undefined || !isLoaded(next)) return [];
	const {blobDigest, downloadBytes: total} = next.layer;
	next.extractedBytes = Math.min(total, next.extractedBytes + Math.ceil(bytes));
	next.isDone = next.extractedBytes === total;
	const extracting = layerLine(blobDigest, 'Extracting', {current: next.extractedBytes, total});
	return next.isDone ? [extracting, layerLine(blobDigest, 'Pull complete')] : [extracting];
};
