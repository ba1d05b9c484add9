import assert from 'node:assert/strict';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, beforeEach, suite, test} from 'node:test';
import {gunzipSync, zstdDecompressSync} from 'node:zlib';
import type {Engine} from '../../source/engine/engine.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {TransferProgress} from '../../source/engine/types.ts';
import {carryOutJob, type JobContext} from '../../source/feed/image-jobs.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {SaveTask} from '../../source/state/views/image-jobs.ts';
import {collect} from '../engine/collect.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';

const root = mkdtempSync(join(tmpdir(), 'gantry-test-image-jobs-'));
let folder = '';
let count = 0;
let told: TransferProgress[] = [];

beforeEach(() => {
	count += 1;
	folder = join(root, String(count));
	mkdirSync(folder);
	told = [];
});

after(() => {
	rmSync(root, {recursive: true, force: true});
});

const tell = (progress: TransferProgress): void => {
	told.push(progress);
};
const left = () => readdirSync(folder);
const path = () => join(folder, 'a.tar');
const task = (more: Partial<SaveTask> = {}): SaveTask => ({
	kind: 'save',
	references: ['a:1'],
	path: path(),
	compression: 'none',
	isReplacing: false,
	...more,
});

/** An engine that saves these bytes, and does something then. */
const engineOf = (chunks: readonly string[], then: () => void = () => {}): Engine => ({
	...createFakeEngine(createFakeClock()),
	saveImages: async function* () {
		for (const chunk of chunks) yield Buffer.from(chunk);
		then();
	},
});

const contextOf = (engine: Engine): JobContext => ({
	engine,
	registries: async () => noRegistries,
	openEngine: id => {
		throw new Error(`no engine is called ${id}`);
	},
});

const run = (engine: Engine, job: SaveTask, signal = new AbortController().signal) =>
	carryOutJob(contextOf(engine), job, tell, signal);

suite('a save', () => {
	test('is there in the end, for its owner alone, and tells how far it was', async () => {
		await run(engineOf(['abc', 'def']), task({totalBytes: 10}));
		assert.deepEqual(left(), ['a.tar']);
		assert.equal(readFileSync(path(), 'utf8'), 'abcdef');
		assert.equal(statSync(path()).mode & 0o777, 0o600);
		assert.deepEqual(told[0], {kind: 'waiting', status: 'the engine is packing'});
		assert.deepEqual(told.filter(({kind}) => kind === 'amount').at(-1), {
			kind: 'amount',
			doneBytes: 6,
			totalBytes: 10,
		});
	});

	test('compresses', async () => {
		await run(engineOf(['abc']), task({compression: 'gzip'}));
		assert.equal(gunzipSync(readFileSync(path())).toString(), 'abc');
		await run(engineOf(['abc']), task({compression: 'zstd', isReplacing: true}));
		assert.equal(zstdDecompressSync(readFileSync(path())).toString(), 'abc');
		assert.match(JSON.stringify(told.at(-1)), /as zstd/);
	});

	test('that breaks in the middle leaves nothing, and what was there stays', async () => {
		writeFileSync(path(), 'old');
		const broken = engineOf(['abc'], () => {
			throw new EngineError('unreachable', 'the connection broke');
		});
		for (const compression of ['none', 'gzip', 'zstd'] as const) {
			await assert.rejects(run(broken, task({isReplacing: true, compression})), {
				message: 'the connection broke',
			});
			assert.deepEqual(left(), ['a.tar']);
			assert.equal(readFileSync(path(), 'utf8'), 'old');
		}
	});

	test('that is given up leaves nothing: a stream that ends quietly then is not whole', async () => {
		for (const compression of ['none', 'gzip', 'zstd'] as const) {
			const leaving = new AbortController();
			await run(
				engineOf(['abc'], () => leaving.abort()),
				task({compression}),
				leaving.signal,
			);
			assert.deepEqual(left(), []);
		}
	});

	test('takes no place that is taken, not even by somebody else meanwhile', async () => {
		writeFileSync(path(), 'old');
		await assert.rejects(run(engineOf(['abc']), task()), /a\.tar exists already/);
		rmSync(path());
		const meanwhile = engineOf(['abc'], () => {
			writeFileSync(path(), 'theirs');
		});
		await assert.rejects(run(meanwhile, task()), /a\.tar: it exists already/);
		assert.equal(readFileSync(path(), 'utf8'), 'theirs');
		assert.deepEqual(left(), ['a.tar']);
		await assert.rejects(run(engineOf(['abc']), task({path: folder})), /is a directory: add a name/);
		await assert.rejects(
			run(engineOf(['abc']), task({path: join(folder, 'no/a.tar')})),
			/there is no directory .*\/no$/,
		);
	});

	test('replaces what a link leads to, with the mode that it had', async () => {
		writeFileSync(join(folder, 'real'), 'old', {mode: 0o644});
		symlinkSync('real', path());
		await run(engineOf(['abc']), task({isReplacing: true}));
		assert.equal(readFileSync(join(folder, 'real'), 'utf8'), 'abc');
		assert.equal(statSync(join(folder, 'real')).mode & 0o777, 0o644);
		assert.deepEqual(left().toSorted(), ['a.tar', 'real']);
	});

	test('of the same file twice at a time is one too many', async () => {
		const gate = Promise.withResolvers<void>();
		const slow: Engine = {
			...engineOf([]),
			saveImages: async function* () {
				yield Buffer.from('abc');
				await gate.promise;
			},
		};
		const first = run(slow, task());
		await assert.rejects(run(engineOf(['x']), task()), /is being written already/);
		gate.resolve();
		await first;
		assert.equal(readFileSync(path(), 'utf8'), 'abc');
	});
});

suite('a load', () => {
	test('sends the file, and tells how much of it, and what came of it', async () => {
		writeFileSync(path(), 'x'.repeat(600_000));
		let sent = 0;
		const engine: Engine = {
			...engineOf([]),
			loadImages: async function* (archive) {
				for (const chunk of await collect(archive)) sent += chunk.length;
				yield {kind: 'result', names: ['a:1']};
			},
		};
		await carryOutJob(contextOf(engine), {kind: 'load', path: path()}, tell, new AbortController().signal);
		assert.equal(sent, 600_000);
		assert.deepEqual(
			told.map(item => (item.kind === 'amount' ? [item.doneBytes, item.totalBytes] : item.kind)).slice(-3),
			[[600_000, 600_000], 'waiting', 'result'],
		);
	});

	test('of what cannot be read asks nothing of the engine', async () => {
		const {signal} = new AbortController();
		for (const [wrong, words] of [
			[folder, /is a directory, no tar file/],
			[join(folder, 'none'), /none: no such file or directory/],
			['/dev/null', /is no plain file/],
		] as const)
			await assert.rejects(
				carryOutJob(contextOf(engineOf([])), {kind: 'load', path: wrong}, tell, signal),
				words,
			);
	});
});
