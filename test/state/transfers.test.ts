import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {LayerPhase, TransferProgress} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State, Transfer, TransferStatus} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {selectTransferRows} from '../../source/state/selectors/transfer-rows.ts';
import {selectPullProgress} from '../../source/state/selectors/transfers.ts';
import {after, now, worldOf} from './world.ts';

const id = 'pull-1';
const requested: Message = {type: 'ui/transfer-requested', id, reference: 'busy:1', at: now};
const started: Message = {type: 'engine/transfer-started', id, at: now};
const ended = (outcome: 'done' | 'failed' | 'cancelled'): Message => ({
	type: 'engine/transfer-ended',
	id,
	outcome,
	at: now + 9000,
	...(outcome === 'failed' ? {fault: {kind: 'auth' as const, message: 'denied', at: now}} : {}),
});
const layer = (layerId: string, phase: LayerPhase, current?: number, total?: number): TransferProgress => ({
	kind: 'layer',
	layerId,
	phase,
	status: phase,
	...(current === undefined ? {} : {currentBytes: current}),
	...(total === undefined ? {} : {totalBytes: total}),
});
const told = (afterMs: number, ...progress: readonly TransferProgress[]): Message => ({
	type: 'engine/transfer-progressed',
	id,
	progress,
	at: now + afterMs,
});

const pull = (...messages: readonly Message[]): State => after(worldOf(), requested, started, ...messages);

const transferOf = (state: State): Transfer => {
	const transfer = state.transfers.get(id);
	assert.ok(transfer);
	return transfer;
};

const rowOf = (state: State) => {
	const [row] = selectTransferRows(state);
	assert.ok(row);
	return row;
};

suite('the bytes of a pull', () => {
	const cases: readonly (readonly [
		what: string,
		progress: readonly TransferProgress[],
		done: number,
		total: number,
	])[] = [
		['are none at first', [layer('a', 'waiting')], 0, 0],
		[
			'are those of all layers',
			[layer('a', 'downloading', 30, 100), layer('b', 'downloading', 5, 10)],
			35,
			110,
		],
		['wait for the size', [layer('a', 'downloading', 30)], 0, 0],
		[
			'count when the size comes late',
			[layer('a', 'downloading', 30), layer('a', 'downloading', 40, 100)],
			40,
			100,
		],
		[
			'count when the size is told once',
			[layer('a', 'downloading', 1, 100), layer('a', 'downloading', 40)],
			40,
			100,
		],
		[
			'are all there when the layer is',
			[layer('a', 'downloading', 30, 100), layer('a', 'downloaded')],
			100,
			100,
		],
		['never go back', [layer('a', 'downloading', 30, 100), layer('a', 'downloading', 20, 100)], 30, 100],
		['are never more than the size', [layer('a', 'downloading', 120, 100)], 100, 100],
		[
			'are not counted again when it is unpacked',
			[layer('a', 'downloading', 100, 100), layer('a', 'extracting', 5, 300)],
			100,
			100,
		],
		['leave out what is there already', [layer('a', 'exists'), layer('b', 'downloading', 5, 10)], 5, 10],
		[
			'stay when a layer is verified',
			[layer('a', 'downloading', 90, 100), layer('a', 'verifying'), layer('a', 'done')],
			100,
			100,
		],
		['of a push count the same', [layer('a', 'preparing'), layer('a', 'pushing', 7, 9)], 7, 9],
	];
	for (const [what, progress, done, total] of cases) {
		test(what, () => {
			const {bytesDone, bytesTotal} = transferOf(pull(told(1000, ...progress)));
			assert.deepEqual([bytesDone, bytesTotal], [done, total]);
		});
	}

	test('make a fraction only when there is a size, and a number always', () => {
		assert.equal(rowOf(pull(told(1000, layer('a', 'waiting')))).fraction, undefined);
		assert.equal(rowOf(pull(told(1000, layer('a', 'exists')))).fraction, undefined);
		assert.equal(rowOf(pull(told(1000, layer('a', 'downloading', 75, 100)))).fraction, 0.5);
		for (const state of [pull(), pull(told(0, layer('a', 'waiting'))), pull(ended('done'))])
			for (const value of Object.values(rowOf(state))) assert.ok(!Number.isNaN(value));
	});
});

