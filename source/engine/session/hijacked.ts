import type {Duplex} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import type {EngineClient} from '../engine-client.ts';
import {toEngineError} from '../failure.ts';
import {createFrameFramer} from '../log-frames.ts';

/** What exec and attach have in common: a connection that has become raw bytes both ways. */
export type Hijacked = {
	readonly resize: (columns: number, rows: number) => Promise<void>;
	readonly write: (data: Uint8Array | string) => void;
	readonly output: AsyncIterable<Uint8Array>;
	/** Resolves when the connection is closed, whoever closed it. */
	readonly closed: Promise<void>;
	readonly isClosedByUs: () => boolean;
	readonly close: () => void;
	/** Aborted when the session or the whole engine is given up. */
	readonly scope: AbortSignal;
};

export type HijackOptions = {
	/** For errors: `exec`, `attach`. */
	readonly operation: string;
	/** Of the object whose terminal this is: `/exec/{id}`, `/containers/{id}`. */
	readonly path: string;
	/** Without a terminal the output comes in frames that say which stream it is of. */
	readonly isFramed: boolean;
};

const limitMs = 30_000;
const resizeTries = 10;

export const hijackedOver = (
	client: EngineClient,
	socket: Duplex,
	{operation, path, isFramed}: HijackOptions,
	signal: AbortSignal,
): Hijacked => {
	const closed = new Promise<void>(resolve => socket.once('close', resolve));
	const destroy = (): void => {
		socket.destroy();
	};
	const scope = AbortSignal.any([signal, client.transport().closed]);
	scope.addEventListener('abort', destroy, {once: true});
	socket.once('close', () => scope.removeEventListener('abort', destroy));
	// Whoever reads the output gets the error; when nobody does, it must not end the process.
	socket.on('error', () => {});
	if (scope.aborted) destroy();

	let isClosedByUs = false;
	const isGivenUp = (): boolean => isClosedByUs || scope.aborted;
	return {
		resize: async (columns, rows) => {
			for (let attempt = 1; attempt <= resizeTries && !socket.destroyed; attempt++) {
				if (await resizeOnce(client, path, {h: rows, w: columns}, scope)) return;
				await sleep(10 * attempt);
			}
		},
		write: data => {
			if (!socket.destroyed) socket.write(data);
		},
		output: guarded(isFramed ? unframed(socket) : socket, operation, isGivenUp),
		closed,
		isClosedByUs: () => isClosedByUs,
		close: () => {
			isClosedByUs = true;
			destroy();
		},
		scope,
	};
};

async function* guarded(
	chunks: AsyncIterable<Uint8Array>,
	operation: string,
	isGivenUp: () => boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
	try {
		yield* chunks;
	} catch (error) {
		if (!isGivenUp()) throw toEngineError(error, operation);
	}
}

/** Standard output and standard error, in the order in which the engine sent them. */
async function* unframed(socket: Duplex): AsyncGenerator<Uint8Array, void, undefined> {
	const framer = createFrameFramer();
	for await (const chunk of socket) for (const {payload} of framer.push(chunk)) yield payload;
	for (const {payload} of framer.end()) yield payload;
}

/** False when the process is not far enough to have a size yet; a session that is over needs none. */
const resizeOnce = async (
	client: EngineClient,
	path: string,
	query: {readonly h: number; readonly w: number},
	signal: AbortSignal,
): Promise<boolean> => {
	try {
		const request = {operation: 'resize', method: 'POST', path: `${path}/resize`, query, limitMs} as const;
		await client.call(request, signal);
		return true;
	} catch {
		return signal.aborted;
	}
};
