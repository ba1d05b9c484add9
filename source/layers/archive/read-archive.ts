import {posix} from 'node:path';
import {type Blob, type BlobReader, createBlobReader} from './blob-reader.ts';
import type {ArchiveImage, ArchiveVisitor, ImageChoice} from './contract.ts';
import {entryPath} from './entry-path.ts';
import {findImage} from './find-image.ts';
import type {ImageFiles} from './image-files.ts';
import {openArchive} from './open-archive.ts';
import type {TarFacts} from './tar-entry.ts';
import {type ByteSink, createTarScanner} from './tar-scanner.ts';

export type ReadOptions = {readonly choice?: ImageChoice; readonly signal?: AbortSignal};

/** Links in links in links … are a circle. */
const maxLinks = 16;

const createCollector = (visitor: ArchiveVisitor) => {
	const blobs = new Map<string, Blob>();
	const links = new Map<string, string>();
	let active: BlobReader | undefined;

	const find = (wanted: string): {readonly path: string; readonly blob: Blob} | undefined => {
		let path = entryPath(wanted);
		for (let count = 0; count < maxLinks && path !== undefined; count++) {
			const blob = blobs.get(path);
			if (blob !== undefined) return {path, blob};
			path = links.get(path);
		}
		return undefined;
	};

	const linked = ({path, kind, linkTarget}: TarFacts): string | undefined =>
		kind === 'hardlink' ? linkTarget : posix.join(posix.dirname(path), linkTarget);

	return {
		files: {
			has: path => Promise.resolve(find(path) !== undefined),
			read: path => Promise.resolve(find(path)),
		} satisfies ImageFiles,
		onEntry(facts: TarFacts): ByteSink | undefined {
			const {path, kind} = facts;
			if (kind === 'hardlink' || kind === 'symlink') {
				const target = linked(facts);
				if (target !== undefined) links.set(path, target);
			}
			if (kind !== 'file') return undefined;
			const reader = createBlobReader(path, facts.storedBytes, visitor);
			active = reader;
			const keep = (): void => {
				blobs.set(path, reader.blob());
				active = undefined;
			};
			return {
				write: reader.write,
				end() {
					const waiting = reader.end();
					return waiting === undefined ? keep() : waiting.then(keep);
				},
			};
		},
		close: () => active?.close(),
	};
};

/**
 * Reads an image archive once, as it comes: what `docker save` writes (before 25: `<id>/layer.tar`; since: an OCI
 * layout with a `manifest.json`), or an OCI layout in a tar; either may be compressed as a whole.
 * @throws ArchiveError; whatever the source throws; the signal's reason
 */
export const readArchive = async (
	source: AsyncIterable<Uint8Array>,
	visitor: ArchiveVisitor,
	{choice = {}, signal}: ReadOptions = {},
): Promise<ArchiveImage> => {
	const collector = createCollector(visitor);
	const scanner = createTarScanner('the archive', collector.onEntry);
	const opened = openArchive(source, count => {
		signal?.throwIfAborted();
		visitor.onBytes(count);
	});
	try {
		for await (const chunk of opened) {
			const waiting = scanner.write(chunk);
			if (waiting !== undefined) await waiting;
		}
		scanner.end();
	} finally {
		collector.close();
	}
	signal?.throwIfAborted();
	return findImage(collector.files, choice);
};
