import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {imageId} from '../../source/engine/decode/ids.ts';
import {createCompare} from '../../source/feed/compare.ts';
import type {Session} from '../../source/feed/context.ts';
import type {Analyse} from '../../source/feed/layers.ts';
import type {AnalysisUpdate} from '../../source/layers/analyse.ts';
import type {ImageTree} from '../../source/layers/types.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {Demand} from '../../source/state/demand.ts';
import type {Message} from '../../source/state/messages.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {file, imageOf} from '../layers/image-builder.ts';

const [left, right] = [imageId('sha256:1'), imageId('sha256:2')];
const trees = [imageOf([file('a', 1), file('b', 2)]), imageOf([file('a', 3), file('c', 4)])] as const;
const identity = {configDigest: 'sha256:1', references: [], platform: 'linux/amd64'};
const nothing: Demand = {
	fastStats: [],
	measured: [],
	details: [],
	queuedTransfers: [],
	transferLimit: 3,
	cancelledTransfers: [],
	retryCount: 0,
};

const whole = (tree: ImageTree): readonly AnalysisUpdate[] => [
	{kind: 'progress', readBytes: 10, layersRead: 0},
	{kind: 'done', tree, identity, readBytes: 20},
];

/** The feed of the screen, reading what the test gives it. */
const desk = (analyse: Analyse) => {
	const clock = createFakeClock();
	const told: Message[] = [];
	const sources: (() => readonly Message[])[] = [];
	const open = new Set<AbortController>();
	const session: Session = {
		engine: createFakeEngine(clock),
		clock,
		registries: async () => noRegistries,
		getState: () => {
			throw new Error('not needed');
		},
		scope: {
			start(work: (signal: AbortSignal) => Promise<void>) {
				const controller = new AbortController();
				open.add(controller);
				void work(controller.signal).finally(() => open.delete(controller));
				return () => controller.abort();
			},
			end: () => {},
		} as unknown as Session['scope'],
		post: (...messages) => told.push(...messages),
		wake: () => told.push(...sources.flatMap(source => source())),
		addSource: (_pace, source) => sources.push(source as () => readonly Message[]),
		heard: () => {},
	};
	const compare = createCompare(session, analyse);
	return {
		told,
		types: () => told.map(({type}) => type),
		meet: (change: Partial<NonNullable<Demand['compare']>> | undefined) =>
			compare.meet({
				...nothing,
				...(change && {compare: {imageIds: [left, right], turn: 0, isTimeCompared: false, ...change}}),
			}),
		settled: async () => {
			const deadline = performance.now() + 5000;
			while (open.size > 0 && performance.now() < deadline)
				await new Promise(resolve => setImmediate(resolve));
		},
	};
};

describe('the feed of two images', () => {
	test('reads one after the other, tells how far it is, and then how they differ', async () => {
		let count = 0;
		const {meet, types, told, settled} = desk(async function* () {
			yield* whole(trees[count++ === 0 ? 0 : 1]);
		});
		meet({});
		await settled();
		const side = ['compare/began', 'compare/progressed', 'compare/tree-arrived', 'compare/ended'];
		assert.deepEqual(types(), [...side, ...side, 'compare/compared']);
		const compared = told.at(-1);
		assert.ok(compared?.type === 'compare/compared');
		const {added, modified, removed} = compared.comparison.files.counts;
		assert.deepEqual([added, modified, removed], [1, 1, 1]);
		meet({});
		meet({isTimeCompared: true});
		await settled();
		assert.equal(count, 2, 'neither image is read again to be compared in another way');
		assert.equal(types().filter(type => type === 'compare/compared').length, 2);
	});

	test('stops when nobody looks any more, and says nothing then', async () => {
		const signals: AbortSignal[] = [];
		const {meet, types, settled} = desk(async function* (_request, signal) {
			signals.push(signal);
			await new Promise(resolve => signal.addEventListener('abort', resolve));
			yield* whole(trees[0]);
		});
		meet({});
		await new Promise(resolve => setTimeout(resolve, 10));
		meet(undefined);
		await settled();
		assert.equal(signals.length, 1);
		assert.ok(signals[0]?.aborted);
		assert.deepEqual(types(), ['compare/began']);
	});

	test('tells which side could not be read, and reads only that one when it is wanted again', async () => {
		let reads = 0;
		let isBroken = true;
		const {meet, told, types, settled} = desk(async function* () {
			reads += 1;
			if (reads === 2 && isBroken) throw new Error('cut short');
			yield* whole(trees[reads === 1 ? 0 : 1]);
		});
		meet({});
		await settled();
		const failed = told.at(-1);
		assert.ok(failed?.type === 'compare/failed');
		assert.equal(failed.side, 1);
		assert.match(failed.fault.message, /cut short/);
		isBroken = false;
		meet({turn: 1});
		await settled();
		assert.equal(reads, 3);
		assert.equal(types().at(-1), 'compare/compared');
	});
});
