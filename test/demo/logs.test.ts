import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {eventually, openDemo} from './demo-client.ts';

const output = 'stdout=1&stderr=1';

/** Payloads of frames, each with its stream's number. */
const frames = (bytes: Buffer): readonly (readonly [number, string])[] => {
	const found: (readonly [number, string])[] = [];
	for (let at = 0; at < bytes.length; ) {
		const length = bytes.readUInt32BE(at + 4);
		found.push([bytes[at] ?? 0, bytes.subarray(at + 8, at + 8 + length).toString()]);
		at += 8 + length;
	}
	return found;
};

describe('logs of the embedded engine', () => {
	test('come in frames that say where a line was written', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['sh', '-c', 'echo one; nosuch; echo two']);
		await demo.clock.settle();
		const all = await demo.open(`GET /containers/own/logs?${output}`);
		await eventually(all.hasEnded);
		assert.deepEqual(frames(all.bytes()), [
			[1, 'one\n'],
			[2, 'sh: nosuch: not found\n'],
			[1, 'two\n'],
		]);
		const errors = await demo.open('GET /containers/own/logs?stderr=1&tail=5');
		await eventually(errors.hasEnded);
		assert.deepEqual(frames(errors.bytes()), [[2, 'sh: nosuch: not found\n']]);
	});

	test('of a terminal are raw', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['sh', '-c', 'echo one'], {Tty: true});
		await demo.clock.settle();
		const logs = await demo.open(`GET /containers/own/logs?${output}`);
		await eventually(logs.hasEnded);
		assert.equal(logs.text(), 'one\r\n');
		assert.equal(logs.headers['content-type'], 'application/vnd.docker.raw-stream');
	});

	for (const [version, type] of [
		['v1.41', 'raw'],
		['v1.42', 'multiplexed'],
	])
		test(`${version} calls them ${type}`, async () => {
			await using demo = await openDemo();
			const logs = await demo.open(`GET /${version}/containers/shop-db-1/logs?tail=1&${output}`);
			assert.equal(logs.headers['content-type'], `application/vnd.docker.${type}-stream`);
		});

	test('a tail is the end of the whole, with the same times', async () => {
		await using demo = await openDemo();
		const read = async (query: string): Promise<readonly string[]> => {
			const logs = await demo.open(`GET /containers/shop-cache-1/logs?${output}&timestamps=1&${query}`);
			await eventually(logs.hasEnded);
			return frames(logs.bytes()).map(([, line]) => line);
		};
		const all = await read('tail=all');
		assert.ok(all.length > 1000);
		assert.deepEqual(await read('tail=7'), all.slice(-7));
		assert.deepEqual(await read('tail=0'), []);
		const times = all.map(line => line.split(' ')[0] ?? '');
		assert.deepEqual(times, times.toSorted());
		assert.match(times[0] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
		const third = times.at(-3) ?? '';
		const since = `${Math.floor(Date.parse(third) / 1000)}.${third.slice(20, 29)}`;
		assert.deepEqual(await read(`since=${since}`), all.slice(-3));
		assert.deepEqual(await read(`since=${since}&tail=2`), all.slice(-2));
		assert.deepEqual(await read(`until=${since}&tail=1`), all.slice(-3, -2));
	});

	test('follow brings what comes, and ends with the run', async () => {
		await using demo = await openDemo();
		const logs = await demo.open(`GET /containers/shop-proxy-1/logs?${output}&follow=1&tail=2`);
		await eventually(() => frames(logs.bytes()).length === 2);
		await demo.clock.advance(3500);
		await eventually(() => frames(logs.bytes()).length >= 10, 'more lines');
		assert.equal(logs.hasEnded(), false);
		await demo.ask('POST /containers/shop-proxy-1/kill');
		await eventually(logs.hasEnded, 'the end');
	});

	test('follow of what is not there yet begins with it', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['sh', '-c', 'echo one; sleep 2; echo two']);
		const logs = await demo.open(`GET /containers/own/logs?${output}&follow=1`);
		await eventually(() => logs.text().includes('one'));
		await demo.clock.advance(2000);
		await eventually(logs.hasEnded);
		assert.deepEqual(frames(logs.bytes()), [
			[1, 'one\n'],
			[1, 'two\n'],
		]);
	});

	test('the runs before are still there', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['echo', 'once']);
		await demo.clock.settle();
		await demo.ask('POST /containers/own/start');
		await demo.clock.settle();
		const logs = await demo.open(`GET /containers/own/logs?${output}`);
		await eventually(logs.hasEnded);
		assert.equal(frames(logs.bytes()).length, 2);
	});
});
