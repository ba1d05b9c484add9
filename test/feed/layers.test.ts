import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {Session} from '../../source/feed/context.ts';
import {stepsOf} from '../../source/feed/expected-layers.ts';
import {createLayers} from '../../source/feed/layers.ts';
import {openScope} from '../../source/feed/scope.ts';
import type {AnalysisRequest, AnalysisUpdate} from '../../source/layers/analyse.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {Demand} from '../../source/state/demand.ts';
import type {ViewMessage} from '../../source/state/messages.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {treeOf} from '../helpers/image-tree.ts';
import {imageOf} from '../helpers/objects.ts';
import {worldOf} from '../state/world.ts';

const imageId = imageOf(1).id;
const identity = {configDigest: imageId, references: [], platform: 'linux/amd64'};
const noDemand: Demand = {
	fastStats: [],
	measured: [],
	details: [],
	queuedTransfers: [],
	transferLimit: 3,
	cancelledTransfers: [],
	retryCount: 0,
};

/** The feed of the inspector with a reader that the test speaks for. */
const openFeed = () => {
	const clock = createFakeClock();
	const engine = createFakeEngine(clock);
	const posted: ViewMessage[] = [];
	let gather = (): readonly unknown[] => [];
	const errors: unknown[] = [];
	const session: Session = {
		engine,
		clock,
		registries: async () => noRegistries,
		getState: () => worldOf(),
		scope: openScope(clock, error => errors.push(error)),
		post: (...messages) => posted.push(...(messages as readonly ViewMessage[])),
		wake: () => {},
		addSource: (_, source) => {
			gather = source;
		},
		heard: () => {},
	};
	const readings: {
		readonly request: AnalysisRequest;
		readonly signal: AbortSignal;
		readonly tell: (update: AnalysisUpdate | Error) => void;
	}[] = [];
	const layers = createLayers(session, async function* (request, signal) {
		const updates: (AnalysisUpdate | Error)[] = [];
		let wake = (): void => {};
		signal.addEventListener('abort', () => wake());
		readings.push({
			request,
			signal,
			tell: update => {
				updates.push(update);
				wake();
			},
		});
		while (!signal.aborted) {
			const update = updates.shift();
			if (update instanceof Error) throw update;
			if (update === undefined) await new Promise<void>(resolve => (wake = resolve));
			else {
				yield update;
				if (update.kind === 'done') return;
			}
		}
	});
	return {
		clock,
		engine,
		readings,
		errors,
		want: async (turn: number | undefined) => {
			layers.meet({...noDemand, ...(turn === undefined ? {} : {layers: {imageId, turn}})});
			await clock.settle();
		},
		told: (): readonly string[] => {
			posted.push(...(gather() as readonly ViewMessage[]));
			return posted.splice(0).map(({type}) => type);
		},
		settle: () => clock.settle(),
	};
};

describe('the feed of the inspector', () => {
	it('reads the image that is wanted and tells of it as it comes, the last of several', async () => {
		const feed = openFeed();
		await feed.want(1);
		const [reading] = feed.readings;
		assert.ok(reading);
		assert.equal((await reading.request.expected)?.imageId, imageId);
		assert.equal(reading.request.source.kind, 'stream');
		assert.deepEqual(feed.told(), ['layers/began']);
		reading.tell({kind: 'progress', readBytes: 1, layersRead: 0});
		reading.tell({kind: 'progress', readBytes: 2, layersRead: 0});
		reading.tell({kind: 'tree', tree: treeOf({})});
		reading.tell({kind: 'tree', tree: treeOf({entries: ['a']})});
		await feed.settle();
		assert.deepEqual(feed.told(), ['layers/progressed', 'layers/tree-arrived']);
		reading.tell({kind: 'done', tree: treeOf({entries: ['a']}), identity, readBytes: 3});
		await feed.settle();
		assert.deepEqual(feed.told(), ['layers/tree-arrived', 'layers/ended']);
	});

	it('stops when nobody wants it any more, and says nothing then', async () => {
		const feed = openFeed();
		await feed.want(1);
		feed.told();
		await feed.want(undefined);
		assert.equal(feed.readings[0]?.signal.aborted, true);
		assert.deepEqual(feed.told(), []);
		await feed.want(2);
		assert.equal(feed.readings.length, 2);
	});

	it('goes on while the same is wanted', async () => {
		const feed = openFeed();
		await feed.want(1);
		await feed.want(1);
		assert.equal(feed.readings.length, 1);
	});

	it("tells a failure in the engine's words", async () => {
		const feed = openFeed();
		await feed.want(1);
		feed.told();
		feed.readings[0]?.tell(new EngineError('not-found', 'No such image: x'));
		await feed.settle();
		assert.deepEqual(feed.told(), ['layers/failed']);
		assert.deepEqual(feed.errors, []);
	});

	it('reads it all the same when the engine tells nothing of it beforehand', async () => {
		const feed = openFeed();
		feed.engine.fail('inspectImage', new EngineError('not-found', 'No such image: x'));
		await feed.want(1);
		assert.equal(feed.readings.length, 1);
		assert.equal(await feed.readings[0]?.request.expected, undefined);
	});
});

describe('the steps of an image', () => {
	const item = (createdBy: string, sizeBytes: number) => ({
		createdBy,
		sizeBytes,
		createdAt: 0,
		comment: '',
		tags: [],
		id: '<missing>',
	});

	it('are told oldest first, with those that made no layer', () => {
		const items = [item('CMD ["sh"]', 0), item('RUN true', 10), item('ENV A=b', 0), item('ADD x', 5)];
		const steps = stepsOf(items, {diffIds: ['sha256:1', 'sha256:2'], sizeBytes: 15});
		assert.deepEqual(
			steps.map(({createdBy, isEmpty}) => [createdBy, isEmpty]),
			[
				['ADD x', false],
				['ENV A=b', true],
				['RUN true', false],
				['CMD ["sh"]', true],
			],
		);
	});

	it('are not told when nobody knows which made which layer', () => {
		assert.deepEqual(stepsOf([item('x', 0)], {diffIds: ['sha256:1', 'sha256:2'], sizeBytes: 0}), []);
	});
});
