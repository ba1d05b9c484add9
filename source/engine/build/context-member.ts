import {Buffer} from 'node:buffer';
import {constants, type Stats} from 'node:fs';
import {type FileHandle, open, readlink} from 'node:fs/promises';
import {LocalFileError} from '../archive/local-error.ts';
import {contextFailure, type Found, shownPath} from './context-walk.ts';
import {type TarMember, tarHeader, tarPadding} from './tar-header.ts';

/** A thing of the context and what it becomes in the archive. */
export type Member = {
	readonly found: Found;
	readonly type: TarMember['type'];
	/** Of a hard link: the name that carries the content. */
	readonly first?: Buffer;
};

export const chunkBytes = 128 * 1024;

/** What a thing becomes; nothing for a socket, which means nothing elsewhere. */
export const memberType = (stat: Stats): TarMember['type'] | undefined => {
	if (stat.isFile()) return 'file';
	if (stat.isDirectory()) return 'directory';
	if (stat.isSymbolicLink()) return 'symlink';
	if (stat.isFIFO()) return 'fifo';
	if (stat.isCharacterDevice()) return 'character';
	return stat.isBlockDevice() ? 'block' : undefined;
};

/** Linux: twelve bits of the major number and twenty of the minor one, folded. */
const deviceOf = ({rdev}: Stats): {readonly major: number; readonly minor: number} => ({
	major: (rdev >>> 8) & 0xfff,
	minor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
});

const headerOf = async ({found: {path, name, stat}, type, first}: Member): Promise<Uint8Array> => {
	const common = {
		name,
		type,
		mode: stat.mode & 0o7777,
		modifiedSeconds: Math.floor(stat.mtimeMs / 1000),
		sizeBytes: 0,
	};
	switch (type) {
		case 'directory':
			return tarHeader({...common, name: Buffer.concat([name, Buffer.from('/')])});
		case 'symlink': {
			const target = await readlink(path, {encoding: 'buffer'}).catch((error: unknown) => {
				throw contextFailure(path, error);
			});
			return tarHeader({...common, target});
		}
		case 'link':
			return tarHeader({...common, ...(first === undefined ? {} : {target: first})});
		case 'character':
		case 'block':
			return tarHeader({...common, device: deviceOf(stat)});
		case 'file':
			return tarHeader({...common, sizeBytes: stat.size});
		case 'fifo':
			return tarHeader(common);
	}
};

const opened = async (path: Buffer): Promise<FileHandle> => {
	const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
	return open(path, flags).catch((error: unknown) => {
		throw contextFailure(path, error);
	});
};

/** The size was told first, so a file that changes meanwhile cannot be sent. */
async function* contentOf(
	{path, stat: {size}}: Found,
	handle: FileHandle,
): AsyncGenerator<Uint8Array, void, undefined> {
	for (let left = size; ; ) {
		// One byte more than is left shows whether it grew.
		const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, left + 1));
		const {bytesRead} = await handle.read(chunk, 0, chunk.length).catch((error: unknown) => {
			throw contextFailure(path, error);
		});
		if (bytesRead > left) throw new LocalFileError(`${shownPath(path)} grew while it was read`);
		left -= bytesRead;
		if (bytesRead > 0) yield chunk.subarray(0, bytesRead);
		else if (left > 0) throw new LocalFileError(`${shownPath(path)} became shorter while it was read`);
		else return;
	}
}

async function* fileParts(member: Member): AsyncGenerator<Uint8Array, void, undefined> {
	const {found} = member;
	yield await headerOf(member);
	const handle = await opened(found.path);
	try {
		yield* contentOf(found, handle);
	} finally {
		await handle.close();
	}
	yield tarPadding(found.stat.size);
}

/** Header and content of a member, as far as it is read already. */
export type Prepared = {
	readonly member: Member;
	readonly parts: AsyncIterable<Uint8Array> | readonly Uint8Array[];
};

/** Reads what is small as a whole, so that several can be read at the same time; the rest when its turn comes. */
export const prepare = async (member: Member): Promise<Prepared> => {
	const {found, type} = member;
	if (type !== 'file') return {member, parts: [await headerOf(member)]};
	if (found.stat.size >= chunkBytes) return {member, parts: fileParts(member)};
	const parts: Uint8Array[] = [];
	for await (const part of fileParts(member)) parts.push(part);
	return {member, parts};
};
