import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {readLayout} from '../../../source/layers/archive/read-layout.ts';
import {
	type Files,
	indexFiles,
	ociFiles,
	ociImage,
	savedSince25,
	writeLayout,
} from '../../helpers/image-archives.ts';
import {createRecorder} from '../../helpers/read-image.ts';
import {tarOf} from '../../helpers/tar-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-layout-'));
after(() => {
	rmSync(folder, {recursive: true});
});
let made = 0;
const layout = (files: Files): string => {
	const path = join(folder, String(made++));
	writeLayout(path, files);
	return path;
};

const base = tarOf({path: 'bin/sh', body: 'shell'});
const upper = tarOf({path: 'etc/motd', body: 'hello'});
const layers = [base, upper, base];

const namesIn = async (path: string, platform?: string) => {
	const recorder = createRecorder();
	const image = await readLayout(path, recorder.visitor, platform === undefined ? {} : {choice: {platform}});
	return {...recorder.of(image), bytes: recorder.bytes()};
};
const paths = async (path: string, platform?: string) =>
	(await namesIn(path, platform)).layers.map(entries => entries.map(entry => entry.path).join(' '));

describe('the folder of', () => {
	for (const compression of ['none', 'gzip', 'zstd'] as const)
		test(`an OCI layout (${compression})`, async () => {
			assert.deepEqual(await paths(layout(ociFiles(layers, {compression}))), [
				'bin/sh',
				'etc/motd',
				'bin/sh',
			]);
		});

	test('an unpacked archive', async () => {
		assert.deepEqual(await paths(layout(savedSince25(layers))), ['bin/sh', 'etc/motd', 'bin/sh']);
	});

	test('a manifest with its blobs beside it', async () => {
		const {blobs, manifest} = ociImage(layers);
		const files = new Map([...blobs].map(([path, bytes]) => [path.replace('blobs/sha256/', ''), bytes]));
		files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
		assert.deepEqual(await paths(layout(files)), ['bin/sh', 'etc/motd', 'bin/sh']);
	});
});

test('only the blobs of the image are read', async () => {
	const amd = ociImage([base]);
	const large = tarOf({path: 'large', body: Buffer.alloc(1_000_000)});
	const arm = ociImage([large], {config: {architecture: 'arm64'}});
	const index = indexFiles([amd.descriptor, arm.descriptor]);
	const path = layout(new Map([...amd.blobs, ...arm.blobs, ...index]));
	const read = await namesIn(path, 'linux/amd64');
	assert.equal(read.layers[0]?.[0]?.path, 'bin/sh');
	assert.ok(read.bytes < 20_000);
	await assert.rejects(namesIn(path), {kind: 'choose', choices: ['linux/amd64', 'linux/arm64']});
});

test('a blob that is not what its digest says is named', async () => {
	const image = ociImage([base]);
	const files = new Map([...image.blobs, ...indexFiles([image.descriptor])]);
	const pathOf = (digest = '') => digest.replace('sha256:', 'blobs/sha256/');
	for (const [digest, bytes] of [
		[image.descriptor.digest, Buffer.from('{"layers":[]}')],
		[image.manifest.config.digest, Buffer.from('{"os":"linux"}')],
		[image.manifest.layers[0]?.digest, upper],
	] as const) {
		const path = pathOf(digest);
		await assert.rejects(namesIn(layout(new Map([...files, [path, bytes]]))), {
			kind: 'damaged',
			message: new RegExp(`^${path}: its content is `),
		});
		const others = new Map(files);
		others.delete(path);
		await assert.rejects(namesIn(layout(others)), {
			kind: 'missing',
			message: new RegExp(`^${path}.* is missing$`),
		});
	}
});

test('what is no layout is said so', async () => {
	await assert.rejects(namesIn(join(folder, 'none')), {kind: 'no-image', message: 'there is no such folder'});
	const file = join(folder, 'file');
	writeFileSync(file, '');
	await assert.rejects(namesIn(file), {kind: 'no-image', message: 'it is no folder'});
	await assert.rejects(namesIn(layout(new Map([['README', base]]))), {
		kind: 'no-image',
		message: /neither manifest\.json nor index\.json/,
	});
	const escaping = {digest: 'sha256:../../../file', mediaType: 'application/vnd.oci.image.manifest.v1+json'};
	await assert.rejects(namesIn(layout(indexFiles([escaping]))), {
		kind: 'damaged',
		message: /"sha256:\.\.\/.*", which is no digest/,
	});
});
