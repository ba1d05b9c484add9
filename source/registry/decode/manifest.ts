import {list, optionalNumber, record, text, textMap} from '../../engine/decode/read.ts';
import type {Descriptor, Manifest} from '../types.ts';

/** All that this client understands, as `Accept` names it. Without it registries convert to an ancient format. */
export const manifestTypes = [
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.oci.image.manifest.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
	'application/vnd.docker.distribution.manifest.v2+json',
] as const;

export const isSchema1 = (mediaType: string): boolean =>
	/^application\/vnd\.docker\.distribution\.manifest\.v1\b/.test(mediaType);

const digestForm = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,128}$/;

export const isDigest = (value: string): boolean => digestForm.test(value);

/** What came is no manifest. */
export class MalformedManifest extends Error {}

const platformOf = (value: unknown): string | undefined => {
	const {os, architecture, variant} = record(value);
	const parts = [os, architecture, variant].map(each => text(each)).filter(Boolean);
	// Of an attestation.
	return parts.length < 2 || parts[0] === 'unknown' ? undefined : parts.join('/');
};

const descriptorOf = (value: unknown): Descriptor => {
	const fields = record(value);
	const digest = text(fields.digest);
	const sizeBytes = optionalNumber(fields.size) ?? 0;
	if (!isDigest(digest)) throw new MalformedManifest('it names something by what is no digest');
	if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0)
		throw new MalformedManifest(`it gives ${digest} a size that cannot be`);
	const platform = platformOf(fields.platform);
	const artifactType = text(fields.artifactType);
	return {
		mediaType: text(fields.mediaType),
		digest,
		sizeBytes,
		annotations: textMap(fields.annotations),
		...(platform === undefined ? {} : {platform}),
		...(artifactType === '' ? {} : {artifactType}),
	};
};

/**
 * @param own digest and size of the manifest's own bytes, and what the registry calls it
 * @throws MalformedManifest
 */
export const decodeManifest = (
	json: unknown,
	own: {readonly digest: string; readonly sizeBytes: number; readonly mediaType: string},
): Manifest => {
	const fields = record(json);
	const artifactType = text(fields.artifactType);
	const common = {
		...own,
		mediaType: text(fields.mediaType, own.mediaType),
		annotations: textMap(fields.annotations),
		...(artifactType === '' ? {} : {artifactType}),
		...(fields.subject == null ? {} : {subject: descriptorOf(fields.subject)}),
	};
	if (Array.isArray(fields.manifests) || common.mediaType === manifestTypes[0])
		return {...common, kind: 'index', manifests: list(fields.manifests).map(descriptorOf)};
	if (fields.config === undefined) throw new MalformedManifest('it has neither manifests nor a config');
	return {
		...common,
		kind: 'image',
		config: descriptorOf(fields.config),
		layers: list(fields.layers).map(descriptorOf),
	};
};
