import {realpath} from 'node:fs/promises';
import {basename} from 'node:path';
import {LocalFileError, localReason} from '../engine/archive/local-error.ts';
import {pack} from '../engine/archive/pack.ts';
import {unpack} from '../engine/archive/unpack.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/errors.ts';
import {baseName, joinPath} from '../format/container-path.ts';
import type {CopyTask} from '../state/views/files.ts';
import {createMeter, type Meter, type Tell} from './meter.ts';

const copyOut = async (engine: Engine, task: CopyTask, meter: Meter, signal: AbortSignal): Promise<void> => {
	const target = await realpath(task.target).catch((error: unknown) => {
		throw new LocalFileError(`${task.target}: ${localReason(error)}`);
	});
	for (const source of task.sources) {
		const entries = engine.readArchive(task.containerId, source, signal);
		await unpack(entries, {target, base: baseName(source), isReplacing: task.isReplacing, ...meter});
		if (signal.aborted) return;
	}
};

const isThere = async (
	engine: Engine,
	{containerId}: CopyTask,
	path: string,
	signal: AbortSignal,
): Promise<boolean> => {
	try {
		await engine.statPath(containerId, path, signal);
		return true;
	} catch (error) {
		if (error instanceof EngineError && error.kind === 'not-found') return false;
		throw error;
	}
};

const copyIn = async (engine: Engine, task: CopyTask, meter: Meter, signal: AbortSignal): Promise<void> => {
	const {containerId, target, isReplacing} = task;
	for (const source of task.sources) {
		// Before anything is sent: an engine that refuses at once leaves no words on a broken connection.
		const {kind} = await engine.statPath(containerId, joinPath(target, '.'), signal);
		if (kind !== 'directory') throw new EngineError('invalid', `${target} is no directory`);
		const path = joinPath(target, basename(source));
		if (!isReplacing && (await isThere(engine, task, path, signal)))
			throw new EngineError('conflict', `${path} exists already in the container`);
		await engine.writeArchive(containerId, target, pack({source, ...meter}), signal);
		if (signal.aborted) return;
	}
};

/**
 * Copies between a container and this machine. Ends quietly when its signal aborts.
 * @throws EngineError with the engine's words, LocalFileError with this machine's
 */
export const copy = async (
	engine: Engine,
	task: CopyTask,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	const meter = createMeter(task.totalBytes, tell);
	try {
		await (task.direction === 'out' ? copyOut : copyIn)(engine, task, meter, signal);
	} finally {
		meter.report();
	}
};
