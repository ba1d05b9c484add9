import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {decodeTransfer, parseProgressLine} from '../../source/engine/decode/transfer.ts';
import type {LayerPhase, TransferProgress} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import type {Transfer} from '../../source/state/model.ts';
import {reduceTransfers} from '../../source/state/slices/transfers.ts';
import {recordedLines} from '../engine/fixtures.ts';
import {now} from './world.ts';

const id = 'pull-1';

const begin = (): ReadonlyMap<string, Transfer> =>
	[
		{type: 'ui/transfer-requested', id, reference: 'busy:1', at: now} as const,
		{type: 'engine/transfer-started', id, at: now} as const,
	].reduce<ReadonlyMap<string, Transfer>>(reduceTransfers, new Map());

/** What the transfer is after each of these batches, 100 ms apart. */
const history = (batches: readonly (readonly TransferProgress[])[]): readonly Transfer[] => {
	let transfers = begin();
	return batches.map((progress, index) => {
		const at = now + (index + 1) * 100;
		const message: Message = {type: 'engine/transfer-progressed', id, progress, at};
		transfers = reduceTransfers(transfers, message);
		const transfer = transfers.get(id);
		assert.ok(transfer);
		return transfer;
	});
};

const recordedProgress = (name: string): readonly TransferProgress[] =>
	recordedLines(name).flatMap(line => decodeTransfer(parseProgressLine(line), 'pull') ?? []);

/** However it is told, nothing that is shown goes back, and nothing is full before its end. */
const checkOrder = (states: readonly Transfer[], what: string): void => {
	let last = {bytesDone: 0, bytesTotal: 0, bytesUnpacked: 0, fraction: 0};
	for (const [index, transfer] of states.entries()) {
		const {bytesDone, bytesTotal, bytesUnpacked, fraction = 0, pace} = transfer;
		const place = `${what}, step ${index}`;
		assert.ok(bytesDone >= last.bytesDone, `${place}: ${bytesDone} bytes after ${last.bytesDone}`);
		assert.ok(bytesTotal >= last.bytesTotal, `${place}: of ${bytesTotal} after ${last.bytesTotal}`);
		assert.ok(bytesUnpacked >= last.bytesUnpacked, `${place}: unpacked`);
		assert.ok(fraction >= last.fraction, `${place}: ${fraction} after ${last.fraction}`);
		assert.ok(bytesDone <= bytesTotal && bytesUnpacked <= bytesTotal, `${place}: more than all`);
		assert.ok(fraction < 1, `${place}: full`);
		assert.ok((pace?.rate ?? 0) >= 0 && !Number.isNaN(pace?.rate), `${place}: rate`);
		last = {bytesDone, bytesTotal, bytesUnpacked, fraction};
	}
};

suite('recorded pulls and pushes', () => {
	const names = [
		'pull-seven-layers',
		'pull-graphdriver',
		'pull-containerd',
		'push-seven-layers',
		'push-mounted',
		'push',
	];
	for (const name of names)
		test(`${name}: nothing goes back`, () => {
			const progress = recordedProgress(name);
			checkOrder(history(progress.map(item => [item])), name);
			checkOrder(history([progress]), name);
		});

	test('a pull has come before it is unpacked, and is not full meanwhile', () => {
		const states = history(recordedProgress('pull-seven-layers').map(item => [item]));
		const arrived = states.find(
			({layers}) =>
				layers.size === 8 &&
				[...layers.values()].every(
					({phase}) => phase !== 'waiting' && phase !== 'downloading' && phase !== 'verifying',
				),
		);
		assert.ok(arrived?.fraction !== undefined && arrived.fraction < 0.95, String(arrived?.fraction));
		assert.equal(states.at(-1)?.fraction, 0.99);
		assert.equal(states.at(-1)?.bytesDone, states.at(-1)?.bytesTotal);
		assert.match(states.at(-1)?.digest ?? '', /^sha256:[0-9a-f]{64}$/);
	});

	test('layers that the registry has, or takes from another repository, are done', () => {
		const [last] = history([recordedProgress('push-mounted')]);
		const layers = [...(last?.layers.values() ?? [])];
		assert.ok(layers.length > 0 && layers.every(({phase}) => phase === 'exists'));
		assert.equal(layers[0]?.status, 'Mounted from shop/seven');
	});

	test('without bytes for unpacking, a layer is unpacked when it is', () => {
		const states = history(recordedProgress('pull-containerd').map(item => [item]));
		const [before, after] = [states.at(-2), states.at(-1)];
		assert.equal(Math.round((before?.fraction ?? 0) * 100), 67);
		assert.equal(after?.fraction, 0.99);
	});
});

