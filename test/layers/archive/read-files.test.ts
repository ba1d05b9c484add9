import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import type {ArchiveEntry} from '../../../source/engine/file-types.ts';
import type {ArchiveSource} from '../../../source/layers/archive/contract.ts';
import {type FilesRequest, readFileStart, readFiles} from '../../../source/layers/archive/read-files.ts';
import {
	archiveOf,
	ociFiles,
	savedBefore25,
	savedSince25,
	sha256,
	writeLayout,
} from '../../helpers/image-archives.ts';
import {inPieces} from '../../helpers/read-image.ts';
import {tarOf} from '../../helpers/tar-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-read-files-'));
after(() => {
	rmSync(folder, {recursive: true});
});

const text = 'some text\n'.repeat(10_000);
const layer = tarOf(
	{path: 'bin/', type: '5', mode: 0o755},
	{path: 'bin/tool', body: text, mode: 0o4755, time: 1_600_000_000},
	{path: 'bin/same', type: '1', link: 'bin/tool'},
	{path: 'bin/also', type: '1', link: 'bin/same'},
	{path: 'bin/soft', type: '2', link: 'tool'},
	{path: 'etc/last', body: 'end'},
	{path: 'etc/unread', body: 'never'},
);
const other = tarOf({path: 'bin/tool', body: 'another layer'});
const diffId = `sha256:${sha256(layer)}`;

const opened = {count: 0, closed: 0};

const sourceOf = (archive: Buffer, pieceBytes?: number): ArchiveSource => ({
	kind: 'stream',
	async *open() {
		opened.count += 1;
		try {
			yield* inPieces(archive, pieceBytes);
		} finally {
			opened.closed += 1;
		}
	},
});

type Read = {readonly path: string; readonly kind: string; readonly link?: string; readonly text: string};

const read = async (source: ArchiveSource, request: FilesRequest): Promise<readonly Read[]> => {
	const files: Read[] = [];
	const entries: AsyncIterable<ArchiveEntry> = readFiles(source, request, new AbortController().signal);
	for await (const {path, facts, content} of entries) {
		const parts: Uint8Array[] = [];
		for await (const part of content) parts.push(part);
		const link = facts.linkTarget === undefined ? {} : {link: facts.linkTarget};
		files.push({path, kind: facts.kind, ...link, text: Buffer.concat(parts).toString()});
	}
	return files;
};

const wanted = (...paths: readonly string[]): FilesRequest => ({layer: {diffId}, paths: new Set(paths)});

const layers = [other, layer];
const saved = archiveOf(savedSince25(layers));

describe('files of a layer come with their content from', () => {
	const layout = (compression: 'none' | 'gzip' | 'zstd'): ArchiveSource => {
		const path = join(folder, compression);
		writeLayout(path, ociFiles(layers, {compression}));
		return {kind: 'layout', folder: path};
	};
	for (const [what, source] of [
		['what Docker saved before 25', sourceOf(tarOf(...savedBefore25(layers)))],
		['what Docker saves', sourceOf(saved)],
		['the same in small pieces', sourceOf(saved, 700)],
		['layers of gzip', sourceOf(archiveOf(ociFiles(layers, {compression: 'gzip'})))],
		[
			'layers of zstd in an archive of gzip',
			sourceOf(gzipSync(archiveOf(ociFiles(layers, {compression: 'zstd'})))),
		],
		['a layout', layout('none')],
		['a layout with gzip', layout('gzip')],
		['a layout with zstd', layout('zstd')],
	] as const)
		test(what, async () => {
			assert.deepEqual(await read(source, wanted('bin', 'bin/tool', 'bin/soft', 'etc/last', 'not/there')), [
				{path: 'bin', kind: 'directory', text: ''},
				{path: 'bin/tool', kind: 'file', text},
				{path: 'bin/soft', kind: 'symlink', link: 'tool', text: ''},
				{path: 'etc/last', kind: 'file', text: 'end'},
			]);
		});
});

