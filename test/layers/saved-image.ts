import {createHash} from 'node:crypto';

/** An entry of a tar: a file with that content, or what its type says (`5` directory, `2` symlink, `1` hard link …). */
export type Packed = {
	readonly path: string;
	readonly content?: string | Uint8Array;
	readonly type?: string;
	readonly target?: string;
	readonly mode?: number;
};

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** A tar, by hand: header, content, filled up to 512 bytes, and two empty blocks. */
const tarOf = (entries: readonly Packed[]): Buffer =>
	Buffer.concat([
		...entries.flatMap(({path, content = '', type = '0', target = '', mode = 0o644}) => {
			const body = Buffer.from(content);
			const header = Buffer.alloc(512);
			header.write(path, 0, 'latin1');
			header.write(octal(mode, 7), 100);
			header.write(octal(0, 7), 108);
			header.write(octal(0, 7), 116);
			header.write(octal(body.length, 11), 124);
			header.write(octal(1_700_000_000, 11), 136);
			header.write('        ', 148);
			header.write(type, 156);
			header.write(target, 157, 'latin1');
			header.write('ustar\x0000', 257);
			header.write(
				octal(
					header.reduce((sum, byte) => sum + byte),
					6,
				),
				148,
			);
			return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
		}),
		Buffer.alloc(1024),
	]);

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export type SavedImage = {
	readonly archive: Buffer;
	/** The lowest first. */
	readonly diffIds: readonly string[];
	readonly imageId: string;
};

/**
 * What `docker save` writes of an image with these layers, the lowest first, as engines since version 25 do.
 * @param order in which the layers stand in the archive
 */
export const savedImage = (
	layers: readonly (readonly Packed[])[],
	order: readonly number[] = layers.map((_, index) => index),
): SavedImage => {
	const tars = layers.map(tarOf);
	const diffIds = tars.map(tar => `sha256:${digest(tar)}`);
	const config = JSON.stringify({
		architecture: 'amd64',
		os: 'linux',
		config: {},
		rootfs: {type: 'layers', diff_ids: diffIds},
		history: layers.map((_, index) => ({created: '2026-01-01T00:00:00Z', created_by: `RUN step ${index}`})),
	});
	const blob = (bytes: Uint8Array): string => `blobs/sha256/${digest(bytes)}`;
	const manifest = [{Config: blob(Buffer.from(config)), RepoTags: ['saved:1'], Layers: tars.map(blob)}];
	const archive = tarOf([
		...order.flatMap(index => {
			const tar = tars[index];
			return tar === undefined ? [] : [{path: blob(tar), content: tar}];
		}),
		{path: blob(Buffer.from(config)), content: config},
		{path: 'manifest.json', content: JSON.stringify(manifest)},
	]);
	return {archive, diffIds, imageId: `sha256:${digest(Buffer.from(config))}`};
};
