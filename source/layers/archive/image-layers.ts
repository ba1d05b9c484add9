import {ArchiveError, type ImageConfig} from '../types.ts';
import type {Blob} from './blob-reader.ts';
import type {LayerBlob} from './contract.ts';
import type {ImageFiles} from './image-files.ts';

/** `os/architecture[/variant]` */
export const platformOf = ({os, architecture, variant}: ImageConfig): string =>
	[os, architecture, ...(variant === undefined ? [] : [variant])].join('/');

const mediaTypes: Readonly<Record<string, string>> = {
	none: 'application/vnd.oci.image.layer.v1.tar',
	gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
	zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
};

const supported =
	/^application\/vnd\.(?:oci\.image\.layer(?:\.nondistributable)?\.v1\.tar|docker\.image\.rootfs(?:\.foreign)?\.diff\.tar)(?:[.+](?:gzip|zstd))?$/;

/** Layers that their registry may not hand out: images of Windows have them. */
const isForeign = ({mediaType, urls}: LayerBlob): boolean =>
	urls.length > 0 || mediaType.includes('.nondistributable.') || mediaType.includes('.foreign.');

export const hasLayers = async (layers: readonly LayerBlob[], files: ImageFiles): Promise<boolean> => {
	for (const layer of layers) if (!(isForeign(layer) || (await files.has(layer.blob ?? '')))) return false;
	return true;
};

/**
 * The layers as the files have them; in a layout they are read now.
 * @param wanted with the path that the manifest gives each
 * @throws ArchiveError for the first that is missing, damaged, or not the one that the configuration means
 */
export const readLayers = async (
	wanted: readonly LayerBlob[],
	files: ImageFiles,
): Promise<readonly LayerBlob[]> => {
	const layers: LayerBlob[] = [];
	for (const layer of wanted) {
		if (layer.mediaType !== '' && !supported.test(layer.mediaType))
			throw new ArchiveError(
				'unsupported',
				`${layer.blob}: layers of type ${layer.mediaType} are not supported`,
			);
		const found = await files.read(layer.blob ?? '');
		if (found !== undefined) layers.push(checkedLayer(layer, found.path, found.blob));
		else if (isForeign(layer))
			layers.push({diffId: layer.diffId, mediaType: layer.mediaType, urls: layer.urls});
		else throw new ArchiveError('missing', `${layer.blob}, a layer of the image, is missing`);
	}
	return layers;
};

const checkedLayer = ({diffId, mediaType, urls}: LayerBlob, path: string, blob: Blob): LayerBlob => {
	if (blob.kind === 'json') throw new ArchiveError('damaged', `${path}: it is JSON where a layer should be`);
	if (blob.kind === 'other')
		throw new ArchiveError(blob.isUnsupported ? 'unsupported' : 'damaged', `${path}: ${blob.reason}`);
	if (!blob.outcome.ok) throw blob.outcome.error;
	if (blob.outcome.diffId !== diffId)
		throw new ArchiveError(
			'damaged',
			`${path}: its content is ${blob.outcome.diffId}, not ${diffId} as the configuration says`,
		);
	return {diffId, blob: path, mediaType: mediaType || (mediaTypes[blob.compression] ?? ''), urls};
};
