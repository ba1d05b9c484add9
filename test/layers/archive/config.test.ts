import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeImageConfig} from '../../../source/layers/archive/config.ts';

const diffId = `sha256:${'a'.repeat(64)}`;

test('an image configuration is read whole', () => {
	const read = decodeImageConfig(
		{
			architecture: 'arm64',
			variant: 'v8',
			os: 'linux',
			author: 'somebody',
			created: '2026-01-02T03:04:05.678901234Z',
			config: {
				Env: ['PATH=/bin'],
				Entrypoint: ['/init'],
				Cmd: ['-v'],
				User: '1000:1000',
				WorkingDir: '/srv',
				ExposedPorts: {'80/tcp': {}},
				Volumes: {'/data': {}},
				Labels: {a: 'b'},
				StopSignal: 'SIGINT',
				Shell: ['/bin/bash', '-c'],
				OnBuild: ['RUN x'],
				Healthcheck: {Test: ['CMD', 'true'], Interval: 30_000_000_000, Timeout: 1_500_000, Retries: 3},
			},
			rootfs: {type: 'layers', diff_ids: [diffId]},
			history: [
				{created: '2026-01-01T00:00:00Z', created_by: 'COPY x', comment: 'buildkit'},
				{created_by: 'CMD', empty_layer: true},
			],
		},
		'x.json',
	);
	assert.deepEqual(read, {
		architecture: 'arm64',
		variant: 'v8',
		os: 'linux',
		author: 'somebody',
		createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
		env: ['PATH=/bin'],
		entrypoint: ['/init'],
		command: ['-v'],
		user: '1000:1000',
		workingDirectory: '/srv',
		exposedPorts: ['80/tcp'],
		volumes: ['/data'],
		labels: {a: 'b'},
		stopSignal: 'SIGINT',
		shell: ['/bin/bash', '-c'],
		onBuild: ['RUN x'],
		healthCheck: {test: ['CMD', 'true'], intervalMs: 30_000, timeoutMs: 1.5, startPeriodMs: 0, retries: 3},
		diffIds: [diffId],
		history: [
			{createdBy: 'COPY x', comment: 'buildkit', createdAt: Date.UTC(2026, 0, 1), isEmpty: false},
			{createdBy: 'CMD', comment: '', isEmpty: true},
		],
	});
});

test('what is null, absent or of another type is not set', () => {
	const bare = decodeImageConfig({rootfs: {diff_ids: null}}, 'x.json');
	const odd = decodeImageConfig(
		{
			os: 1,
			created: '0001-01-01T00:00:00Z',
			config: {Env: null, Cmd: null, Entrypoint: 'sh', Labels: null, Volumes: [], Healthcheck: null},
			rootfs: {diff_ids: []},
			history: null,
		},
		'x.json',
	);
	assert.deepEqual(odd, bare);
	assert.deepEqual(
		[bare.diffIds, bare.history, bare.command, bare.createdAt],
		[[], [], undefined, undefined],
	);
});

test('without its layers it is none', () => {
	for (const value of [
		null,
		[],
		'x',
		{},
		{rootfs: {}},
		{rootfs: {diff_ids: ['x']}},
		{rootfs: {diff_ids: [1]}},
	])
		assert.throws(() => decodeImageConfig(value, 'x.json'), {
			kind: 'damaged',
			message: /^x\.json: it is no image configuration/,
		});
});
