import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

/** A folder with an `xdg-open` that notes what it was given and ends with this code. */
function desktop(code: number): {readonly path: string; readonly note: string; readonly remove: () => void} {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-desktop-'));
	const note = join(folder, 'note');
	const program = join(folder, 'xdg-open');
	writeFileSync(program, `#!/bin/sh\nprintf '%s|' "$@" > '${note}'\nexit ${code}\n`);
	chmodSync(program, 0o755);
	const path = `${folder}:${process.env.PATH ?? ''}`;
	return {path, note, remove: () => rmSync(folder, {recursive: true, force: true})};
}

const publicPort = async (name: string, port: number): Promise<string> =>
	(await docker('port', name, `${port}/tcp`)).split('\n')[0]?.split(':').at(-1) ?? '';

describe('a published port', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test('is opened in the browser; of several one is chosen', async () => {
		const name = testName('web');
		await runBusy(name, '--publish', '127.0.0.1::80', '--publish', '127.0.0.1::443');
		const {path, note, remove} = desktop(0);
		try {
			await using gantry = await openGantry({env: {PATH: path, DISPLAY: ':9'}});
			await gantry.select(name);
			await gantry.press('w');
			const url = `https://127.0.0.1:${await publicPort(name, 443)}`;
			await gantry.sees(`http://127.0.0.1:${await publicPort(name, 80)}`);
			await gantry.chooseItem(url);
			await gantry.tells(`opened ${url}`);
			assert.equal(readFileSync(note, 'utf8'), `${url}|`);
		} finally {
			remove();
		}
	});

	test('over SSH its address is shown and copied', async () => {
		const name = testName('ssh');
		await runBusy(name, '--publish', '127.0.0.1::80');
		const {path, note, remove} = desktop(0);
		try {
			const env = {PATH: path, DISPLAY: ':9', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22'};
			await using gantry = await openGantry({env});
			await gantry.select(name);
			await gantry.press('w');
			const url = `http://127.0.0.1:${await publicPort(name, 80)}`;
			await gantry.tells(`${url}, copied: over SSH there is no browser here`);
			assert.ok(gantry.rawOutput.includes(`\u001B]52;c;${Buffer.from(url).toString('base64')}\u0007`));
			assert.equal(existsSync(note), false);
		} finally {
			remove();
		}
	});

	test('a browser that does not start is told, with the address', async () => {
		const name = testName('broken');
		await runBusy(name, '--publish', '127.0.0.1::80');
		const {path, remove} = desktop(3);
		try {
			await using gantry = await openGantry({env: {PATH: path, DISPLAY: ':9'}});
			await gantry.select(name);
			await gantry.press('w');
			await gantry.tells(/http:\/\/127\.0\.0\.1:\d+, copied: xdg-open ended with exit code 3/);
		} finally {
			remove();
		}
	});

	test('a container that publishes none says so', async () => {
		const name = testName('closed');
		await runBusy(name);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('w');
		await gantry.tells('web: it publishes no TCP port');
	});
});
