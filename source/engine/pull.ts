import {decodeTransfer, parseProgressLine} from './decode/transfer.ts';
import type {EngineClient} from './engine-client.ts';
import {linesOf} from './line-splitter.ts';
import {splitReference} from './paths.ts';
import {platformFor} from './platform.ts';
import {authHeader} from './registry-auth.ts';
import type {RegistryAuth} from './registry-types.ts';
import type {TransferProgress} from './types.ts';

/** What may be said of a pull beside its reference. */
export type PullOptions = {
	/** `os[/architecture[/variant]]`, API >= 1.32; absent: the engine's own. */
	readonly platform?: string;
	/** Every tag of the repository: the reference is without one. */
	readonly isAllTags?: boolean;
	/** Who asks the registry; absent: anybody. */
	readonly auth?: RegistryAuth;
};

/**
 * `POST /images/create`. The status is 200 as soon as the registry was found; what fails later comes as a line
 * and is thrown. Closing the connection cancels the pull at the engine.
 */
export async function* pullProgress(
	client: EngineClient,
	reference: string,
	signal: AbortSignal,
	{platform, isAllTags = false, auth}: PullOptions = {},
): AsyncGenerator<TransferProgress, void, undefined> {
	const {repository, tag} = splitReference(reference);
	const request = {
		operation: 'pull',
		method: 'POST' as const,
		path: '/images/create',
		query: {
			fromImage: repository,
			// Without a tag it is all of them.
			...(isAllTags ? {} : {tag}),
			...(platform === undefined ? {} : {platform: platformFor(client, platform)}),
		},
		headers: authHeader(auth),
	};
	const response = await client.transport().open(client.versioned(request), signal);
	let current = '';
	for await (const line of linesOf(response)) {
		const progress = decodeTransfer(parseProgressLine(line), request.operation);
		if (progress === undefined) continue;
		yield progress;
		if (!isAllTags) continue;
		// One tag after the other: its name, its layers, its digest.
		if (progress.kind === 'status') current = /^(\S+): Pulling from /.exec(progress.status)?.[1] ?? current;
		else if (progress.kind === 'digest' && current !== '')
			yield {kind: 'result', names: [`${repository}:${current}`]};
	}
}
