import type {TransferProgress} from '../../engine/types.ts';
import type {LayerProgress} from '../model.ts';

type Told = Extract<TransferProgress, {kind: 'layer'}>;

/** Of a layer's way into the engine, how much is the network; the rest is unpacking. */
const downloadShare = 2 / 3;
/** What is not over does not look as if it were. */
const most = 0.99;

/** All of it is where it belongs. */
export const isLayerOver = ({phase}: LayerProgress): boolean => phase === 'done' || phase === 'exists';

/** All of it came, or went. */
const hasArrived = ({phase}: Pick<LayerProgress, 'phase'>): boolean =>
	phase !== 'waiting' && phase !== 'preparing' && phase !== 'downloading' && phase !== 'pushing';

const larger = (known: number | undefined, told: number | undefined): number | undefined =>
	known === undefined || (told !== undefined && told > known) ? told : known;

/** Engines that unpack by bytes count the same bytes once more, as compressed. */
const unpackedAfter = (known: LayerProgress | undefined, {phase, currentBytes}: Told): number | undefined =>
	phase === 'extracting' ? larger(known?.unpackedBytes, currentBytes) : known?.unpackedBytes;

/**
 * A layer after what was told of it. What came stays come: a layer that starts over counts on from there once it is
 * further than it was, and a size that becomes known late, as with one so small that its download was never told, is
 * taken from wherever it is told.
 */
export const layerAfter = (known: LayerProgress | undefined, told: Told): LayerProgress => {
	const {layerId: id, phase, status} = told;
	const isMoving = phase === 'downloading' || phase === 'pushing';
	const isExtracting = phase === 'extracting';
	const came = Math.max(known?.currentBytes ?? 0, isMoving ? (told.currentBytes ?? 0) : 0);
	const sizeBytes = isMoving
		? larger(known?.totalBytes, told.totalBytes)
		: (known?.totalBytes ?? (isExtracting ? told.totalBytes : undefined));
	// Of a download without a size all that came is the size, once it has come.
	const totalBytes = sizeBytes ?? (hasArrived(told) && came > 0 ? came : undefined);
	const unpackedBytes = unpackedAfter(known, told);
	return {
		id,
		phase,
		status,
		currentBytes: hasArrived(told) ? (totalBytes ?? came) : came,
		...(totalBytes === undefined ? {} : {totalBytes}),
		...(unpackedBytes === undefined ? {} : {unpackedBytes}),
	};
};

/** 0 to 1 of what is to be done with a layer of this size. */
const shareOf = (layer: LayerProgress, totalBytes: number, isUnpacked: boolean): number => {
	if (isLayerOver(layer)) return 1;
	const moved = hasArrived(layer) ? 1 : Math.min(1, layer.currentBytes / totalBytes);
	if (!isUnpacked) return moved;
	const unpacked = Math.min(1, (layer.unpackedBytes ?? 0) / totalBytes);
	return moved * downloadShare + unpacked * (1 - downloadShare);
};

export type LayerSums = {
	/** Over the network, of `totalBytes`. */
	readonly doneBytes: number;
	/** Of the layers whose size is known. */
	readonly totalBytes: number;
	/** Guessed, of those whose size is still to come: as large as the known ones on average. */
	readonly guessedBytes: number;
	readonly unpackedBytes: number;
	/** 0 to 0.99 of all there is to do; absent while no size is known. May be less than before. */
	readonly fraction?: number;
};

/**
 * How far the layers of a pull or push are together.
 * @param isUnpacked they are unpacked when they have come: those of a pull
 */
export const sumLayers = (layers: readonly LayerProgress[], isUnpacked: boolean): LayerSums => {
	const sized = layers.flatMap(layer =>
		layer.totalBytes === undefined || layer.totalBytes === 0 ? [] : [{layer, totalBytes: layer.totalBytes}],
	);
	let [doneBytes, totalBytes, unpackedBytes, work] = [0, 0, 0, 0];
	for (const {layer, totalBytes: bytes} of sized) {
		totalBytes += bytes;
		doneBytes += Math.min(layer.currentBytes, bytes);
		unpackedBytes += isLayerOver(layer) ? bytes : Math.min(layer.unpackedBytes ?? 0, bytes);
		work += bytes * shareOf(layer, bytes, isUnpacked);
	}
	// Whatever else is known of one without a size, it is too small to be told of, or was there before.
	const unknown = layers.filter(layer => layer.totalBytes === undefined && !hasArrived(layer)).length;
	const guessedBytes = sized.length === 0 ? 0 : (unknown * totalBytes) / sized.length;
	const sums = {doneBytes, totalBytes, guessedBytes, unpackedBytes};
	if (totalBytes === 0) return sums;
	return {...sums, fraction: Math.min(most, work / (totalBytes + guessedBytes))};
};
