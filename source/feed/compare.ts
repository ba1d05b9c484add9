import type {ImageId} from '../engine/types.ts';
import type {AnalysisRequest} from '../layers/analyse.ts';
import type {ImageTree} from '../layers/types.ts';
import type {Demand} from '../state/demand.ts';
import type {ViewMessage} from '../state/messages.ts';
import type {CompareDemand, Side} from '../state/views/compare.ts';
import {cacheFolder} from './cache-folder.ts';
import type {Session} from './context.ts';
import {askedLayers} from './expected-layers.ts';
import {faultOf} from './fault.ts';
import {type Analyse, analyseWhenLoaded} from './layers.ts';

export type Compare = {readonly meet: (demand: Demand) => void};

/** With fewer rows than this all that differs is seen at once. */
const fewRows = 60;

/** Reads two images, one after the other, and compares them; stops when nobody looks any more. */
export const createCompare = (session: Session, analyse: Analyse = analyseWhenLoaded): Compare => {
	const {engine, clock, scope} = session;
	let current: CompareDemand | undefined;
	let abort = (): void => {};
	let progress: ViewMessage | undefined;
	/** What was read, for when only the way to compare is another one. */
	let known: ReadonlyMap<ImageId, ImageTree> = new Map();

	session.addSource('quick', () => {
		const told = progress === undefined ? [] : [progress];
		progress = undefined;
		return told;
	});

	const request = (imageId: ImageId, signal: AbortSignal): AnalysisRequest => {
		const folder = cacheFolder();
		return {
			source: {kind: 'stream', open: opened => engine.saveImages([imageId], opened, {isLent: true})},
			...askedLayers(engine, imageId, signal),
			...(folder !== undefined && {cacheFolder: folder}),
		};
	};

	const read = async (imageId: ImageId, side: Side, signal: AbortSignal): Promise<ImageTree | undefined> => {
		session.post({type: 'compare/began', side, at: clock.now()});
		let tree: ImageTree | undefined;
		for await (const update of analyse(request(imageId, signal), signal)) {
			if (signal.aborted) return undefined;
			session.heard();
			if (update.kind === 'progress') {
				progress = {type: 'compare/progressed', side, readBytes: update.readBytes};
				session.wake();
				continue;
			}
			if (tree === undefined) session.post({type: 'compare/tree-arrived', side, tree: update.tree});
			if (update.kind === 'done') return update.tree;
			tree = update.tree;
		}
		return undefined;
	};

	/** @returns the image's tree; nothing when it could not be had, which was told */
	const side = async (imageId: ImageId, at: Side, signal: AbortSignal): Promise<ImageTree | undefined> => {
		try {
			const tree = known.get(imageId) ?? (await read(imageId, at, signal));
			progress = undefined;
			if (signal.aborted || tree === undefined) return undefined;
			known = new Map([...known, [imageId, tree]]);
			session.post({type: 'compare/ended', side: at, tree});
			return tree;
		} catch (error) {
			progress = undefined;
			if (!signal.aborted)
				session.post({type: 'compare/failed', side: at, fault: faultOf(error, clock.now())});
			return undefined;
		}
	};

	const run = async ({imageIds, isTimeCompared}: CompareDemand, signal: AbortSignal): Promise<void> => {
		const left = await side(imageIds[0], 0, signal);
		const right = left && (await side(imageIds[1], 1, signal));
		if (left === undefined || right === undefined) return;
		const [{compareImages}, {unfoldedFor}] = await Promise.all([
			import('../layers/reports/compare.ts'),
			import('../layers/reports/unfolded.ts'),
		]);
		if (signal.aborted) return;
		const comparison = compareImages(left, right, {isTimeCompared});
		const unfolded = unfoldedFor(comparison.files, fewRows);
		session.post({type: 'compare/compared', comparison, unfolded});
	};

	return {
		meet({compare}) {
			const isSame = JSON.stringify(compare) === JSON.stringify(current);
			if (isSame) return;
			const wanted: readonly ImageId[] = compare?.imageIds ?? [];
			known = new Map([...known].filter(([id]) => wanted.includes(id)));
			current = compare;
			abort();
			progress = undefined;
			abort = compare === undefined ? () => {} : scope.start(signal => run(compare, signal));
		},
	};
};
