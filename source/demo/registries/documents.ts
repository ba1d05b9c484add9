import type {DemoImage, DemoPlatform} from '../images/image-types.ts';
import {sha256} from '../images/layer.ts';
import {type Descriptor, manifestType, registryManifest} from '../images/manifest.ts';

/** A manifest or an index as a registry keeps it. */
export type RegistryDocument = {
	readonly mediaType: string;
	/** What the digest is of, to the byte. */
	readonly text: string;
	/** `sha256:…` */
	readonly digest: string;
	/** Of something that is no image. */
	readonly artifactType?: string;
	readonly annotations?: Readonly<Record<string, string>>;
};

export const indexType = 'application/vnd.oci.image.index.v1+json';

/** The configuration of what has none. */
export const emptyConfig = {mediaType: 'application/vnd.oci.empty.v1+json', text: '{}'} as const;

export const imageDocument = (image: DemoImage): RegistryDocument => {
	const text = registryManifest(image);
	return {mediaType: manifestType, text, digest: sha256(text)};
};

export const descriptorOf = ({mediaType, digest, text}: RegistryDocument): Descriptor => ({
	mediaType,
	digest,
	size: Buffer.byteLength(text),
});

/** Of images for several platforms. */
export const indexDocument = (
	entries: readonly {readonly document: RegistryDocument; readonly platform: DemoPlatform}[],
	annotations: Readonly<Record<string, string>>,
): RegistryDocument => {
	const text = JSON.stringify({
		schemaVersion: 2,
		mediaType: indexType,
		manifests: entries.map(({document, platform}) => ({...descriptorOf(document), platform})),
		annotations,
	});
	return {mediaType: indexType, text, digest: sha256(text)};
};

/** Something that tells of an image: a signature, a list of what is in it. */
export const referrerDocument = (
	subject: RegistryDocument,
	artifactType: string,
	annotations: Readonly<Record<string, string>>,
): RegistryDocument => {
	const content = `${artifactType} of ${subject.digest}`;
	const text = JSON.stringify({
		schemaVersion: 2,
		mediaType: manifestType,
		artifactType,
		config: {mediaType: emptyConfig.mediaType, digest: sha256(emptyConfig.text), size: 2},
		layers: [{mediaType: artifactType, digest: sha256(content), size: content.length}],
		subject: descriptorOf(subject),
		annotations,
	});
	return {mediaType: manifestType, text, digest: sha256(text), artifactType, annotations};
};