suite('the rate', () => {
	const rate = (...messages: readonly Message[]): number =>
		transferOf(pull(...messages)).pace?.rate ?? Number.NaN;
	const at = (ms: number, bytes: number): Message => told(ms, layer('a', 'downloading', bytes, 1e6));

	test('is that of the first second at first', () => {
		assert.equal(rate(at(1000, 5000)), 5000);
		assert.equal(rate(at(500, 5000)), 10_000);
	});

	test('goes to a new one by and by', () => {
		const second = rate(at(1000, 1000), at(2000, 3000));
		assert.ok(second > 1000 && second < 2000, String(second));
		const third = rate(at(1000, 1000), at(2000, 3000), at(3000, 5000));
		assert.ok(third > second && third < 2000, String(third));
	});

	test('is a number when no time has passed, and never below zero', () => {
		assert.equal(rate(at(0, 5000)), 0);
		assert.equal(rate(at(1000, 5000), at(1000, 9000)), 5000);
		assert.ok(rate(at(1000, 5000), told(2000, layer('a', 'extracting', 1, 2))) > 0);
		assert.ok(rate(at(1000, 5000), at(5000, 5000)) >= 0);
	});

	test('tells when it will be there, while bytes come', () => {
		const row = rowOf(pull(at(1000, 500_000)));
		assert.deepEqual([row.bytesPerSecond, row.etaMs], [500_000, 1000]);
		assert.equal(rowOf(pull(at(1000, 1e6))).etaMs, undefined);
		assert.equal(rowOf(pull(at(1000, 500_000), ended('cancelled'))).etaMs, undefined);
	});
});

suite('the life of a pull', () => {
	const cancel: Message = {type: 'ui/transfer-cancelled', id};
	const cases: readonly (readonly [messages: readonly Message[], status: TransferStatus])[] = [
		[[requested], 'queued'],
		[[requested, started], 'running'],
		[[requested, started, ended('done')], 'done'],
		[[requested, started, ended('failed')], 'failed'],
		[[requested, cancel], 'cancelling'],
		[[requested, started, cancel], 'cancelling'],
		[[requested, cancel, started], 'cancelling'],
		[[requested, started, cancel, ended('cancelled')], 'cancelled'],
		[[requested, started, cancel, ended('done')], 'done'],
		[[requested, started, ended('done'), cancel], 'done'],
	];
	for (const [messages, status] of cases) {
		test(`${messages.map(({type}) => type.replace(/^.*transfer-/, '')).join(', ')}: ${status}`, () => {
			assert.equal(transferOf(after(worldOf(), ...messages)).status, status);
		});
	}

	test('keeps the reason of its failure', () => {
		const failed = pull(ended('failed'));
		assert.equal(rowOf(failed).status, 'denied');
		assert.equal(transferOf(failed).endedAt, now + 9000);
	});

	test('is off the list when it is over and cleared', () => {
		const other: Message = {type: 'ui/transfer-requested', id: 'pull-2', reference: 'other:1', at: now};
		const next = pull(ended('done'), other, {type: 'ui/transfers-cleared'});
		assert.deepEqual([...next.transfers.keys()], ['pull-2']);
	});

	test('is asked of the engine while it is queued, cancelled while it is not over', () => {
		const queued = after(worldOf(), requested);
		assert.deepEqual(selectDemand(queued).queuedTransfers, [
			{id, work: {kind: 'pull', reference: 'busy:1'}, tries: 0},
		]);
		assert.deepEqual(selectDemand(after(queued, started)).queuedTransfers, []);
		assert.deepEqual(selectDemand(after(queued, cancel)).cancelledTransfers, [id]);
		assert.deepEqual(selectDemand(after(queued, cancel, ended('cancelled'))).cancelledTransfers, []);
	});

	test('is told in words', () => {
		const status = (...messages: readonly Message[]) =>
			rowOf(after(worldOf(), requested, ...messages)).status;
		assert.equal(status(), 'waits, next');
		assert.equal(status(started), 'asking the registry');
		assert.equal(
			status(started, told(1, {kind: 'status', status: 'Pulling from busy'})),
			'Pulling from busy',
		);
		assert.equal(status(started, told(1, layer('a', 'done'), layer('b', 'waiting'))), '1/2 layers');
		const newest: TransferProgress = {kind: 'status', status: 'Status: Image is up to date for busy:1'};
		assert.equal(status(started, told(1, newest), ended('done')), 'up to date');
		const newer: TransferProgress = {kind: 'status', status: 'Status: Downloaded newer image for busy:1'};
		assert.equal(status(started, told(1, newer), ended('done')), 'done');
		assert.equal(selectPullProgress(pull(told(1, layer('a', 'downloading', 1, 2)))), 'pulling busy:1 33 %');
		assert.equal(selectPullProgress(pull(ended('done'))), undefined);
	});
});

