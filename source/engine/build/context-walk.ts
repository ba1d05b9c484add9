import {Buffer} from 'node:buffer';
import {constants, type Stats} from 'node:fs';
import {lstat, open, readdir, readlink} from 'node:fs/promises';
import {LocalFileError, localReason} from '../archive/local-error.ts';
import type {IgnoreMatcher, ParentMatches} from './ignore-matcher.ts';
import {type TarMember, tarEnd, tarHeader, tarPadding} from './tar-header.ts';

export type ContextMeter = {
	/** Of the archive, headers included. */
	readonly onBytes: (count: number) => void;
	readonly onFile: () => void;
};

export type AddedFile = {
	readonly name: string;
	readonly content: Uint8Array;
	readonly mode: number;
	/** Epoch seconds. */
	readonly modifiedSeconds: number;
};

export type ContextRequest = {
	/** Absolute path. */
	readonly directory: string;
	readonly ignore: IgnoreMatcher;
	/** Files that are not from the directory; one of the same name there gives way. */
	readonly added: readonly AddedFile[];
	readonly meter: ContextMeter;
};

const chunkBytes = 128 * 1024;

type Found = {
	/** As the system takes it: raw bytes. */
	readonly path: Buffer;
	/** Relative to the context, raw and as text for the patterns. */
	readonly name: Buffer;
	readonly text: string;
	readonly stat: Stats;
};

const slash = Buffer.from('/');

const shown = (path: Uint8Array): string => Buffer.from(path).toString('utf8');

/** In the words of the docker CLI. */
const failure = (path: Uint8Array, error: unknown): LocalFileError => {
	const reason = localReason(error);
	return new LocalFileError(
		error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
			? `no permission to read from '${shown(path)}'`
			: `${shown(path)}: ${reason}`,
	);
};

/** Names in the order of their bytes, as Go lists a directory. */
const childrenOf = async (path: Buffer): Promise<readonly Buffer[]> => {
	const names = await readdir(path, {encoding: 'buffer'}).catch((error: unknown) => {
		throw failure(path, error);
	});
	return names.toSorted(Buffer.compare);
};

const statOf = (path: Buffer): Promise<Stats> =>
	lstat(path).catch((error: unknown) => {
		throw failure(path, error);
	});

async function* walk(
	{directory, ignore, added}: ContextRequest,
	path: Buffer,
	within: {readonly name: Buffer; readonly matches: ParentMatches},
): AsyncGenerator<Found, void, undefined> {
	for (const child of await childrenOf(path)) {
		const name = within.name.length === 0 ? child : Buffer.concat([within.name, slash, child]);
		const text = name.toString('utf8');
		const {isIgnored, matches} = ignore.match(text, within.matches);
		const childPath = Buffer.concat([path, slash, child]);
		// Of what is ignored only directories matter, and only those in which an exception may be.
		if (isIgnored && !ignore.mayHoldException(text)) continue;
		const stat = await statOf(childPath);
		if (!isIgnored && !added.some(file => file.name === text)) yield {path: childPath, name, text, stat};
		if (stat.isDirectory())
			yield* walk({directory, ignore, added, meter: silent}, childPath, {name, matches});
	}
}

const silent: ContextMeter = {onBytes: () => {}, onFile: () => {}};

type Kind = TarMember['type'] | undefined;

const kindOf = (stat: Stats): Kind => {
	if (stat.isFile()) return 'file';
	if (stat.isDirectory()) return 'directory';
	if (stat.isSymbolicLink()) return 'symlink';
	if (stat.isFIFO()) return 'fifo';
	if (stat.isCharacterDevice()) return 'character';
	if (stat.isBlockDevice()) return 'block';
	// A socket means nothing elsewhere.
	return undefined;
};

/** Linux: twelve bits of the major number and twenty of the minor one, folded. */
const deviceOf = ({rdev}: Stats): {readonly major: number; readonly minor: number} => ({
	major: (rdev >>> 8) & 0xfff,
	minor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
});

