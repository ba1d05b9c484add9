import {record, text} from '../decode/read.ts';
import {EngineError} from '../errors.ts';
import {errorOfText} from '../failure.ts';

/** More than an error's line takes. */
const tailBytes = 16 * 1024;
/** Two blocks of zeros: POSIX ustar, the end of an archive. */
const endBytes = 1024;

/** The last bytes of what comes, copied: the memory of a chunk may be filled anew. */
const createTail = () => {
	const bytes = Buffer.alloc(tailBytes);
	let length = 0;
	return {
		add(chunk: Uint8Array): void {
			const part = chunk.subarray(-tailBytes);
			const kept = Math.min(length, tailBytes - part.length);
			bytes.copyWithin(0, length - kept, length);
			bytes.set(part, kept);
			length = kept + part.length;
		},
		bytes: (): Buffer => bytes.subarray(0, length),
	};
};

const isEnd = (tail: Uint8Array): boolean =>
	tail.length >= endBytes && tail.subarray(-endBytes).every(byte => byte === 0);

/** An engine that breaks off in the middle writes its error behind the bytes: the status was 200 long before. */
const errorIn = (tail: Uint8Array, operation: string): EngineError => {
	const line = /\{"errorDetail".*\}\s*$/.exec(Buffer.from(tail).toString('latin1'))?.[0];
	try {
		const root = record(JSON.parse(Buffer.from(line ?? '{}', 'latin1').toString('utf8')));
		const said = text(record(root.errorDetail).message) || text(root.error);
		if (said !== '') return errorOfText(said, operation);
	} catch {
		// Then it was no such line.
	}
	return new EngineError('protocol', 'the engine broke off before the end of the archive', {operation});
};

/**
 * The same bytes, as a whole archive; it ends quietly where the signal aborts.
 * @throws EngineError at their end when they are none, with the engine's words when it said why
 */
export async function* wholeTar(
	chunks: AsyncIterable<Uint8Array>,
	operation: string,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
	const tail = createTail();
	for await (const chunk of chunks) {
		tail.add(chunk);
		yield chunk;
	}
	if (!signal.aborted && !isEnd(tail.bytes())) throw errorIn(tail.bytes(), operation);
}
