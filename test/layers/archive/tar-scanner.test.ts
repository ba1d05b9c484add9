import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {crc32} from 'node:zlib';
import type {TarEntry} from '../../../source/layers/types.ts';
import {archiveOf, savedSince25} from '../../helpers/image-archives.ts';
import {readImage, readLayer} from '../../helpers/read-image.ts';
import {type RawEntry, rawLongName, rawPax, tarOf} from '../../helpers/tar-bytes.ts';

const only = async (...entries: readonly (RawEntry | Buffer)[]): Promise<TarEntry> => {
	const [first, ...others] = await readLayer(tarOf(...entries));
	assert.ok(first !== undefined && others.length === 0);
	return first;
};

const failing = (...entries: readonly (RawEntry | Buffer)[]) => readLayer(tarOf(...entries));

describe('the entries of a layer', () => {
	test('have all facts of their header, and a sum of their content', async () => {
		assert.deepEqual(
			await only({path: 'etc/passwd', mode: 0o4755, uid: 1000, gid: 50, time: 1_234_567_890, body: 'root:x'}),
			{
				path: 'etc/passwd',
				kind: 'file',
				sizeBytes: 6,
				mode: 0o4755,
				uid: 1000,
				gid: 50,
				modifiedAtSeconds: 1_234_567_890,
				linkTarget: '',
				sum: crc32('root:x'),
				attributesSum: 0,
			},
		);
	});

	test('are of every kind', async () => {
		const entries = await readLayer(
			tarOf(
				{path: 'd/', type: '5'},
				{path: 'd/old-directory/', type: '\0', magic: 'none'},
				{path: 'd/old-file', type: '\0', body: 'x', magic: 'none'},
				{path: 'd/contiguous', type: '7', body: 'abc'},
				{path: 'd/hard', type: '1', link: './d/contiguous'},
				{path: 'd/soft', type: '2', link: '../../x'},
				{path: 'd/null', type: '3', device: [1, 3]},
				{path: 'd/disk', type: '4', device: [259, 70_000]},
				{path: 'd/pipe', type: '6'},
			),
		);
		assert.deepEqual(
			entries.map(({path, kind, sizeBytes, linkTarget}) => [path, kind, sizeBytes, linkTarget].join(' ')),
			[
				'd directory 0 ',
				'd/old-directory directory 0 ',
				'd/old-file file 1 ',
				'd/contiguous file 3 ',
				'd/hard hardlink 0 d/contiguous',
				'd/soft symlink 0 ../../x',
				'd/null character-device 0 ',
				'd/disk block-device 0 ',
				'd/pipe fifo 0 ',
			],
		);
		assert.deepEqual(
			entries.slice(6, 8).map(entry => entry.sum),
			[2 ** 20 + 3, 259 * 2 ** 20 + 70_000],
		);
	});

	for (const [written, read] of [
		['./', ''],
		['/', ''],
		['./etc//passwd', 'etc/passwd'],
		['/etc/./passwd/', 'etc/passwd'],
		['.hidden/..data/...', '.hidden/..data/...'],
		['a/b..', 'a/b..'],
	] as const) {
		test(`written as ${written} are known as "${read}"`, async () => {
			assert.equal((await only({path: written, type: '5'})).path, read);
		});
	}

	test('have names that are bytes', async () => {
		const path = Buffer.from([0x66, 0xff, 0xfe, 0xe4, 0x80]).toString('latin1');
		assert.equal((await only({path})).path, path);
	});

	test('have long names in the prefix, in GNU and in pax entries', async () => {
		const long = `${'directory/'.repeat(30)}file`;
		const link = `${'elsewhere/'.repeat(20)}file`;
		const symlink = {type: '2', path: 'cut', link: 'cut'};
		assert.equal((await only({path: 'file', prefix: 'a/b'})).path, 'a/b/file');
		for (const named of [
			await only(rawLongName(long), rawLongName(link, 'K'), symlink),
			await only(rawLongName(link, 'K'), rawLongName(long), symlink),
			await only(rawPax({path: long, linkpath: link}), symlink),
		])
			assert.deepEqual([named.path, named.linkTarget], [long, link]);
	});

	test('of GNU have no prefix', async () => {
		const gnu = {
			path: 'file',
			magic: 'gnu',
			patch: (header: Buffer) => header.write('14000000000', 345),
		} as const;
		assert.equal((await only(gnu)).path, 'file');
	});

	test('take what extended headers say, of one or of all that follow', async () => {
		const entries = await readLayer(
			tarOf(
				rawPax({mtime: '1.5', uid: '4000000000', comment: 'no\nmatter'}, 'g'),
				{path: 'first', body: 'abc'},
				rawPax({size: '5', gid: '7', mtime: '-2.25', uid: ''}),
				{path: 'second', body: 'abcde', size: 0},
				{path: 'third'},
			),
		);
		assert.deepEqual(
			entries.map(({path, sizeBytes, uid, gid, modifiedAtSeconds}) => [
				path,
				sizeBytes,
				uid,
				gid,
				modifiedAtSeconds,
			]),
			[
				['first', 3, 4_000_000_000, 0, 1.5],
				['second', 5, 0, 7, -2.25],
				['third', 0, 4_000_000_000, 0, 1.5],
			],
		);
	});

	test('tell other attributes apart, in whatever order they come', async () => {
		const sum = async (records: Readonly<Record<string, string>>) =>
			(await only(rawPax(records), {path: 'x'})).attributesSum;
		const both = {'SCHILY.xattr.user.a': '1', 'SCHILY.xattr.security.capability': '\x01\0\0\x02=\n'};
		const turned = Object.fromEntries(Object.entries(both).toReversed());
		assert.notEqual(await sum(both), 0);
		assert.equal(await sum(both), await sum(turned));
		assert.notEqual(await sum(both), await sum({...both, 'SCHILY.xattr.user.a': '2'}));
		assert.equal(await sum({mtime: '1'}), 0);
	});

	test('have numbers too large for octal digits', async () => {
		const {uid, modifiedAtSeconds} = await only({path: 'x', uid: 3_000_000, time: 2 ** 40});
		assert.deepEqual([uid, modifiedAtSeconds], [3_000_000, 2 ** 40]);
		const before = {path: 'x', patch: (header: Buffer) => header.fill(0xff, 136, 148)};
		assert.equal((await only(before)).modifiedAtSeconds, -1);
	});

	test('with holes are stepped over by what is stored of them', async () => {
		const sparse = (body: string, isExtended: boolean): RawEntry => ({
			path: 'holes',
			type: 'S',
			magic: 'gnu',
			body,
			patch(header) {
				header[482] = isExtended ? 1 : 0;
				header.write('00000100000\0', 483, 'latin1');
			},
		});
		const extended = sparse('', true);
		const map = Buffer.alloc(512, 0);
		const entries = await readLayer(tarOf(sparse('abc', false), extended, map, {path: 'next', body: 'x'}));
		assert.deepEqual(
			entries.map(({path, sizeBytes}) => [path, sizeBytes]),
			[
				['holes', 0o100000],
				['holes', 0o100000],
				['next', 1],
			],
		);
		const pax = {'GNU.sparse.major': '1', 'GNU.sparse.name': 'real', 'GNU.sparse.realsize': '9999'};
		const {path, sizeBytes} = await only(rawPax(pax), {path: 'GNUSparseFile.0/real', body: 'map'});
		assert.deepEqual([path, sizeBytes], ['real', 9999]);
	});

	test('are the same in whatever pieces they come', async () => {
		const layer = tarOf(
			rawPax({comment: 'all'}, 'g'),
			{path: 'a', body: 'x'.repeat(511)},
			rawLongName(`${'long/'.repeat(60)}b`),
			{path: 'b', body: 'y'.repeat(1024)},
			rawPax({path: 'c/d', 'SCHILY.xattr.user.a': 'b'}),
			{path: 'c', body: 'z'.repeat(3000)},
			{path: 'c/e', type: '2', link: 'd'},
			{path: 'empty'},
		);
		const archive = archiveOf(savedSince25([layer]));
		const whole = await readImage(archive);
		assert.equal(whole.layers[0]?.length, 5);
		for (const pieceBytes of [1, 7, 511, 512, 513, 4096])
			assert.deepEqual(await readImage(archive, {pieceBytes}), whole);
	});
});

