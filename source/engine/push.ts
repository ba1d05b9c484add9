import {decodeTransfer, parseProgressLine} from './decode/transfer.ts';
import type {EngineClient} from './engine-client.ts';
import {linesOf} from './line-splitter.ts';
import {referencePath, splitReference} from './paths.ts';
import {pushedPlatform} from './platform.ts';
import {authHeader} from './registry-auth.ts';
import type {RegistryAuth} from './registry-types.ts';
import type {TransferProgress} from './types.ts';

/**
 * `POST /images/{name}/push?tag=`. The status is 200 as soon as the image was found; what fails later comes as a
 * line and is thrown. Closing the connection cancels the push at the engine.
 */
export async function* pushProgress(
	client: EngineClient,
	reference: string,
	signal: AbortSignal,
	auth: RegistryAuth | undefined,
	platform: string | undefined,
): AsyncGenerator<TransferProgress, void, undefined> {
	const {repository, tag} = splitReference(reference);
	const request = {
		operation: 'push',
		method: 'POST' as const,
		path: `/images/${referencePath(repository)}/push`,
		query: {tag, ...(platform === undefined ? {} : {platform: pushedPlatform(client, platform)})},
		headers: authHeader(auth),
	};
	const response = await client.transport().open(client.versioned(request), signal);
	for await (const line of linesOf(response)) {
		const progress = decodeTransfer(parseProgressLine(line), request.operation);
		if (progress !== undefined) yield progress;
	}
}
