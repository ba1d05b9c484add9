import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import type {ImageChoice} from '../../../source/layers/archive/contract.ts';
import {readArchive} from '../../../source/layers/archive/read-archive.ts';
import {
	archiveOf,
	entriesOf,
	type Files,
	indexFiles,
	ociFiles,
	ociImage,
	savedBefore25,
	savedSince25,
	sha256,
} from '../../helpers/image-archives.ts';
import {createRecorder, inPieces, readImage} from '../../helpers/read-image.ts';
import {rawEntry, tarOf} from '../../helpers/tar-bytes.ts';

const base = tarOf({path: 'bin/', type: '5'}, {path: 'bin/sh', body: 'shell'});
const upper = tarOf({path: 'etc/.wh.x'}, {path: 'etc/motd', body: 'hello'});
const layers = [base, upper, base];
const expected = [
	['bin', 'bin/sh'],
	['etc/.wh.x', 'etc/motd'],
	['bin', 'bin/sh'],
];

const namesIn = async (archive: Buffer, choice?: ImageChoice) =>
	(await readImage(archive, choice === undefined ? {} : {choice})).layers.map(entries =>
		entries.map(entry => entry.path),
	);

const several = Buffer.concat([gzipSync(base.subarray(0, 700)), gzipSync(base.subarray(700))]);

describe('an image is read from', () => {
	for (const [what, archive] of [
		['what Docker saved before 25', tarOf(...savedBefore25(layers))],
		['what Docker saves', archiveOf(savedSince25(layers))],
		['what it saves of layers stored with gzip', archiveOf(savedSince25(layers, {compression: 'gzip'}))],
		['an OCI layout', archiveOf(ociFiles(layers))],
		['an OCI layout with gzip', archiveOf(ociFiles(layers, {compression: 'gzip'}))],
		['an OCI layout with zstd', archiveOf(ociFiles(layers, {compression: 'zstd'}))],
		['an archive compressed by gzip', gzipSync(tarOf(...savedBefore25(layers)))],
		['one compressed by zstd', zstdCompressSync(archiveOf(ociFiles(layers, {compression: 'gzip'})))],
		[
			'one whose paths begin with ./',
			tarOf(...entriesOf(ociFiles(layers)).map(entry => ({...entry, path: `./${entry.path}`}))),
		],
	] as const)
		test(what, async () => {
			assert.deepEqual(await namesIn(archive), expected);
		});

	test('a layer of several gzip members', async () => {
		const {blobs, manifest} = ociImage([base], {compression: 'gzip'});
		const layer = manifest.layers[0]?.digest.replace('sha256:', 'blobs/sha256/') ?? '';
		const files = new Map(ociFiles([base], {compression: 'gzip'}));
		assert.ok(blobs.has(layer));
		files.set(layer, several);
		assert.deepEqual(await namesIn(archiveOf(files)), [expected[0]]);
	});

	test('an archive with links to its configuration and layers', async () => {
		const [folder, version, json, layer, ...others] = savedBefore25([base]);
		assert.ok(folder && version && json && layer);
		const moved = {...layer, path: 'layers/first.tar'};
		for (const type of ['1', '2']) {
			const link = {path: layer.path ?? '', type, link: `${type === '2' ? '../' : ''}layers/first.tar`};
			const {image} = await readImage(tarOf(folder, link, moved, ...others));
			assert.equal(image.layers[0]?.blob, 'layers/first.tar');
		}
	});
});

test('what is told of an image', async () => {
	const files = savedSince25(layers, {compression: 'gzip'});
	const {descriptor, manifest} = ociImage(layers, {compression: 'gzip'});
	const {image} = await readImage(archiveOf(files));
	assert.deepEqual(image.identity, {
		configDigest: manifest.config.digest,
		manifestDigest: descriptor.digest,
		references: ['app:1'],
		platform: 'linux/amd64',
	});
	assert.deepEqual(
		image.config.history.map(step => step.createdBy),
		['layer 0', 'layer 1', 'layer 2'],
	);
	assert.deepEqual(image.layers[1], {
		diffId: `sha256:${sha256(upper)}`,
		blob: manifest.layers[1]?.digest.replace('sha256:', 'blobs/sha256/'),
		mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
		urls: [],
	});
});

test('the bytes of the source are counted as they come', async () => {
	const archive = gzipSync(archiveOf(savedSince25(layers)));
	const recorder = createRecorder();
	await readArchive(inPieces(archive, 100), recorder.visitor);
	assert.equal(recorder.bytes(), archive.length);
});

