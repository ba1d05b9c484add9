import {EngineError} from '../engine/errors.ts';
import type {ArchiveEntry} from '../engine/file-types.ts';

/**
 * The beginning of the one file in an archive, at most `limitBytes` of it; the rest is not read.
 * @throws EngineError `invalid` when there is no file in it
 */
export const readHead = async (
	archive: AsyncIterable<ArchiveEntry>,
	limitBytes: number,
): Promise<Uint8Array> => {
	for await (const {facts, content} of archive) {
		if (facts.kind !== 'file') break;
		const chunks: Uint8Array[] = [];
		let length = 0;
		for await (const chunk of content) {
			// Copied: a chunk is a view into more than is kept of it.
			chunks.push(chunk.slice(0, limitBytes - length));
			length += Math.min(chunk.length, limitBytes - length);
			if (length >= limitBytes) break;
		}
		return Buffer.concat(chunks);
	}
	throw new EngineError('invalid', 'it is no regular file: there is nothing to be shown of it');
};
