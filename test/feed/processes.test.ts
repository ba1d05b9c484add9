import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {ContainerProcess} from '../../source/engine/process-types.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const id = idOf(1);
const wanted = {processes: {containerId: id, isPaused: false}};
const first: ContainerProcess = {pid: 10, user: 'root', state: 'S', command: 'sleep 1000'};

const started = async (demand: Parameters<typeof startHarness>[0] = {demand: wanted}) => {
	const harness = await startHarness({containers: [containerOf(1), containerOf(2)], ...demand});
	harness.engine.processes.set(id, [first]);
	return harness;
};

describe('the processes on the screen', () => {
	it('are read at once and then every two seconds', async () => {
		const {clock, engine, told, feed} = await started();
		await clock.advance(9990);
		assert.equal(engine.calls('listProcesses').length, 5);
		const table = told('processes/listed').at(-1)?.table;
		assert.deepEqual(table?.processes, [first]);
		assert.equal(table?.periodMs, 2000);
		await feed.stop();
	});

	it('are not read when nobody looks, and the reading under way is given up', async () => {
		const {clock, engine, leave, told, feed} = await started();
		await clock.advance(3000);
		const release = engine.hold('listProcesses');
		await clock.advance(1500);
		assert.deepEqual(engine.open('listProcesses'), [id]);
		const before = told('processes/listed').length;
		leave();
		await clock.settle();
		assert.deepEqual(engine.open('listProcesses'), []);
		release();
		await clock.advance(20_000);
		assert.equal(engine.calls('listProcesses').length, 3);
		assert.equal(told('processes/listed').length, before);
		await feed.stop();
	});

	it('are never read twice at the same time, and more seldom from a slow engine', async () => {
		const {clock, engine, told, feed} = await started();
		await clock.advance(500);
		const release = engine.hold('listProcesses');
		await clock.advance(4500);
		release();
		await clock.advance(200);
		assert.equal(engine.peak('listProcesses'), 1);
		assert.equal(engine.calls('listProcesses').length, 2);
		const table = told('processes/listed').at(-1)?.table;
		assert.equal(table?.tookMs, 3000);
		assert.equal(table?.periodMs, 15_000);
		await clock.advance(11_000);
		assert.equal(engine.calls('listProcesses').length, 2);
		await clock.advance(1500);
		assert.equal(engine.calls('listProcesses').length, 3);
		await feed.stop();
	});

	it('of a paused container are read once', async () => {
		const {clock, engine, demand, feed} = await started();
		await clock.advance(500);
		demand({processes: {containerId: id, isPaused: true}});
		await clock.advance(10_000);
		assert.equal(engine.calls('listProcesses').length, 2);
		await feed.stop();
	});

	it('that cannot be read say why, and are asked for again', async () => {
		const {clock, engine, told, feed} = await started();
		await clock.advance(500);
		engine.fail('listProcesses', new EngineError('api', 'ps: no such thing'));
		await clock.advance(4000);
		assert.equal(told('processes/failed').at(-1)?.fault.message, 'ps: no such thing');
		engine.fail('listProcesses');
		const before = told('processes/listed').length;
		await clock.advance(3000);
		assert.ok(told('processes/listed').length > before);
		await feed.stop();
	});

	it('are those of the container that is shown now', async () => {
		const {clock, engine, demand, told, feed} = await started();
		await clock.advance(500);
		const release = engine.hold('listProcesses');
		await clock.advance(2000);
		demand({processes: {containerId: idOf(2), isPaused: false}});
		release();
		await clock.advance(100);
		assert.equal(told('processes/listed').at(-1)?.containerId, idOf(2));
		assert.deepEqual(engine.open('listProcesses'), []);
		await feed.stop();
	});

	it('do not crowd the list of events with what reading them causes', async () => {
		const {clock, engine, state, feed} = await started();
		await clock.advance(100);
		engine.emit({action: 'top', actorId: id});
		engine.emit({action: 'rename', actorId: id});
		await clock.advance(200);
		assert.deepEqual(
			state().events.map(({action}) => action),
			['rename'],
		);
		await feed.stop();
	});
});