const memberOf = async (
	{path, name, stat}: Found,
	type: TarMember['type'],
	first: Buffer | undefined,
): Promise<TarMember> => {
	const common = {
		name,
		mode: stat.mode & 0o7777,
		modifiedSeconds: Math.floor(stat.mtimeMs / 1000),
		sizeBytes: 0,
	};
	if (first !== undefined) return {...common, type: 'link', target: first};
	switch (type) {
		case 'directory':
			return {...common, type, name: Buffer.concat([name, slash])};
		case 'symlink': {
			const target = await readlink(path, {encoding: 'buffer'}).catch((error: unknown) => {
				throw failure(path, error);
			});
			return {...common, type, target};
		}
		case 'character':
		case 'block':
			return {...common, type, device: deviceOf(stat)};
		case 'file':
			return {...common, type, sizeBytes: stat.size};
		case 'fifo':
		case 'link':
			return {...common, type};
	}
};

/** Header and content; the size is told first, so a file that changes meanwhile cannot be sent. */
async function* fileParts(found: Found): AsyncGenerator<Uint8Array, void, undefined> {
	const {path, stat} = found;
	const noFollow = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
	const handle = await open(path, constants.O_RDONLY | noFollow).catch((error: unknown) => {
		throw failure(path, error);
	});
	try {
		yield tarHeader(await memberOf(found, 'file', undefined));
		for (let left = stat.size; ; ) {
			// One byte more than is left shows whether it grew.
			const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, left + 1));
			const {bytesRead} = await handle.read(chunk, 0, chunk.length).catch((error: unknown) => {
				throw failure(path, error);
			});
			if (bytesRead > left) throw new LocalFileError(`${shown(path)} grew while it was read`);
			left -= bytesRead;
			if (bytesRead > 0) yield chunk.subarray(0, bytesRead);
			else if (left > 0) throw new LocalFileError(`${shown(path)} became shorter while it was read`);
			else break;
		}
		yield tarPadding(stat.size);
	} finally {
		await handle.close();
	}
}

async function* parts(request: ContextRequest): AsyncGenerator<Uint8Array, void, undefined> {
	const {added, directory, meter} = request;
	for (const {name, content, mode, modifiedSeconds} of added) {
		const member = {name: Buffer.from(name), mode, modifiedSeconds, sizeBytes: content.length};
		yield Buffer.concat([tarHeader({...member, type: 'file'}), content, tarPadding(content.length)]);
		meter.onFile();
	}
	// By inode: the first name carries the content.
	const seen = new Map<string, Buffer>();
	for await (const found of walk(request, Buffer.from(directory), {
		name: Buffer.alloc(0),
		matches: undefined,
	})) {
		const kind = kindOf(found.stat);
		if (kind === undefined) continue;
		const {stat} = found;
		const inode = kind !== 'directory' && stat.nlink > 1 ? `${stat.dev}:${stat.ino}` : undefined;
		const first = inode === undefined ? undefined : seen.get(inode);
		if (kind === 'file' && first === undefined) yield* fileParts(found);
		else yield tarHeader(await memberOf(found, kind, first));
		if (inode !== undefined && first === undefined) seen.set(inode, found.name);
		if (kind !== 'directory') meter.onFile();
	}
	yield tarEnd();
}

/**
 * A tar of what is in a directory and not ignored, made while the directory is walked; in pieces of some 128 KB.
 * @throws LocalFileError that names the file that cannot be read or changed its size while it was
 */
export async function* writeContext(request: ContextRequest): AsyncGenerator<Uint8Array, void, undefined> {
	let gathered: Uint8Array[] = [];
	let bytes = 0;
	const take = (): Uint8Array => {
		const [only] = gathered;
		const whole = gathered.length === 1 && only !== undefined ? only : Buffer.concat(gathered);
		gathered = [];
		bytes = 0;
		request.meter.onBytes(whole.length);
		return whole;
	};
	for await (const part of parts(request)) {
		if (part.length === 0) continue;
		gathered.push(part);
		bytes += part.length;
		if (bytes >= chunkBytes) yield take();
	}
	if (bytes > 0) yield take();
}
