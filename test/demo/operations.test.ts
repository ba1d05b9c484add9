import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {openDemo} from './demo-client.ts';

const MiB = 1024 ** 2;

describe('an update of a container of the embedded engine', () => {
	test('sets what is sent and leaves the rest', async () => {
		await using demo = await openDemo();
		const id = await demo.run('own', ['sleep', '1000']);
		const update = async (body: object) => {
			const {status, json} = await demo.ask(`POST /containers/${id}/update`, body);
			assert.equal(status, 200, json?.message);
			return (await demo.ask(`GET /containers/${id}/json`)).json.HostConfig;
		};
		const first = await update({Memory: 64 * MiB, MemorySwap: -1, CpuShares: 512, PidsLimit: 50});
		assert.deepEqual(
			[first.Memory, first.MemorySwap, first.CpuShares, first.PidsLimit],
			[64 * MiB, -1, 512, 50],
		);
		const second = await update({
			NanoCpus: 5e8,
			CpusetCpus: '0-1',
			MemoryReservation: 32 * MiB,
			PidsLimit: 0,
			RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 3},
		});
		assert.deepEqual(
			[second.Memory, second.NanoCpus, second.CpusetCpus, second.MemoryReservation, second.PidsLimit],
			[64 * MiB, 5e8, '0-1', 32 * MiB, 0],
		);
		assert.deepEqual(second.RestartPolicy, {Name: 'on-failure', MaximumRetryCount: 3});
	});

	for (const [body, status, message] of [
		[{Memory: MiB}, 400, 'Minimum memory limit allowed is 6MB'],
		[{Memory: 64 * MiB}, 409, /^Cannot update container \w{64}: Memory limit should be smaller than/],
		[{NanoCpus: 99e9}, 400, /^Range of CPUs is from 0\.01 to 8\.00/],
		[{CpusetCpus: '0-99'}, 400, /^Requested CPUs are not available - requested 0-99, available: 0-7$/],
		[{RestartPolicy: {Name: 'sometimes'}}, 400, /unknown policy 'sometimes'/],
	] as const)
		test(`refuses ${JSON.stringify(body)}`, async () => {
			await using demo = await openDemo();
			const id = await demo.run('own', ['sleep', '1000']);
			const answer = await demo.ask(`POST /containers/${id}/update`, body);
			assert.equal(answer.status, status);
			if (typeof message === 'string') assert.equal(answer.json.message, message);
			else assert.match(answer.json.message, message);
		});
});

describe('a commit of a container of the embedded engine', () => {
	test('is an image over that of the container, with what was changed', async () => {
		await using demo = await openDemo();
		const id = await demo.run('own', ['sleep', '1000']);
		const base = (await demo.ask(`GET /containers/${id}/json`)).json.Image;
		const changes = encodeURIComponent('CMD ["echo", "hi"]\nENV A=b\nUSER www');
		const {status, json} = await demo.ask(
			`POST /commit?container=${id}&repo=mine&tag=2&changes=${changes}&pause=true`,
		);
		assert.equal(status, 201);
		const image = (await demo.ask('GET /images/mine:2/json')).json;
		assert.equal(image.Id, json.Id);
		assert.deepEqual(image.Config.Cmd, ['echo', 'hi']);
		assert.ok(image.Config.Env.includes('A=b'));
		assert.equal(image.Config.User, 'www');
		const below = (await demo.ask(`GET /images/${base}/json`)).json.RootFS.Layers;
		assert.deepEqual(image.RootFS.Layers.slice(0, -1), below);

		await demo.clock.advance(10);
		const {text} = await demo.ask(`GET /events?since=1&until=${demo.clock.now() / 1000}`);
		const actions = text
			.split('\n')
			.filter(Boolean)
			.map(line => JSON.parse(line).Action);
		assert.deepEqual(actions.slice(-4), ['pause', 'tag', 'commit', 'unpause']);
	});

	for (const [query, status, message] of [
		['container=nope', 404, 'No such container: nope'],
		['container=own&changes=RUN%20make', 400, 'RUN is not a valid change command'],
		['container=own&repo=No:Name', 400, /^invalid reference format/],
	] as const)
		test(`?${query} is ${status}`, async () => {
			await using demo = await openDemo();
			await demo.run('own', ['sleep', '1000']);
			const answer = await demo.ask(`POST /commit?${query}`);
			assert.equal(answer.status, status);
			if (typeof message === 'string') assert.equal(answer.json.message, message);
			else assert.match(answer.json.message, message);
		});
});
