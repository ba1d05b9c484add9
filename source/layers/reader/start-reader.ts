import {Worker} from 'node:worker_threads';
import type {FromReader, ToReader} from './protocol.ts';
import {workerFile} from './worker-file.ts';

export type Reader = {
	/** Hands a message over; the memory of a chunk goes with it. */
	readonly send: (message: ToReader) => void;
	/** Settles when the thread is gone. */
	readonly end: () => Promise<void>;
};

/**
 * Starts a thread that reads one image, once it is sent what it is to do.
 * @param onCrash is told once when the thread has ended, of use to whoever did not end it
 */
export const startReader = (
	onMessage: (message: FromReader) => void,
	onCrash: (error: Error) => void,
	file: URL = workerFile(import.meta.url),
): Reader => {
	// Options of this process are for itself; what the thread might print would spoil the screen.
	const worker = new Worker(file, {
		execArgv: [],
		stdout: true,
		stderr: true,
		// Paths come and go as texts: more room for these would only be filled.
		resourceLimits: {maxYoungGenerationSizeMb: 4},
	});
	let crash: Error | undefined;
	worker.on('message', onMessage);
	worker.once('error', error => {
		crash = error instanceof Error ? error : new Error(String(error));
	});
	worker.once('exit', code => {
		onCrash(new Error(`the image's reader has ended unexpectedly: ${crash?.message ?? `exit code ${code}`}`));
	});
	return {
		send(message) {
			worker.postMessage(message, message.kind === 'chunk' ? [message.bytes.buffer] : []);
		},
		async end() {
			await worker.terminate();
		},
	};
};