describe('a hard link', () => {
	test('whose file is wanted too is given as a link', async () => {
		assert.deepEqual(await read(sourceOf(saved), wanted('bin/also', 'bin/tool')), [
			{path: 'bin/tool', kind: 'file', text},
			{path: 'bin/also', kind: 'hardlink', link: 'bin/tool', text: ''},
		]);
	});

	test('whose file is not wanted is given as the file, and others as links to it', async () => {
		const both = [
			{path: 'bin/same', kind: 'file', text},
			{path: 'bin/also', kind: 'hardlink', link: 'bin/same', text: ''},
		];
		assert.deepEqual(await read(sourceOf(saved), wanted('bin/also', 'bin/same')), both);
		const blob = `blobs/sha256/${sha256(layer)}`;
		const linkTargets = new Map(['bin/same', 'bin/also'].map(path => [path, 'bin/tool']));
		opened.count = 0;
		const request = {...wanted('bin/also', 'bin/same'), layer: {diffId, blob}, linkTargets};
		assert.deepEqual(await read(sourceOf(saved), request), both);
		assert.equal(opened.count, 1);
	});
});

test('a reading ends with the last file that is wanted, and closes the source', async () => {
	const blob = `blobs/sha256/${sha256(layer)}`;
	const cut = saved.subarray(0, saved.indexOf('etc/unread') + 100);
	opened.count = 0;
	opened.closed = 0;
	const request = {...wanted('etc/last', 'bin/tool'), layer: {diffId, blob}};
	assert.equal((await read(sourceOf(cut, 1000), request)).length, 2);
	assert.deepEqual(opened, {count: 1, closed: 1});
	await assert.rejects(read(sourceOf(cut), {...request, paths: new Set(['etc/unread'])}), {kind: 'damaged'});
	assert.deepEqual(opened, {count: 2, closed: 2});
});

describe('who does not read a content', () => {
	for (const pieceBytes of [100, 700, 1 << 20])
		test(`gets the next file (pieces of ${pieceBytes})`, async () => {
			const request = wanted('bin/tool', 'bin/soft', 'etc/last', 'etc/unread');
			const names: string[] = [];
			for await (const {path, content} of readFiles(
				sourceOf(saved, pieceBytes),
				request,
				new AbortController().signal,
			)) {
				names.push(path);
				if (path === 'bin/tool') for await (const _ of content) break;
			}
			assert.deepEqual(names, ['bin/tool', 'bin/soft', 'etc/last', 'etc/unread']);
		});

	test('and leaves closes the source', async () => {
		opened.count = 0;
		opened.closed = 0;
		for await (const _ of readFiles(sourceOf(saved, 700), wanted('bin/tool'), new AbortController().signal))
			break;
		assert.equal(opened.count, opened.closed);
	});
});

test('the beginning of a file is read as far as it is wanted', async () => {
	const start = (path: string, maxBytes: number) =>
		readFileStart(sourceOf(saved), {layer: {diffId}, path}, maxBytes, new AbortController().signal);
	const cut = await start('bin/tool', 1000);
	assert.deepEqual(
		[cut?.bytes.toString(), cut?.isWhole, cut?.facts.sizeBytes],
		[text.slice(0, 1000), false, text.length],
	);
	opened.count = 0;
	const linked = await start('bin/also', 1e6);
	assert.equal(opened.count, 2);
	assert.deepEqual([linked?.bytes.toString(), linked?.isWhole, linked?.facts.mode], [text, true, 0o4755]);
	assert.equal(await start('bin/none', 10), undefined);
});

test('a path where no layer lies any more is looked for anew', async () => {
	const moved = {...wanted('etc/last'), layer: {diffId, blob: 'moved/layer.tar'}};
	const layout: ArchiveSource = {kind: 'layout', folder: join(folder, 'none')};
	for (const source of [sourceOf(tarOf(...savedBefore25(layers))), sourceOf(saved), layout])
		assert.deepEqual(await read(source, moved), [{path: 'etc/last', kind: 'file', text: 'end'}]);
});

test('a layer that the image does not have is named', async () => {
	const lost = {layer: {diffId: 'sha256:0', blob: 'no/layer'}, paths: new Set(['x'])};
	const unknown = {...lost, layer: {diffId: 'sha256:0'}};
	const layout: ArchiveSource = {kind: 'layout', folder: join(folder, 'none')};
	for (const source of [sourceOf(saved), layout]) {
		await assert.rejects(read(source, lost), {kind: 'missing', message: /^no\/layer, a layer/});
		await assert.rejects(read(source, unknown), {kind: 'missing', message: /^sha256:0, a layer/});
	}
});
