import {blockBytes, readHeader} from '../layers/archive/tar-header.ts';

/** The name of an entry, and where it ends in the archive, bytes from its start. */
export type TarName = {readonly name: string; readonly endsAt: number};

/** Gives bytes at a position; fewer only at the end. */
export type ByteSource = {readonly read: (position: number, count: number) => Promise<Buffer>};

/** Blocks of these types tell about the entry after them: its long name, its attributes. */
const asides = new Set(['x', 'g', 'L', 'K', 'N', 'V']);

/**
 * The names of a tar, without its contents; long ones may be cut.
 * @param most so many headers are read
 * @returns why there are no more
 */
export async function* tarNames(
	source: ByteSource,
	most: number,
): AsyncGenerator<TarName, 'end' | 'broken' | 'enough', undefined> {
	let position = 0;
	for (let count = 0; count < most; count += 1) {
		const block = await source.read(position, blockBytes);
		if (block.length < blockBytes) return block.length === 0 ? 'end' : 'broken';
		const found = readHeader(block, 0);
		if (found.kind === 'zeros') return 'end';
		if (found.kind === 'damaged') return 'broken';
		const {path, type, storedBytes} = found.header;
		position += blockBytes + Math.ceil(storedBytes / blockBytes) * blockBytes;
		if (!asides.has(type)) yield {name: path, endsAt: position};
	}
	return 'enough';
}
