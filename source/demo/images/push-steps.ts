import type {DemoStackedLayer} from './image-types.ts';
import {layerLine, type TransferLine} from './transfer-lines.ts';

/** Whether a registry has a layer: in this repository, or in another from which it takes it over. */
export type KnownLayer =
	| {readonly kind: 'there'}
	| {readonly kind: 'elsewhere'; readonly path: string}
	| {readonly kind: 'missing'};

/** What the engine uploads at a time; the other layers wait. */
const parallelUploads = 5;
/** A push takes about this many steps, or more for a large image. */
const uploadSteps = 25;
const leastBytesPerStep = 1_000_000;
const mostBytesPerStep = 25_000_000;

/**
 * The messages of a push, a step of time after the other, as an engine with graph drivers sends them.
 * @param layers topmost first
 */
export function* pushSteps(
	layers: readonly DemoStackedLayer[],
	known: (layer: DemoStackedLayer) => KnownLayer,
): Generator<readonly TransferLine[]> {
	yield [
		...layers.map(layer => layerLine(layer.diffId, 'Preparing')),
		...layers.slice(parallelUploads).map(layer => layerLine(layer.diffId, 'Waiting')),
	];
	const left = layers.map(layer => ({layer, sentBytes: 0, isDone: false, known: known(layer)}));
	const totalBytes = left.reduce(
		(sum, each) => sum + (each.known.kind === 'missing' ? each.layer.sizeBytes : 0),
		0,
	);
	const bytesPerStep = Math.min(mostBytesPerStep, Math.max(leastBytesPerStep, totalBytes / uploadSteps));
	while (left.some(each => !each.isDone)) {
		const active = left.filter(each => !each.isDone).slice(0, parallelUploads);
		yield active.flatMap(each => {
			const {diffId, sizeBytes: total} = each.layer;
			each.isDone = true;
			if (each.known.kind === 'there') return [layerLine(diffId, 'Layer already exists')];
			if (each.known.kind === 'elsewhere') return [layerLine(diffId, `Mounted from ${each.known.path}`)];
			each.sentBytes = Math.min(total, each.sentBytes + Math.ceil(bytesPerStep / active.length));
			each.isDone = each.sentBytes >= total;
			const sending = layerLine(diffId, 'Pushing', {current: each.sentBytes, total});
			return each.isDone ? [sending, layerLine(diffId, 'Pushed')] : [sending];
		});
	}
}
