import assert from 'node:assert/strict';
import {
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {type AnalysisRequest, type AnalysisUpdate, analyse} from '../../source/layers/analyse.ts';
import {createLayerCache} from '../../source/layers/cache/layer-cache.ts';
import {startReader} from '../../source/layers/reader/start-reader.ts';
import type {ImageTree} from '../../source/layers/types.ts';
import {drawn, viewOf} from './image-builder.ts';
import {type SavedImage, savedImage} from './saved-image.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-layers-'));
after(() => rmSync(folder, {recursive: true}));

const base = [
	{path: 'etc/', type: '5', mode: 0o755},
	{path: 'etc/passwd', content: 'root'},
	{path: 'bin/', type: '5', mode: 0o755},
	{path: 'bin/sh', content: 'shell', mode: 0o755},
	{path: 'bin/ash', type: '1', target: 'bin/sh'},
];
const image = savedImage(
	[
		base,
		[{path: 'etc/passwd', content: 'more than root'}],
		[{path: 'bin/.wh.sh'}, {path: 'l', type: '2', target: 'bin/ash'}],
	],
	[2, 0, 1],
);

const knownOf = ({diffIds, imageId}: SavedImage) => ({
	imageId,
	diffIds,
	history: diffIds.map((_, index) => ({createdBy: `RUN step ${index}`, comment: '', isEmpty: false})),
});