const arm = ociImage([base], {config: {architecture: 'arm64', variant: 'v8'}});
const amd = ociImage([upper]);
const named = (descriptor: object, name: string) => ({
	...descriptor,
	annotations: {'io.containerd.image.name': name},
});
const blob = (value: unknown) => {
	const bytes = Buffer.from(JSON.stringify(value));
	return {
		path: `blobs/sha256/${sha256(bytes)}`,
		bytes,
		digest: `sha256:${sha256(bytes)}`,
		size: bytes.length,
	};
};
const attestation = blob({
	schemaVersion: 2,
	layers: [],
	config: {mediaType: 'application/vnd.oci.image.config.v1+json'},
});
const list = blob({
	manifests: [
		{...amd.descriptor, platform: {os: 'linux', architecture: 'amd64'}},
		{...arm.descriptor, platform: {os: 'linux', architecture: 'arm64', variant: 'v8'}},
		{digest: attestation.digest, platform: {os: 'unknown', architecture: 'unknown'}},
		{digest: `sha256:${'0'.repeat(64)}`, platform: {os: 'linux', architecture: 's390x'}},
	],
});
const platforms = (): Map<string, Buffer> =>
	new Map([
		...amd.blobs,
		...arm.blobs,
		[list.path, list.bytes],
		[attestation.path, attestation.bytes],
		...indexFiles([named(list, 'docker.io/library/app:1')]),
	]);

describe('of several', () => {
	test('platforms one must be chosen', async () => {
		const archive = archiveOf(platforms());
		await assert.rejects(readImage(archive), {
			kind: 'choose',
			message: 'it holds several platforms: linux/amd64, linux/arm64/v8',
			choices: ['linux/amd64', 'linux/arm64/v8'],
		});
		const {image} = await readImage(archive, {choice: {platform: 'linux/arm64', reference: 'app:1'}});
		assert.deepEqual(image.identity, {
			configDigest: arm.manifest.config.digest,
			manifestDigest: arm.descriptor.digest,
			references: ['docker.io/library/app:1'],
			platform: 'linux/arm64/v8',
		});
		assert.deepEqual(await namesIn(archive, {platform: 'linux/amd64'}), [expected[1]]);
		await assert.rejects(readImage(archive, {choice: {platform: 'linux/s390x'}}), {
			kind: 'missing',
			message: `blobs/sha256/${'0'.repeat(64)}, a manifest, is missing`,
		});
		await assert.rejects(readImage(archive, {choice: {platform: 'windows/amd64'}}), {
			kind: 'choose',
			message: /^it has nothing for windows\/amd64, but for: linux\/amd64, linux\/arm64\/v8/,
		});
	});

	test('platforms the only one that is there is meant', async () => {
		const files = platforms();
		for (const layer of amd.manifest.layers) files.delete(layer.digest.replace('sha256:', 'blobs/sha256/'));
		assert.deepEqual(await namesIn(archiveOf(files)), [expected[0]]);
	});

	test('platforms the manifest.json names but one', async () => {
		const files = new Map([
			...platforms(),
			['manifest.json', savedSince25([upper]).get('manifest.json') ?? Buffer.alloc(0)],
		]);
		await assert.rejects(readImage(archiveOf(files)), {kind: 'choose'});
		assert.deepEqual(await namesIn(archiveOf(files), {platform: 'linux/arm64/v8'}), [expected[0]]);
		// A containerd store knows an image by the digest of its index.
		assert.deepEqual(await namesIn(archiveOf(files), {reference: list.digest, platform: 'linux/amd64'}), [
			expected[1],
		]);
	});

	test('images one must be chosen, by name or digest', async () => {
		const entries = [...savedBefore25([base], 'one:1'), ...savedBefore25([upper], 'registry:5000/two:2')];
		const manifests = entries
			.filter(entry => entry.path === 'manifest.json')
			.flatMap(entry => JSON.parse(String(entry.body)));
		const archive = tarOf(...entries, {path: 'manifest.json', body: JSON.stringify(manifests)});
		await assert.rejects(readImage(archive), {
			kind: 'choose',
			message: 'it holds several images: one:1, registry:5000/two:2',
			choices: ['one:1', 'registry:5000/two:2'],
		});
		assert.deepEqual(await namesIn(archive, {reference: 'docker.io/library/one:1'}), [expected[0]]);
		const id = String(manifests[1].Config).slice(0, 12);
		assert.deepEqual(await namesIn(archive, {reference: id}), [expected[1]]);
		await assert.rejects(readImage(archive, {choice: {reference: 'three'}}), {
			message: 'it does not hold three, but: one:1, registry:5000/two:2',
		});
	});

	test('names of the same image none needs to be chosen', async () => {
		const files = new Map([
			...amd.blobs,
			...indexFiles([named(amd.descriptor, 'a:1'), named(amd.descriptor, 'b:1')]),
		]);
		const {image} = await readImage(archiveOf(files));
		assert.deepEqual(image.identity.references, ['a:1', 'b:1']);
	});
});

