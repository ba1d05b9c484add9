import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {FileFacts} from '../../source/engine/file-types.ts';
import type {ContainerChanges} from '../../source/engine/process-types.ts';
import type {ChangesDemand} from '../../source/state/views/changes.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const id = idOf(1);
const wanted: ChangesDemand = {containerId: id, isUp: true, refreshCount: 0, undescribed: []};
const changed: ContainerChanges = {changes: [{path: '/new', kind: 'added'}], mountPoints: []};
const paths = Array.from({length: 12}, (_, index) => `/f${index}`);

const factsOf = (name: string): FileFacts => ({name, kind: 'file', sizeBytes: 7, mode: 0o644, modifiedAt: 0});

const started = async () => {
	const harness = await startHarness({
		containers: [containerOf(1), containerOf(2)],
		prepare(engine) {
			engine.changed.set(id, changed);
			for (const path of paths) engine.files.stats.set(path, factsOf(path));
		},
	});
	harness.demand({changes: wanted});
	await harness.clock.advance(100);
	return harness;
};

describe('what the container on the screen has changed', () => {
	it('is loaded once, and again when it starts or stops or is wished for', async () => {
		const {clock, engine, demand, leave, told, feed} = await started();
		assert.deepEqual(told('changes/loaded')[0]?.changes, changed);
		await clock.advance(30_000);
		demand({changes: {...wanted, undescribed: ['/f1']}});
		await clock.advance(100);
		assert.equal(engine.calls('containerChanges').length, 1);
		demand({changes: {...wanted, isUp: false}});
		await clock.advance(100);
		demand({changes: {...wanted, isUp: false, refreshCount: 1}});
		await clock.advance(100);
		assert.equal(engine.calls('containerChanges').length, 3);
		leave();
		await clock.advance(100);
		demand({changes: wanted});
		await clock.advance(100);
		assert.equal(engine.calls('containerChanges').length, 4, 'when its tab is opened');
		await feed.stop();
	});

	it('is not waited for by who has left', async () => {
		const {clock, engine, demand, leave, told, feed} = await started();
		const release = engine.hold('containerChanges');
		demand({changes: {...wanted, refreshCount: 1}});
		await clock.advance(100);
		assert.deepEqual(engine.open('containerChanges'), [id]);
		leave();
		await clock.settle();
		assert.deepEqual(engine.open('containerChanges'), []);
		release();
		await clock.advance(100);
		assert.equal(told('changes/loaded').length, 1);
		await feed.stop();
	});

	it('that cannot be had says why', async () => {
		const {clock, engine, demand, told, feed} = await started();
		engine.fail('containerChanges', new EngineError('api', 'layer is broken'));
		demand({changes: {...wanted, refreshCount: 1}});
		await clock.advance(100);
		assert.equal(told('changes/failed')[0]?.fault.message, 'layer is broken');
		await feed.stop();
	});

	it('has its sizes asked for a few at a time, each once', async () => {
		const {clock, engine, demand, told, feed} = await started();
		const release = engine.hold('statPath');
		demand({changes: {...wanted, undescribed: paths}});
		await clock.advance(100);
		assert.equal(engine.open('statPath').length, 4);
		release();
		await clock.advance(100);
		demand({changes: {...wanted, undescribed: ['/f3']}});
		await clock.advance(100);
		assert.deepEqual(
			told('changes/described').map(({path}) => path),
			paths,
		);
		assert.equal(engine.peak('statPath'), 4);
		await feed.stop();
	});

	it('forgets the rows that have gone out of sight before they were asked for', async () => {
		const {clock, engine, demand, feed} = await started();
		const release = engine.hold('statPath');
		demand({changes: {...wanted, undescribed: paths}});
		await clock.advance(100);
		demand({changes: {...wanted, undescribed: ['/f11']}});
		release();
		await clock.advance(100);
		assert.deepEqual(
			engine.calls('statPath').map(({key}) => key),
			['/f0', '/f1', '/f2', '/f3', '/f11'],
		);
		await feed.stop();
	});

	it('asks for a size again after it was loaded again, and tells none that failed', async () => {
		const {clock, engine, demand, told, feed} = await started();
		engine.fail('statPath', new EngineError('api', 'no'));
		demand({changes: {...wanted, undescribed: ['/f1']}});
		await clock.advance(100);
		assert.equal(told('changes/described')[0]?.file, undefined);
		engine.fail('statPath');
		demand({changes: {...wanted, refreshCount: 1, undescribed: []}});
		await clock.advance(100);
		demand({changes: {...wanted, refreshCount: 1, undescribed: ['/f1', '/gone']}});
		await clock.advance(100);
		assert.deepEqual(
			told('changes/described')
				.map(({path, file}) => `${path} ${file?.sizeBytes}`)
				.toSorted(),
			['/f1 7', '/f1 undefined', '/gone undefined'],
		);
		await feed.stop();
	});
});
