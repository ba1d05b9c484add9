import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {ArchiveError} from '../../../source/layers/types.ts';
import {archiveOf, ociFiles, savedBefore25, savedSince25} from '../../helpers/image-archives.ts';
import {type ReadImage, readImage} from '../../helpers/read-image.ts';
import {rawLongName, rawPax, tarOf} from '../../helpers/tar-bytes.ts';

/** Numbers below 1 that are the same in each run (mulberry32). */
const numbersFrom = (seed: number) => (): number => {
	seed = (seed + 0x6d2b79f5) | 0;
	let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
	mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
	return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const flipped = (bytes: Buffer, random: Random): Buffer => {
	const copy = Buffer.from(bytes);
	for (let left = 1 + below(random, 3); left > 0; left--) {
		const at = below(random, copy.length);
		copy[at] = (copy[at] ?? 0) ^ (1 << below(random, 8));
	}
	return copy;
};

const cut = (bytes: Buffer, random: Random): Buffer => bytes.subarray(0, below(random, bytes.length));

const block = (bytes: Buffer, index: number): Buffer => bytes.subarray(index * 512, index * 512 + 512);

const swapped = (bytes: Buffer, random: Random): Buffer => {
	const blocks = Math.ceil(bytes.length / 512);
	const [one = 0, other = 0] = [below(random, blocks), below(random, blocks)].toSorted((a, b) => a - b);
	if (one === other) return bytes;
	return Buffer.concat([
		bytes.subarray(0, one * 512),
		block(bytes, other),
		bytes.subarray(one * 512 + 512, other * 512),
		block(bytes, one),
		bytes.subarray(other * 512 + 512),
	]);
};

const withoutBlock = (bytes: Buffer, random: Random): Buffer => {
	const at = below(random, Math.ceil(bytes.length / 512)) * 512;
	return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 512)]);
};

const filled = (bytes: Buffer, random: Random): Buffer => {
	const at = below(random, bytes.length);
	return Buffer.from(bytes).fill(below(random, 256), at, Math.min(bytes.length, at + below(random, 2000)));
};

const damages = {flipped, cut, swapped, withoutBlock, filled};

const layers = [
	tarOf(
		{path: 'bin/', type: '5'},
		{path: 'bin/tool', body: 'tool '.repeat(300)},
		{path: 'bin/same', type: '1', link: 'bin/tool'},
		rawLongName(`bin/${'long'.repeat(40)}`),
		{path: 'cut', body: 'x'},
	),
	tarOf(
		rawPax({path: `etc/${'x'.repeat(120)}`, 'SCHILY.xattr.user.a': 'b', mtime: '1.5'}),
		{path: 'cut', body: 'y'},
		{path: 'bin/.wh.tool'},
		{path: 'dev/null', type: '3', device: [1, 3]},
	),
];

/** What must not come out wrong. Names of the image may: nothing says what they should be. */
const essence = ({image, layers: read}: ReadImage) => ({
	config: image.config,
	diffIds: image.layers.map(layer => layer.diffId),
	read,
});

/** Some entry of the archive or of a layer, or the archive as a whole. */
const place =
	/^(?:[^ ]*(?:layer\.tar|\.json|blobs\/sha256\/[^ ]*)\b|the archive: .*(?:".+"|at its beginning|its (?:gzip|zstd) data)|(?:it|what is in its (?:gzip|zstd) data) is (?:no tar archive|empty|compressed)|no (?:image|manifest\.json) is in it|it names no image|.* is missing$|a manifest names a blob by ".*")/;

describe('a damaged archive is refused, with the entry named, or comes out right:', () => {
	for (const [what, archive] of [
		['as Docker saved it before 25', tarOf(...savedBefore25(layers))],
		['as Docker saves it', archiveOf(savedSince25(layers))],
		['with layers of gzip', archiveOf(savedSince25(layers, {compression: 'gzip'}))],
		['an OCI layout with zstd', archiveOf(ociFiles(layers, {compression: 'zstd'}))],
		['compressed by gzip', gzipSync(tarOf(...savedBefore25(layers)))],
		['compressed by zstd', zstdCompressSync(archiveOf(ociFiles(layers)))],
	] as const)
		for (const [how, damage] of Object.entries(damages))
			test(`${what}, ${how}`, {timeout: 20_000}, async () => {
				const whole = essence(await readImage(archive));
				const random = numbersFrom(archive.length + how.length);
				let refused = 0;
				for (let round = 0; round < 40; round++) {
					const bytes = damage(archive, random);
					const pieceBytes = 1 + below(random, 5000);
					try {
						assert.deepEqual(essence(await readImage(bytes, {pieceBytes})), whole, `round ${round}`);
					} catch (error) {
						if (!(error instanceof ArchiveError)) throw error;
						assert.match(error.message, place, `round ${round}`);
						assert.doesNotMatch(error.message, /\n/);
						refused += 1;
					}
				}
				assert.ok(refused > 0);
			});
});
