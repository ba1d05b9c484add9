import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {promisify} from 'node:util';
import {createGzip} from 'node:zlib';
import type {ArchiveSource} from '../../source/layers/archive/contract.ts';
import {readFiles} from '../../source/layers/archive/read-files.ts';
import {readLayout} from '../../source/layers/archive/read-layout.ts';
import type {EntryKind, TarEntry} from '../../source/layers/types.ts';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {createRecorder, type ReadImage, readImage} from '../helpers/read-image.ts';
import {rawEntry, rawLongName, tarOf} from '../helpers/tar-bytes.ts';

const run = promisify(execFile);
const skip = requireEngine();
const folder = mkdtempSync(join(tmpdir(), 'gantry-test-archives-'));
const name = testName('odd:1');
const inFolder = (path: string): string => join(folder, path);

/** What no Dockerfile makes. */
const odd = tarOf(
	{path: 'odd/', type: '5', mode: 0o1777},
	{path: 'odd/null', type: '3', device: [1, 3], mode: 0o666},
	{path: 'odd/disk', type: '4', device: [259, 70], mode: 0o660, gid: 6},
	{path: 'odd/pipe', type: '6', mode: 0o600},
	{path: 'odd/setuid', body: 'x', mode: 0o4755, uid: 1_000_000, gid: 2_000_000_000},
	{path: Buffer.from([0x6f, 0x64, 0x64, 0x2f, 0xff, 0xfe, 0x20, 0x5c]).toString('latin1'), body: 'bytes'},
	{path: Buffer.from('odd/größe 東京').toString('latin1'), body: 'utf8'},
	{path: 'odd/future', body: 'x', time: 9_000_000_000},
	...[120, 200].flatMap(length => [
		rawLongName(`odd/${'d'.repeat(length)}/${'f'.repeat(length)}`),
		rawEntry({path: 'long', body: 'long'}),
	]),
	{path: 'odd/hard', type: '1', link: 'odd/setuid', mode: 0o4755, uid: 1_000_000, gid: 2_000_000_000},
	{path: 'odd/soft', type: '2', link: 'no/where'},
	rawLongName(`odd/${'link'.repeat(40)}`, 'K'),
	{path: 'odd/far', type: '2', link: 'cut'},
);

const steps = [
	'FROM gantry-test/busy:1',
	'ADD odd.tar /',
	'RUN mkdir -p /app/lib/deep /app/gone && echo one > /app/file && echo two > /app/lib/x && echo three > /app/gone/y',
	'RUN echo more >> /app/file && chmod 4711 /app/lib/x && chown 12:34 /app/gone/y && rm -rf /odd/soft',
	'RUN rm -rf /app/gone && rm -rf /app/lib && echo a file now > /app/lib && rm /app/file && mkdir /app/file && touch /app/file/in',
	'RUN mkdir /app/links && cd /app/links && echo linked > a && ln a b && ln a c && ln -s a d',
	'RUN rm -rf /app/links && mkdir /app/links && echo new > /app/links/new',
	'CMD ["sh", "-c", "true"]',
];

const skopeo = (...args: readonly string[]) => run('skopeo', ['--insecure-policy', ...args]);

before(async () => {
	if (skip !== false) return;
	writeFileSync(inFolder('odd.tar'), odd);
	writeFileSync(inFolder('Dockerfile'), `${steps.join('\n')}\n`);
	await docker('build', '--quiet', '--tag', name, folder);
	await docker('save', '--output', inFolder('saved.tar'), name);
	mkdirSync(inFolder('saved'));
	await run('tar', ['--extract', '--file', inFolder('saved.tar'), '--directory', inFolder('saved')]);
});

after(async () => {
	rmSync(folder, {recursive: true, force: true});
	if (skip === false) await removeTestObjects();
});

const letters: Readonly<Record<Exclude<EntryKind, 'whiteout'>, string>> = {
	file: '-',
	directory: 'd',
	symlink: 'l',
	hardlink: 'h',
	'character-device': 'c',
	'block-device': 'b',
	fifo: 'p',
};