const changed = (files: Files, path: string, change: (bytes: Buffer) => Buffer): Buffer =>
	archiveOf(new Map([...files].map(([name, bytes]) => [name, name === path ? change(bytes) : bytes])));

const layerPath = (files: ReturnType<typeof ociImage>): string =>
	files.manifest.layers[0]?.digest.replace('sha256:', 'blobs/sha256/') ?? '';

describe('a layer', () => {
	const manifestWith = (layer: object): Files => {
		const {manifest, blobs} = ociImage([base]);
		const made = blob({...manifest, layers: [{...manifest.layers[0], ...layer}]});
		return new Map([...blobs, [made.path, made.bytes], ...indexFiles([made])]);
	};

	test('that is not in the archive by licence is told with where it is', async () => {
		const layer = {
			mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
			digest: `sha256:${'1'.repeat(64)}`,
			urls: ['https://example.com/layer'],
		};
		const {image} = await readImage(archiveOf(manifestWith(layer)));
		assert.deepEqual(image.layers, [
			{diffId: `sha256:${sha256(base)}`, mediaType: layer.mediaType, urls: layer.urls},
		]);
	});

	test('of another type is refused', async () => {
		const layer = {mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted'};
		await assert.rejects(readImage(archiveOf(manifestWith(layer))), {
			kind: 'unsupported',
			message: /^blobs\/sha256\/[0-9a-f]+: layers of type .*\+encrypted are not supported$/,
		});
	});

	for (const [what, kind, message, change] of [
		[
			'compressed by xz',
			'unsupported',
			/compressed with xz, which is not supported/,
			() => Buffer.from('fd377a585a0000', 'hex'),
		],
		['compressed by bzip2', 'unsupported', /compressed with bzip2, which/, () => Buffer.from('BZh91AY')],
		['that is no tar', 'damaged', /neither a layer nor JSON/, () => Buffer.alloc(2000, 'x')],
		['with another content', 'damaged', /its content is sha256:[0-9a-f]+, not sha256:/, () => upper],
		[
			'of which the end is missing',
			'damaged',
			/gzip data is damaged \(unexpected end/,
			(bytes: Buffer) => bytes.subarray(0, -9),
		],
		[
			'with a damaged compression',
			'damaged',
			/gzip data is damaged/,
			(bytes: Buffer) => Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(20, 0xff), bytes.subarray(60)]),
		],
	] as const)
		test(`${what} is refused`, async () => {
			const options = {compression: 'gzip'} as const;
			const path = layerPath(ociImage([base], options));
			await assert.rejects(readImage(changed(ociFiles([base], options), path, change)), error => {
				assert.ok(error instanceof Error && 'kind' in error);
				assert.equal(error.kind, kind);
				assert.ok(error.message.startsWith(`${path}: `));
				assert.match(error.message, message);
				return true;
			});
		});

	test('of zstd that is damaged is refused', async () => {
		const options = {compression: 'zstd'} as const;
		const path = layerPath(ociImage([base], options));
		const archive = changed(ociFiles([base], options), path, bytes => bytes.subarray(0, -5));
		await assert.rejects(readImage(archive), {kind: 'damaged', message: /zstd data is damaged/});
	});

	test('that no image has may be whatever it is', async () => {
		const archive = tarOf(...savedBefore25([base]), {
			path: 'other.tar',
			body: rawEntry({path: 'cut', size: 5000}),
		});
		assert.deepEqual(await namesIn(archive), [expected[0]]);
	});
});