suite('a job with images', () => {
	const job = {
		kind: 'save',
		references: ['shop/api:1.4'],
		path: '/srv/api.tar.gz',
		compression: 'gzip',
		isReplacing: false,
		totalBytes: 1000,
	} as const;
	const asked: Message = {
		type: 'ui/transfer-requested',
		id,
		reference: 'shop/api:1.4 → api.tar.gz',
		job,
		at: now,
	};
	const saving = (...messages: readonly Message[]): State => after(worldOf(), asked, started, ...messages);
	const packing: TransferProgress = {kind: 'waiting', status: 'the engine is packing'};

	test('says for how long the engine packs, whatever else is told meanwhile', () => {
		const state = saving(told(0, packing), told(2000, packing));
		assert.equal(rowOf(state).status, 'the engine is packing, 0s');
		assert.equal(rowOf({...state, now: now + 7400}).status, 'the engine is packing, 7s');
		assert.equal(rowOf(state).fraction, undefined);
	});

	test('counts bytes then, with a rate, and is not done before it is done', () => {
		const state = saving(
			told(0, packing),
			told(1000, {kind: 'amount', doneBytes: 400, totalBytes: 1000}),
			told(2000, {kind: 'amount', doneBytes: 800, totalBytes: 1000}),
		);
		const row = rowOf(state);
		assert.deepEqual([row.status, row.fraction, row.direction], ['800B written', 0.8, 'save']);
		assert.ok((row.bytesPerSecond ?? 0) > 300);
		// The size of what is saved was a guess.
		const more = after(state, told(3000, {kind: 'amount', doneBytes: 1200, totalBytes: 1000}));
		assert.equal(rowOf(more).fraction, 0.99);
		const done = after(more, told(4000, {kind: 'status', status: '300B as gzip'}), ended('done'));
		assert.equal(rowOf(done).status, 'saved, 1.2kB, 300B as gzip');
	});

	test('never runs back when nothing new is told', () => {
		const state = saving(
			told(1000, {kind: 'amount', doneBytes: 400, totalBytes: 1000}),
			told(2000, {kind: 'waiting', status: 'written, waiting for the disk'}),
		);
		assert.equal(transferOf(state).bytesDone, 400);
		assert.match(rowOf(state).status, /^written, waiting for the disk/);
		assert.equal(rowOf(state).bytesPerSecond, undefined);
	});

	test('names what was loaded', () => {
		const load: Message = {...asked, job: {kind: 'load', path: '/srv/a.tar'}};
		const names = ['a:1', `sha256:${'c'.repeat(64)}`];
		const state = after(worldOf(), load, started, told(1, {kind: 'result', names}), ended('done'));
		assert.equal(rowOf(state).status, 'loaded a:1, cccccccccccc');
	});
});

suite('a pull with choices', () => {
	const wish = (choice: {platform?: string; isAllTags?: boolean}): State =>
		after(worldOf(), {...requested, reference: 'busy', pull: choice}, started);

	test('carries them to the engine, and shows them', () => {
		const state = after(worldOf(), {...requested, pull: {platform: 'linux/arm64'}});
		assert.deepEqual(selectDemand(state).queuedTransfers, [
			{
				id,
				work: {kind: 'pull', reference: 'busy:1', choice: {platform: 'linux/arm64'}},
				tries: 0,
			},
		]);
		assert.equal(rowOf(state).reference, 'busy:1 (linux/arm64)');
	});

	test('of all tags counts those that came, and promises no share of what nobody knows', () => {
		const state = after(
			wish({isAllTags: true}),
			told(1, layer('a', 'done', 5, 5), {kind: 'result', names: ['busy:1']}, layer('b', 'downloading', 1, 5)),
		);
		const row = rowOf(state);
		assert.deepEqual(
			[row.reference, row.status, row.fraction],
			['busy (all tags)', '1 tag, 1/2 layers', undefined],
		);
		assert.equal(rowOf(after(state, ended('done'))).status, '1 tag, done');
	});
});
