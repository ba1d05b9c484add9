import {Readable} from 'node:stream';
import {tarEntries} from '../archive/read-tar.ts';
import {decodeFileStat} from '../decode/file-stat.ts';
import type {EngineClient} from '../engine-client.ts';
import {EngineError} from '../errors.ts';
import type {ArchiveEntry, FileFacts} from '../file-types.ts';
import {pathPart} from '../paths.ts';
import type {ContainerId} from '../types.ts';

/**
 * Of the `Engine` port: a container's file system, running or not, through the archive endpoint. Paths are absolute
 * in the container. The engine holds the container's lock as long as an archive of it is read: an inspect, a stop
 * or another of these calls waits for the end (moby daemon/archive.go; measured on 20.10).
 */
export type FileCalls = {
	/** `HEAD …/archive`: what is at a path; a link itself, with its target resolved. */
	readonly statPath: (id: ContainerId, path: string, signal: AbortSignal) => Promise<FileFacts>;
	/**
	 * `GET …/archive`: the path and everything beneath it, depth first, volumes included.
	 * @param onBytes told of all that came, as it comes
	 */
	readonly readArchive: (
		id: ContainerId,
		path: string,
		signal: AbortSignal,
		onBytes?: (count: number) => void,
	) => AsyncIterable<ArchiveEntry>;
	/** `PUT …/archive`: unpacks a tar into a directory of the container. Rejects with the archive's error when that fails. */
	readonly writeArchive: (
		id: ContainerId,
		directory: string,
		archive: AsyncIterable<Uint8Array>,
		signal: AbortSignal,
	) => Promise<void>;
};

/** A stat waits for its container while somebody else reads from it. */
const statLimitMs = 30_000;

export const fileCalls = (client: EngineClient): FileCalls => ({
	statPath: async (id, path, signal) => {
		const request = {operation: 'stat', path: archivePath(id), query: {path}, limitMs: statLimitMs};
		try {
			const {headers} = await client.call({...request, method: 'HEAD'}, signal);
			return decodeFileStat(headers['x-docker-container-path-stat']);
		} catch (error) {
			// The answer to a HEAD has no words; those to a GET of the same path do.
			if (error instanceof EngineError && error.facts.status !== undefined)
				(await client.transport().open(client.versioned(request), signal)).destroy();
			throw error;
		}
	},
	readArchive: (id, path, signal, onBytes) =>
		client.guarded('read archive', signal, readArchive(client, id, path, signal, onBytes)),
	writeArchive: async (id, directory, archive, signal) => {
		let broken: unknown;
		const upload = Readable.from(archive, {objectMode: false, highWaterMark: 1 << 20});
		upload.once('error', error => {
			broken = error;
		});
		try {
			// Without a limit it has a connection of its own.
			await client.call(
				{
					operation: 'write archive',
					method: 'PUT',
					path: archivePath(id),
					query: {path: directory, noOverwriteDirNonDir: true},
					upload,
				},
				signal,
			);
		} catch (error) {
			throw broken ?? error;
		} finally {
			upload.destroy();
		}
	},
});

const archivePath = (id: ContainerId): string => `/containers/${pathPart(id)}/archive`;

async function* readArchive(
	client: EngineClient,
	id: ContainerId,
	path: string,
	signal: AbortSignal,
	onBytes?: (count: number) => void,
): AsyncGenerator<ArchiveEntry, void, undefined> {
	const request = {operation: 'read archive', path: archivePath(id), query: {path}};
	const response = await client.transport().open(client.versioned(request), signal);
	try {
		yield* tarEntries(counted(response, onBytes));
	} finally {
		response.destroy();
	}
}

async function* counted(
	chunks: AsyncIterable<Uint8Array>,
	onBytes: ((count: number) => void) | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const chunk of chunks) {
		onBytes?.(chunk.length);
		yield chunk;
	}
}
