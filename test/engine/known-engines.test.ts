import assert from 'node:assert/strict';
import {test} from 'node:test';
import {knownEngines} from '../../source/engine/known-engines.ts';

const meta = '/home/u/.docker/contexts/meta';
const files: Readonly<Record<string, string>> = {
	[`${meta}/a/meta.json`]: '{"Name":"prod"}',
	[`${meta}/b/meta.json`]: '{"Name":"local"}',
	[`${meta}/c/meta.json`]: 'not JSON',
};
const sockets = ['/var/run/docker.sock', '/run/podman/podman.sock'];

const known = (env: Record<string, string> = {}) =>
	knownEngines({
		env,
		home: '/home/u',
		readFile: path => files[path],
		listFolder: path => (path === meta ? ['a', 'b', 'c', 'd'] : []),
		exists: path => sockets.includes(path),
	}).map(({label, note}) => `${label} (${note})`);

test('contexts that can be read and sockets that exist, each once', () => {
	assert.deepEqual(known(), [
		'local (context)',
		'prod (context)',
		'unix:///var/run/docker.sock (default socket)',
		'unix:///run/podman/podman.sock (Podman socket)',
	]);
});

test('DOCKER_HOST comes first, and its socket not again', () => {
	assert.deepEqual(known({DOCKER_HOST: 'unix:///var/run/docker.sock'}), [
		'unix:///var/run/docker.sock (DOCKER_HOST)',
		'local (context)',
		'prod (context)',
		'unix:///run/podman/podman.sock (Podman socket)',
	]);
});

test('the contexts of another configuration folder', () => {
	const table = {'/etc/d/contexts/meta/x/meta.json': '{"Name":"there"}'} as Record<string, string>;
	const names = knownEngines({
		env: {DOCKER_CONFIG: '/etc/d'},
		home: '/home/u',
		readFile: path => table[path],
		listFolder: path => (path === '/etc/d/contexts/meta' ? ['x'] : []),
		exists: () => false,
	});
	assert.deepEqual(
		names.map(({name}) => name),
		[{context: 'there'}],
	);
});