suite('layers', () => {
	const told = (layerId: string, phase: LayerPhase, current?: number, total?: number): TransferProgress => ({
		kind: 'layer',
		layerId,
		phase,
		status: phase,
		...(current === undefined ? {} : {currentBytes: current}),
		...(total === undefined ? {} : {totalBytes: total}),
	});

	test('whose size is still to come count as much as the others do on average', () => {
		const [state] = history([
			[told('a', 'downloading', 100, 100), told('a', 'done'), told('b', 'waiting'), told('c', 'waiting')],
		]);
		assert.equal(state?.bytesGuessed, 200);
		assert.equal(Math.round((state?.fraction ?? 0) * 100), 33);
	});

	test('that start over do not go back, and count on when they are further than before', () => {
		const states = history([
			[told('a', 'downloading', 60, 100)],
			[{kind: 'layer', layerId: 'a', phase: 'waiting', status: 'Retrying in 5 seconds'}],
			[told('a', 'downloading', 10, 100)],
			[told('a', 'downloading', 70, 100)],
		]);
		assert.deepEqual(
			states.map(({bytesDone}) => bytesDone),
			[60, 60, 60, 70],
		);
		assert.equal(states[1]?.layers.get('a')?.status, 'Retrying in 5 seconds');
	});

	test('that are very large and come late do not push the bar back', () => {
		const states = history([
			[told('a', 'downloading', 90, 100), told('b', 'waiting')],
			[told('b', 'downloading', 1, 100_000)],
			[told('b', 'downloading', 90_000, 100_000)],
		]);
		checkOrder(states, 'late');
		assert.ok((states[2]?.fraction ?? 0) > (states[1]?.fraction ?? 0));
	});
});

/** A small generator of its own, so that a failure can be repeated. */
const randomFrom = (seed: number): ((limit: number) => number) => {
	let state = seed;
	return limit => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
};

type Life = {readonly id: string; readonly size: number; at: number; step: number};

/** What an engine might say next of a layer, in the order of engines, with all that they leave out or do again. */
const saidNext = (life: Life, random: (limit: number) => number): TransferProgress => {
	const {id: layerId, size} = life;
	const say = (phase: LayerPhase, status: string, bytes?: number, total?: number): TransferProgress => ({
		kind: 'layer',
		layerId,
		phase,
		status,
		...(bytes === undefined ? {} : {currentBytes: bytes}),
		...(total === undefined ? {} : {totalBytes: total}),
	});
	if (random(40) === 0) return say(life.step > 2 ? 'done' : 'exists', 'Already exists');
	switch (life.step) {
		case 0:
			life.step += 1;
			return say('waiting', random(2) === 0 ? 'Pulling fs layer' : 'Waiting');
		case 1: {
			if (random(12) === 0) {
				life.at = 0;
				return say('waiting', 'Retrying in 5 seconds');
			}
			life.at += random(Math.ceil(size / 3) + 1);
			if (life.at >= size) life.step += 1;
			// Some tell more than there is, some no size at all, and some another one.
			const total = random(5) === 0 ? undefined : random(20) === 0 ? size + random(100) : size;
			return say('downloading', 'Downloading', life.at + random(2) * random(3000), total);
		}
		case 2:
			life.step += 1;
			life.at = 0;
			return say(random(2) === 0 ? 'verifying' : 'downloaded', 'Download complete');
		case 3: {
			life.at += random(Math.ceil(size / 2) + 1);
			if (life.at >= size) life.step += 1;
			return random(3) === 0
				? say('extracting', 'Extracting')
				: say('extracting', 'Extracting', life.at, size);
		}
		default:
			return say('done', 'Pull complete');
	}
};

test('whatever an engine says, what is shown never goes back', () => {
	for (let seed = 1; seed <= 300; seed += 1) {
		const random = randomFrom(seed);
		const lives = Array.from({length: 1 + random(12)}, (_, index): Life => {
			return {id: `layer-${index}`, size: random(4) === 0 ? random(50) : random(1_000_000), at: 0, step: 0};
		});
		const batches = Array.from({length: 60}, () =>
			Array.from({length: random(8)}, () => {
				const life = lives[random(lives.length)];
				assert.ok(life);
				return saidNext(life, random);
			}),
		);
		checkOrder(history(batches), `seed ${seed}`);
	}
});
