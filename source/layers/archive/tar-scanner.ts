import {ArchiveError} from '../types.ts';
import {quoted} from './archive-text.ts';
import {createBlockReader} from './block-reader.ts';
import {type TarFacts, tarFacts} from './tar-entry.ts';
import {blockBytes, readHeader, type TarHeader} from './tar-header.ts';
import {createPrefaceReader, isPreface, maxPrefaceBytes} from './tar-preface.ts';

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

type State =
	| 'header'
	/** Of an old GNU sparse file. */
	| 'map'
	| 'preface'
	| 'body'
	/** What fills the last block of a body. */
	| 'padding'
	/** The first of the two blocks that end an archive was there. */
	| 'zeros'
	| 'over';

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
	const block = createBlockReader();
	const preface = createPrefaceReader();
	let chunk: Buffer = Buffer.alloc(0);
	let at = 0;
	let state: State = 'header';
	/** Of the body, then of its padding. */
	let remaining = 0;
	let padding = 0;
	let sparse: TarHeader | undefined;
	let sink: ByteSink | undefined;
	let lastPath: string | undefined;

	const place = (): string => (lastPath === undefined ? 'at its beginning' : `after ${quoted(lastPath)}`);
	const fail = (reason: string): never => {
		throw new ArchiveError('damaged', `${where}: ${reason}`);
	};

	const beginBody = (size: number, next: 'preface' | 'body'): void => {
		remaining = size;
		padding = (blockBytes - (size % blockBytes)) % blockBytes;
		state = next;
	};
	const beginPadding = (): void => {
		state = 'padding';
		remaining = padding;
	};
	/** As much of what remains as the chunk has. */
	const step = (): number => {
		const part = Math.min(remaining, chunk.length - at);
		remaining -= part;
		at += part;
		return part;
	};

	const onPreface = ({type, storedBytes}: TarHeader): void => {
		if (storedBytes > maxPrefaceBytes) fail(`${place()}: an extended header of ${storedBytes} bytes`);
		preface.begin(type);
		beginBody(storedBytes, 'preface');
	};
	const onHeader = (header: TarHeader): void => {
		const facts = tarFacts(header, preface.take(), where);
		lastPath = facts?.path ?? lastPath;
		beginBody(facts?.storedBytes ?? header.storedBytes, 'body');
		sink = facts === undefined ? undefined : onEntry(facts);
	};
	const onBlock = (): void => {
		const read = readHeader(block.bytes, block.from);
		switch (read.kind) {
			case 'zeros':
				if (preface.isWaiting()) fail(`${place()}: it ends after an extended header`);
				state = state === 'zeros' ? 'over' : 'zeros';
				return;
			case 'damaged':
				fail(`the header ${place()} is damaged: ${read.reason}`);
				return;
			case 'entry':
				if (state === 'zeros') fail(`${place()}: something follows its end`);
				if (isPreface(read.header.type)) onPreface(read.header);
				else if (read.header.isExtended) {
					sparse = read.header;
					state = 'map';
				} else onHeader(read.header);
				return;
			default:
				read satisfies never;
		}
	};
	const onMap = (): void => {
		const isContinued = block.bytes[block.from + 504] !== 0;
		if (sparse !== undefined && !isContinued) onHeader(sparse);
	};

	const body = (): void | Promise<void> => {
		if (remaining === 0) {
			beginPadding();
			return sink?.end();
		}
		const part = step();
		if (sink === undefined) return undefined;
		return sink.write(part === chunk.length ? chunk : chunk.subarray(at - part, at));
	};
	const takePreface = (): void => {
		const part = step();
		preface.write(chunk.subarray(at - part, at));
		if (remaining > 0) return;
		if (!preface.end()) fail(`the extended header ${place()} is damaged`);
		beginPadding();
	};

	/** Goes on until the chunk is used up or a sink wants time. */
	const run = (): void | Promise<void> => {
		// What needs no bytes comes even at the end of a chunk.
		while (at < chunk.length || (remaining === 0 && (state === 'body' || state === 'preface'))) {
			switch (state) {
				case 'header':
				case 'zeros':
				case 'map':
					at += block.take(chunk, at);
					if (!block.isWhole) break;
					if (state === 'map') onMap();
					else onBlock();
					break;
				case 'preface':
					takePreface();
					break;
				case 'body': {
					const waiting = body();
					if (waiting !== undefined) return waiting;
					break;
				}
				case 'padding':
					step();
					if (remaining === 0) state = 'header';
					break;
				case 'over':
					at = chunk.length;
					break;
				default:
					state satisfies never;
			}
		}
		return undefined;
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
			const isInPadding = state === 'padding' && remaining > 0;
			if (state === 'body' || isInPadding) fail(`it is cut short in ${quoted(lastPath ?? '')}`);
			if (state === 'preface' || state === 'map' || block.carried() > 0 || preface.isWaiting())
				fail(`it is cut short in the header ${place()}`);
		},
	};
};
