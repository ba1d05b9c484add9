import {ArchiveError} from '../types.ts';
import {quoted} from './archive-text.ts';
import {mergedPax, type PaxRecords, readPax} from './pax.ts';
import {type EntryPreface, type TarFacts, tarFacts} from './tar-entry.ts';
import {blockBytes, readHeader, type TarHeader} from './tar-header.ts';

/** Takes bytes as they come; a promise says when it can take more. What it is given it does not keep. */
export type ByteSink = {
	readonly write: (bytes: Buffer) => void | Promise<void>;
	readonly end: () => void | Promise<void>;
};

export type TarScanner = {
	/** @throws ArchiveError, or rejects with it when a body's sink made it wait */
	readonly write: ByteSink['write'];
	/** No more comes. @throws ArchiveError when the archive does not end here */
	readonly end: () => void;
};

/** What extended headers and long names may take; GNU tar and Go stop there too. */
const maxPrefaceBytes = 1024 * 1024;

const noRecords: PaxRecords = new Map();

/**
 * Reads a tar (POSIX ustar and pax, old and GNU) that is pushed through it: headers are read, bodies are handed on
 * as pieces of what came, or stepped over. After the end of the archive whatever follows is ignored.
 * @param where names the archive in messages
 * @param onEntry → the sink of its content, whose `end` is called for an empty one too; `undefined` steps over it
 */
