import {imageId} from '../engine/decode/ids.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/errors.ts';
import type {RegistryAccess} from '../registry/access-port.ts';
import type {RegistryClient} from '../registry/client-port.ts';
import type {RemoteReference} from '../registry/reference.ts';
import {type Descriptor, RegistryError} from '../registry/types.ts';
import type {CheckFailure, RemoteTag, TagCheck, WantedTag} from '../state/views/outdated.ts';

export type Checked = {
	readonly check: TagCheck;
	/** The configuration of the image that the tag stands for on the platform of the one here, when it was looked into. */
	readonly config?: Descriptor;
};

/** With whom a tag is looked up. */
export type Inquiry = {
	readonly engine: Engine;
	readonly access: RegistryAccess;
	/** Absent: it cannot be asked from here, e.g. as its host means another machine to the engine. */
	readonly client?: RegistryClient;
	readonly now: () => number;
};

const found = (tag: Omit<RemoteTag, 'isByEngine'>): TagCheck => ({
	status: 'found',
	tag: {...tag, isByEngine: false},
});

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `linux/arm64/v8` where it is listed, else any variant of `linux/arm64`. */
const entryFor = (entries: readonly Descriptor[], platform: string): Descriptor | undefined => {
	const base = platform.split('/').slice(0, 2).join('/');
	return (
		entries.find(entry => entry.platform === platform) ??
		entries.find(entry => entry.platform === base) ??
		entries.find(entry => entry.platform?.startsWith(`${base}/`) === true)
	);
};

const platformHere = async (engine: Engine, {imageIds}: WantedTag, signal: AbortSignal): Promise<string> => {
	const [id = ''] = imageIds;
	const {os, architecture, variant = ''} = await engine.inspectImage(imageId(id), signal);
	return [os, architecture, variant].filter(part => part !== '').join('/');
};

/**
 * The digest alone does not tell: here it may be that of the platform's manifest and there that of the index, or the
 * index is another one around the same image.
 */
const lookInto = async (
	{engine}: Inquiry,
	client: RegistryClient,
	{repository}: RemoteReference,
	wanted: WantedTag,
	digest: string,
	signal: AbortSignal,
): Promise<Checked> => {
	const known = new Set([...wanted.digests, ...wanted.imageIds]);
	const manifest = await client.manifest(repository, digest, signal);
	if (manifest.kind === 'image') {
		const {config} = manifest;
		return {check: found({digest, listed: [], imageIds: [config.digest]}), config};
	}
	const listed = manifest.manifests.map(entry => entry.digest);
	if (listed.some(each => known.has(each))) return {check: found({digest, listed, imageIds: []})};
	const platform = await platformHere(engine, wanted, signal);
	const entry = entryFor(manifest.manifests, platform);
	if (entry === undefined) {
		const note = `It has none for ${platform}.`;
		return {check: found({digest, listed, imageIds: [], note})};
	}
	const own = await client.manifest(repository, entry.digest, signal);
	if (own.kind === 'index') return {check: found({digest, listed, imageIds: []})};
	return {check: found({digest, listed, imageIds: [own.config.digest]}), config: own.config};
};

const failureOf = async (
	{access, now}: Inquiry,
	error: RegistryError,
	signal: AbortSignal,
): Promise<CheckFailure> => {
	const {host, message, kind, facts} = error;
	switch (kind) {
		case 'unauthorised':
			return {reason: 'login', host, message};
		case 'denied': {
			// Docker Hub answers so of whatever it does not show to everybody.
			const isKnown = (await access.accounts.credentialsFor(host, signal)) !== undefined;
			return {reason: isKnown ? 'denied' : 'login', host, message};
		}
		case 'rate-limited': {
			const {retryAfterMs} = facts;
			const until = retryAfterMs === undefined ? {} : {until: now() + retryAfterMs};
			return {reason: 'limited', host, message, ...until};
		}
		default:
			return {reason: 'unknown', host, message};
	}
};

const byRegistry = async (
	inquiry: Inquiry,
	client: RegistryClient,
	remote: RemoteReference,
	wanted: WantedTag,
	signal: AbortSignal,
): Promise<Checked> => {
	const {repository, reference, host} = remote;
	const head = await client.head(repository, reference, signal);
	if (head === undefined) return {check: {status: 'no-tag', host}};
	const {digest} = head;
	const isKnown = wanted.digests.includes(digest) || wanted.imageIds.includes(digest);
	if (isKnown) return {check: found({digest, listed: [], imageIds: []})};
	try {
		return await lookInto(inquiry, client, remote, wanted, digest, signal);
	} catch (error) {
		if (signal.aborted) throw error;
		const note = `It was not looked into, only the digests differ for certain: ${wordsOf(error)}.`;
		return {check: found({digest, listed: [], imageIds: [], note})};
	}
};

const byEngine = async (
	{engine, access}: Inquiry,
	{host}: RemoteReference,
	{reference}: WantedTag,
	signal: AbortSignal,
): Promise<TagCheck> => {
	const credentials = await access.accounts.credentialsFor(host, signal);
	try {
		const {digest} = await engine.describeRemote(reference, signal, credentials && {host, credentials});
		return {status: 'found', tag: {digest, listed: [], imageIds: [], isByEngine: true}};
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		const {kind, message} = error;
		if (/toomanyrequests|too many requests/i.test(message))
			return {status: 'failed', reason: 'limited', host, message};
		if (kind === 'not-found' || /manifest unknown|name unknown|not found/i.test(message))
			return {status: 'no-tag', host};
		const reason = kind === 'auth' ? 'login' : 'unknown';
		return {status: 'failed', reason, host, message};
	}
};

/** It may be that only the engine gets there, or only the engine trusts it. */
const isOutOfReach = ({kind}: RegistryError): boolean =>
	kind === 'unreachable' || kind === 'tls' || kind === 'unsupported';

/** Asks what a tag stands for: the registry from here, where that cannot be reached through the engine. */
export const checkTag = async (
	inquiry: Inquiry,
	remote: RemoteReference,
	wanted: WantedTag,
	signal: AbortSignal,
): Promise<Checked> => {
	const {client} = inquiry;
	if (client === undefined) return {check: await byEngine(inquiry, remote, wanted, signal)};
	try {
		return await byRegistry(inquiry, client, remote, wanted, signal);
	} catch (error) {
		if (signal.aborted || !(error instanceof RegistryError)) throw error;
		if (isOutOfReach(error)) {
			const check = await byEngine(inquiry, remote, wanted, signal);
			const isHelp = check.status !== 'failed' || check.reason !== 'unknown' || error.kind === 'unsupported';
			if (isHelp) return {check};
		}
		return {check: {status: 'failed', ...(await failureOf(inquiry, error, signal))}};
	}
};
