import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {filtersQuery, openDemo} from './demo-client.ts';

/** The largest pid that Linux gives out. */
const largestPid = 4_194_304;

describe('containers of the embedded engine', () => {
	test('a list has those that are up, newest first; all of them when asked', async () => {
		await using demo = await openDemo();
		const {json: up} = await demo.ask('GET /containers/json');
		const {json: all} = await demo.ask('GET /containers/json?all=1');
		assert.ok(up.length < all.length);
		assert.deepEqual(new Set(up.map(({State}: {State: string}) => State)), new Set(['running', 'paused']));
		const created = all.map(({Created}: {Created: number}) => Created);
		assert.deepEqual(
			created,
			created.toSorted((one: number, other: number) => other - one),
		);
		assert.equal((await demo.ask('GET /containers/json?limit=3')).json.length, 3);
	});

	for (const [filters, names] of [
		[{name: ['shop-api']}, ['shop-api-1', 'shop-api-2']],
		[{name: {'^/shop-db-1$': true}}, ['shop-db-1']],
		[{status: ['paused']}, ['legacy-import']],
		[{status: ['created']}, ['web-canary']],
		[{label: ['com.docker.compose.project=monitoring']}, ['monitoring-grafana-1']],
		[{label: ['com.example.schedule']}, []],
		[{health: ['unhealthy']}, ['shop-search-1']],
		[{exited: ['137']}, ['report-job']],
		[{volume: ['shop_db-data']}, ['shop-db-1']],
		[{ancestor: ['postgres:17']}, ['shop-db-1']],
		[{network: ['monitoring_default']}, ['monitoring-grafana-1']],
	] as const)
		test(`lists by ${JSON.stringify(filters)}`, async () => {
			await using demo = await openDemo();
			const {json} = await demo.ask(`GET /containers/json?${filtersQuery(filters)}`);
			const found = json.map(({Names}: {Names: readonly string[]}) => Names[0]?.slice(1));
			assert.deepEqual(found.toSorted(), names);
		});

	test('is found by id, short id and name, with the same answer', async () => {
		await using demo = await openDemo();
		const {json} = await demo.ask('GET /containers/shop-web-1/json');
		for (const reference of [json.Id, json.Id.slice(0, 12), '%2Fshop-web-1'])
			assert.deepEqual((await demo.ask(`GET /containers/${reference}/json`)).json, json);
	});

	test('no pid can be that of a process of this machine', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['sleep', '100']);
		const {json: all} = await demo.ask('GET /containers/json?all=1');
		for (const {Id, State} of all) {
			const {json} = await demo.ask(`GET /containers/${Id}/json`);
			const isUp = State === 'running' || State === 'paused';
			assert.ok(isUp ? json.State.Pid > largestPid : json.State.Pid === 0, `${json.Name}: ${json.State.Pid}`);
		}
	});

	test('keeps what it was created with', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['sleep', '100'], {
			Env: ['A=1'],
			Labels: {team: 'blue'},
			HostConfig: {
				PortBindings: {'80/tcp': [{HostIp: '127.0.0.1', HostPort: '18080'}], '53/udp': [{HostPort: ''}]},
				Binds: ['data:/data', '/srv:/srv:ro'],
				Memory: 64 * 1024 * 1024,
				NanoCpus: 500_000_000,
				RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 3},
			},
		});
		const {json} = await demo.ask('GET /containers/own/json');
		assert.ok(json.Config.Env.includes('A=1'));
		assert.equal(json.Config.Labels.team, 'blue');
		assert.deepEqual(json.Config.Cmd, ['sleep', '100']);
		assert.equal(json.HostConfig.Memory, 64 * 1024 * 1024);
		assert.deepEqual(json.HostConfig.RestartPolicy, {Name: 'on-failure', MaximumRetryCount: 3});
		assert.deepEqual(json.NetworkSettings.Ports['80/tcp'], [{HostIp: '127.0.0.1', HostPort: '18080'}]);
		assert.match(json.NetworkSettings.Ports['53/udp'][0].HostPort, /^\d{5}$/);
		assert.deepEqual(
			json.Mounts.map((mount: {Type: string; Destination: string; RW: boolean}) => [
				mount.Type,
				mount.Destination,
				mount.RW,
			]),
			[
				['volume', '/data', true],
				['bind', '/srv', false],
			],
		);
	});

	/** Each on a world where `own` sleeps, `ended` has exited and `shop-web-1` runs. */
	for (const [line, status, message] of [
		['GET /containers/nope/json', 404, 'No such container: nope'],
		['POST /containers/nope/start', 404, 'No such container: nope'],
		['POST /containers/own/start', 304, undefined],
		['POST /containers/ended/stop', 304, undefined],
		['POST /containers/ended/pause', 409, /^Container \w{64} is not running$/],
		['POST /containers/legacy-import/pause', 409, /^Container \w{64} is already paused$/],
		['POST /containers/own/unpause', 500, /^Container \w{64} is not paused$/],
		['POST /containers/ended/kill', 409, /^Cannot kill container: ended: Container \w{64} is not running$/],
		['POST /containers/own/kill?signal=FOO', 400, 'Invalid signal: FOO'],
		[
			'DELETE /containers/own',
			409,
			/^You cannot remove a running container \w{64}\. Stop the container before/,
		],
		['DELETE /containers/legacy-import', 409, /^You cannot remove a paused container/],
		['DELETE /containers/ended', 204, undefined],
		['DELETE /containers/own?force=1', 204, undefined],
		['POST /containers/own/rename?name=', 400, 'Neither old nor new names may be empty'],
		[
			'POST /containers/own/rename?name=own',
			400,
			'Renaming a container with the same name as its current name',
		],
		[
			'POST /containers/own/rename?name=ended',
			409,
			/^Error when allocating new name: Conflict\. The container name "\/ended" is already in use by/,
		],
		['POST /containers/own/rename?name=a+b', 400, /Invalid container name \(a b\)/],
		['POST /containers/own/rename?name=other', 204, undefined],
		['GET /containers/ended/top', 409, /is not running$/],
		['GET /containers/own/logs', 400, 'Bad parameters: you must choose at least one stream'],
		['GET /containers/own/stats?stream=1&one-shot=1', 400, 'cannot have stream=true and one-shot=true'],
		['POST /containers/own/wait?condition=never', 400, 'invalid condition: "never"'],
		['POST /containers/own/resize?h=10&w=20', 200, undefined],
		['GET /exec/abc/json', 404, 'No such exec instance: abc'],
	] as const)
		test(`${line} is ${status}`, async () => {
			await using demo = await openDemo();
			await demo.run('own', ['sleep', '1000']);
			await demo.run('ended', ['true']);
			await demo.clock.settle();
			const answer = await demo.ask(line);
			assert.equal(answer.status, status, answer.text);
			if (message instanceof RegExp) assert.match(answer.json.message, message);
			else if (message !== undefined) assert.equal(answer.json.message, message);
		});

	for (const [query, body, status, message] of [
		['', {Image: 'nosuch'}, 404, 'No such image: nosuch:latest'],
		['', {Image: 'nosuch:2'}, 404, 'No such image: nosuch:2'],
		['', {}, 400, 'Config cannot be empty in order to create a container'],
		['?name=a/b', {Image: 'busybox:1.36'}, 400, /^Invalid container name \(a\/b\), only/],
		['?name=shop-db-1', {Image: 'busybox:1.36'}, 409, /is already in use by container "\w{64}"/],
	] as const)
		test(`create${query} with ${JSON.stringify(body)} is ${status}`, async () => {
			await using demo = await openDemo();
			const answer = await demo.ask(`POST /containers/create${query}`, body);
			assert.equal(answer.status, status);
			if (typeof message === 'string') assert.equal(answer.json.message, message);
			else assert.match(answer.json.message, message);
		});

	test('a name is free again after a rename and a removal', async () => {
		await using demo = await openDemo();
		await demo.run('own', ['true']);
		await demo.ask('POST /containers/own/rename?name=other');
		await demo.run('own', ['true']);
		await demo.clock.settle();
		await demo.ask('DELETE /containers/other');
		assert.equal((await demo.ask('POST /containers/own/rename?name=other')).status, 204);
		assert.equal((await demo.ask('GET /containers/own/json')).status, 404);
	});

	test('prune removes what does not run, and says what', async () => {
		await using demo = await openDemo();
		const before = (await demo.ask('GET /containers/json')).json.length;
		const {json} = await demo.ask('POST /containers/prune');
		assert.ok(json.ContainersDeleted.length >= 4);
		const after = (await demo.ask('GET /containers/json?all=1')).json;
		assert.ok(after.length <= before + 1);
		assert.equal((await demo.ask('POST /containers/prune')).json.ContainersDeleted, null);
	});

	test('an image in use knows its containers', async () => {
		await using demo = await openDemo();
		const answer = await demo.ask('DELETE /images/postgres:17');
		assert.equal(answer.status, 409);
	});
});
