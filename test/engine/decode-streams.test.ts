import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeCreated} from '../../source/engine/decode/create.ts';
import {decodeEvent} from '../../source/engine/decode/event.ts';
import {decodeInfo} from '../../source/engine/decode/info.ts';
import {decodeContainerPrune, decodeImagePrune} from '../../source/engine/decode/prune.ts';
import {decodeStats} from '../../source/engine/decode/stats.ts';
import {decodeTransfer} from '../../source/engine/decode/transfer.ts';
import {recorded, recordedLines} from './fixtures.ts';

test('events of API 1.41: verbs, details and every digit of the time', () => {
	const lines = recordedLines('events-1.41');
	const events = lines.map(decodeEvent);
	assert.ok(events.every(event => event !== undefined));
	const verbs = new Set(events.map(event => `${event?.type} ${event?.action}`));
	for (const verb of ['container create', 'container die', 'container exec_create', 'network connect']) {
		assert.ok(verbs.has(verb), verb);
	}
	const healthy = events.find(event => event?.action === 'health_status');
	assert.equal(healthy?.actionDetail, 'healthy');
	assert.equal(healthy?.attributes.name, 'demo-web');
	for (const [index, event] of events.entries()) {
		assert.ok(lines[index]?.includes(`"timeNano":${event?.timeNano}`));
		assert.equal(event?.at, Number(event?.timeNano.slice(0, -6)));
	}
});

test('events of API 1.52 and of Podman', () => {
	const [unhealthy] = recordedLines('events-1.52').map(decodeEvent);
	assert.equal(unhealthy?.timeNano, '1700000000123456789');
	assert.deepEqual([unhealthy?.action, unhealthy?.actionDetail], ['health_status', 'unhealthy']);
	const podman = recordedLines('events-podman').map(decodeEvent);
	assert.deepEqual(
		podman.map(event => [event?.type, event?.action, event?.actionDetail]),
		[
			['container', 'destroy', undefined],
			['container', 'health_status', 'healthy'],
			['volume', 'remove', undefined],
			['container', 'exec_die', undefined],
		],
	);
	assert.equal(podman[3]?.attributes.exitCode, '0');
	assert.equal(podman[3]?.timeNano, '1700000004000000000');
});

test('an event of the oldest spelling, and lines that are none', () => {
	assert.deepEqual(decodeEvent('{"status":"die","id":"aa","time":5}'), {
		type: 'container',
		action: 'die',
		actorId: 'aa',
		attributes: {},
		at: 5000,
		timeNano: '5000000000',
	});
	for (const line of ['', 'null', '[]', '{"a":1', '{}']) assert.equal(decodeEvent(line), undefined, line);
});

test('stats: cgroup v1 as recorded', () => {
	assert.deepEqual(decodeStats(recorded('stats-1.41-cgroup1')), {
		readAt: Date.parse('2026-11-22T00:24:50.648Z'),
		cpuTotalNs: 173783558,
		cpuSystemNs: 3341310000000,
		onlineCpus: 2,
		coreNs: [66488855, 107294703],
		memoryBytes: 749568 - 4096,
		memoryLimitBytes: 67108864,
		netReceivedBytes: 0,
		netSentBytes: 0,
		blockReadBytes: 0,
		blockWrittenBytes: 0,
		pids: 2,
	});
});

test('stats: cgroup v2, all interfaces and disks summed', () => {
	const counters = decodeStats(recorded('stats-1.51-cgroup2'));
	assert.equal(counters?.memoryBytes, 600000);
	assert.deepEqual([counters?.netReceivedBytes, counters?.netSentBytes], [150, 15]);
	assert.deepEqual([counters?.blockReadBytes, counters?.blockWrittenBytes], [5096, 8192]);
	assert.equal(counters?.onlineCpus, 8);
	assert.equal(counters?.pids, 7);
});

test('stats: Podman without memory details and limit, Windows in units of 100 ns', () => {
	const podman = decodeStats(recorded('stats-podman'));
	assert.deepEqual([podman?.memoryBytes, podman?.memoryLimitBytes], [3000000, 0]);
	const windows = decodeStats(recorded('stats-windows'));
	assert.deepEqual(
		[windows?.cpuTotalNs, windows?.cpuSystemNs, windows?.memoryBytes, windows?.blockWrittenBytes],
		[5_000_000, undefined, 777, 22],
	);
});

test('stats: cache is only taken off when it is less than the usage; CPUs are counted when not said', () => {
	const base = {read: '2026-01-01T00:00:00Z', pids_stats: {current: 1}};
	const memory = (stats: object) => decodeStats({...base, memory_stats: {usage: 10, stats}})?.memoryBytes;
	assert.equal(memory({total_inactive_file: 10, inactive_file: 1}), 10);
	assert.equal(memory({total_inactive_file: 4, inactive_file: 1}), 6);
	assert.equal(memory({inactive_file: 3}), 7);
	const cpus = {...base, cpu_stats: {cpu_usage: {percpu_usage: [1, 2, 3]}, online_cpus: 0}};
	assert.equal(decodeStats(cpus)?.onlineCpus, 3);
});

