import type {EngineClient} from '../engine-client.ts';
import {gathered} from '../gathered.ts';
import {logLines} from '../log-lines.ts';
import {pathPart, stampSeconds} from '../paths.ts';
import type {ContainerId, LogLine} from '../types.ts';

export type LogOptions = {
	/** Of all that the engine has, before `since` and `until` choose among them. */
	readonly tail: number;
	readonly follow: boolean;
	readonly isTty: boolean;
	/** RFC 3339 stamps, both inclusive. */
	readonly since?: string;
	readonly until?: string;
};

/**
 * Lines from the last `tail` on, then, with `follow`, those that come, in batches as they arrive. Ends when the
 * container stops.
 */
export type LogCall = (
	id: ContainerId,
	options: LogOptions,
	signal: AbortSignal,
) => AsyncIterable<readonly LogLine[]>;

/** `GET /containers/{id}/logs`. */
export const logCall =
	(client: EngineClient): LogCall =>
	(id, options, signal) =>
		client.guarded('logs', signal, logStream(client, id, options, signal));

async function* logStream(
	client: EngineClient,
	id: ContainerId,
	{tail, follow, isTty, since, until}: LogOptions,
	signal: AbortSignal,
): AsyncGenerator<readonly LogLine[], void, undefined> {
	const request = {
		operation: 'logs',
		path: `/containers/${pathPart(id)}/logs`,
		query: {
			stdout: true,
			stderr: true,
			timestamps: true,
			follow,
			// Without it the engine reads its whole file first, even with `since`.
			tail,
			...(since === undefined ? {} : {since: stampSeconds(since)}),
			...(until === undefined ? {} : {until: stampSeconds(until)}),
		},
	};
	const response = await client.transport().open(client.versioned(request), signal);
	yield* logLines(gathered(response), isTty);
}
