import {repositoryOf} from '../format/repository.ts';
import {hubHost} from '../registry/accounts-port.ts';
import {remoteReference} from '../registry/reference.ts';
import type {Push} from './push-plan.ts';
import type {CommandContext} from './types.ts';

/** A push does not wait longer than this for what the registry has: then it is not known. */
const askLimitMs = 2_500;

const isIndex = (mediaType: string): boolean => /manifest\.list|image\.index/.test(mediaType);

/** Engines that keep whole indexes push them; graph drivers have one platform alone. */
const keepsIndexes = (storageDriver: string): boolean =>
	!/^(?:overlay2|vfs|btrfs|zfs|aufs|devicemapper|fuse-overlayfs|overlay)$/.test(storageDriver);

/** What the engine itself sees in the registry, which may be another than this machine does. */
const replacedBy = async (
	{engine, registries, store}: CommandContext,
	{target, reference}: Push,
	signal: AbortSignal,
): Promise<string | undefined> => {
	const remote = remoteReference(reference);
	if (remote === undefined) return undefined;
	const {accounts} = await registries();
	const credentials = await accounts.credentialsFor(remote.host, AbortSignal.any([signal]));
	const auth = credentials && {host: remote.host, credentials};
	const there = await engine.describeRemote(reference, AbortSignal.any([signal]), auth);
	const {info} = store.getState().engine;
	if (there.platforms.length > 1 && isIndex(there.mediaType) && !keepsIndexes(info?.storageDriver ?? ''))
		return `${reference}: replaces an index of ${there.platforms.length} platforms (${there.platforms.join(', ')}) by this one alone`;
	const known = target.image.digests
		.filter(digest => repositoryOf(digest) === repositoryOf(reference))
		.map(digest => digest.slice(digest.indexOf('@') + 1));
	return there.digest === '' || known.includes(there.digest)
		? undefined
		: `${reference}: replaces ${there.digest.slice(0, 'sha256:'.length + 12)} in ${remote.host === hubHost ? 'Docker Hub' : remote.host}`;
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
