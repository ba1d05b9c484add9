import {createReadStream} from 'node:fs';
import {type FileHandle, open, stat} from 'node:fs/promises';
import {createGunzip, createZstdDecompress} from 'node:zlib';
import {sniffBytes, sniffed} from '../layers/archive/sniff.ts';
import {type ByteSource, tarNames} from './tar-names.ts';

/** What a tar file of this machine seems to be. */
export type ArchiveLook =
	/** A docker archive or an OCI layout. */
	| {readonly kind: 'images'}
	/** A tar of something else; `isRoot`: with the directories of a root file system. */
	| {readonly kind: 'files'; readonly isRoot: boolean}
	/** Only the engine can tell. */
	| {readonly kind: 'unknown'}
	| {readonly kind: 'none'; readonly reason: string};

/** An archive of images has hundreds of entries at most, and something tells by then. */
const mostEntries = 20_000;
/** Of a compressed file so much is unpacked for a look. */
const mostBytes = 64 * 1024 * 1024;

const ofImages =
	/^(?:manifest\.json|oci-layout|index\.json|repositories|blobs(?:\/.*)?|(?:sha256:)?[0-9a-f]{64}(?:\.json|\.tar|\.tar\.gz|\/.*)?)$/;
const ofRoot =
	/^(?:bin|boot|dev|etc|home|lib|lib32|lib64|libx32|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)/;

/** @param fileEndsAt in bytes; absent: not known */
const lookInto = async (source: ByteSource, fileEndsAt?: number): Promise<ArchiveLook> => {
	const names = tarNames(source, mostEntries);
	let isOfImages = false;
	for (let count = 0; ; count += 1) {
		const next = await names.next();
		if (next.done === true) {
			if (isOfImages) return {kind: 'images'};
			if (next.value !== 'end') return {kind: 'unknown'};
			return count === 0 ? {kind: 'none', reason: 'holds nothing'} : {kind: 'files', isRoot: false};
		}
		const name = next.value.name.replace(/^\.?\//, '').replace(/\/$/, '');
		if (fileEndsAt !== undefined && next.value.endsAt > fileEndsAt)
			return {kind: 'none', reason: `is cut short: it ends within its entry ${name}`};
		if (ofImages.test(name)) isOfImages = true;
		else if (ofRoot.test(name) && !isOfImages) return {kind: 'files', isRoot: true};
		// The rest of what is packed would cost its unpacking.
		if (isOfImages && fileEndsAt === undefined) return {kind: 'images'};
	}
};

const plainSource = (handle: FileHandle): ByteSource => ({
	async read(position, count) {
		const block = Buffer.alloc(count);
		const {bytesRead} = await handle.read(block, 0, count, position);
		return block.subarray(0, bytesRead);
	},
});

class Enough extends Error {}

/** Reads forward only, as a tar is read. */
const packedSource = (chunks: AsyncIterator<Uint8Array>): ByteSource => {
	let held = Buffer.alloc(0);
	let heldAt = 0;
	return {
		async read(position, count) {
			while (heldAt + held.length < position + count) {
				if (heldAt > mostBytes) throw new Enough();
				const next = await chunks.next();
				if (next.done === true) break;
				const skipped = Math.min(Math.max(position - heldAt, 0), held.length);
				held = Buffer.concat([held.subarray(skipped), next.value]);
				heldAt += skipped;
			}
			const from = Math.max(position - heldAt, 0);
			return held.subarray(from, from + count);
		},
	};
};

const lookIntoPacked = async (path: string, packing: 'gzip' | 'zstd'): Promise<ArchiveLook> => {
	const file = createReadStream(path);
	const unpacker = packing === 'gzip' ? createGunzip() : createZstdDecompress();
	file.once('error', error => unpacker.destroy(error));
	file.pipe(unpacker);
	try {
		const source = packedSource(unpacker[Symbol.asyncIterator]());
		const inside = sniffed(await source.read(0, sniffBytes));
		if (inside !== 'tar') return {kind: 'none', reason: `is no tar file: ${packing} of something else`};
		return await lookInto(source);
	} catch (error) {
		if (error instanceof Enough) return {kind: 'unknown'};
		const said = error instanceof Error ? error.message : String(error);
		return {kind: 'none', reason: `cannot be unpacked: ${said}`};
	} finally {
		file.destroy();
		unpacker.destroy();
	}
};

/**
 * Looks at the names in a tar file, plain or compressed, before any of it is sent.
 * @throws the file system's error
 */
export const lookAtArchive = async (path: string): Promise<ArchiveLook> => {
	const known = await stat(path);
	if (known.isDirectory()) return {kind: 'none', reason: 'is a directory, no tar file'};
	if (!known.isFile()) return {kind: 'none', reason: 'is no plain file: `gantry import -` reads from a pipe'};
	if (known.size === 0) return {kind: 'none', reason: 'is empty'};
	const handle = await open(path, 'r');
	try {
		const source = plainSource(handle);
		const format = sniffed(await source.read(0, sniffBytes));
		switch (format) {
			case 'gzip':
			case 'zstd':
				return await lookIntoPacked(path, format);
			case 'xz':
			case 'bzip2':
				return {kind: 'unknown'};
			case 'tar':
				return await lookInto(source, known.size);
			case 'empty':
			case 'json':
			case 'unknown':
				return {kind: 'none', reason: 'is no tar file'};
			default:
				return format satisfies never;
		}
	} finally {
		await handle.close();
	}
};
