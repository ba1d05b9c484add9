import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, describe, test} from 'node:test';
import {startEngine, type ThrowawayEngine} from '../../scripts/engine/throwaway.ts';
import {dockerAt, requireEngine} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

describe('an engine that goes away', {skip: requireEngine(), timeout: 300_000}, () => {
	let engine: ThrowawayEngine;
	const docker = (...args: readonly string[]) => dockerAt(engine.host, ...args);
	const run = (name: string) =>
		docker('run', '--detach', '--name', name, '--stop-timeout', '1', 'gantry-test/busy:1', 'sleep', '3600');
	const truth = async () =>
		(await docker('ps', '--all', '--format', '{{.Names}} {{.State}}')).split('\n').sort();

	before(async () => {
		engine = await startEngine({hasRegistries: false});
	});
	afterEach(async () => {
		// A test that failed may have left it dead.
		await docker('ps').catch(() => engine.startDaemon());
		const left = (await docker('ps', '--all', '--quiet')).split('\n').filter(Boolean);
		if (left.length > 0) await docker('rm', '--force', ...left);
	});
	after(async () => {
		await engine.stop();
	});

	test('its last state stays, with the reason, until it is back by itself', async () => {
		await run('stays');
		await run('leaves');
		await using gantry = await openGantry({host: engine.host});
		await gantry.rowIs('stays', '● up');
		await gantry.rowIs('leaves', '● up');
		const fresh = lookOf(gantry, 'stays');
		await engine.killDaemon();
		await gantry.sees(/✖ engine away, (next try in \d+ s|trying now): \w+ .*docker\.sock/);
		await gantry.row('1 Containers', 'stays');
		await gantry.row('1 Containers', 'leaves');
		await gantry.row('2 Images', 'gantry-test/busy:1');
		assert.notDeepEqual(lookOf(gantry, 'stays'), fresh);
		await gantry.sees('r retry now');
		await gantry.press('s');
		await gantry.tells('stop: the engine is not connected');

		await engine.startDaemon();
		await gantry.sees('● live', {within: 60_000});
		await gantry.seesNot('engine away');
		await gantry.rowIs('stays', stateOn(await truth(), 'stays'));
		await docker('rm', '--force', 'leaves');
		await gantry.noRow('1 Containers', 'leaves');
		await run('arrives');
		await gantry.rowIs('arrives', '● up');
	});

	test('r tries at once, and what happened meanwhile is seen', async t => {
		await run('stopped');
		await run('removed');
		// A way to the engine that the test can close: however long the changes take, it cannot be back by itself.
		const folder = mkdtempSync(join(tmpdir(), 'gantry-test-outage-'));
		t.after(() => rmSync(folder, {recursive: true}));
		const way = join(folder, 'docker.sock');
		const open = () => symlinkSync(engine.host.replace('unix://', ''), way);
		open();
		await using gantry = await openGantry({host: `unix://${way}`});
		await gantry.rowIs('stopped', '● up');
		rmSync(way);
		await engine.killDaemon();
		await gantry.sees('engine away');
		await engine.startDaemon();
		await docker('rm', '--force', 'removed');
		await docker('stop', 'stopped');
		await run('new');
		// Each failed try doubles the wait: at four seconds and more the key makes the difference.
		await gantry.sees(/away, next try in (?:[4-9]|\d\d) s: /, {within: 30_000});
		open();
		await gantry.press('r');
		await gantry.sees('● live');
		await gantry.rowIs('new', '● up');
		await gantry.rowIs('stopped', '○ exited');
		await gantry.noRow('1 Containers', 'removed');
		assert.deepEqual(await truth(), ['new running', 'stopped exited']);
	});

	test('a polite restart, several times, leaves the list as the engine has it', async () => {
		await docker(
			'run',
			'--detach',
			'--name',
			'always',
			'--restart',
			'always',
			'--stop-timeout',
			'1',
			'gantry-test/busy:1',
			'sleep',
			'3600',
		);
		await run('once');
		await using gantry = await openGantry({host: engine.host});
		await gantry.rowIs('once', '● up');
		for (let round = 0; round < 2; round += 1) {
			await engine.restart();
			await gantry.sees('● live', {within: 60_000});
			await gantry.rowIs('always', '● up');
			await gantry.rowIs('once', '○ exited');
		}
		assert.deepEqual(await truth(), ['always running', 'once exited']);
	});

	test('an engine that comes up after Gantry is found', async () => {
		await engine.killDaemon();
		await using gantry = await openGantry({host: engine.host, waitsForLive: false});
		await gantry.sees(/engine away, .+: .+/);
		await gantry.sees('No engine answers');
		await engine.startDaemon();
		await gantry.press('r');
		await gantry.sees('● live', {within: 60_000});
		await gantry.row('2 Images', 'gantry-test/busy:1');
	});
});

/** How a text on the screen is painted. */
function lookOf(gantry: Gantry, text: string): readonly unknown[] {
	const {x, y} = gantry.find(text);
	const {isDim, foreground} = gantry.cell(x, y);
	return [isDim, foreground];
}

/** What a container's row shows for its line of `docker ps`. */
function stateOn(lines: readonly string[], name: string): string {
	return lines.includes(`${name} running`) ? '● up' : '○ exited';
}
