import assert from 'node:assert/strict';
import {existsSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {describe, test} from 'node:test';
import {startDemoEngine} from '../../source/demo/demo-engine.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {eventually, openDemo} from './demo-client.ts';

describe('the embedded engine as a server', () => {
	test('its socket lies in a folder for its user alone, and both are gone at the end', async () => {
		const engine = await startDemoEngine({clock: createFakeClock()});
		const folder = dirname(engine.socketPath);
		assert.equal(statSync(folder).mode & 0o777, 0o700);
		assert.equal(engine.host, `unix://${engine.socketPath}`);
		await engine.stop();
		assert.equal(existsSync(folder), false);
		await engine.stop();
	});

	for (const [apiVersion, engineVersion] of [
		['1.41', '20.10.24'],
		['1.44', '25.0.5'],
		['1.51', '28.5.2'],
	] as const)
		test(`says who it is: API ${apiVersion}`, async () => {
			await using demo = await openDemo({apiVersion});
			for (const method of ['GET', 'HEAD']) {
				const {status, headers, text} = await demo.ask(`${method} /_ping`);
				assert.equal(status, 200);
				assert.equal(headers['api-version'], apiVersion);
				assert.equal(headers.ostype, 'linux');
				assert.equal(headers['docker-experimental'], 'false');
				assert.equal(headers.server, `Docker/${engineVersion} (linux)`);
				assert.equal(headers.date, new Date(demo.clock.now()).toUTCString());
				assert.equal(text, method === 'GET' ? 'OK' : '');
			}
			const {json} = await demo.ask('GET /version');
			assert.equal(json.ApiVersion, apiVersion);
			assert.equal(json.Version, engineVersion);
		});

	test('refuses an API version it does not have', async () => {
		await assert.rejects(startDemoEngine({apiVersion: '1.99'}), RangeError);
	});

	for (const [line, status, message] of [
		['GET /nonsense', 404, 'page not found'],
		['POST /_ping', 404, 'page not found'],
		['GET /v1.51/nonsense', 404, 'page not found'],
		['GET /v1.99/_ping', 400, 'client version 1.99 is too new. Maximum supported API version is 1.51'],
		['GET /containers/%zz/json', 400, 'invalid URL escape "%zz"'],
		['GET /containers/json?filters=x', 400, /invalid character 'x'/],
		['GET /containers/json?filters=%7B%22foo%22:%5B%22a%22%5D%7D', 400, "invalid filter 'foo'"],
		['GET /events?since=10m', 500, 'strconv.ParseInt: parsing "10m": invalid syntax'],
	] as const)
		test(`refuses ${line}`, async () => {
			await using demo = await openDemo();
			const answer = await demo.ask(line);
			assert.equal(answer.status, status);
			if (typeof message === 'string') assert.equal(answer.json.message, message);
			else assert.match(answer.json.message, message);
		});

	test('counts requests and what streams', async () => {
		await using demo = await openDemo();
		await demo.ask('GET /v1.47/containers/json?all=1');
		const events = await demo.open('GET /events');
		assert.deepEqual(demo.engine.requests(), ['GET /containers/json?all=1', 'GET /events']);
		assert.equal(demo.engine.openStreams(), 1);
		events.close();
		await eventually(() => demo.engine.openStreams() === 0, 'the end of the stream');
	});

	test('info adds up', async () => {
		await using demo = await openDemo();
		const {json: info} = await demo.ask('GET /info');
		const {json: all} = await demo.ask('GET /containers/json?all=1');
		assert.equal(info.Containers, all.length);
		assert.equal(info.ContainersRunning + info.ContainersPaused + info.ContainersStopped, all.length);
		assert.ok(info.Images > 0);
	});
});
