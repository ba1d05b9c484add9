import {blockBytes} from './tar-header.ts';

/** The next block of a tar: where it stands in `bytes`. */
export type BlockReader = {
	bytes: Buffer;
	from: number;
	/** @returns how many bytes of the chunk it took; the block is whole when `isWhole` then */
	readonly take: (chunk: Buffer, at: number) => number;
	isWhole: boolean;
	/** Bytes of a block whose rest is still to come. */
	readonly carried: () => number;
};

/** Blocks as they stand in the chunks; copied only where one is spread over several. */
export const createBlockReader = (): BlockReader => {
	const carry = Buffer.alloc(blockBytes);
	let carried = 0;
	const reader: BlockReader = {
		bytes: carry,
		from: 0,
		isWhole: false,
		carried: () => carried,
		take(chunk, at) {
			if (carried === 0 && chunk.length - at >= blockBytes) {
				reader.bytes = chunk;
				reader.from = at;
				reader.isWhole = true;
				return blockBytes;
			}
			const part = Math.min(blockBytes - carried, chunk.length - at);
			chunk.copy(carry, carried, at, at + part);
			carried = (carried + part) % blockBytes;
			reader.bytes = carry;
			reader.from = 0;
			reader.isWhole = part > 0 && carried === 0;
			return part;
		},
	};
	return reader;
};
