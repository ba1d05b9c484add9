import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {decodeChanges, decodeMountPoints} from '../../source/engine/decode/changes.ts';
import {decodeProcesses, spanSeconds} from '../../source/engine/decode/processes.ts';

describe('a list of processes', () => {
	it('of procps on an engine 20.10, asked for all it tells', () => {
		const answer = {
			Processes: [
				['13166', '13144', 'root', '8.6', '0.1', '1376', 'Ss', '90061', '65', 'sh -c  x'],
				['13203', '13166', 'www-data', '0.0', '0.0', '0', 'R', '0', '0', 'sleep 1000'],
			],
			Titles: ['PID', 'PPID', 'USER', '%CPU', '%MEM', 'RSS', 'STAT', 'ELAPSED', 'TIME', 'COMMAND'],
		};
		assert.deepEqual(decodeProcesses(answer), [
			{
				pid: 13_166,
				parentPid: 13_144,
				user: 'root',
				cpuPercent: 8.6,
				memoryPercent: 0.1,
				rssBytes: 1_409_024,
				state: 'Ss',
				elapsedSeconds: 90_061,
				cpuSeconds: 65,
				command: 'sh -c  x',
			},
			{
				pid: 13_203,
				parentPid: 13_166,
				user: 'www-data',
				cpuPercent: 0,
				memoryPercent: 0,
				rssBytes: 0,
				state: 'R',
				elapsedSeconds: 0,
				cpuSeconds: 0,
				command: 'sleep 1000',
			},
		]);
	});

	it('of an engine that asks by itself: ps -ef', () => {
		const answer = {
			Processes: [['root', '13166', '13144', '9', '06:52', '?', '1-02:03:04', 'sleep 2000']],
			Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
		};
		assert.deepEqual(decodeProcesses(answer), [
			{
				pid: 13_166,
				parentPid: 13_144,
				user: 'root',
				cpuPercent: 9,
				startText: '06:52',
				state: '',
				cpuSeconds: 93_784,
				command: 'sleep 2000',
			},
		]);
	});

	it('of Podman 4.3 by its descriptors', () => {
		const answer = {
			Processes: [['1', '0', 'root', '0.000', '1380', 'S', '1m20.895686441s', '0s', 'sleep 900']],
			Titles: ['PID', 'PPID', 'USER', '%CPU', 'RSS', 'STATE', 'ELAPSED', 'TIME', 'COMMAND'],
		};
		const [process] = decodeProcesses(answer);
		assert.equal(process?.pid, 1);
		assert.equal(process?.state, 'S');
		assert.equal(Math.round(process?.elapsedSeconds ?? 0), 81);
		assert.equal(process?.cpuSeconds, 0);
		assert.equal(process?.rssBytes, 1_413_120);
	});

	it('of Podman 4.3 by the ps of the container, whose lines it hands out whole', () => {
		const answer = {
			Processes: [['1 root     sleep 900'], ['8 root     sleep 1000']],
			Titles: ['PID   USER     COMMAND'],
		};
		assert.deepEqual(
			decodeProcesses(answer).map(({pid, user, command}) => [pid, user, command]),
			[
				[1, 'root', 'sleep 900'],
				[8, 'root', 'sleep 1000'],
			],
		);
	});

	it('of busybox shortens amounts, of Windows has other names', () => {
		const busybox = {Titles: ['PID', 'RSS', 'COMMAND'], Processes: [['7', '1.5m', 'x']]};
		assert.equal(decodeProcesses(busybox)[0]?.rssBytes, 1_572_864);
		const windows = {
			Titles: ['Name', 'PID', 'CPU', 'Private Working Set'],
			Processes: [['smss.exe', '9', '00:00:02.031', '245.8kB']],
		};
		const [process] = decodeProcesses(windows);
		assert.deepEqual([process?.command, process?.cpuSeconds], ['smss.exe', 2]);
		assert.equal(process?.rssBytes, 251_699);
	});

	it('without a process, or with what is none', () => {
		assert.deepEqual(decodeProcesses({Titles: ['PID'], Processes: null}), []);
		assert.deepEqual(decodeProcesses({Titles: ['PID'], Processes: [['x'], [], 7]}), []);
		for (const answer of [undefined, null, {}, {Titles: ['CMD'], Processes: [['x']]}, 'text'])
			assert.throws(() => decodeProcesses(answer), {kind: 'protocol'});
	});

	it('reads spans of time as every ps writes them', () => {
		const spans = {
			'0': 0,
			'265': 265,
			'00:04': 4,
			'01:02:03': 3723,
			'2-00:00:01': 172_801,
			'1h2m3s': 3723,
			'5ms': 0.005,
		};
		for (const [text, expected] of Object.entries(spans)) assert.equal(spanSeconds(text), expected, text);
		for (const text of ['', 'x', '3h05', '-1', '1:2:3:4']) assert.equal(spanSeconds(text), undefined, text);
	});
});

describe('what a container changed', () => {
	it('is a list of paths and kinds, or nothing', () => {
		const answer = [
			{Path: '/etc', Kind: 0},
			{Path: '/etc/new', Kind: 1},
			{Path: '/etc/passwd', Kind: 2},
			{Path: '/odd', Kind: 9},
			{Path: '', Kind: 1},
		];
		assert.deepEqual(decodeChanges(answer), [
			{path: '/etc', kind: 'modified'},
			{path: '/etc/new', kind: 'added'},
			{path: '/etc/passwd', kind: 'deleted'},
			{path: '/odd', kind: 'modified'},
		]);
		assert.deepEqual(decodeChanges(null), []);
		assert.throws(() => decodeChanges({message: 'no'}), {kind: 'protocol'});
	});

	it('knows where something is mounted', () => {
		assert.deepEqual(decodeMountPoints({Mounts: [{Destination: '/data'}, {}, null]}), ['/data']);
		assert.deepEqual(decodeMountPoints(null), []);
	});
});
