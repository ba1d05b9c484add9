import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import test from 'node:test';
import {startEngine} from '../../scripts/engine/throwaway.ts';
import {dockerAt, requireEngine} from '../helpers/docker.ts';

test('a throwaway engine survives a restart and a crash, and leaves nothing behind', {
	skip: requireEngine(),
}, async () => {
	const engine = await startEngine();
	const socket = engine.host.replace('unix://', '');
	try {
		const docker = (...args: string[]) => dockerAt(engine.host, ...args);
		const images = await docker('images', '--format', '{{.Repository}}:{{.Tag}}');
		assert.deepEqual(images.split('\n').sort(), ['gantry-test/busy:1', 'gantry-test/web:1']);
		await docker('pull', '--quiet', `${engine.registry}/gantry-test/layers:1`);
		const locked = `${engine.authRegistry}/gantry-test/private:1`;
		await assert.rejects(docker('pull', '--quiet', locked), /no basic auth credentials/);
		await docker('login', '--username', engine.user, '--password', engine.password, engine.authRegistry);
		await docker('pull', '--quiet', locked);

		await docker(
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
		await docker('network', 'create', 'left-over');
		await engine.restart();
		assert.equal(await docker('ps', '--format', '{{.Names}}'), 'stays');

		await engine.killDaemon();
		await assert.rejects(docker('ps'), /Cannot connect/);
		await engine.startDaemon();
		assert.match(await docker('ps', '--all', '--format', '{{.Names}}'), /stays/);
		await engine.killDaemon();
	} finally {
		await engine.stop();
	}

	assert.equal(existsSync(socket), false);
});
