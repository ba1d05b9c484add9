import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const id = idOf(1);

describe('the document is read again', () => {
	const begin = async () => {
		const started = await startHarness({
			containers: [containerOf(1), containerOf(2)],
			demand: {document: {objectKind: 'container', objectId: id}},
		});
		await started.clock.advance(100);
		return {...started, reads: () => started.engine.calls('inspectRaw').length};
	};

	it('when the container joins or leaves a network, which names it by an attribute', async () => {
		const {clock, engine, reads, feed} = await begin();
		engine.emit({type: 'network', action: 'connect', actorId: 'net', attributes: {container: id}});
		await clock.advance(500);
		assert.equal(reads(), 2);
		engine.emit({type: 'network', action: 'disconnect', actorId: 'net', attributes: {container: idOf(2)}});
		await clock.advance(500);
		assert.equal(reads(), 2, 'not for another container');
		await feed.stop();
	});

	it('when a health probe has ended, once, though probes are not told to the screen', async () => {
		const {clock, engine, reads, told, feed} = await begin();
		for (const action of ['exec_create', 'exec_start', 'exec_die']) engine.emit({action, actorId: id});
		await clock.advance(500);
		assert.equal(reads(), 2);
		assert.equal(told('engine/events-arrived').length, 0);
		await feed.stop();
	});

	it('not when it is destroyed: there is nothing to read', async () => {
		const {clock, engine, reads, told, feed} = await begin();
		engine.containers.delete(id);
		engine.emit({action: 'destroy', actorId: id});
		await clock.advance(500);
		assert.equal(reads(), 1);
		assert.deepEqual(told('engine/document-failed'), []);
		await feed.stop();
	});

	it('when somebody changed it and no event will tell, and the container is inspected too', async () => {
		const {clock, engine, demand, reads, feed} = await begin();
		const document = {objectKind: 'container', objectId: id} as const;
		const inspects = engine.calls('inspectContainer').length;
		demand({document, look: {count: 1, ids: [id]}});
		await clock.advance(500);
		assert.equal(reads(), 2);
		assert.equal(engine.calls('inspectContainer').length, inspects + 1);
		demand({document, look: {count: 1, ids: [id]}});
		await clock.advance(500);
		assert.equal(reads(), 2);
		await feed.stop();
	});

	it('with its facts when it is a container, without when it is an image', async () => {
		const {told, demand, clock, feed} = await begin();
		assert.equal(told('engine/document-loaded')[0]?.facts?.life.restartPolicy, 'no');
		demand({document: {objectKind: 'image', objectId: imageOf(1).id}});
		await clock.advance(100);
		assert.equal(told('engine/document-loaded').at(-1)?.facts, undefined);
		await feed.stop();
	});
});
