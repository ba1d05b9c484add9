import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../source/engine/endpoint.ts';
import type {Engine, LocalReader, OpenLocalStats} from '../../source/engine/engine.ts';
import {sampleOf} from '../../source/engine/stats.ts';
import type {Container, ContainerId, StatsCounters} from '../../source/engine/types.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const never = new AbortController().signal;
const image = 'gantry-test/busy:1';
const megabyte = 1024 ** 2;

/** What only grows, so that a reading lies between the one before and the one after it. */
const growing = [
	'cpuTotalNs',
	'netReceivedBytes',
	'netSentBytes',
	'blockReadBytes',
	'blockWrittenBytes',
] as const satisfies readonly (keyof StatsCounters)[];

describe('statistics without the engine', {skip: requireEngine(), timeout: 180_000}, () => {
	let engine: Engine;
	let open: OpenLocalStats;

	const inspect = async (id: ContainerId): Promise<Container> =>
		(await engine.inspectContainer(id, never)) ?? assert.fail('it is gone');

	const run = async (name: string, ...args: readonly string[]): Promise<Container> => {
		const id = await docker('run', '--detach', '--name', testName(name), ...args);
		return inspect(id as ContainerId);
	};

	const readerOf = (container: Container): LocalReader =>
		open(container) ?? assert.fail(`${container.name} cannot be read here`);

	const now = (read: LocalReader): StatsCounters => read() ?? assert.fail('cannot be read any more');

	before(async () => {
		const {candidates} = resolveEndpoint({
			host: testEngine.host,
			env: {},
			home: '/',
			readFile: () => undefined,
		});
		engine = createEngine(candidates);
		const facts = await engine.connect(never);
		open = facts.openLocalStats ?? assert.fail('the test engine runs on this machine');
		await docker('network', 'create', testName('net'));
	});
	after(async () => {
		engine.close();
		await removeTestObjects();
	});

	/** The engine's reading lies between two of ours. @returns how far the memory is apart */
	const assertAgreement = async (container: Container): Promise<StatsCounters> => {
		const read = readerOf(container);
		const earlier = now(read);
		const told = (await engine.statsOnce(container.id, never)) ?? assert.fail('no reading');
		const later = now(read);
		for (const key of growing) {
			const order = [earlier[key], told[key], later[key]];
			assert.deepEqual(
				order,
				order.toSorted((left, right) => left - right),
				`${container.name}: ${key}`,
			);
		}
		assert.equal(later.memoryLimitBytes, told.memoryLimitBytes);
		const apart = Math.min(...[earlier, later].map(own => Math.abs(own.memoryBytes - told.memoryBytes)));
		assert.ok(apart <= megabyte, `${container.name}: memory ${apart} bytes apart`);
		return told;
	};

	test('agree with the engine’s for a container that rests, on each kind of network', async () => {
		const rest = [image, 'sleep', '3600'];
		const talks = ['sh', '-c', 'ping -c 3 -i 0.1 127.0.0.1; ping -c 1 gateway; exec sleep 3600'];
		const networked = await run('networked', '--network', testName('net'), image, ...talks);
		const containers = [
			networked,
			await run('alone', '--network', 'none', '--memory', '64m', ...rest),
			await run('hosted', '--network', 'host', ...rest),
			await run('sharing', '--network', `container:${networked.id}`, ...rest),
		];
		for (const container of containers) {
			const told = await assertAgreement(container);
			const own = now(readerOf(container));
			assert.equal(own.pids, told.pids, container.name);
			assert.equal(own.onlineCpus, told.onlineCpus);
		}
	});

	test('agree with the engine’s for a busy container, its share of the processor included', async () => {
		const busy = await run(
			'busy',
			'--network',
			'none',
			'--cpus',
			'0.5',
			image,
			'sh',
			'-c',
			'while :; do :; done',
		);
		await assertAgreement(busy);
		const read = readerOf(busy);
		const pairs: {readonly own: StatsCounters; readonly told: StatsCounters}[] = [];
		const scope = new AbortController();
		for await (const {cpuSystemNs, ...told} of engine.statsStream(busy.id, scope.signal)) {
			assert.ok(cpuSystemNs !== undefined && cpuSystemNs > 0);
			// By the clock, as ours: a machine whose time is stolen counts fewer ticks, and the share comes out larger.
			pairs.push({own: now(read), told});
			if (pairs.length === 5) break;
		}
		scope.abort();
		const [first, last] = [pairs.at(1), pairs.at(-1)];
		assert.ok(first !== undefined && last !== undefined);
		const own = sampleOf(first.own, last.own).cpuPercent ?? Number.NaN;
		const told = sampleOf(first.told, last.told).cpuPercent ?? Number.NaN;
		assert.ok(own > 10 && Math.abs(own - told) <= 5, `${own} and ${told}`);
	});

	test('end with a run; the next one has a reader of its own', async () => {
		const container = await run('again', '--network', testName('net'), image, 'sleep', '3600');
		const read = readerOf(container);
		now(read);
		await docker('kill', container.id);
		await docker('wait', container.id);
		assert.equal(read(), undefined);
		await docker('start', container.id);
		assert.equal(read(), undefined, 'the old process is not taken for the new one');
		assert.ok(now(readerOf(await inspect(container.id))).memoryBytes > 0);
	});

	test('are what the dashboard shows, unless it is told to ask the engine', async () => {
		const name = testName('shown');
		await run('shown', '--network', 'none', image, 'sleep', '3600');
		for (const [env, source] of [
			[{}, /statistics: cgroupfs \d+ /],
			[{GANTRY_STATS: 'api'}, /statistics: API \d+ /],
		] as const) {
			await using gantry = await openGantry({env});
			await gantry.select(name);
			await gantry.rowIs(name, /● up .* 0\.0 /);
			await gantry.sees(source);
		}
	});
});
