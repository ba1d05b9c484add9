import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {HistoryItem} from '../../source/engine/image-types.ts';
import {imageOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const images = Array.from({length: 30}, (_, n) => imageOf(n + 1));
const ids = images.map(({id}) => id);

const step = (createdBy: string, sizeBytes: number, id = '<missing>'): HistoryItem => ({
	createdAt: 0,
	createdBy,
	sizeBytes,
	comment: '',
	tags: [],
	id,
});

const started = () =>
	startHarness({
		images,
		prepare(engine) {
			for (const [n, {id}] of images.entries()) {
				engine.imageFacts.set(id, {
					diffIds: ['sha256:base', `sha256:own${n}`],
					sizeBytes: 100 + n,
					variant: 'v8',
				});
				engine.histories.set(id, [step('COPY x', n), step('CMD x', 0), step('ADD base', 100)]);
			}
		},
	});

describe('what images are made of', () => {
	it('is asked for once for each, two at a time, and only while somebody looks', async () => {
		const {clock, engine, demand, leave, state, feed} = await started();
		await clock.advance(5000);
		assert.equal(engine.calls('inspectImage').length, 0);
		demand({imageContents: ids});
		await clock.advance(1000);
		assert.deepEqual(
			engine.calls('inspectImage').map(({key}) => key),
			ids,
		);
		assert.ok(engine.peak('inspectImage') <= 2 && engine.peak('imageHistory') <= 2);
		assert.equal(state().images.contents.size, 30);
		assert.deepEqual(state().images.contents.get(images[7]?.id ?? imageOf(7).id), {
			platform: 'linux/amd64/v8',
			diffIds: ['sha256:base', 'sha256:own7'],
			least: [0, 100, 107],
			most: [0, 100, 107],
			sizeBytes: 107,
		});
		leave();
		demand({imageContents: []});
		await clock.advance(60_000);
		assert.equal(engine.calls('inspectImage').length, 30);
		await feed.stop();
	});

	it('stops with who has left, and goes on with what is missing', async () => {
		const {clock, engine, demand, leave, feed} = await started();
		const release = engine.hold('inspectImage');
		demand({imageContents: ids});
		await clock.advance(100);
		assert.equal(engine.calls('inspectImage').length, 2);
		leave();
		release();
		await clock.advance(1000);
		assert.equal(engine.calls('inspectImage').length, 2);
		demand({imageContents: ids.slice(2)});
		await clock.advance(1000);
		assert.equal(engine.calls('inspectImage').length, 30);
		await feed.stop();
	});

	it('that cannot be had is told as such, and not asked for again and again', async () => {
		const {clock, engine, demand, state, feed} = await started();
		engine.fail('imageHistory', new EngineError('api', 'too many non-empty layers in History section'));
		demand({imageContents: ids.slice(0, 3)});
		await clock.advance(5000);
		assert.deepEqual([...state().images.unreadable], ids.slice(0, 3));
		assert.equal(engine.calls('inspectImage').length, 3);
		await feed.stop();
	});
});

describe('the image on the screen', () => {
	const [first] = images;
	assert.ok(first);
	const {id} = first;

	it('is inspected with its history, and again when the engine names it', async () => {
		const {clock, engine, demand, told, feed} = await started();
		demand({image: {imageId: id}});
		await clock.advance(100);
		const [loaded] = told('image/loaded');
		assert.equal(loaded?.config.id, id);
		assert.deepEqual(loaded.history.map.layers, [0, 'none', 1]);
		engine.emit({type: 'image', action: 'tag', actorId: id, attributes: {}});
		await clock.advance(1000);
		assert.equal(told('image/loaded').length, 2);
		engine.emit({type: 'image', action: 'tag', actorId: ids[1] ?? '', attributes: {}});
		await clock.advance(1000);
		assert.equal(told('image/loaded').length, 2);
		await feed.stop();
	});

	it('asks the images that the classic builder kept of its steps which of them made layers', async () => {
		const {clock, engine, demand, told, feed} = await started();
		const [, second, third] = ids;
		assert.ok(second && third);
		engine.imageFacts.set(id, {diffIds: ['sha256:base', 'sha256:rm'], sizeBytes: 100});
		engine.histories.set(id, [
			step('sh -c true', 0, second),
			step('sh -c rm', 0, third),
			step('ADD base', 100),
		]);
		engine.imageFacts.set(second, {diffIds: ['sha256:base', 'sha256:rm']});
		engine.imageFacts.set(third, {diffIds: ['sha256:base', 'sha256:rm']});
		demand({image: {imageId: id}});
		await clock.advance(100);
		assert.deepEqual(
			told('image/loaded').map(({history}) => history.map.layers),
			[
				[0, 'unknown', 'unknown'],
				[0, 1, 'none'],
			],
		);
		await feed.stop();
	});

	it('that cannot be read says why', async () => {
		const {clock, engine, demand, told, feed} = await started();
		engine.fail('inspectImage', new EngineError('not-found', 'No such image: x'));
		demand({image: {imageId: id}});
		await clock.advance(100);
		assert.equal(told('image/failed')[0]?.fault.message, 'No such image: x');
		await feed.stop();
	});
});
