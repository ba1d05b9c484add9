import {setImmediate as nextTurn} from 'node:timers/promises';
import type {ImageId} from '../engine/types.ts';
import type {AnalysisRequest, AnalysisUpdate} from '../layers/analyse.ts';
import type {ImageTree} from '../layers/types.ts';
import type {Demand} from '../state/demand.ts';
import type {ViewMessage} from '../state/messages.ts';
import {chosenLayer} from '../state/selectors/layers-rows.ts';
import {cacheFolder} from './cache-folder.ts';
import type {Session} from './context.ts';
import {askedLayers} from './expected-layers.ts';
import {faultOf} from './fault.ts';
import {createLayerFile} from './layer-file.ts';
import {createLayersWaste} from './layers-waste.ts';

export type Layers = {readonly meet: (demand: Demand) => void};

/** Reads an image; the tests put their own in its place. */
export type Analyse = (request: AnalysisRequest, signal: AbortSignal) => AsyncIterable<AnalysisUpdate>;

/** The reader and its worker are loaded with the first image that is looked into. */
export async function* analyseWhenLoaded(request: AnalysisRequest, signal: AbortSignal) {
	const {analyse} = await import('../layers/analyse.ts');
	yield* analyse(request, signal);
}

type Wanted = {readonly imageId: ImageId; readonly turn: number};

/** The view of as many is made in a few milliseconds: nothing is gained by steps. */
const quickPaths = 20_000;

/** Reads the image that is looked into, tells of each layer as it comes, and stops when nobody wants it any more. */
export const createLayers = (session: Session, analyse: Analyse = analyseWhenLoaded): Layers => {
	const {engine, clock, scope, getState} = session;
	const file = createLayerFile(session);
	const waste = createLayersWaste(session);
	let current = '';
	let abort = (): void => {};
	let untold: readonly ViewMessage[] = [];

	session.addSource('quick', () => {
		const told = untold;
		untold = [];
		return told;
	});

	/** Of several of one kind only the last is told. */
	const tell = (message: ViewMessage): void => {
		untold = [...untold.filter(({type}) => type !== message.type), message];
		session.wake();
	};

	const flush = (message: ViewMessage): void => {
		const told = untold;
		untold = [];
		session.post(...told, message);
	};

	const request = (imageId: ImageId, signal: AbortSignal): AnalysisRequest => {
		const folder = cacheFolder();
		return {
			source: {kind: 'stream', open: opened => engine.saveImages([imageId], opened, {isLent: true})},
			...askedLayers(engine, imageId, signal),
			...(folder !== undefined && {cacheFolder: folder}),
		};
	};

	/** What the screen shows of a tree first, made while keys are heard. @returns whether it is still wanted */
	const prepare = async (tree: ImageTree, signal: AbortSignal): Promise<boolean> => {
		const turn = async (): Promise<boolean> => {
			await nextTurn();
			return !signal.aborted;
		};
		const state = getState();
		if (state.layers !== undefined && tree.paths.count > quickPaths) {
			const {prepareView} = await import('../layers/tree/prepare-view.ts');
			const layer = chosenLayer({...state, layers: {...state.layers, tree}});
			await prepareView(tree, {layer, isCumulative: state.layers.isCumulative}, turn);
		}
		return !signal.aborted;
	};

	const read = async ({imageId}: Wanted, signal: AbortSignal): Promise<void> => {
		untold = [];
		session.post({type: 'layers/began', imageId, at: clock.now()});
		try {
			for await (const update of analyse(request(imageId, signal), signal)) {
				if (signal.aborted) return;
				session.heard();
				switch (update.kind) {
					case 'progress':
						tell({type: 'layers/progressed', imageId, readBytes: update.readBytes});
						break;
					case 'tree':
						if (!(await prepare(update.tree, signal))) return;
						tell({type: 'layers/tree-arrived', imageId, tree: update.tree});
						break;
					case 'done': {
						const {tree, identity, readBytes} = update;
						if (!(await prepare(tree, signal))) return;
						tell({type: 'layers/tree-arrived', imageId, tree});
						flush({type: 'layers/ended', imageId, identity, readBytes});
						break;
					}
					default:
						update satisfies never;
				}
			}
		} catch (error) {
			if (!signal.aborted) flush({type: 'layers/failed', imageId, fault: faultOf(error, clock.now())});
		}
	};

	return {
		meet(demand) {
			const {layers} = demand;
			file.meet(layers);
			waste.meet(layers);
			const wanted: Wanted | undefined =
				layers?.turn === undefined ? undefined : {imageId: layers.imageId, turn: layers.turn};
			const key = wanted === undefined ? '' : `${wanted.turn} ${wanted.imageId}`;
			if (key === current) return;
			current = key;
			abort();
			untold = [];
			abort = wanted === undefined ? () => {} : scope.start(signal => read(wanted, signal));
		},
	};
};
