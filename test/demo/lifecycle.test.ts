import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {type DemoClient, eventually, openDemo} from './demo-client.ts';

type Told = {
	readonly Type: string;
	readonly Action: string;
	readonly Actor: {readonly Attributes: Record<string, string>};
};

/** The events about one container, short: `die 137`, `network connect`. */
const story = async (demo: DemoClient, id: string): Promise<readonly string[]> => {
	const until = demo.clock.now() / 1000;
	const {text} = await demo.ask(`GET /events?since=1&until=${until}`);
	return text
		.split('\n')
		.filter(line => line.includes(id))
		.map((line): string => {
			const {Type, Action, Actor}: Told = JSON.parse(line);
			const detail = Actor.Attributes.exitCode ?? Actor.Attributes.signal ?? Actor.Attributes.oldName ?? '';
			return `${Type === 'container' ? '' : `${Type} `}${Action} ${detail}`.trim();
		});
};

const service = {Image: 'nginx:1.27', Cmd: undefined};
const run = ['create', 'network connect', 'start'];

describe('what happens to containers', () => {
	for (const [what, command, more, acts, events] of [
		['a run that ends', ['sh', '-c', 'exit 3'], {}, [], [...run, 'die 3', 'network disconnect']],
		[
			'the stop of a service',
			[],
			service,
			['POST /containers/own/stop'],
			[...run, 'kill 15', 'die 0', 'network disconnect', 'stop'],
		],
		[
			'the stop of what does not listen',
			['sleep', '1000'],
			{},
			['POST /containers/own/stop?t=2'],
			[...run, 'kill 15', 'kill 9', 'die 137', 'network disconnect', 'stop'],
		],
		[
			'a restart',
			[],
			service,
			['POST /containers/own/restart'],
			[...run, 'kill 15', 'die 0', 'network disconnect', 'stop', 'network connect', 'start', 'restart'],
		],
		[
			'a pause',
			[],
			service,
			['POST /containers/own/pause', 'POST /containers/own/unpause'],
			[...run, 'pause', 'unpause'],
		],
		[
			'a kill while paused',
			[],
			service,
			['POST /containers/own/pause', 'POST /containers/own/kill'],
			[...run, 'pause', 'kill 9', 'unpause', 'die 137', 'network disconnect'],
		],
		[
			'a signal that ends nothing',
			[],
			service,
			['POST /containers/own/kill?signal=SIGHUP'],
			[...run, 'kill 1'],
		],
		[
			'a forced removal',
			['sleep', '1000'],
			{},
			['DELETE /containers/own?force=1'],
			[...run, 'kill 9', 'die 137', 'network disconnect', 'destroy'],
		],
		['a rename', ['sleep', '1000'], {}, ['POST /containers/own/rename?name=other'], [...run, 'rename /own']],
		[
			'a run that removes itself',
			['true'],
			{HostConfig: {AutoRemove: true}},
			[],
			[...run, 'die 0', 'network disconnect', 'destroy'],
		],
	] as const)
		test(what, async () => {
			await using demo = await openDemo();
			const id = await demo.run('own', command, more);
			await demo.clock.settle();
			for (const act of acts) assert.equal((await demo.askWhileTimePasses(act)).status, 204);
			await demo.clock.advance(1000);
			assert.deepEqual(await story(demo, id), events);
		});

	test('a policy restarts what fails, slower each time, as often as it says', async () => {
		await using demo = await openDemo();
		const HostConfig = {RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 2}};
		const id = await demo.run('own', ['false'], {HostConfig});
		await demo.clock.settle();
		assert.equal((await demo.ask('GET /containers/own/json')).json.State.Status, 'restarting');
		await demo.clock.advance(5000);
		const once = ['network connect', 'start', 'die 1', 'network disconnect'];
		assert.deepEqual(await story(demo, id), ['create', ...once, ...once, ...once]);
		const {json} = await demo.ask('GET /containers/own/json');
		assert.equal(json.State.Status, 'exited');
		assert.equal(json.RestartCount, 2);
	});

	test('what was stopped by hand stays stopped', async () => {
		await using demo = await openDemo();
		await demo.run('own', [], {...service, HostConfig: {RestartPolicy: {Name: 'always'}}});
		await demo.askWhileTimePasses('POST /containers/own/stop');
		await demo.clock.advance(120_000);
		assert.equal((await demo.ask('GET /containers/own/json')).json.State.Status, 'exited');
	});

	test('a job runs out of memory, again and again', async () => {
		await using demo = await openDemo();
		const {json: before} = await demo.ask('GET /containers/report-job/json');
		const events = await demo.open('GET /events');
		await demo.clock.advance(21_000);
		assert.equal((await demo.ask('GET /containers/report-job/json')).json.State.Running, true);
		await demo.clock.advance(40_000);
		const {json: after} = await demo.ask('GET /containers/report-job/json');
		assert.equal(after.State.OOMKilled, true);
		assert.equal(after.State.ExitCode, 137);
		assert.notEqual(after.State.FinishedAt, before.State.FinishedAt);
		const told = (): readonly string[] =>
			events.lines().flatMap(event => (event.Actor.ID === after.Id ? [event.Action] : []));
		await eventually(() => told().length === 3);
		assert.deepEqual(told(), ['start', 'oom', 'die']);
	});

	test('a service becomes healthy, or does not', async () => {
		await using demo = await openDemo();
		for (const [name, status] of [
			['shop-web-1', 'healthy'],
			['shop-search-1', 'unhealthy'],
		] as const) {
			await demo.askWhileTimePasses(`POST /containers/${name}/restart`);
			const {json: starting} = await demo.ask(`GET /containers/${name}/json`);
			assert.equal(starting.State.Health.Status, 'starting');
			await demo.clock.advance(7000);
			const {json} = await demo.ask(`GET /containers/${name}/json`);
			assert.equal(json.State.Health.Status, status);
			assert.equal((await story(demo, json.Id)).at(-1), `health_status: ${status}`);
		}
	});

	test('wait answers the exit code, also of what is gone by then', async () => {
		await using demo = await openDemo();
		const {json} = await demo.ask('POST /containers/create?name=own', {
			Image: 'busybox:1.36',
			Cmd: ['sh', '-c', 'sleep 5; exit 9'],
			HostConfig: {AutoRemove: true},
		});
		const waits = await Promise.all(
			['next-exit', 'removed'].map(condition =>
				demo.open(`POST /containers/${json.Id}/wait?condition=${condition}`),
			),
		);
		await demo.ask('POST /containers/own/start');
		await demo.clock.advance(6000);
		for (const wait of waits) {
			await eventually(wait.hasEnded, 'the end of waiting');
			assert.deepEqual(wait.lines(), [{StatusCode: 9}]);
		}
		assert.equal((await demo.ask('GET /containers/own/json')).status, 404);
	});

	test('a program that is not there is the fault of who asked for it', async () => {
		await using demo = await openDemo();
		await demo.ask('POST /containers/create?name=own', {Image: 'busybox:1.36', Cmd: ['nosuch']});
		const answer = await demo.ask('POST /containers/own/start');
		assert.equal(answer.status, 400);
		assert.match(answer.json.message, /exec: "nosuch": executable file not found in \$PATH/);
		const {json} = await demo.ask('GET /containers/own/json');
		assert.deepEqual([json.State.Status, json.State.ExitCode], ['created', 127]);
	});
});