/** As `tar --list` has it. */
const permissions = (mode: number): string => {
	const part = (bits: number, special: boolean, letter: string): string => {
		const last = special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
		return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
	};
	return [
		part((mode >> 6) & 7, (mode & 0o4000) !== 0, 's'),
		part((mode >> 3) & 7, (mode & 0o2000) !== 0, 's'),
		part(mode & 7, (mode & 0o1000) !== 0, 't'),
	].join('');
};

const escaped = (path: string): string =>
	path
		.replaceAll('\\', '\\\\')
		.replace(/[\x00-\x1f\x7f-\xff]/g, byte => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);

const line = (entry: TarEntry): string => {
	const {path, kind, sizeBytes, mode, uid, gid, linkTarget, sum} = entry;
	const isDevice = kind === 'character-device' || kind === 'block-device';
	const size = isDevice ? `${sum >>> 20},${sum & 0xfffff}` : sizeBytes;
	const time = new Date(Math.floor(entry.modifiedAtSeconds) * 1000)
		.toISOString()
		.slice(0, 19)
		.replace('T', ' ');
	const link =
		kind === 'symlink'
			? ` -> ${escaped(linkTarget)}`
			: kind === 'hardlink'
				? ` link to ${escaped(linkTarget)}`
				: '';
	return `${letters[kind]}${permissions(mode)} ${uid}/${gid} ${size} ${time} ${escaped(path)}${link}`;
};

/** The entries of a tar as GNU tar lists them. */
const listed = async (path: string): Promise<readonly string[]> => {
	const options = ['--numeric-owner', '--utc', '--full-time', '--quoting-style=escape'];
	const {stdout} = await run('tar', ['--list', '--verbose', ...options, '--file', path], {
		env: {...process.env, LC_ALL: 'C'},
		maxBuffer: 1e8,
	});
	return stdout
		.split('\n')
		.filter(Boolean)
		.map(text => text.replace(/ +/, ' ').replace(/(:\d\d)\.\d+ /, '$1 '))
		.map(text => text.replace(/^(\S+ \S+) +/, '$1 ').replace(/\/$/, ''))
		.map(text => text.replace(/^((?:\S+ ){5})(?:\.\/|\.$)/, '$1'));
};

const savedLayers = async (): Promise<readonly (readonly string[])[]> => {
	const [manifest] = JSON.parse(readFileSync(inFolder('saved/manifest.json'), 'utf8'));
	return Promise.all(manifest.Layers.map((path: string) => listed(inFolder(join('saved', path)))));
};

const fromFile = (path: string): Promise<ReadImage> => readImage(createReadStream(inFolder(path)));

const fromFolder = async (path: string): Promise<ReadImage> => {
	const recorder = createRecorder();
	return recorder.of(await readLayout(inFolder(path), recorder.visitor));
};

