import {decodeTransfer, parseProgressLine} from './decode/transfer.ts';
import type {EngineClient} from './engine-client.ts';
import {linesOf} from './line-splitter.ts';
import {splitReference} from './paths.ts';
import type {TransferProgress} from './types.ts';

/** `{}` in the padded base64url that Go reads: no credentials, but the header that some engines insist on. */
const noCredentials = 'e30=';

/**
 * `POST /images/create`. The status is 200 as soon as the registry was found; what fails later comes as a line
 * and is thrown. Closing the connection cancels the pull at the engine.
 */
export async function* pullProgress(
	client: EngineClient,
	reference: string,
	signal: AbortSignal,
): AsyncGenerator<TransferProgress, void, undefined> {
	const {repository, tag} = splitReference(reference);
	const request = {
		operation: 'pull',
		method: 'POST' as const,
		path: '/images/create',
		query: {fromImage: repository, tag},
		headers: {'X-Registry-Auth': noCredentials},
	};
	const response = await client.transport().open(client.versioned(request), signal);
	for await (const line of linesOf(response)) {
		const progress = decodeTransfer(parseProgressLine(line), request.operation);
		if (progress !== undefined) yield progress;
	}
}
