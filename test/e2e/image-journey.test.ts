import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

/** Writes the Dockerfile anew: steps on the base of all tests. */
const writeSteps = (folder: string, ...steps: readonly string[]): void =>
	writeFileSync(join(folder, 'Dockerfile'), `${['FROM gantry-test/busy:1', ...steps].join('\n')}\n`);

const wasteful = 'RUN head -c 3000000 /dev/urandom > /opt && echo TOKEN=1 > /.env';

const idOf = (name: string): Promise<string> => docker('image', 'inspect', '--format', '{{.Id}}', name);

/** @param answers keys that fill in what is not as it was in the form */
async function build(gantry: Gantry, ...answers: readonly string[]): Promise<void> {
	await gantry.press('2', 'b');
	await gantry.sees('╭ Build an image');
	for (const answer of answers) {
		if (answer !== '') await gantry.fill(answer);
		await gantry.press('tab');
	}
	await gantry.press('enter');
	await gantry.sees(/╭ Build \S+ built in /, {within: 60_000});
}

/** Build, look into the layers, find the waste, compare with the tag before, prune: all on the keyboard. */
describe('why an image is so large', {skip: requireEngine(), timeout: 300_000}, () => {
	after(removeTestObjects);
	for (const [columns, rows] of [
		[160, 45],
		[80, 24],
	] as const) {
		test(`from its build to what is pruned, at ${columns}x${rows}`, async () => {
			const [before, name] = [testName(`large${columns}:1`), testName(`large${columns}:2`)];
			const folder = mkdtempSync(join(tmpdir(), 'gantry-test-'));
			try {
				// What others left would be pruned too, and counted.
				await docker('image', 'prune', '--force');
				writeSteps(folder, 'RUN echo small > /note');
				await docker('build', '--quiet', '--tag', before, folder);
				writeSteps(folder, wasteful, 'RUN rm /opt /.env && echo large > /note');
				await using gantry = await openGantry({columns, rows});
				await build(gantry, folder, '', name);
				const first = await idOf(name);
				await gantry.press('enter');
				await gantry.sees(/╭ Layers 3 {2}/, {within: 30_000});
				await gantry.press('W');
				await gantry.line(/! .*\/\.env /);
				await gantry.line(/3MB .*\/opt /);
				await gantry.press('esc', '=');
				await gantry.sees(/╭ Compare .* with/);
				await gantry.press('enter');
				await gantry.sees(/ to .* shared, left/, {within: 30_000});
				await gantry.line(/~ +note/);
				await gantry.press('q');
				await gantry.sees('╭ 2 Images');

				writeSteps(folder, 'RUN echo large > /note');
				await build(gantry);
				assert.notEqual(await idOf(name), first);
				await gantry.press('q', '2');
				await gantry.sees('<none>');
				await gantry.press('D');
				await gantry.chooseItem('dangling: no name and no container');
				await gantry.sees(/Frees 3MB/);
				await gantry.press('enter');
				await gantry.tells(/1 image pruned, 3MB freed/);
				await assert.rejects(idOf(first));
				assert.equal(await docker('run', '--rm', name, 'cat', '/note'), 'large');
				await gantry.press('q');
				assert.equal((await gantry.waitExit()).code, 0);
			} finally {
				rmSync(folder, {recursive: true, force: true});
			}
		});
	}
});