describe('an image of the engine', {skip, timeout: 120_000}, () => {
	test('has in each layer what its own tar lists', async () => {
		const {image, layers} = await fromFile('saved.tar');
		const expected = await savedLayers();
		assert.equal(layers.length, 7);
		assert.deepEqual(
			layers.map(entries => entries.map(line)),
			expected,
		);
		const all = layers.flat();
		for (const kind of ['hardlink', 'character-device', 'block-device', 'fifo', 'symlink'] as const)
			assert.ok(
				all.some(entry => entry.kind === kind),
				kind,
			);
		assert.ok(all.some(entry => entry.path.length > 255));
		assert.ok(all.some(entry => entry.path.includes('\xff\xfe')));
		assert.ok(all.some(entry => entry.path.endsWith('.wh..wh..opq') || entry.path.endsWith('.wh.gone')));
		const [id, ...diffIds] = (
			await docker('inspect', '--format', '{{.Id}}{{range .RootFS.Layers}} {{.}}{{end}}', name)
		).split(' ');
		assert.equal(image.identity.configDigest, id);
		assert.deepEqual(image.config.diffIds, diffIds);
		assert.deepEqual(image.config.command, ['sh', '-c', 'true']);
		assert.deepEqual(image.identity.references, [name]);
	});

	for (const [what, target, read, ...options] of [
		['an OCI layout', 'oci:oci:odd:1', () => fromFolder('oci')],
		['an OCI layout with zstd', 'oci:zstd:odd:1', () => fromFolder('zstd'), '--dest-compress-format', 'zstd'],
		['an OCI archive', 'oci-archive:oci.tar:odd:1', () => fromFile('oci.tar')],
		['another docker-archive', 'docker-archive:again.tar:odd:1', () => fromFile('again.tar')],
		['a folder of blobs', 'dir:dir', () => fromFolder('dir')],
	] as const)
		test(`is the same as ${what}`, async () => {
			const [transport = '', path = '', ...reference] = target.split(':');
			const to = [transport, inFolder(path), ...reference].join(':');
			await skopeo('copy', '--quiet', ...options, `docker-archive:${inFolder('saved.tar')}`, to);
			const [converted, saved] = [await read(), await fromFile('saved.tar')];
			assert.deepEqual(converted.layers, saved.layers);
			assert.deepEqual(converted.image.config.diffIds, saved.image.config.diffIds);
			const {manifestDigest} = converted.image.identity;
			if (manifestDigest !== undefined)
				assert.equal((await skopeo('inspect', '--format', '{{.Digest}}', to)).stdout.trim(), manifestDigest);
			if (what.includes('zstd')) assert.match(converted.image.layers[0]?.mediaType ?? '', /\+zstd$/);
		});

	test('is the same in an archive that is compressed as a whole', async () => {
		const zipped = createReadStream(inFolder('saved.tar')).pipe(createGzip({level: 1}));
		assert.deepEqual((await readImage(zipped)).layers, (await fromFile('saved.tar')).layers);
	});

	test('is chosen among others that share its layers', async () => {
		await docker('save', '--output', inFolder('both.tar'), 'gantry-test/busy:1', name);
		const read = (reference?: string) =>
			readImage(createReadStream(inFolder('both.tar')), reference === undefined ? {} : {choice: {reference}});
		await assert.rejects(read(), error => {
			assert.ok(error instanceof Error && 'choices' in error && Array.isArray(error.choices));
			assert.deepEqual(error.choices.toSorted(), [name, 'gantry-test/busy:1'].toSorted());
			return true;
		});
		const [both, busy] = [await read(name), await read('gantry-test/busy:1')];
		assert.deepEqual(both.layers, (await fromFile('saved.tar')).layers);
		assert.deepEqual(busy.layers, both.layers.slice(0, 1));
	});

	test('gives the content of its files, hard links too', async () => {
		const {image} = await fromFile('saved.tar');
		const source: ArchiveSource = {kind: 'stream', open: () => createReadStream(inFolder('saved.tar'))};
		const read = async (layer: number, path: string): Promise<string> => {
			const {diffId = ''} = image.layers[layer] ?? {};
			const request = {layer: {diffId}, paths: new Set([path])};
			for await (const {content} of readFiles(source, request, new AbortController().signal)) {
				const parts: Uint8Array[] = [];
				for await (const part of content) parts.push(part);
				return Buffer.concat(parts).toString();
			}
			return 'not there';
		};
		assert.equal(await read(2, 'app/file'), 'one\n');
		assert.equal(await read(3, 'app/file'), 'one\nmore\n');
		assert.equal(await read(4, 'app/lib'), 'a file now\n');
		for (const path of ['app/links/a', 'app/links/b', 'app/links/c'])
			assert.equal(await read(5, path), 'linked\n');
		assert.equal(await read(1, `odd/${'d'.repeat(200)}/${'f'.repeat(200)}`), 'long');
	});
});