describe('a damaged layer is refused, with the entry and what is wrong:', () => {
	const wrong: readonly (readonly [string, RegExp, ...(readonly (RawEntry | Buffer)[])])[] = [
		['a way upwards', /"a\/\.\.\/\.\.\/etc": its path leads upwards/, {path: 'a/../../etc'}],
		['a hard link upwards', /"x": its path leads upwards/, {path: 'x', type: '1', link: '../y'}],
		['an unknown type', /"odd": entries of type "Z" are not supported/, {path: 'odd', type: 'Z'}],
		[
			'a size that is no number',
			/header after "first" is damaged: its size is no number/,
			{path: 'first'},
			{path: 'x', patch: header => header.write('12x4', 124)},
		],
		[
			'a negative size',
			/header at its beginning is damaged: its size/,
			{path: 'x', patch: header => header.fill(0xff, 124, 136)},
		],
		[
			'a wrong checksum',
			/header after "first" is damaged: its checksum/,
			{path: 'first'},
			Buffer.alloc(512, 'x'),
		],
		[
			'an extended header that is none',
			/extended header after "first" is damaged/,
			{path: 'first'},
			{type: 'x', body: '99 a=b\n'},
		],
		[
			'a long name of many bytes',
			/"first": an extended header of 8000000000 bytes/,
			{path: 'first'},
			{type: 'L', size: 8_000_000_000},
		],
		['a zero byte in a name', /zero byte/, rawPax({path: 'a\0b'}), {path: 'x'}],
		['a pax size that is none', /"x": its size is no number/, rawPax({size: 'many'}), {path: 'x'}],
		[
			'something after its end',
			/after "first": something follows/,
			{path: 'first'},
			Buffer.alloc(512),
			{path: 'x'},
		],
		['an end after an extended header', /it ends after an extended header/, {path: 'x'}, rawPax({uid: '1'})],
	];
	for (const [what, message, ...entries] of wrong)
		test(what, async () => {
			await assert.rejects(failing(...entries), {name: 'ArchiveError', message});
		});

	test('an end in the middle', async () => {
		const layer = tarOf({path: 'first', body: 'x'.repeat(2000)}, {path: 'second', body: 'y'.repeat(2000)});
		for (const [bytes, place] of [
			[600, 'in "first"'],
			[2560 + 100, 'in the header after "first"'],
			[2560 + 512 + 3, 'in "second"'],
		] as const)
			await assert.rejects(readLayer(layer.subarray(0, bytes)), {
				name: 'ArchiveError',
				message: new RegExp(`^blobs/sha256/[0-9a-f]+: it is cut short ${place}$`),
			});
	});

	test('names in messages are one line of text', async () => {
		const path = Buffer.from('é\n\x1b[31mred/..').toString('latin1');
		await assert.rejects(failing({path}), {message: /"é red\/\.\.": its path/});
	});
});
