import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {eventually, openDemo} from './demo-client.ts';

describe('statistics of the embedded engine', () => {
	test('a stream has a reading a second, each with the one before', async () => {
		await using demo = await openDemo();
		const stats = await demo.open('GET /containers/shop-worker-1/stats');
		await eventually(() => stats.lines().length === 1);
		for (const count of [2, 3]) {
			await demo.clock.advance(1000);
			await eventually(() => stats.lines().length === count, `reading ${count}`);
		}
		const [first, second, third] = stats.lines();
		assert.equal(first.precpu_stats.cpu_usage.total_usage, 0);
		assert.equal(second.preread, first.read);
		assert.deepEqual(third.precpu_stats, second.cpu_stats);
	});

	test('processor, memory and network move, within reason', async () => {
		await using demo = await openDemo();
		const read = async () => (await demo.ask('GET /containers/shop-worker-1/stats?stream=0&one-shot=1')).json;
		let before = await read();
		const percents: number[] = [];
		for (let second = 0; second < 60; second += 1) {
			await demo.clock.advance(1000);
			const now = await read();
			const used = now.cpu_stats.cpu_usage.total_usage - before.cpu_stats.cpu_usage.total_usage;
			const passed = now.cpu_stats.system_cpu_usage - before.cpu_stats.system_cpu_usage;
			percents.push((used / passed) * now.cpu_stats.online_cpus * 100);
			assert.ok(now.networks.eth0.rx_bytes >= before.networks.eth0.rx_bytes);
			assert.ok(now.memory_stats.usage > 100e6 && now.memory_stats.usage <= now.memory_stats.limit);
			before = now;
		}
		assert.ok(Math.min(...percents) >= 0);
		assert.ok(Math.max(...percents) < 200);
		assert.ok(Math.max(...percents) - Math.min(...percents) > 10, 'it does not move');
		for (const [index, percent] of percents.entries())
			assert.ok(Math.abs(percent - (percents[index - 1] ?? percent)) < 30, 'it jumps');
	});

	test('a paused container uses no processor', async () => {
		await using demo = await openDemo();
		const read = async () => (await demo.ask('GET /containers/legacy-import/stats?stream=0&one-shot=1')).json;
		const before = await read();
		await demo.clock.advance(5000);
		assert.deepEqual((await read()).cpu_stats.cpu_usage, before.cpu_stats.cpu_usage);
	});

	test('what does not run answers at once, with nothing', async () => {
		await using demo = await openDemo();
		const {json} = await demo.ask('GET /containers/web-canary/stats?stream=0');
		assert.equal(json.read, '0001-01-01T00:00:00Z');
		assert.deepEqual(json.memory_stats, {});
	});

	for (const [apiVersion, waits] of [
		['1.43', true],
		['1.44', false],
	] as const)
		test(`one-shot of API ${apiVersion} ${waits ? 'waits for the tick' : 'is there at once'}`, async () => {
			await using demo = await openDemo({apiVersion});
			await demo.clock.advance(300);
			let isThere = false;
			const timers = demo.clock.timerCount();
			const answer = demo.ask('GET /containers/shop-db-1/stats?stream=0&one-shot=1').finally(() => {
				isThere = true;
			});
			if (waits) {
				await eventually(() => demo.clock.timerCount() > timers, 'waiting');
				await demo.clock.advance(699);
				assert.equal(isThere, false);
				await demo.clock.advance(1);
			}
			assert.match((await answer).json.read, waits ? /:01\.000/ : /:00\.300/);
		});

	test('a reading takes what it is told to cost', async () => {
		await using demo = await openDemo({statsCostMs: 40});
		const before = demo.clock.now();
		await demo.askWhileTimePasses('GET /containers/shop-db-1/stats?stream=0&one-shot=1');
		assert.ok(demo.clock.now() - before >= 40);
	});

	test('API 1.41 has the names of the first control groups', async () => {
		await using demo = await openDemo({apiVersion: '1.41'});
		const {json} = await demo.askWhileTimePasses('GET /containers/shop-db-1/stats?stream=0');
		assert.equal(json.cpu_stats.cpu_usage.percpu_usage.length, json.cpu_stats.online_cpus);
		assert.ok(json.memory_stats.stats.total_inactive_file > 0);
	});
});