/** The bytes in pieces, then whatever comes after them. */
async function* pieces(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array, void, undefined> {
	for (let at = 0; at < bytes.length; at += size) {
		await new Promise(resolve => setImmediate(resolve));
		yield bytes.subarray(at, at + size);
	}
}

const streamOf = (bytes: Buffer, size?: number): AnalysisRequest['source'] => ({
	kind: 'stream',
	open: () => pieces(bytes, size),
});

const all = async (request: AnalysisRequest, signal = new AbortController().signal) => {
	const updates: AnalysisUpdate[] = [];
	for await (const update of analyse(request, signal)) updates.push(update);
	return updates;
};
const doneOf = (updates: readonly AnalysisUpdate[]) => {
	const last = updates.at(-1);
	assert.ok(last?.kind === 'done', `${last?.kind} is the last`);
	return last;
};
const readLayers = (tree: ImageTree) => tree.layers.map(({entries}) => entries !== undefined);

const whole = ['~ bin/ 5', '  bin/ash 5', '- bin/sh 5', '  etc/ 14', '  etc/passwd 14', '+ l 0'];

describe('an image is analysed', () => {
	test('from a stream', async () => {
		const updates = await all({source: streamOf(image.archive)});
		const done = doneOf(updates);
		assert.deepEqual(drawn(viewOf(done.tree)), whole);
		assert.deepEqual(
			done.tree.layers.map(({diffId, createdBy, createdAt}) => ({diffId, createdBy, createdAt})),
			image.diffIds.map((diffId, index) => ({
				diffId,
				createdBy: `RUN step ${index}`,
				createdAt: Date.UTC(2026, 0, 1),
			})),
		);
		assert.equal(done.tree.layers[0]?.contentBytes, 9);
		assert.ok(done.tree.isComplete);
		assert.equal(done.readBytes, image.archive.length);
		assert.equal(done.identity.configDigest, image.imageId);
		assert.deepEqual(done.identity.references, ['saved:1']);
	});

	test('from a file', async () => {
		const path = join(folder, 'saved.tar');
		writeFileSync(path, image.archive);
		assert.deepEqual(drawn(viewOf(doneOf(await all({source: {kind: 'file', path}})).tree)), whole);
	});

	test('layer by layer in its own order, where that is known', async () => {
		const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
		const large = savedImage(
			[0, 1, 2].map(n => [{path: `file-${n}`, content: Buffer.alloc(300_000, n)}]),
			[2, 0, 1],
		);
		async function* gated() {
			for (let at = 0; at < large.archive.length; at += 1000) {
				if (at % 300_000 === 0 && at > 300_000) await gates[at / 300_000 - 2]?.promise;
				yield large.archive.subarray(at, at + 1000);
			}
		}
		const seen: (readonly boolean[])[] = [];
		for await (const update of analyse(
			{source: {kind: 'stream', open: gated}, expected: knownOf(large)},
			new AbortController().signal,
		)) {
			if (update.kind === 'progress') continue;
			seen.push(readLayers(update.tree));
			gates[seen.length - 2]?.resolve();
		}
		assert.deepEqual(seen.slice(0, 3), [
			[false, false, false],
			[false, false, true],
			[true, false, true],
		]);
		assert.deepEqual(seen.at(-1), [true, true, true]);
	});

	test('while it is still asked what to expect: the source is open before, and not where it may be remembered', async () => {
		const open = () => {
			opened += 1;
			return pieces(image.archive);
		};
		let opened = 0;
		const asked = Promise.withResolvers<ReturnType<typeof knownOf> | undefined>();
		const reading = all({source: {kind: 'stream', open}, expected: asked.promise});
		await new Promise(resolve => setImmediate(resolve));
		assert.equal(opened, 1);
		asked.resolve(knownOf(image));
		const updates = await reading;
		assert.deepEqual(drawn(viewOf(doneOf(updates).tree)), whole);
		assert.ok(updates.some(update => update.kind === 'tree'));
		assert.equal(opened, 1);

		const cacheFolder = join(folder, 'asked');
		const {promise, resolve} = Promise.withResolvers<readonly string[] | undefined>();
		const later = Promise.withResolvers<ReturnType<typeof knownOf> | undefined>();
		const other = all({
			source: {kind: 'stream', open},
			cacheFolder,
			diffIds: promise,
			expected: later.promise,
		});
		await new Promise(turn => setImmediate(turn));
		assert.equal(opened, 1);
		resolve(image.diffIds);
		await new Promise(turn => setImmediate(turn));
		assert.equal(opened, 2);
		later.resolve(undefined);
		assert.deepEqual(drawn(viewOf(doneOf(await other).tree)), whole);
		assert.equal(opened, 2);
	});

	test('what is damaged is told as an error of its own', async () => {
		await assert.rejects(all({source: streamOf(image.archive.subarray(0, 3000))}), {
			name: 'ArchiveError',
			kind: 'damaged',
		});
		await assert.rejects(all({source: {kind: 'file', path: join(folder, 'none.tar')}}), {
			name: 'ArchiveError',
			message: /none\.tar: there is no such file/,
		});
	});

	test('what the source throws is thrown', async () => {
		const cause = new Error('no such image');
		// biome-ignore lint/correctness/useYield: it fails first
		async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
			throw cause;
		}
		await assert.rejects(all({source: {kind: 'stream', open: failing}}), error => error === cause);
	});

	test('until it is called off: the source is closed and the thread is gone', async () => {
		const threads = () => readdirSync('/proc/self/task').length;
		await all({source: streamOf(image.archive)});
		const before = threads();
		const controller = new AbortController();
		let isClosed = false;
		async function* endless(signal: AbortSignal) {
			try {
				yield image.archive.subarray(0, 1000);
				await new Promise((_, reject) => {
					signal.addEventListener('abort', () => reject(signal.reason));
				});
			} finally {
				isClosed = true;
			}
		}
		for await (const update of analyse({source: {kind: 'stream', open: endless}}, controller.signal)) {
			assert.equal(update.kind, 'progress');
			assert.equal(threads(), before + 1);
			controller.abort();
		}
		assert.ok(isClosed);
		assert.equal(threads(), before);
		assert.deepEqual(await all({source: streamOf(image.archive)}, controller.signal), []);
	});

	test('until nobody listens any more', async () => {
		const threads = () => readdirSync('/proc/self/task').length;
		const before = threads();
		for await (const update of analyse({source: streamOf(image.archive)}, new AbortController().signal))
			if (update.kind === 'progress') break;
		assert.equal(threads(), before);
	});

	test('a thread that dies is one clear error', async () => {
		const {promise, resolve} = Promise.withResolvers<Error>();
		const file = join(folder, 'dying.mjs');
		writeFileSync(file, "setTimeout(() => { throw new Error('out of luck'); })");
		startReader(() => {}, resolve, new URL(`file://${file}`));
		assert.equal((await promise).message, "the image's reader has ended unexpectedly: out of luck");
	});
});

