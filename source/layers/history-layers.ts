/**
 * Which instruction made which layer, from an engine's history, which does not say which instructions made none
 * (`GET /images/{id}/history` has no `empty_layer`; a size of 0 is that of a removal too).
 */

/** An instruction as a history tells it. */
export type HistoryInstruction = {readonly createdBy: string; readonly sizeBytes: number};

/** `none`: it made no layer; `unknown`: the history leaves it open. Else the layer's index, 0 is the lowest. */
export type LayerOfStep = number | 'none' | 'unknown';

export type HistoryLayers = {
	/** Of each step, the oldest first. */
	readonly layers: readonly LayerOfStep[];
	/** Bytes of the lowest k layers, k from 0 to their number: at least, and at most. */
	readonly least: readonly number[];
	readonly most: readonly number[];
};

/** Instructions of a Dockerfile that change the configuration alone. */
const configuring =
	/^(?:[^#]*#\(nop\) +)?(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b/;

/** The tar of nothing: what BuildKit keeps of a step that changed no file. */
const emptyDiffId = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

const mayBeEmpty = ({sizeBytes}: HistoryInstruction): boolean => sizeBytes === 0;

const mayBeLayer = ({createdBy, sizeBytes}: HistoryInstruction, diffId: string | undefined): boolean =>
	diffId !== undefined && (sizeBytes > 0 ? diffId !== emptyDiffId : !configuring.test(createdBy));

/** Which numbers of layers can lie below each step, seen from the oldest: a table of steps by layers. */
const reachable = (
	steps: readonly HistoryInstruction[],
	diffIds: readonly string[],
	isKnown: (after: number, below: number) => boolean,
): readonly (readonly boolean[])[] => {
	const first = diffIds.map(() => false);
	const rows: (readonly boolean[])[] = [[true, ...first]];
	for (const step of steps) {
		const last = rows.at(-1) ?? [];
		rows.push(
			last.map(
				(isHere, count) =>
					isKnown(rows.length, count) &&
					((isHere && mayBeEmpty(step)) ||
						(last[count - 1] === true && mayBeLayer(step, diffIds[count - 1]))),
			),
		);
	}
	return rows;
};

/** Nothing fits: any part of all bytes can be in any layer. */
const unmapped = (steps: readonly HistoryInstruction[], count: number, bytes: number): HistoryLayers => ({
	layers: steps.map(() => 'unknown'),
	least: Array.from({length: count + 1}, (_, index) => (index === count ? bytes : 0)),
	most: Array.from({length: count + 1}, (_, index) => (index === 0 ? 0 : bytes)),
});

/**
 * Fits a history to the layers: everything that all possible ways to do so agree on is told.
 * @param steps the oldest first
 * @param diffIds of the layers, the lowest first
 * @param sizeBytes of the whole image, for a history that is not whole
 * @param known how many layers there were after a step, by its index
 */
export const mapHistory = (
	steps: readonly HistoryInstruction[],
	diffIds: readonly string[],
	sizeBytes: number,
	known: ReadonlyMap<number, number> = new Map(),
): HistoryLayers => {
	const total = steps.reduce((sum, step) => sum + step.sizeBytes, 0);
	const count = diffIds.length;
	const isKnown = (after: number, below: number): boolean => (known.get(after - 1) ?? below) === below;
	const from = reachable(steps, diffIds, isKnown);
	const until = reachable(steps.toReversed(), diffIds.toReversed(), (after, above) =>
		isKnown(steps.length - after, count - above),
	).toReversed();
	/** Can so many layers lie below a step, and the rest above it? */
	const isPossible = (step: number, below: number): boolean =>
		from[step]?.[below] === true && until[step]?.[count - below] === true;
	if (!isPossible(steps.length, count)) return unmapped(steps, count, Math.max(total, sizeBytes));

	const least = new Array<number>(count + 1).fill(0);
	const most = new Array<number>(count + 1).fill(0);
	const layers = steps.map((step, index): LayerOfStep => {
		const canBeEmpty = diffIdsUpTo(count).some(
			below => mayBeEmpty(step) && isPossible(index, below) && isPossible(index + 1, below),
		);
		const places = diffIdsUpTo(count - 1).filter(
			below =>
				mayBeLayer(step, diffIds[below]) && isPossible(index, below) && isPossible(index + 1, below + 1),
		);
		const [lowest = count] = places;
		const highest = places.at(-1) ?? count;
		for (let below = 0; below <= count; below += 1) {
			if (highest < below) least[below] = (least[below] ?? 0) + step.sizeBytes;
			if (lowest < below) most[below] = (most[below] ?? 0) + step.sizeBytes;
		}
		if (places.length === 0) return 'none';
		return places.length === 1 && !canBeEmpty ? lowest : 'unknown';
	});
	return {layers, least, most};
};

const diffIdsUpTo = (last: number): readonly number[] => Array.from({length: last + 1}, (_, index) => index);

/** Bytes of one layer, when they are known. */
export const layerBytes = (
	{least, most}: Pick<HistoryLayers, 'least' | 'most'>,
	index: number,
): number | undefined => {
	const [below, above] = [least[index], least[index + 1]];
	if (below === undefined || above === undefined) return undefined;
	return below === most[index] && above === most[index + 1] ? above - below : undefined;
};
