import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {type Harness, startHarness} from './harness.ts';

const only = ({state}: Harness) => [...state().containers.byId.values()];

describe('an event', () => {
	it('is on the screen with its effect within 60 ms', async () => {
		const harness = await startHarness({containers: [containerOf(1)]});
		const {clock, engine, state, feed} = harness;
		await clock.advance(10_300);
		engine.change(idOf(1), {state: 'exited', exitCode: 1}, 'die');
		await clock.advance(60);
		assert.equal(state().events.at(-1)?.action, 'die');
		assert.equal(only(harness)[0]?.state, 'exited');
		await feed.stop();
	});

	it('is shown at once even when its inspect takes long, and its effect soon after that', async () => {
		const harness = await startHarness({containers: [containerOf(1)]});
		const {clock, engine, state, feed} = harness;
		await clock.advance(10_300);
		const release = engine.hold('inspectContainer');
		engine.change(idOf(1), {state: 'exited'}, 'die');
		await clock.advance(20);
		assert.equal(state().events.at(-1)?.action, 'die');
		release();
		await clock.advance(20);
		assert.equal(only(harness)[0]?.state, 'exited');
		await feed.stop();
	});

	const sequences: readonly {
		readonly name: string;
		readonly play: (harness: Harness) => void;
		readonly end: readonly Readonly<Record<string, unknown>>[];
	}[] = [
		{
			name: 'stop',
			play: ({engine}) => {
				engine.change(idOf(1), {}, 'kill');
				engine.change(idOf(1), {state: 'exited', exitCode: 143}, 'die');
				engine.emit({
					type: 'network',
					action: 'disconnect',
					actorId: 'n1',
					attributes: {container: idOf(1)},
				});
				engine.change(idOf(1), {}, 'stop');
			},
			end: [{name: 'c1', state: 'exited', exitCode: 143}],
		},
		{
			name: 'restart',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'exited', exitCode: 137}, 'kill', 'die', 'stop');
				engine.change(idOf(1), {state: 'running'}, 'start', 'restart');
			},
			end: [{name: 'c1', state: 'running'}],
		},
		{
			name: 'crash under a restart policy, which has no event of its own',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'restarting', exitCode: 1}, 'die');
			},
			end: [{name: 'c1', state: 'restarting', exitCode: 1}],
		},
		{
			name: 'rename',
			play: ({engine}) => {
				engine.change(idOf(1), {name: 'other'}, 'rename');
			},
			end: [{name: 'other', state: 'running'}],
		},
		{
			name: 'pause',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'paused'}, 'pause');
			},
			end: [{state: 'paused'}],
		},
		{
			name: 'pause and unpause',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'paused'}, 'pause');
				engine.change(idOf(1), {state: 'running'}, 'unpause');
			},
			end: [{state: 'running'}],
		},
		{
			name: 'health_status',
			play: ({engine}) => {
				engine.containers.set(idOf(1), containerOf(1, {health: 'unhealthy'}));
				engine.emit({action: 'health_status', actionDetail: 'unhealthy', actorId: idOf(1)});
			},
			end: [{health: 'unhealthy'}],
		},
		{
			name: 'update',
			play: ({engine}) => {
				engine.change(idOf(1), {labels: {a: 'b'}}, 'update');
			},
			end: [{labels: {a: 'b'}}],
		},
		{
			name: 'network connect',
			play: ({engine}) => {
				engine.change(idOf(1), {networks: ['bridge', 'back']});
				engine.emit({
					type: 'network',
					action: 'connect',
					actorId: 'n1',
					attributes: {container: idOf(1)},
				});
			},
			end: [{networks: ['bridge', 'back']}],
		},
		{
			name: 'oom',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'exited', exitCode: 137}, 'oom', 'die');
			},
			end: [{state: 'exited', exitCode: 137}],
		},
		{
			name: 'rm -f',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'exited'}, 'kill', 'die');
				engine.containers.delete(idOf(1));
				engine.emit({action: 'destroy', actorId: idOf(1)});
			},
			end: [],
		},
		{
			name: 'Podman’s died and remove',
			play: ({engine}) => {
				engine.change(idOf(1), {state: 'exited'}, 'died', 'cleanup');
				engine.containers.delete(idOf(1));
				engine.emit({action: 'remove', actorId: idOf(1)});
			},
			end: [],
		},
		{
			name: 'run',
			play: ({engine}) => {
				engine.containers.set(idOf(2), containerOf(2, {state: 'created'}));
				engine.emit({action: 'create', actorId: idOf(2)});
				engine.emit({
					type: 'network',
					action: 'connect',
					actorId: 'n1',
					attributes: {container: idOf(2)},
				});
				engine.change(idOf(2), {state: 'running'}, 'start');
			},
			end: [{name: 'c1'}, {name: 'c2', state: 'running'}],
		},
	];
	for (const {name, play, end} of sequences) {
		it(`of “${name}” leads to the true state, without another list`, async () => {
			const harness = await startHarness({containers: [containerOf(1)]});
			const {clock, engine, feed} = harness;
			await clock.advance(5000);
			play(harness);
			await clock.advance(200);
			const containers = only(harness);
			assert.equal(containers.length, end.length);
			for (const [index, facts] of end.entries()) assert.partialDeepStrictEqual(containers[index], facts);
			assert.equal(engine.calls('listContainers').length, 1);
			await feed.stop();
		});
	}

	it('of a probe or of our own calls is not reacted to, and what comes again and again is not even shown', async () => {
		const {clock, engine, state, feed} = await startHarness({containers: [containerOf(1)]});
		await clock.advance(5000);
		const probes = ['exec_create', 'exec_start', 'exec_die', 'exec_died', 'exec'];
		const ours = ['attach', 'resize', 'archive-path', 'copy', 'export'];
		for (const action of [...probes, 'top', ...ours]) engine.emit({action, actorId: idOf(1)});
		await clock.advance(200);
		assert.deepEqual(
			state().events.map(event => event.action),
			ours,
		);
		assert.equal(engine.calls('inspectContainer').length, 0);
		await feed.stop();
	});
});