test('stats: throttling, cores, and what ran against the memory limit', () => {
	const base = {read: '2026-01-01T00:00:00Z', pids_stats: {current: 1}};
	const usage = {total_usage: 5, percpu_usage: [1, 4, 0, 0]};
	const throttling_data = {periods: 10, throttled_periods: 4, throttled_time: 9e8};
	const old = decodeStats({
		...base,
		cpu_stats: {cpu_usage: usage, online_cpus: 2, throttling_data},
		memory_stats: {usage: 10, failcnt: 7, stats: {total_inactive_file: 1}},
	});
	assert.deepEqual(old?.throttling, {periods: 10, throttledPeriods: 4, throttledNs: 9e8});
	assert.deepEqual(old?.coreNs, [1, 4], 'the cores that are not there are left out');
	assert.deepEqual([old?.memoryLimitHits, old?.oomKills], [7, undefined]);
	const young = decodeStats({...base, memory_stats: {usage: 10, failcnt: 3, stats: {inactive_file: 1}}});
	assert.deepEqual([young?.memoryLimitHits, young?.oomKills], [undefined, 3]);
	const podman = decodeStats({...base, memory_stats: {usage: 10, failcnt: 3}});
	assert.deepEqual([podman?.memoryLimitHits, podman?.oomKills], [undefined, undefined]);
	const free = decodeStats({...base, cpu_stats: {throttling_data: {periods: 0}}});
	assert.equal(free?.throttling, undefined);
});

test('stats: a container that does not run has no reading', () => {
	assert.equal(decodeStats(recorded('stats-1.41-stopped')), undefined);
	assert.equal(decodeStats(null), undefined);
});

const layers = (fixture: string) =>
	recordedLines(fixture)
		.map(line => decodeTransfer(JSON.parse(line), 'pull'))
		.filter(progress => progress !== undefined);

test('pull progress of the classic store', () => {
	const progress = layers('pull-graphdriver');
	assert.deepEqual(progress[0], {kind: 'status', status: '1: Pulling from t/img'});
	assert.deepEqual(
		progress.flatMap(each => (each.kind === 'layer' ? [each.phase] : [])),
		['waiting', 'exists', 'waiting', 'downloading', 'verifying', 'downloaded', 'extracting', 'done'],
	);
	assert.deepEqual(progress[4], {
		kind: 'layer',
		layerId: 'aaaaaaaaaaaa',
		phase: 'downloading',
		status: 'Downloading',
		currentBytes: 229376,
		totalBytes: 20978105,
	});
	assert.deepEqual(progress[9], {kind: 'digest', digest: 'sha256:b3da'});
});

test('pull progress of the containerd store: seconds are not bytes, a total may be missing', () => {
	const [, downloading, , extracting] = layers('pull-containerd');
	assert.ok(downloading?.kind === 'layer' && extracting?.kind === 'layer');
	assert.deepEqual([downloading.currentBytes, downloading.totalBytes], [1048576, undefined]);
	assert.deepEqual([extracting.phase, extracting.currentBytes], ['extracting', undefined]);
});

test('push progress', () => {
	const progress = layers('push');
	assert.deepEqual(
		progress.flatMap(each => (each.kind === 'layer' ? [each.phase] : [])),
		['preparing', 'pushing', 'done', 'exists', 'exists'],
	);
	assert.deepEqual(progress.at(-1), {kind: 'digest', digest: 'sha256:abcd'});
});

test('an error line throws with the words of the engine', () => {
	assert.throws(() => decodeTransfer({errorDetail: {message: 'no space left'}, error: 'x'}, 'pull'), {
		kind: 'api',
		message: 'no space left',
	});
	assert.throws(() => decodeTransfer({error: 'denied: requested access to the resource is denied'}, 'push'), {
		kind: 'auth',
	});
});

test('prune, create, info: null lists, warnings, product', () => {
	assert.deepEqual(decodeContainerPrune({ContainersDeleted: null, SpaceReclaimed: 0}), {
		removed: [],
		reclaimedBytes: 0,
	});
	assert.deepEqual(
		decodeImagePrune({ImagesDeleted: [{Untagged: 'a:1'}, {Deleted: 'sha256:1'}], SpaceReclaimed: 9}),
		{removed: ['a:1', 'sha256:1'], reclaimedBytes: 9},
	);
	assert.deepEqual(decodeCreated({Id: 'a', Warnings: null}), {id: 'a', warnings: []});
	assert.throws(() => decodeCreated({}), {kind: 'protocol'});
	const info = decodeInfo(recorded('info-1.41'), recorded('version-1.41'), '1.41');
	assert.deepEqual(
		[info.product, info.version, info.apiVersion, info.osType, info.cgroupVersion, info.warnings],
		['Docker', '20.10.24+dfsg1', '1.41', 'linux', '1', []],
	);
	assert.equal(decodeInfo({}, {Components: [{Name: 'Podman Engine'}]}, '1.41').product, 'Podman');
});
