import {ArchiveError, type ImageConfig} from '../types.ts';
import type {LayerBlob} from './contract.ts';
import type {ImageFiles} from './image-files.ts';

/** `os/architecture[/variant]` */
export const platformOf = ({
	os,
	architecture,
	variant,
}: Pick<ImageConfig, 'os' | 'architecture' | 'variant'>): string =>
	[os, architecture, ...(variant === undefined ? [] : [variant])].join('/');

const mediaTypes: Readonly<Record<string, string>> = {
	none: 'application/vnd.oci.image.layer.v1.tar',
	gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
	zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
};

/** Layers of which a registry keeps no copy: images of Windows have them. */
const isForeign = ({mediaType, urls}: LayerBlob): boolean =>
	urls.length > 0 || mediaType.includes('nondistributable') || mediaType.includes('.foreign.');

/**
 * The layers as they were read.
 * @param wanted the path that the manifest gives each
 * @throws ArchiveError for the first that is missing, damaged, or not the one that the configuration means
 */
export const layerBlobs = (wanted: readonly LayerBlob[], files: ImageFiles): readonly LayerBlob[] =>
	wanted.map(layer => {
		const {diffId, blob: path = '', mediaType, urls} = layer;
		const found = files.find(path);
		if (found === undefined) {
			if (isForeign(layer)) return {diffId, mediaType, urls};
			throw new ArchiveError('missing', `${path}, a layer, is not in the archive`);
		}
		const {blob} = found;
		if (blob.kind !== 'layer') {
			const reason = blob.kind === 'other' ? blob.reason : 'it is JSON where a layer should be';
			throw new ArchiveError(
				blob.kind === 'other' && /not supported/.test(reason) ? 'unsupported' : 'damaged',
				`${path}: ${reason}`,
			);
		}
		if (!blob.outcome.ok) throw blob.outcome.error;
		if (blob.outcome.diffId !== diffId)
			throw new ArchiveError(
				'damaged',
				`${path}: its content is ${blob.outcome.diffId}, the configuration says ${diffId}`,
			);
		return {diffId, blob: found.path, mediaType: mediaType || (mediaTypes[blob.compression] ?? ''), urls};
	});