describe('what was read before', () => {
	const unopened: AnalysisRequest['source'] = {
		kind: 'stream',
		open: () => assert.fail('it was opened'),
	};
	const cacheOf = (name: string) => join(folder, name);
	const read = (cacheFolder: string, saved: SavedImage = image) =>
		all({source: streamOf(saved.archive), cacheFolder, expected: knownOf(saved)});

	test('is not read again', async () => {
		const cacheFolder = cacheOf('whole');
		const first = doneOf(await read(cacheFolder));
		const second = doneOf(await all({source: unopened, cacheFolder, expected: knownOf(image)}));
		assert.deepEqual(drawn(viewOf(second.tree)), whole);
		assert.deepEqual(second.tree.config, first.tree.config);
		assert.deepEqual(second.identity, first.identity);
		assert.equal(second.readBytes, 0);
		assert.deepEqual(
			second.tree.layers.map(({tarBytes, contentBytes, createdBy}) => ({tarBytes, contentBytes, createdBy})),
			first.tree.layers.map(({tarBytes, contentBytes, createdBy}) => ({tarBytes, contentBytes, createdBy})),
		);
	});

	test('needs no more than what the engine tells of an image of known layers', async () => {
		const cacheFolder = cacheOf('told');
		const {tree, identity} = doneOf(await read(cacheFolder));
		assert.ok(tree.config !== undefined);
		const expected = {...knownOf(image), imageId: `sha256:${'0'.repeat(64)}`};
		const other = {...expected, config: {...tree.config, user: 'other'}, identity};
		const done = doneOf(await all({source: unopened, cacheFolder, expected: other}));
		assert.equal(done.tree.config?.user, 'other');
		// Without that it is read.
		assert.ok(doneOf(await all({source: streamOf(image.archive), cacheFolder, expected})).readBytes > 0);
	});

	test('shows at once in another image with the same base', async () => {
		const cacheFolder = cacheOf('base');
		await read(cacheFolder);
		const other = savedImage([base, [{path: 'other', content: 'x'}]]);
		const updates = await read(cacheFolder, other);
		const first = updates.find(({kind}) => kind === 'tree');
		assert.ok(first?.kind === 'tree');
		assert.deepEqual(readLayers(first.tree), [true, false]);
		assert.deepEqual(drawn(viewOf(doneOf(updates).tree)).at(-1), '+ other 1');
	});

	test('is the user’s own', async () => {
		const cacheFolder = cacheOf('own');
		await read(cacheFolder);
		assert.equal(statSync(cacheFolder).mode & 0o777, 0o700);
		const files = readdirSync(cacheFolder);
		assert.equal(files.length, 4);
		for (const name of files) assert.equal(statSync(join(cacheFolder, name)).mode & 0o777, 0o600);
	});

	test('is thrown away when it is damaged', async () => {
		const cacheFolder = cacheOf('damaged');
		await read(cacheFolder);
		const files = readdirSync(cacheFolder).filter(name => name.endsWith('.layer'));
		const [first = '', second = '', third = ''] = files.map(name => join(cacheFolder, name));
		truncateSync(first, 100);
		truncateSync(second, 0);
		const bytes = readFileSync(third);
		bytes[60] = (bytes[60] ?? 0) ^ 1;
		writeFileSync(third, bytes);
		const done = doneOf(await read(cacheFolder));
		assert.ok(done.readBytes > 0);
		assert.deepEqual(drawn(viewOf(done.tree)), whole);
		assert.deepEqual(
			drawn(viewOf(doneOf(await all({source: unopened, cacheFolder, expected: knownOf(image)})).tree)),
			whole,
		);
	});

	test('goes when there is too much of it, what was not used for the longest first', async () => {
		const cacheFolder = cacheOf('full');
		await read(cacheFolder);
		const [oldest = ''] = readdirSync(cacheFolder);
		utimesSync(join(cacheFolder, oldest), 1, 1);
		const sizes = readdirSync(cacheFolder).map(name => statSync(join(cacheFolder, name)).size);
		createLayerCache(cacheFolder, sizes.reduce((sum, size) => sum + size) - 1).trim();
		assert.equal(readdirSync(cacheFolder).length, 3);
		assert.ok(!readdirSync(cacheFolder).includes(oldest));
	});

	test('is nowhere where the folder cannot be written, which is no error', async () => {
		const path = join(folder, 'a-file');
		writeFileSync(path, '');
		assert.deepEqual(drawn(viewOf(doneOf(await read(join(path, 'cache'))).tree)), whole);
	});
});