describe('inspects', () => {
	it('are made once for many events of one container, and once more for those that came meanwhile', async () => {
		const {clock, engine, feed} = await startHarness({containers: [containerOf(1)]});
		const release = engine.hold('inspectContainer');
		engine.emit({action: 'pause', actorId: idOf(1)});
		await clock.settle();
		for (let n = 0; n < 5; n += 1) engine.emit({action: 'unpause', actorId: idOf(1)});
		await clock.settle();
		assert.equal(engine.calls('inspectContainer').length, 1);
		release();
		await clock.advance(200);
		assert.equal(engine.calls('inspectContainer').length, 2);
		await feed.stop();
	});

	it('run a few at a time', async () => {
		const {clock, engine, feed} = await startHarness({
			containers: Array.from({length: 40}, (_, n) => containerOf(n)),
		});
		const release = engine.hold('inspectContainer');
		for (let n = 0; n < 40; n += 1) engine.emit({action: 'pause', actorId: idOf(n)});
		await clock.settle();
		assert.equal(engine.open('inspectContainer').length, 4);
		release();
		await clock.advance(10);
		assert.equal(engine.calls('inspectContainer').length, 40);
		assert.equal(engine.peak('inspectContainer'), 4);
		await feed.stop();
	});

	it('that come back after a removal bring nothing back', async () => {
		const harness = await startHarness({containers: [containerOf(1)]});
		const {clock, engine, feed} = harness;
		const release = engine.hold('inspectContainer');
		engine.change(idOf(1), {state: 'exited'}, 'die');
		await clock.settle();
		engine.containers.delete(idOf(1));
		engine.emit({action: 'destroy', actorId: idOf(1)});
		await clock.settle();
		release();
		await clock.advance(200);
		assert.deepEqual(only(harness), []);
		await feed.stop();
	});

	it('that fail are made good by a list', async () => {
		const harness = await startHarness({containers: [containerOf(1)]});
		const {clock, engine, feed} = harness;
		engine.fail('inspectContainer', new EngineError('api', 'boom'));
		engine.change(idOf(1), {state: 'exited'}, 'die');
		await clock.advance(500);
		assert.equal(only(harness)[0]?.state, 'exited');
		assert.equal(engine.calls('listContainers').length, 2);
		await feed.stop();
	});

	it('of details are made once for each appearance', async () => {
		const harness = await startHarness({containers: [containerOf(1), containerOf(2)]});
		const {clock, engine, feed, demand} = harness;
		demand({details: [idOf(1), idOf(2)]});
		await clock.advance(100);
		assert.ok(only(harness).every(container => container.details !== undefined));
		demand({details: [idOf(1)]});
		await clock.advance(100);
		demand({details: [idOf(1), idOf(2)]});
		await clock.advance(100);
		assert.deepEqual(
			engine.calls('inspectContainer').map(call => call.key),
			[idOf(1), idOf(2), idOf(2)],
		);
		await feed.stop();
	});

	it('of details that left the screen before their turn are not made', async () => {
		const {clock, engine, feed, demand} = await startHarness({
			containers: Array.from({length: 20}, (_, n) => containerOf(n)),
		});
		const release = engine.hold('inspectContainer');
		demand({details: Array.from({length: 20}, (_, n) => idOf(n))});
		await clock.settle();
		demand({details: []});
		await clock.settle();
		release();
		await clock.advance(100);
		assert.equal(engine.calls('inspectContainer').length, 4);
		await feed.stop();
	});
});