export const createTarScanner = (
	where: string,
	onEntry: (facts: TarFacts) => ByteSink | undefined,
): TarScanner => {
	let chunk: Buffer = Buffer.alloc(0);
	let at = 0;
	let state: 'header' | 'map' | 'preface' | 'body' | 'padding' | 'zeros' | 'over' = 'header';
	/** Of the body, or of what fills its last block. */
	let remaining = 0;
	let padding = 0;
	/** The beginning of a block whose rest is in the next chunk. */
	const carry = Buffer.alloc(blockBytes);
	let carried = 0;

	let allRecords = noRecords;
	let preface: EntryPreface = {records: noRecords};
	let prefaceType = '';
	let prefaceBytes: Buffer[] = [];
	let pending: TarHeader | undefined;
	let sink: ByteSink | undefined;
	let lastPath: string | undefined;

	const place = (): string => (lastPath === undefined ? 'at its beginning' : `after ${quoted(lastPath)}`);
	const hasPreface = (): boolean =>
		preface.longPath !== undefined || preface.longLink !== undefined || preface.records.size > 0;
	const fail = (reason: string): never => {
		throw new ArchiveError('damaged', `${where}: ${reason}`);
	};

	/** The next 512 bytes as they stand in `block.from`, once they are there. */
	const block: {bytes: Buffer; from: number} = {bytes: carry, from: 0};
	const takeBlock = (): boolean => {
		if (carried === 0 && chunk.length - at >= blockBytes) {
			block.bytes = chunk;
			block.from = at;
			at += blockBytes;
			return true;
		}
		const part = Math.min(blockBytes - carried, chunk.length - at);
		chunk.copy(carry, carried, at, at + part);
		carried += part;
		at += part;
		if (carried < blockBytes) return false;
		carried = 0;
		block.bytes = carry;
		block.from = 0;
		return true;
	};

	const beginBody = (size: number): void => {
		remaining = size;
		padding = (blockBytes - (size % blockBytes)) % blockBytes;
	};

	const beginPreface = (header: TarHeader): void => {
		if (header.storedBytes > maxPrefaceBytes)
			fail(`${place()}: an extended header of ${header.storedBytes} bytes`);
		prefaceType = header.type;
		prefaceBytes = [];
		beginBody(header.storedBytes);
		state = 'preface';
	};

	const beginEntry = (header: TarHeader): void => {
		const own = preface;
		preface = {records: noRecords};
		const facts = tarFacts(header, {...own, records: mergedPax(allRecords, own.records)}, where);
		lastPath = facts?.path ?? lastPath;
		beginBody(facts?.storedBytes ?? header.storedBytes);
		sink = facts === undefined ? undefined : onEntry(facts);
		state = 'body';
	};

	const header = (): void => {
		const read = readHeader(block.bytes, block.from);
		switch (read.kind) {
			case 'zeros':
				if (hasPreface()) fail(`${place()}: it ends after an extended header`);
				state = state === 'zeros' ? 'over' : 'zeros';
				return;
			case 'damaged':
				fail(`the header ${place()} is damaged: ${read.reason}`);
				return;
			case 'entry':
				if (state === 'zeros') fail(`${place()}: something follows its end`);
				if ('LKxXg'.includes(read.header.type)) beginPreface(read.header);
				else if (read.header.isExtended) {
					pending = read.header;
					state = 'map';
				} else beginEntry(read.header);
				return;
			default:
				read satisfies never;
		}
	};

	const map = (): void => {
		if (block.bytes[block.from + 504] !== 0 || pending === undefined) return;
		beginEntry(pending);
		pending = undefined;
	};

	const endPreface = (): void => {
		const bytes = Buffer.concat(prefaceBytes);
		prefaceBytes = [];
		state = 'padding';
		remaining = padding;
		if (prefaceType === 'L' || prefaceType === 'K') {
			const end = bytes.indexOf(0);
			const name = bytes.toString('latin1', 0, end === -1 ? bytes.length : end);
			preface = {...preface, [prefaceType === 'L' ? 'longPath' : 'longLink']: name};
			return;
		}
		const records = readPax(bytes) ?? fail(`the extended header ${place()} is damaged`);
		if (prefaceType === 'g') allRecords = mergedPax(allRecords, records);
		else preface = {...preface, records: mergedPax(preface.records, records)};
	};

	const endBody = (): void | Promise<void> => {
		const ended = sink;
		sink = undefined;
		state = 'padding';
		remaining = padding;
		return ended?.end();
	};

	const body = (): void | Promise<void> => {
		const part = Math.min(remaining, chunk.length - at);
		remaining -= part;
		at += part;
		if (part === 0 || sink === undefined) return undefined;
		const whole = part === chunk.length;
		return sink.write(whole ? chunk : chunk.subarray(at - part, at));
	};

	/** Goes on until the chunk is used up or a sink wants time. */
	const run = (): void | Promise<void> => {
		for (;;) {
			switch (state) {
				case 'header':
				case 'zeros':
					if (!takeBlock()) return;
					header();
					break;
				case 'map':
					if (!takeBlock()) return;
					map();
					break;
				case 'preface': {
					const part = Math.min(remaining, chunk.length - at);
					prefaceBytes.push(Buffer.from(chunk.subarray(at, at + part)));
					remaining -= part;
					at += part;
					if (remaining > 0) return;
					endPreface();
					break;
				}
				case 'body': {
					if (remaining === 0) {
						const ending = endBody();
						if (ending !== undefined) return ending;
						break;
					}
					if (at === chunk.length) return;
					const writing = body();
					if (writing !== undefined) return writing;
					break;
				}
				case 'padding': {
					const part = Math.min(remaining, chunk.length - at);
					remaining -= part;
					at += part;
					if (remaining > 0) return;
					state = 'header';
					break;
				}
				case 'over':
					at = chunk.length;
					return;
				default:
					state satisfies never;
			}
		}
	};

	const runOn = async (waiting: Promise<void>): Promise<void> => {
		for (let wait: void | Promise<void> = waiting; wait !== undefined; wait = run()) await wait;
	};

	return {
		write(bytes) {
			chunk = bytes;
			at = 0;
			const waiting = run();
			return waiting === undefined ? undefined : runOn(waiting);
		},
		end() {
			if (state === 'body' || (state === 'padding' && remaining > 0))
				fail(`it is cut short in ${quoted(lastPath ?? '')}`);
			if (state === 'preface' || state === 'map' || carried > 0 || hasPreface())
				fail(`it is cut short in the header ${place()}`);
		},
	};
};
