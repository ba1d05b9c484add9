import {DemoError} from '../contract.ts';

/** An entry of a tar that somebody sends. */
export type ReadEntry = {
	/** Without `./` or `/` before it and `/` behind it. */
	readonly name: string;
	readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
	readonly mode: number;
	readonly linkTarget: string;
	/** All of the file; to be taken before the next entry is asked for. */
	readonly content: () => Promise<readonly Buffer[]>;
	readonly sizeBytes: number;
};

/** Of one file of an archive: this engine keeps it in memory. */
const mostBytes = 1024 ** 3;

const blockBytes = 512;

/** Bytes in the portions in which they are wanted. */
const portions = (source: AsyncIterable<Uint8Array>) => {
	const pieces = source[Symbol.asyncIterator]();
	let rest: Buffer = Buffer.alloc(0);
	/** @returns at most that many; none at the end */
	const some = async (most: number): Promise<Buffer> => {
		while (rest.length === 0) {
			const {value, done} = await pieces.next();
			if (done) return rest;
			rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		}
		const part = rest.subarray(0, most);
		rest = rest.subarray(part.length);
		return part;
	};
	/** @throws DemoError when they end before */
	const exactly = async (count: number): Promise<readonly Buffer[]> => {
		if (count > mostBytes) throw new DemoError(500, 'no space left on device');
		const parts: Buffer[] = [];
		for (let left = count; left > 0; ) {
			const part = await some(left);
			if (part.length === 0) throw cutShort();
			parts.push(part);
			left -= part.length;
		}
		return parts;
	};
	const drain = async (): Promise<void> => {
		while ((await some(1024 * 1024)).length > 0);
	};
	return {some, exactly, drain};
};

/** As an engine before 23 words it. */
const cutShort = (): DemoError =>
	new DemoError(500, 'Error processing tar file(exit status 1): unexpected EOF');
const noTar = (): DemoError =>
	new DemoError(500, 'Error processing tar file(exit status 1): archive/tar: invalid tar header');

const textAt = (block: Buffer, at: number, length: number): string => {
	const field = block.subarray(at, at + length);
	const end = field.indexOf(0);
	return field.subarray(0, end === -1 ? length : end).toString();
};

const octalAt = (block: Buffer, at: number, length: number): number =>
	Number.parseInt(textAt(block, at, length).trim() || '0', 8);

const isSound = (block: Buffer): boolean => {
	const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
	return octalAt(block, 148, 8) === sum;
};

/** Records of a pax header: `27 path=some/long/name\n`. */
const paxRecords = (data: Buffer): Readonly<Record<string, string>> => {
	const records: Record<string, string> = {};
	for (let at = 0; at < data.length; ) {
		const length = Number.parseInt(data.subarray(at, at + 20).toString(), 10);
		if (!(length > 0)) throw noTar();
		const [, key, value] = /^\d+ ([^=]*)=(.*)\n$/s.exec(data.subarray(at, at + length).toString()) ?? [];
		if (key !== undefined && value !== undefined) records[key] = value;
		at += length;
	}
	return records;
};

const kinds: Readonly<Record<string, ReadEntry['kind']>> = {
	'': 'file',
	'0': 'file',
	'1': 'hardlink',
	'2': 'symlink',
	'5': 'directory',
	'7': 'file',
};

const plainName = (name: string): string =>
	name
		.replace(/^(\.?\/)+/, '')
		.replace(/\/+$/, '')
		.replace(/^\.$/, '');

/**
 * The entries of a tar as it comes.
 * @throws DemoError 500 for what is none, in the engine's words
 */
export async function* tarEntries(source: AsyncIterable<Uint8Array>): AsyncGenerator<ReadEntry> {
	const {exactly, drain} = portions(source);
	const block = async (): Promise<Buffer> => Buffer.concat(await exactly(blockBytes));
	let own: Readonly<Record<string, string>> = {};
	for (;;) {
		const header = await block();
		if (header.every(byte => byte === 0)) {
			await drain();
			return;
		}
		if (!isSound(header)) throw noTar();
		const type = textAt(header, 156, 1);
		const sizeBytes = Number(own.size ?? octalAt(header, 124, 12));
		let isTaken = false;
		const content = async (): Promise<readonly Buffer[]> => {
			isTaken = true;
			const parts = await exactly(sizeBytes);
			await exactly((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
			return parts;
		};
		if (type === 'x' || type === 'g' || type === 'L' || type === 'K') {
			const data = Buffer.concat(await content());
			if (type === 'L' || type === 'K')
				own = {...own, [type === 'L' ? 'path' : 'linkpath']: textAt(data, 0, data.length)};
			else if (type === 'x') own = paxRecords(data);
			continue;
		}
		const prefix = textAt(header, 257, 6) === 'ustar' ? textAt(header, 345, 155) : '';
		const name = own.path ?? `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, 100)}`;
		yield {
			name: plainName(name),
			kind: name.endsWith('/') ? 'directory' : (kinds[type] ?? 'other'),
			mode: octalAt(header, 100, 8) & 0o7777,
			linkTarget: own.linkpath ?? textAt(header, 157, 100),
			content,
			sizeBytes,
		};
		if (!isTaken) await content();
		own = {};
	}
}
