import {createTarDecoder, type TarHeader} from 'modern-tar';
import {EngineError} from '../errors.ts';
import type {ArchiveEntry, FileFacts, FileKind} from '../file-types.ts';

const kinds: Readonly<Partial<Record<NonNullable<TarHeader['type']>, FileKind>>> = {
	directory: 'directory',
	symlink: 'symlink',
	link: 'hardlink',
	'character-device': 'character-device',
	'block-device': 'block-device',
	fifo: 'fifo',
};

const nameOf = (path: string): string => path.split('/').findLast(part => part !== '' && part !== '.') ?? '/';

const factsOf = (header: TarHeader): FileFacts => ({
	name: nameOf(header.name),
	kind: kinds[header.type ?? 'file'] ?? 'file',
	sizeBytes: header.size,
	mode: (header.mode ?? 0) & 0o7777,
	modifiedAt: header.mtime?.getTime() ?? 0,
	uid: header.uid ?? 0,
	gid: header.gid ?? 0,
	...(header.linkname ? {linkTarget: header.linkname} : {}),
});

/**
 * Never cancelled, whoever breaks off: in modern-tar 0.8.6 the cancelling of a body that has come whole takes the
 * next entry's body away, and who reads that one waits for ever.
 */
const contentOf = (body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> => ({
	[Symbol.asyncIterator]: () => body.values({preventCancel: true}),
});

/** Feeds the decoder at the pace at which its entries are taken. Never rejects: what goes wrong, the entries tell. */
const feed = async (
	source: AsyncIterable<Uint8Array>,
	writable: WritableStream<Uint8Array>,
	isOver: () => boolean,
): Promise<void> => {
	const writer = writable.getWriter();
	writer.closed.catch(() => undefined);
	try {
		for await (const chunk of source) {
			await writer.write(chunk);
			if (isOver()) return;
		}
		await writer.close();
	} catch (error) {
		await writer.abort(error).catch(() => undefined);
	}
};

/**
 * The entries of a tar archive (ustar, PAX and GNU names), in its order. Who leaves early ends the source himself.
 * @throws what the source throws; EngineError `protocol` for what is no tar or ends too early
 */
export async function* tarEntries(
	source: AsyncIterable<Uint8Array>,
): AsyncGenerator<ArchiveEntry, void, undefined> {
	let isOver = false;
	let broken: unknown;
	const {readable, writable} = createTarDecoder({strict: true});
	const noted = watched(source, error => {
		broken = error;
	});
	void feed(noted, writable, () => isOver);
	try {
		for await (const {header, body} of readable) {
			yield {path: header.name, facts: factsOf(header), content: contentOf(body)};
			for await (const _ of contentOf(body));
		}
	} catch (error) {
		if (broken !== undefined) throw broken;
		const said = error instanceof Error ? error.message : String(error);
		throw new EngineError('protocol', `the archive cannot be read: ${said}`, {cause: error});
	} finally {
		isOver = true;
	}
}

async function* watched(
	source: AsyncIterable<Uint8Array>,
	onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
	try {
		yield* source;
	} catch (error) {
		onError(error);
		throw error;
	}
}