describe('a storm', () => {
	it('becomes one list, late enough to be true', async () => {
		const harness = await startHarness({containers: Array.from({length: 200}, (_, n) => containerOf(n))});
		const {clock, engine, state, dispatches, feed} = harness;
		await clock.advance(5000);
		const count = dispatches.length;
		const release = engine.hold('inspectContainer');
		for (let n = 0; n < 200; n += 1) engine.change(idOf(n), {state: 'exited', exitCode: 0}, 'die');
		await clock.settle();
		release();
		await clock.advance(149);
		assert.equal(engine.calls('listContainers').length, 1, 'not yet: the engine’s list lags behind');
		await clock.advance(400);
		assert.equal(engine.calls('listContainers').length, 2);
		assert.equal(engine.calls('inspectContainer').length, 4, 'those that began before it was a storm');
		assert.ok(only(harness).every(container => container.state === 'exited'));
		assert.equal(state().events.length, 200, 'no event is dropped');
		assert.ok(dispatches.length - count <= 6);
		await feed.stop();
	});

	it('that goes on does not put the list off for ever', async () => {
		const {clock, engine, feed} = await startHarness({
			containers: Array.from({length: 60}, (_, n) => containerOf(n)),
		});
		engine.hold('inspectContainer');
		for (let round = 0; round < 20; round += 1) {
			for (let n = 0; n < 60; n += 1) engine.emit({action: 'pause', actorId: idOf(n)});
			await clock.advance(100);
		}
		const lists = engine.calls('listContainers').length;
		assert.ok(lists >= 4 && lists <= 8, `${lists} lists in 2 s`);
		await feed.stop();
	});

	it('of image events becomes one list of images', async () => {
		const {clock, engine, state, feed} = await startHarness({images: [imageOf(1)]});
		await clock.advance(1000);
		engine.images.set(imageOf(2).id, imageOf(2));
		for (const action of ['pull', 'tag', 'untag', 'delete', 'import', 'load', 'prune']) {
			engine.emit({type: 'image', action, actorId: imageOf(2).id});
			await clock.advance(10);
		}
		await clock.advance(400);
		assert.equal(engine.calls('listImages').length, 2);
		assert.equal(state().images.byId.size, 2);
		engine.emit({type: 'image', action: 'push', actorId: imageOf(2).id});
		await clock.advance(400);
		assert.equal(engine.calls('listImages').length, 2);
		await feed.stop();
	});
});

describe('a change of images while they are listed', () => {
	it('is met by one more list, after the first', async () => {
		const {clock, engine, state, feed} = await startHarness({images: [imageOf(1)]});
		await clock.advance(1000);
		const release = engine.hold('listImages');
		engine.emit({type: 'image', action: 'tag', actorId: imageOf(1).id});
		await clock.advance(200);
		engine.images.set(imageOf(2).id, imageOf(2));
		for (let n = 0; n < 3; n += 1) engine.emit({type: 'image', action: 'pull', actorId: 'image2:latest'});
		await clock.advance(1000);
		assert.equal(engine.open('listImages').length, 1);
		release();
		await clock.advance(1000);
		assert.equal(engine.calls('listImages').length, 3);
		assert.equal(state().images.byId.size, 2);
		await feed.stop();
	});
});

describe('the regular list', () => {
	it('comes once a minute and heals what no event told', async () => {
		const harness = await startHarness({containers: [containerOf(1)]});
		const {clock, engine, feed} = harness;
		engine.containers.set(idOf(1), containerOf(1, {state: 'dead'}));
		await clock.advance(61_000);
		assert.equal(engine.calls('listContainers').length, 2);
		assert.equal(only(harness)[0]?.state, 'dead');
		await feed.stop();
	});

	it('never overwrites what was inspected while it was under way', async () => {
		const harness = await startHarness({containers: [containerOf(1), containerOf(2)]});
		const {clock, engine, told, feed} = harness;
		await clock.advance(60_000);
		const release = engine.hold('listContainers');
		await clock.advance(150);
		assert.equal(engine.open('listContainers').length, 1);
		engine.change(idOf(1), {state: 'exited'}, 'die');
		engine.containers.delete(idOf(2));
		engine.emit({action: 'destroy', actorId: idOf(2)});
		await clock.advance(50);
		release();
		await clock.advance(50);
		assert.deepEqual(
			told('engine/containers-listed')
				.at(-1)
				?.containers.map(({id, state}) => ({id, state})),
			[{id: idOf(1), state: 'exited'}],
		);
		await feed.stop();
	});

	it('that fails tells so and keeps what is known', async () => {
		const {clock, engine, state, told, feed} = await startHarness({containers: [containerOf(1)]});
		engine.fail('listContainers', new EngineError('api', 'overloaded'));
		await clock.advance(61_000);
		assert.equal(told('engine/list-failed')[0]?.fault.message, 'overloaded');
		assert.equal(state().containers.byId.size, 1);
		assert.equal(state().engine.connection.status, 'live');
		engine.fail('listContainers');
		await clock.advance(10_500);
		assert.deepEqual(state().containers.loading, {status: 'ready'}, 'it was tried again');
		await feed.stop();
	});
});
