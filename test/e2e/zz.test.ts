import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import test from 'node:test';
import {startEngine} from '/work/main/scripts/engine/throwaway.ts';
import {dockerAt, requireEngine} from '/work/main/test/helpers/docker.ts';

test('a throwaway engine survives a restart and a crash, and leaves nothing behind', {
	skip: requireEngine(),
}, async () => {
	const engine = await startEngine();
	const socket = engine.host.replace('unix://', '');
	try {
		const docker = (...args: string[]) => dockerAt(engine.host, ...args);
		const images = await docker('images', '--format', '{{.Repository}}:{{.Tag}}');
		console.log(Math.round(performance.now()));assert.deepEqual(images.split('\n').sort(), ['gantry-test/busy:1', 'gantry-test/web:1']);
		console.log(Math.round(performance.now()));await docker('pull', '--quiet', `${engine.registry}/gantry-test/layers:1`);
		const locked = `${engine.authRegistry}/gantry-test/private:1`;
		console.log(Math.round(performance.now()));await assert.rejects(docker('pull', '--quiet', locked), /no basic auth credentials/);
		console.log(Math.round(performance.now()));await docker('login', '--username', engine.user, '--password', engine.password, engine.authRegistry);
		console.log(Math.round(performance.now()));await docker('pull', '--quiet', locked);

		console.log(Math.round(performance.now()));await docker(
			'run',
			'--detach',
			'--name',
			'stays',
			'--stop-timeout',
			'1',
			'--restart',
			'always',
			'gantry-test/busy:1',
			'sleep',
			'1000',
		);
		console.log(Math.round(performance.now()));await docker('network', 'create', 'left-over');
		console.log(Math.round(performance.now()));await engine.restart();
		console.log(Math.round(performance.now()));assert.equal(await docker('ps', '--format', '{{.Names}}'), 'stays');

		console.log(Math.round(performance.now()));await engine.killDaemon();
		console.log(Math.round(performance.now()));await assert.rejects(docker('ps'), /Cannot connect/);
		console.log(Math.round(performance.now()));await engine.startDaemon();
		console.log(Math.round(performance.now()));assert.match(await docker('ps', '--all', '--format', '{{.Names}}'), /stays/);
		console.log(Math.round(performance.now()));await engine.killDaemon();
	} finally {
		console.log(Math.round(performance.now()));await engine.stop();
	}

	console.log(Math.round(performance.now()));assert.equal(existsSync(socket), false);
});
