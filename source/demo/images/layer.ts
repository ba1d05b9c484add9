import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {createTar} from 'nanotar';
import type {DemoLayer} from './image-types.ts';

/** Path → content; a path that ends with a slash is a directory. A number asks for that many bytes of text. */
export type LayerFiles = Readonly<Record<string, string | number>>;

export const sha256 = (data: string | Uint8Array): string =>
	`sha256:${createHash('sha256').update(data).digest('hex')}`;

/**
 * A layer out of small real files.
 * @param sizeBytes what the engine claims it to be; the archive is as small as its files
 */
export const makeLayer = (files: LayerFiles, sizeBytes: number): DemoLayer => {
	const tar = createTar(Object.entries(files).map(entryOf), {attrs: {mtime: modifiedAt, uid: 0, gid: 0}});
	const blob = gzipSync(tar);
	return {
		diffId: sha256(tar),
		blobDigest: sha256(blob),
		blobBytes: blob.length,
		tar,
		sizeBytes,
		downloadBytes: Math.max(32, Math.round(sizeBytes * compression)),
	};
};

/** Fixed, so that digests are the same in every run. */
const modifiedAt = Date.UTC(2026, 8, 1);

/** What gzip leaves of a usual layer. */
const compression = 0.38;

const entryOf = ([name, content]: [string, string | number]) => {
	if (name.endsWith('/')) return {name, attrs: {mode: '0755'}};
	const mode = /(^|\/)bin\//.test(name) ? '0755' : '0644';
	return {name, data: typeof content === 'number' ? textOf(name, content) : content, attrs: {mode}};
};

const textOf = (name: string, bytes: number): string =>
	`${name}\n`.repeat(Math.ceil(bytes / (name.length + 1))).slice(0, bytes);
