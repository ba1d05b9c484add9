import {type BlobReader, createBlobReader} from './blob-reader.ts';
import type {ArchiveImage, ArchiveVisitor, ImageChoice} from './contract.ts';
import {findImage} from './find-image.ts';
import {createLinkedFiles} from './linked-files.ts';
import {openArchive} from './open-archive.ts';
import type {TarFacts} from './tar-entry.ts';
import {type ByteSink, createTarScanner} from './tar-scanner.ts';

export type ReadOptions = {readonly choice?: ImageChoice; readonly signal?: AbortSignal};

const createCollector = (visitor: ArchiveVisitor) => {
	const blobs = createLinkedFiles();
	let active: BlobReader | undefined;

	return {
		files: blobs.files,
		onEntry(facts: TarFacts): ByteSink | undefined {
			blobs.note(facts);
			if (facts.kind !== 'file') return undefined;
			const {path} = facts;
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
