import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {end} from '../../scripts/engine/processes.ts';
import {startRegistry} from '../../scripts/engine/registry.ts';

export type StartedRegistry = AsyncDisposable & {
	/** `127.0.0.1:port`. */
	readonly address: string;
	/** Ends it at once, as a crash would. */
	readonly stop: () => Promise<void>;
};

type Options = Parameters<typeof startRegistry>[1];

/** A folder of its own for something that a test starts. */
export const temporaryFolder = (name: string): {readonly path: string; readonly remove: () => void} => {
	const path = mkdtempSync(join(tmpdir(), `gantry-test-${name}-`));
	return {path, remove: () => rmSync(path, {recursive: true, force: true})};
};

/** A real registry of the test's own. */
export const openRegistry = async (options: Options = {needsAccount: false}): Promise<StartedRegistry> => {
	const folder = temporaryFolder('registry');
	const {address, pid} = await startRegistry(folder.path, options);
	const stop = (): Promise<void> => end(pid, folder.path, 5000);
	return {
		address,
		stop,
		[Symbol.asyncDispose]: async () => {
			await stop();
			folder.remove();
		},
	};
};