describe('the event stream', () => {
	test('filters, replays from a time on, and ends at a time', async () => {
		await using demo = await openDemo();
		const start = demo.clock.now() / 1000;
		await demo.clock.advance(1000);
		await demo.ask('POST /containers/shop-web-1/pause');
		await demo.clock.advance(1000);
		await demo.ask('POST /containers/shop-web-1/unpause');
		const filters = encodeURIComponent('{"event":{"pause":true,"unpause":true}}');
		const past = await demo.ask(`GET /events?since=${start}&until=${start + 1}.500000000&filters=${filters}`);
		assert.equal(JSON.parse(past.text).Action, 'pause');
		assert.equal(JSON.parse(past.text).status, 'pause');
		const live = await demo.open(`GET /events?since=${start + 2}&filters=${filters}&until=${start + 5}`);
		await demo.ask('POST /containers/shop-web-1/pause');
		await eventually(() => live.lines().length === 2);
		assert.deepEqual(
			live.lines().map(event => event.Action),
			['unpause', 'pause'],
		);
		await demo.clock.advance(3001);
		await eventually(live.hasEnded, 'the end');
	});

	test('keeps the latest 256, each with a time of its own', async () => {
		await using demo = await openDemo({containers: 20});
		const storm = demo.engine.storm({perSecond: 1000, seconds: 1});
		await demo.clock.advance(1100);
		await storm;
		const {text} = await demo.ask(`GET /events?since=1&until=${demo.clock.now() / 1000}`);
		const times = text
			.split('\n')
			.slice(0, -1)
			.map(line => /"timeNano":(\d+)/.exec(line)?.[1]);
		assert.equal(times.length, 256);
		assert.equal(new Set(times).size, 256);
	});
});