describe('no image is', () => {
	for (const [what, kind, message, bytes] of [
		['an empty file', 'no-image', /^it is empty$/, Buffer.alloc(0)],
		['some text', 'no-image', /^it is no tar archive$/, Buffer.from('FROM scratch\n')],
		['some bytes', 'no-image', /^it is no tar archive$/, Buffer.alloc(5000, 'xyz')],
		['a compressed text', 'no-image', /^what is in its gzip data is no tar archive$/, gzipSync('hello')],
		[
			'a tar without an image',
			'no-image',
			/^no image is in it: neither manifest\.json nor index\.json$/,
			base,
		],
		['an empty tar', 'no-image', /^no image is in it/, Buffer.alloc(10_240)],
		[
			'a manifest without images',
			'no-image',
			/^it names no image$/,
			tarOf({path: 'manifest.json', body: '[]'}),
		],
		['an index without images', 'no-image', /^it names no image$/, tarOf({path: 'index.json', body: '{}'})],
		['an archive of xz', 'unsupported', /^it is compressed with xz/, Buffer.from('fd377a585a0000', 'hex')],
		['one of Docker 1.9', 'unsupported', /Docker before 1\.10/, tarOf({path: 'repositories', body: '{}'})],
		['half a JSON', 'damaged', /^manifest\.json: it is no JSON$/, tarOf({path: 'manifest.json', body: '[{'})],
		[
			'another JSON',
			'damaged',
			/^manifest\.json: it is no list/,
			tarOf({path: 'manifest.json', body: '[1]'}),
		],
		[
			'a lost configuration',
			'missing',
			/^abc\.json is missing$/,
			tarOf({path: 'manifest.json', body: '[{"Config":"abc.json"}]'}),
		],
		[
			'a lost configuration with a name to be wary of',
			'missing',
			/^red json is missing$/,
			tarOf({path: 'manifest.json', body: '[{"Config":"\\u001b[31mred\\njson"}]'}),
		],
	] as const)
		test(what, async () => {
			await assert.rejects(readImage(bytes), {name: 'ArchiveError', kind, message});
		});

	test('a chart', async () => {
		const chart = blob({config: {mediaType: 'application/vnd.cncf.helm.config.v1+json'}, layers: []});
		const files = new Map([[chart.path, chart.bytes], ...indexFiles([chart])]);
		await assert.rejects(readImage(archiveOf(files)), {
			kind: 'unsupported',
			message: `${chart.path}: it is no image, but of type application/vnd.cncf.helm.config.v1+json`,
		});
	});

	test('an index in itself', async () => {
		const deep = Array.from({length: 20}).reduce<ReturnType<typeof blob>[]>(
			made => [blob({manifests: [{digest: made[0]?.digest}]}), ...made],
			[blob({manifests: [amd.descriptor]})],
		);
		const files = new Map([
			...deep.map(one => [one.path, one.bytes] as const),
			...indexFiles(deep.slice(0, 1)),
		]);
		await assert.rejects(readImage(archiveOf(files)), {kind: 'unsupported', message: /too many indexes/});
	});
});

describe('a reading', () => {
	test('ends when its signal aborts, and closes the source', async () => {
		const controller = new AbortController();
		let isClosed = false;
		async function* source() {
			try {
				const archive = archiveOf(savedSince25(layers));
				yield archive.subarray(0, 1000);
				controller.abort(new Error('enough'));
				yield archive.subarray(1000);
			} finally {
				isClosed = true;
			}
		}
		const reading = readArchive(source(), createRecorder().visitor, {signal: controller.signal});
		await assert.rejects(reading, {message: 'enough'});
		assert.ok(isClosed);
	});

	for (const how of ['none', 'gzip'] as const)
		test(`passes on what goes wrong with the source (${how})`, async () => {
			const archive = archiveOf(savedSince25(layers));
			const bytes = how === 'gzip' ? gzipSync(archive) : archive;
			async function* source() {
				yield bytes.subarray(0, 600);
				throw new Error('the line is cut');
			}
			await assert.rejects(readImage(source()), {message: 'the line is cut'});
		});

	test('keeps nothing of a huge file', async () => {
		const size = 512 * 1024 ** 2;
		const zeros = Buffer.alloc(1024 * 1024);
		async function* source() {
			const file = rawEntry({path: 'huge', size});
			yield rawEntry({path: 'abc/layer.tar', size: size + 1536});
			yield file;
			for (let at = 0; at < size; at += zeros.length) yield zeros;
			yield Buffer.alloc(1024);
			yield tarOf({path: 'manifest.json', body: '[]'});
		}
		const recorder = createRecorder();
		const before = process.memoryUsage().rss;
		await assert.rejects(readArchive(source(), recorder.visitor), {message: 'it names no image'});
		assert.ok(process.memoryUsage().rss - before < 40e6);
	});
});
