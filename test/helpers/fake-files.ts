import type {FileCalls} from '../../source/engine/calls/file-calls.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {ArchiveEntry, FileFacts} from '../../source/engine/file-types.ts';
import type {Channel} from './channel.ts';

/** The file systems of a fake engine, which are all the same one. */
export type FakeFiles = {
	/** What a stat tells, by path. */
	readonly stats: Map<string, FileFacts>;
	/** An archive that is being read, by its path: the test says what comes of it. */
	readonly archiveOf: (path: string) => Channel<ArchiveEntry>;
	/** The archives that were written, by directory. */
	readonly written: Map<string, Buffer>;
	/** As if so many bytes came over the wire for an archive that is being read. */
	readonly came: (path: string, bytes: number) => void;
};

type Method = keyof FileCalls;
type Call = {readonly method: Method; readonly key: string};

/** Who keeps the calls and streams of the fake engine. */
type Ledger = {
	readonly answer: <T>(call: Call, signal: AbortSignal, read: () => T) => Promise<T>;
	readonly stream: <T>(
		call: Call,
		signal: AbortSignal,
		onOpen: (channel: Channel<T>) => void,
	) => AsyncIterable<T>;
};

type Kept = FakeFiles & {
	readonly channels: Map<string, Channel<ArchiveEntry>>;
	readonly listeners: Map<string, (count: number) => void>;
};

const kept = new WeakMap<FakeFiles, Kept>();

export const createFakeFiles = (): FakeFiles => {
	const channels = new Map<string, Channel<ArchiveEntry>>();
	const listeners = new Map<string, (count: number) => void>();
	const files: FakeFiles = {
		stats: new Map(),
		written: new Map(),
		archiveOf(path) {
			const channel = channels.get(path);
			if (channel === undefined) throw new Error(`no archive of ${path} is being read`);
			return channel;
		},
		came(path, bytes) {
			listeners.get(path)?.(bytes);
		},
	};
	kept.set(files, {...files, channels, listeners});
	return files;
};

export const fakeFiles = (ledger: Ledger, files: FakeFiles): FileCalls => ({
	statPath: (_id, path, signal) =>
		ledger.answer({method: 'statPath', key: path}, signal, () => {
			const facts = files.stats.get(path);
			if (facts === undefined) throw new EngineError('not-found', `Could not find the file ${path}`);
			return facts;
		}),
	readArchive: (_id, path, signal, onBytes) =>
		ledger.stream<ArchiveEntry>({method: 'readArchive', key: path}, signal, channel => {
			kept.get(files)?.channels.set(path, channel);
			if (onBytes !== undefined) kept.get(files)?.listeners.set(path, onBytes);
		}),
	writeArchive: async (_id, directory, archive, signal) => {
		await ledger.answer({method: 'writeArchive', key: directory}, signal, () => undefined);
		const chunks: Uint8Array[] = [];
		for await (const chunk of archive) chunks.push(chunk);
		files.written.set(directory, Buffer.concat(chunks));
	},
});
