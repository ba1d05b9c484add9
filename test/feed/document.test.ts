import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const id = idOf(1);
const demandFor = {document: {objectKind: 'container', objectId: id}} as const;

describe('the document', () => {
	it('is the engine’s JSON', async () => {
		const {clock, told, feed} = await startHarness({containers: [containerOf(1)], demand: demandFor});
		await clock.advance(20);
		assert.deepEqual(
			told('engine/document-loaded').map(({objectId, value}) => ({objectId, value})),
			[{objectId: id, value: {Id: id, Kind: 'container', Name: 'c1'}}],
		);
		await feed.stop();
	});

	it('is fetched again after an event about its object, and after no other', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: [containerOf(1), containerOf(2)],
			demand: demandFor,
		});
		await clock.advance(100);
		engine.change(idOf(2), {name: 'two'}, 'rename');
		await clock.advance(500);
		assert.equal(told('engine/document-loaded').length, 1);
		engine.change(id, {name: 'one'}, 'rename', 'update');
		await clock.advance(500);
		assert.equal(told('engine/document-loaded').length, 2);
		assert.match(JSON.stringify(told('engine/document-loaded')[1]?.value), /"one"/);
		await feed.stop();
	});

	it('that cannot be had says why', async () => {
		const {clock, told, feed} = await startHarness({
			demand: {document: {objectKind: 'image', objectId: imageOf(1).id}},
			prepare(fake) {
				fake.fail('inspectRaw', new EngineError('not-found', 'No such image'));
			},
		});
		await clock.advance(20);
		assert.equal(told('engine/document-failed')[0]?.fault.message, 'No such image');
		await feed.stop();
	});

	it('that is no longer wanted is not told', async () => {
		const {clock, engine, told, demand, feed} = await startHarness({
			containers: [containerOf(1), containerOf(2)],
			demand: demandFor,
			prepare(fake) {
				const release = fake.hold('inspectRaw');
				setImmediate(() => setImmediate(() => setImmediate(() => setImmediate(release))));
			},
		});
		demand({document: {objectKind: 'container', objectId: idOf(2)}});
		await clock.advance(100);
		assert.deepEqual(
			told('engine/document-loaded').map(({objectId}) => objectId),
			[idOf(2)],
		);
		assert.equal(engine.openCount(), 1, 'the events alone');
		await feed.stop();
	});
});
