import {repositoryOf} from '../format/repository.ts';
import {hubHost} from '../registry/accounts-port.ts';
import {type RemoteReference, remoteReference} from '../registry/reference.ts';
import {securityOf} from '../registry/security.ts';
import type {Push} from './push-plan.ts';
import type {CommandContext} from './types.ts';

/** A push does not wait longer than this for what the registry has: then it is not known. */
const askLimitMs = 2_500;

const isIndex = (mediaType: string): boolean => /manifest\.list|image\.index/.test(mediaType);

/** Engines that keep whole indexes push them; graph drivers have one platform alone. */
const keepsIndexes = (storageDriver: string): boolean =>
	!/^(?:overlay2|vfs|btrfs|zfs|aufs|devicemapper|fuse-overlayfs|overlay)$/.test(storageDriver);

/** What a name stands for; `undefined`: for nothing yet. */
type There = {readonly digest: string; readonly mediaType: string; readonly platforms: readonly string[]};

/** The engine itself is asked, which may see other registries than this machine does; Podman cannot be asked. */
const askThere = async (
	{engine, registries, store}: CommandContext,
	reference: string,
	{host, repository, reference: tag}: RemoteReference,
	signal: AbortSignal,
): Promise<There | undefined> => {
	const {accounts, client} = await registries();
	const {info} = store.getState().engine;
	if (info?.product === 'Podman') {
		const security = securityOf(host, info.insecureRegistries);
		const found = await client(host, security).head(repository, tag, AbortSignal.any([signal]));
		return found && {...found, platforms: []};
	}
	const credentials = await accounts.credentialsFor(host, AbortSignal.any([signal]));
	return engine.describeRemote(reference, AbortSignal.any([signal]), credentials && {host, credentials});
};

const lineOf = (
	{target, reference}: Push,
	there: There,
	host: string,
	isWhole: boolean,
): string | undefined => {
	const {digest, mediaType, platforms} = there;
	if (isIndex(mediaType) && !isWhole) {
		const named = platforms.length === 0 ? '' : ` (${platforms.join(', ')})`;
		return `${reference}: replaces an index of several platforms${named} by this one alone`;
	}
	const known = target.image.digests
		.filter(each => repositoryOf(each) === repositoryOf(reference))
		.map(each => each.slice(each.indexOf('@') + 1));
	return digest === '' || known.includes(digest)
		? undefined
		: `${reference}: replaces ${digest.slice(0, 'sha256:'.length + 12)} in ${host === hubHost ? 'Docker Hub' : host}`;
};

const replacedBy = async (
	context: CommandContext,
	push: Push,
	signal: AbortSignal,
): Promise<string | undefined> => {
	const remote = remoteReference(push.reference);
	const there = remote && (await askThere(context, push.reference, remote, signal));
	const {info} = context.store.getState().engine;
	return remote && there && lineOf(push, there, remote.host, keepsIndexes(info?.storageDriver ?? ''));
};

/**
 * What names stand for in their registries until they are pushed, where that is something else; a line each. What
 * cannot be known soon is left out: a push never fails for that.
 */
export const replacedLines = async (
	context: CommandContext,
	pushes: readonly Push[],
): Promise<readonly string[]> => {
	const limit = new AbortController();
	const callOff = context.clock.after(askLimitMs, () => limit.abort());
	const signal = AbortSignal.any([context.signal, limit.signal]);
	try {
		const lines = await Promise.all(
			pushes.map(push => replacedBy(context, push, AbortSignal.any([signal])).catch(() => undefined)),
		);
		return lines.filter(line => line !== undefined);
	} finally {
		callOff();
	}
};
