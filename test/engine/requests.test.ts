import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isAtLeast, negotiate} from '../../source/engine/api-version.ts';
import {
	pathPart,
	referencePath,
	secondsText,
	splitReference,
	stampSeconds,
} from '../../source/engine/paths.ts';
import {createBody} from '../../source/engine/run-spec.ts';
import type {RunSpec} from '../../source/engine/run-types.ts';

test('references in the two halves of the API', () => {
	const table = [
		['nginx', 'nginx', 'latest'],
		['nginx:1.27', 'nginx', '1.27'],
		['host:5000/a/b', 'host:5000/a/b', 'latest'],
		['host:5000/a/b:x', 'host:5000/a/b', 'x'],
		['a/b@sha256:ff', 'a/b', 'sha256:ff'],
		['host:5000/b:1@sha256:ff', 'host:5000/b', 'sha256:ff'],
	] as const;
	for (const [reference, repository, tag] of table) {
		assert.deepEqual(splitReference(reference), {repository, tag}, reference);
	}
});

test('paths: nothing that changes where a request goes', () => {
	assert.equal(pathPart('a/b?c'), 'a%2Fb%3Fc');
	assert.equal(referencePath('host:5000/a@sha256:f'), 'host%3A5000/a%40sha256%3Af');
	for (const id of ['', '.', '..']) assert.throws(() => pathPart(id), {kind: 'invalid'});
	for (const reference of ['', 'a//b', 'a/../b'])
		assert.throws(() => referencePath(reference), {kind: 'invalid'});
});

test('times as every engine takes them', () => {
	assert.equal(secondsText(1_700_000_000_007), '1700000000.007000000');
	assert.equal(secondsText(-5), '0.000000000');
	assert.equal(stampSeconds('2023-11-14T22:13:20.123456789Z'), '1700000000.123456789');
	assert.equal(stampSeconds('2023-11-14T23:13:20.5+01:00'), '1700000000.500000000');
	assert.equal(stampSeconds('1700000000.5'), '1700000000.5');
});

test('API versions', () => {
	assert.equal(negotiate('1.41'), '1.41');
	assert.equal(negotiate('1.51'), '1.51');
	assert.equal(negotiate('1.56'), '1.51');
	assert.equal(negotiate('2.0'), '1.51');
	assert.equal(negotiate(undefined), '1.51');
	assert.equal(isAtLeast('1.9', '1.41'), false);
});

const plain: RunSpec = {
	image: 'busy:1',
	ports: [],
	env: [],
	volumes: [],
	isTty: false,
	isInteractive: false,
	isAutoRemove: false,
};

test('a plain run leaves everything to the engine and the image', () => {
	assert.deepEqual(createBody(plain), {
		Image: 'busy:1',
		Env: [],
		Tty: false,
		OpenStdin: false,
		ExposedPorts: {},
		Volumes: {},
		HostConfig: {PortBindings: {}, Binds: [], Mounts: [], AutoRemove: false},
	});
});

test('a full run', () => {
	const body = createBody({
		...plain,
		command: ['sh', '-c', 'exit'],
		env: ['A=b'],
		ports: [
			{containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '127.0.0.1'},
			{containerPort: 80, protocol: 'tcp'},
			{containerPort: 53, protocol: 'udp', hostPort: 53},
		],
		volumes: [
			{source: '/srv', target: '/data', isReadOnly: true},
			{source: 'cache', target: '/cache', isReadOnly: false},
			{target: '/anonymous', isReadOnly: false},
			{target: '/sealed', isReadOnly: true},
		],
		restart: {name: 'on-failure', maximumRetryCount: 3},
		isTty: true,
		isInteractive: true,
		network: 'none',
		memoryBytes: 1024,
		cpus: 1.5,
	});
	assert.deepEqual(body, {
		Image: 'busy:1',
		Cmd: ['sh', '-c', 'exit'],
		Env: ['A=b'],
		Tty: true,
		OpenStdin: true,
		ExposedPorts: {'80/tcp': {}, '53/udp': {}},
		Volumes: {'/anonymous': {}},
		HostConfig: {
			PortBindings: {
				'80/tcp': [
					{HostIp: '127.0.0.1', HostPort: '8080'},
					{HostIp: '', HostPort: ''},
				],
				'53/udp': [{HostIp: '', HostPort: '53'}],
			},
			Binds: ['/srv:/data:ro', 'cache:/cache'],
			Mounts: [{Type: 'volume', Target: '/sealed', ReadOnly: true}],
			AutoRemove: false,
			RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 3},
			NetworkMode: 'none',
			Memory: 1024,
			NanoCpus: 1_500_000_000,
		},
	});
});
