import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {startDemoEngine} from '../../source/demo/demo-engine.ts';
import {openGantry} from '../helpers/gantry.ts';
import {runGantry} from '../helpers/run-gantry.ts';

/** A machine without Docker: needs no engine. */
describe('without an engine', {timeout: 120_000}, () => {
	let home: string;
	/** Nothing named, nothing found, as far as a test can have it so. */
	const alone = () => ({
		HOME: home,
		XDG_RUNTIME_DIR: home,
		DOCKER_HOST: undefined,
		DOCKER_CONTEXT: undefined,
	});
	const systemSockets = ['/var/run/docker.sock', '/run/podman/podman.sock'];

	before(() => {
		home = mkdtempSync(join(tmpdir(), 'gantry-alone-'));
	});
	after(() => {
		rmSync(home, {recursive: true, force: true});
	});

	test('the screen says where it looked and why that failed, and goes on trying', async () => {
		const socket = join(home, 'late.sock');
		await using gantry = await openGantry({host: `unix://${socket}`, waitsForLive: false});
		await gantry.sees('No engine answers. What can be done:');
		await gantry.sees(/late\.sock +flag -H +no socket there/);
		await gantry.sees('r retry now');
		await gantry.sees('D demo');
		await using demo = await startDemoEngine({socketPath: socket});
		assert.equal(demo.socketPath, socket);
		await gantry.press('r');
		await gantry.sees('● live');
		await gantry.row('1 Containers', /web/);
		assert.ok(!gantry.text().includes('DEMO'), 'an engine that was named is no demo');
	});

	test('D shows the demo, H leads back, and q leaves nothing behind', async () => {
		const socket = join(home, 'none.sock');
		await using gantry = await openGantry({
			host: `unix://${socket}`,
			env: {DOCKER_HOST: `unix://${socket}`},
			waitsForLive: false,
		});
		await gantry.sees('No engine answers');
		await gantry.press('D');
		await gantry.sees(/DEMO gantry .*● live/);
		await gantry.row('1 Containers', /shop/);
		await gantry.press('H');
		await gantry.sees('Go to another engine');
		await gantry.chooseItem(`unix://${socket}`);
		await gantry.sees('No engine answers');
		await gantry.press('q');
		assert.equal((await gantry.waitExit()).code, 0);
	});

	test('places that nobody named are all told', {skip: systemSockets.some(existsSync)}, async () => {
		await using gantry = await openGantry({host: '', env: alone(), waitsForLive: false});
		await gantry.sees('No engine answers');
		await gantry.sees(/\/var\/run\/docker\.sock +default socket +no socket there/);
		await gantry.sees(/\.orbstack\/run\/docker\.sock +OrbStack socket +no socket there/);
	});

	test('--once says all places in one line and fails', async () => {
		const {code, stderr} = await runGantry(['--once', '-H', `unix://${join(home, 'none.sock')}`]);
		assert.equal(code, 1);
		assert.match(stderr, /none\.sock: no socket there/);
	});
});

describe('the demo', {timeout: 120_000}, () => {
	test('is told in the header at every width, and when it is zoomed', async () => {
		await using gantry = await openGantry({host: '', args: ['--demo'], columns: 40, rows: 12});
		await gantry.sees('DEMO gantry');
		await gantry.press('z');
		await gantry.sees('DEMO gantry');
	});

	test('prints a snapshot without a terminal', async () => {
		const {code, stdout} = await runGantry(['--demo', '--once']);
		assert.equal(code, 0);
		assert.match(stdout, /at embedded engine: \d+ of \d+ containers running/);
		assert.match(stdout, /shop/);
	});
});
