import {execFileSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {docker, testEngine} from './docker.ts';

/**
 * Puts an image into the open registry, and only there: of one layer of random bytes (beside a shell and its
 * tools, when `isRunnable`), so that a pull of it has something to do.
 * @param name of `testName`, with a tag.
 * @returns its reference in the registry.
 */
export async function pushImage(
	name: string,
	{megabytes = 1, isRunnable = false}: {readonly megabytes?: number; readonly isRunnable?: boolean} = {},
): Promise<string> {
	const reference = `${testEngine.registry}/${name}`;
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-image-'));
	try {
		writeFileSync(join(folder, 'bytes'), randomBytes(megabytes * 1024 * 1024));
		if (isRunnable) {
			writeFileSync(join(folder, 'Dockerfile'), 'FROM gantry-test/busy:1\nCOPY bytes /\n');
			await docker('build', '--quiet', '--tag', reference, folder);
		} else {
			const archive = join(folder, 'image.tar');
			execFileSync('tar', ['--create', '--file', archive, '--directory', folder, 'bytes']);
			await docker('import', archive, reference);
		}
		await docker('push', '--quiet', reference);
		await docker('rmi', reference);
		return reference;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Whether the engine has the image. */
export async function hasImage(reference: string): Promise<boolean> {
	return (await docker('images', '--quiet', reference)) !== '';
}
