import type {DemoImage} from './image-types.ts';
import {sha256} from './layer.ts';

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar';

/** A descriptor of the OCI image specification. */
export type Descriptor = {readonly mediaType: string; readonly digest: string; readonly size: number};

const manifestOf = (image: DemoImage, layers: readonly Descriptor[]): string =>
	JSON.stringify({
		schemaVersion: 2,
		mediaType: manifestType,
		config: {mediaType: configType, digest: image.id, size: Buffer.byteLength(image.configJson)},
		layers,
	});

/** As a registry has it: layers are gzipped. */
export const registryManifest = (image: DemoImage): string =>
	manifestOf(
		image,
		image.layers.map(layer => ({
			mediaType: `${layerType}+gzip`,
			digest: layer.blobDigest,
			size: layer.blobBytes,
		})),
	);

export const manifestDigest = (image: DemoImage): string => sha256(registryManifest(image));

/** As an archive of `docker save` has it: layers are as they were packed. */
export const archiveManifest = (image: DemoImage): string => manifestOf(image, archiveLayers(image));

export const archiveLayers = (image: DemoImage): readonly Descriptor[] =>
	image.layers.map(layer => ({mediaType: layerType, digest: layer.diffId, size: layer.tarBytes}));
