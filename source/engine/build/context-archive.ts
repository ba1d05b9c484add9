import {Buffer} from 'node:buffer';
import {chunkBytes, type Member, memberType, type Prepared, prepare} from './context-member.ts';
import {walkContext} from './context-walk.ts';
import type {IgnoreMatcher} from './ignore-matcher.ts';
import {tarEnd, tarHeader, tarPadding} from './tar-header.ts';

export type ContextMeter = {
	/** Of the archive, headers included. */
	readonly onBytes: (count: number) => void;
	readonly onFile: () => void;
};

/** A file that is not from the directory; one of the same name there gives way. */
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
	readonly added: readonly AddedFile[];
	readonly meter: ContextMeter;
};

/** A file costs five waits for the disk: so many are under way at a time. */
const preparedAtOnce = 12;

async function* members({directory, ignore, added}: ContextRequest): AsyncGenerator<Member, void, undefined> {
	// By inode: the first name carries the content.
	const seen = new Map<string, Buffer>();
	for await (const found of walkContext(directory, ignore, new Set(added.map(({name}) => name)))) {
		const type = memberType(found.stat);
		if (type === undefined) continue;
		const {dev, ino, nlink} = found.stat;
		const inode = type !== 'directory' && nlink > 1 ? `${dev}:${ino}` : undefined;
		const first = inode === undefined ? undefined : seen.get(inode);
		if (inode !== undefined && first === undefined) seen.set(inode, found.name);
		yield first === undefined ? {found, type} : {found, type: 'link', first};
	}
}

/** The same in the same order, with some of what comes next under way already. */
async function* ahead(items: AsyncIterable<Member>): AsyncGenerator<Prepared, void, undefined> {
	const queue: Promise<Prepared>[] = [];
	for await (const item of items) {
		const prepared = prepare(item);
		// It is looked at when its turn comes, or never, when one before it fails.
		prepared.catch(() => {});
		queue.push(prepared);
		const next = queue.length >= preparedAtOnce ? queue.shift() : undefined;
		if (next !== undefined) yield await next;
	}
	for (const prepared of queue) yield await prepared;
}

async function* parts(request: ContextRequest): AsyncGenerator<Uint8Array, void, undefined> {
	const {added, meter} = request;
	for (const {name, content, mode, modifiedSeconds} of added) {
		const member = {name: Buffer.from(name), mode, modifiedSeconds, sizeBytes: content.length};
		yield Buffer.concat([tarHeader({...member, type: 'file'}), content, tarPadding(content.length)]);
		meter.onFile();
	}
	for await (const {member, parts: own} of ahead(members(request))) {
		yield* own;
		if (member.type !== 'directory') meter.onFile();
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
