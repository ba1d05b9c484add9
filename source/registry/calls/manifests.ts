import {createHash} from 'node:crypto';
import {optionalNumber} from '../../engine/decode/read.ts';
import type {Asking, Question} from '../asking.ts';
import {decodeConfig, isImageConfig} from '../decode/config.ts';
import {parseJson} from '../decode/json.ts';
import {decodeManifest, isDigest, isSchema1, MalformedManifest, manifestTypes} from '../decode/manifest.ts';
import type {WireAnswer} from '../http/transport.ts';
import {type Descriptor, type Manifest, RegistryError, type RemoteConfig} from '../types.ts';
import {manifestLabel, manifestPath, repositoryPath} from './paths.ts';

/** OCI distribution: registries should not take longer manifests. */
const mostManifestBytes = 4 * 1024 * 1024;
const mostConfigBytes = 8 * 1024 * 1024;

const accept = manifestTypes.join(', ');

const question = (
	{host}: Asking,
	method: Question['method'],
	repository: string,
	reference: string,
): Question => ({
	method,
	path: manifestPath(host, repository, reference),
	accept,
	maxBytes: mostManifestBytes,
	scope: `repository:${repository}:pull`,
	label: manifestLabel(host, repository, reference),
});

const mediaTypeOf = ({headers}: WireAnswer): string =>
	(headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';

const digestHeader = ({headers}: WireAnswer): string | undefined => {
	const value = headers['docker-content-digest'];
	return typeof value === 'string' && isDigest(value) ? value : undefined;
};

/** Of exactly these bytes, by the algorithm of the digest that they should have. */
const digestOf = (body: Buffer, expected: string | undefined): string => {
	const algorithm = expected?.startsWith('sha512:') ? 'sha512' : 'sha256';
	return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`;
};

const checkDigest = (body: Buffer, expected: string | undefined, {host}: Asking, label: string): string => {
	const digest = digestOf(body, expected);
	if (expected === undefined || digest === expected) return digest;
	throw new RegistryError(
		'protocol',
		host,
		`${label}: what came is not what it should be: its digest is ${digest}`,
	);
};

const refuseSchema1 = ({host}: Asking, label: string): never => {
	throw new RegistryError(
		'unsupported',
		host,
		`${label} is in the format of 2015 (schema 1), which engines take no more`,
		{
			hint: 'push it again with an engine of today',
		},
	);
};

export const getManifest = async (
	asking: Asking,
	repository: string,
	reference: string,
	signal: AbortSignal,
): Promise<Manifest> => {
	const asked = question(asking, 'GET', repository, reference);
	const {host} = asking;
	const answer = await asking.ask(asked, signal);
	if (answer.status !== 200) throw asking.refusal(answer, asked);
	const mediaType = mediaTypeOf(answer);
	if (isSchema1(mediaType)) return refuseSchema1(asking, asked.label);
	const expected = isDigest(reference) ? reference : digestHeader(answer);
	const digest = checkDigest(answer.body, expected, asking, asked.label);
	try {
		return decodeManifest(parseJson(answer.body), {digest, sizeBytes: answer.body.length, mediaType});
	} catch (error) {
		if (!(error instanceof MalformedManifest)) throw error;
		throw new RegistryError('protocol', host, `${asked.label} is no manifest: ${error.message}`, {
			cause: error,
		});
	}
};

/** Some do not answer HEAD, or without the digest. */
const headByGet = async (...wanted: Parameters<typeof getManifest>): Promise<Descriptor | undefined> => {
	try {
		const {digest, mediaType, sizeBytes} = await getManifest(...wanted);
		return {digest, mediaType, sizeBytes, annotations: {}};
	} catch (error) {
		if (error instanceof RegistryError && error.kind === 'not-found') return undefined;
		throw error;
	}
};

export const headManifest = async (
	asking: Asking,
	repository: string,
	reference: string,
	signal: AbortSignal,
): Promise<Descriptor | undefined> => {
	const asked = question(asking, 'HEAD', repository, reference);
	const answer = await asking.ask(asked, signal);
	if (answer.status === 404) return undefined;
	if (answer.status === 405 || answer.status === 501) return headByGet(asking, repository, reference, signal);
	if (answer.status !== 200) throw asking.refusal(answer, asked);
	const mediaType = mediaTypeOf(answer);
	if (isSchema1(mediaType)) return refuseSchema1(asking, asked.label);
	const digest = digestHeader(answer);
	if (digest === undefined) return headByGet(asking, repository, reference, signal);
	const sizeBytes = optionalNumber(answer.headers['content-length']) ?? 0;
	return {digest, mediaType, sizeBytes: Math.max(0, sizeBytes), annotations: {}};
};

export const getConfig = async (
	asking: Asking,
	repository: string,
	{digest, mediaType, sizeBytes}: Descriptor,
	signal: AbortSignal,
): Promise<RemoteConfig | undefined> => {
	if (!isImageConfig(mediaType)) return undefined;
	const {host} = asking;
	const label = manifestLabel(host, repository, digest);
	if (sizeBytes > mostConfigBytes)
		throw new RegistryError('protocol', host, `${label}: a configuration of ${sizeBytes} bytes is not read`);
	const asked: Question = {
		method: 'GET',
		path: `${repositoryPath(host, repository)}/blobs/${digest}`,
		maxBytes: mostConfigBytes,
		scope: `repository:${repository}:pull`,
		label,
	};
	const answer = await asking.ask(asked, signal);
	if (answer.status !== 200) throw asking.refusal(answer, asked);
	checkDigest(answer.body, digest, asking, label);
	return decodeConfig(parseJson(answer.body));
};

export const deleteManifest = async (
	asking: Asking,
	repository: string,
	digest: string,
	signal: AbortSignal,
): Promise<void> => {
	const {host} = asking;
	if (!isDigest(digest))
		throw new RegistryError('unsupported', host, `${host}/${repository}: only a digest can be deleted`);
	const asked: Question = {
		...question(asking, 'DELETE', repository, digest),
		scope: `repository:${repository}:delete`,
	};
	const answer = await asking.ask(asked, signal);
	if (answer.status === 202 || answer.status === 200 || answer.status === 204) return;
	const isOff = answer.status === 405;
	throw asking.refusal(
		answer,
		asked,
		isOff
			? {kind: 'unsupported', hint: 'deletion is off in that registry (storage.delete.enabled)'}
			: undefined,
	);
};
