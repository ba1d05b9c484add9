import type {ArchiveImage, LayerBlob} from '../archive/contract.ts';
import {createGrowingPaths} from '../tree/growing-paths.ts';
import type {HistoryStep, ImageConfig, ImageLayer, ImageTree} from '../types.ts';
import type {ReadLayer} from './protocol.ts';

/** What of an image is known before it is read. */
export type KnownImage = {
	/** The lowest first. */
	readonly diffIds: readonly string[];
	readonly history: readonly HistoryStep[];
	readonly config?: ImageConfig;
};

export type Assembler = {
	/** @returns whether its place is known, so that the tree is another one */
	readonly add: (layer: ReadLayer) => boolean;
	readonly count: () => number;
	/** As far as it was read, in the order of the layers that are expected. */
	readonly tree: () => ImageTree;
	/** Of what belongs to the image, and nothing else. */
	readonly whole: (image: Pick<ArchiveImage, 'config' | 'layers'>) => ImageTree;
};

/** Puts an image together from layers, in whichever order they come. */
export const createAssembler = (known: KnownImage | undefined): Assembler => {
	const paths = createGrowingPaths();
	const layers = new Map<string, ReadLayer>();
	const blobs = new Map<string, ReadLayer>();
	const expected = known?.diffIds ?? [];

	const layerOf = (blob: LayerBlob, index: number, step: HistoryStep | undefined): ImageLayer => {
		const found = layers.get(blob.diffId) ?? blobs.get(blob.blob ?? '');
		const path = blob.blob ?? found?.blob;
		return {
			index,
			diffId: blob.diffId,
			...(path !== undefined && {blob: path}),
			createdBy: step?.createdBy ?? '',
			comment: step?.comment ?? '',
			...(step?.createdAt !== undefined && {createdAt: step.createdAt}),
			...(found !== undefined && {
				tarBytes: found.tarBytes,
				contentBytes: found.contentBytes,
				entries: found.entries,
			}),
			...(found === undefined &&
				blob.blob === undefined &&
				blob.mediaType !== '' && {absence: absence(blob)}),
		};
	};
	const layersOf = (wanted: readonly LayerBlob[], history: readonly HistoryStep[]): readonly ImageLayer[] => {
		const steps = history.filter(({isEmpty}) => !isEmpty);
		// Where they are not as many, nobody knows which made which.
		const isMapped = steps.length === wanted.length;
		return wanted.map((blob, index) => layerOf(blob, index, isMapped ? steps[index] : undefined));
	};

	return {
		add(layer) {
			paths.append(layer.paths);
			layers.set(layer.diffId, layer);
			if (layer.blob !== undefined) blobs.set(layer.blob, layer);
			return expected.includes(layer.diffId);
		},
		count: () => layers.size,
		tree: () => ({
			paths: paths.table(),
			layers: layersOf(
				expected.map(diffId => ({diffId, mediaType: '', urls: []})),
				known?.history ?? [],
			),
			...(known?.config !== undefined && {config: known.config}),
			isComplete: false,
		}),
		whole: ({config, layers: wanted}) => ({
			paths: paths.table(),
			layers: layersOf(wanted, config.history),
			config,
			isComplete: true,
		}),
	};
};

const absence = ({urls: [url]}: LayerBlob): string =>
	url === undefined ? 'it is not in the archive' : `it is not in the archive: it comes from ${url}`;
