import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {constants} from 'node:os';
import {resolve} from 'node:path';
import process from 'node:process';
import {lookAtArchive} from './commands/archive-look.ts';
import {isFileSystemError, LocalFileError, localReason} from './engine/archive/local-error.ts';
import type {Engine} from './engine/engine.ts';
import type {TransferProgress} from './engine/types.ts';
import {importTar} from './feed/jobs/import.ts';
import {formatSize} from './format/bytes.ts';
import {sanitise} from './format/sanitise.ts';
import type {ImportTask} from './state/views/image-jobs.ts';

/** @returns nothing for a plain file, which is read as the dashboard does @throws LocalFileError */
const streamOf = async (path: string): Promise<AsyncIterable<Uint8Array> | undefined> => {
	if (path === '-') {
		if (process.stdin.isTTY) throw new LocalFileError('a tar is read from stdin, and that is a terminal');
		return process.stdin;
	}
	try {
		// Whatever `<(…)` and pipes are.
		const known = await stat(path);
		if (!known.isFile() && !known.isDirectory()) return createReadStream(path);
		const look = await lookAtArchive(resolve(path));
		if (look.kind === 'none') throw new LocalFileError(`${path} ${look.reason}`);
		if (look.kind === 'images') throw new LocalFileError(`${path} is an archive of images: load it instead`);
		return undefined;
	} catch (error) {
		throw isFileSystemError(error) ? new LocalFileError(`${path}: ${localReason(error)}`) : error;
	}
};

/** Of how far it is, on a terminal; of what came of it, for a program. */
const createTeller = () => {
	const {stderr, stdout} = process;
	let id = '';
	return {
		tell(progress: TransferProgress): void {
			if (progress.kind === 'result') id = progress.names.at(-1) ?? '';
			if (!stderr.isTTY) return;
			if (progress.kind === 'amount') stderr.write(`\r\u001B[K${formatSize(progress.doneBytes)} sent`);
			if (progress.kind === 'waiting') stderr.write(`\r\u001B[K${progress.status}`);
		},
		end(isDone: boolean): void {
			if (stderr.isTTY) stderr.write('\r\u001B[K');
			if (isDone) stdout.write(`${sanitise(id)}\n`);
		},
	};
};

/**
 * `gantry import`, without the dashboard.
 * @returns the exit code
 * @throws EngineError, LocalFileError
 */
export const runImport = async (engine: Engine, task: ImportTask): Promise<number> => {
	const leaving = new AbortController();
	const onSignal = (): void => {
		leaving.abort();
	};
	process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
	const teller = createTeller();
	let isDone = false;
	try {
		const chunks = await streamOf(task.path);
		await engine.ping(leaving.signal);
		const {signal} = leaving;
		await importTar(engine, task, teller.tell, signal, chunks === undefined ? undefined : {chunks});
		isDone = !signal.aborted;
		return isDone ? 0 : 128 + constants.signals.SIGINT;
	} finally {
		teller.end(isDone);
		process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
	}
};
