/** The names in a tar, and how far its bytes reach. */
export type TarName = {readonly name: string; readonly endsAt: number};

/** Gives bytes at a position; fewer only at the end. */
export type ByteSource = {
	readonly read: (position: number, count: number) => Promise<Uint8Array>;
};

export const blockBytes = 512;

const ascii = (block: Uint8Array, from: number, length: number): string =>
	Buffer.from(block.subarray(from, from + length))
		.toString('utf8')
		.replace(/\0.*$/s, '');

/** Octal text, or base 256 where that is too short (GNU). */
const numberAt = (block: Uint8Array, from: number, length: number): number => {
	if (((block[from] ?? 0) & 0x80) === 0) return Number.parseInt(ascii(block, from, length).trim() || '0', 8);
	return block
		.subarray(from + 1, from + length)
		.reduce((sum, byte) => sum * 256 + byte, (block[from] ?? 0) & 0x7f);
};

/** POSIX ustar: the sum of all bytes, those of the sum itself taken for blanks. */
export const isTarHeader = (block: Uint8Array): boolean => {
	if (block.length < blockBytes) return false;
	const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
	return sum === numberAt(block, 148, 8);
};

/** Blocks of these types tell about the entry after them: its long name, its attributes. */
const isAside = (type: string): boolean => 'xgLKN'.includes(type) && type !== '';

/**
 * The names of a tar, without its contents; long ones may be cut. Ends where no header is.
 * @param most so many headers are read
 */
export async function* tarNames(
	source: ByteSource,
	most: number,
): AsyncGenerator<TarName, 'end' | 'broken' | 'enough', undefined> {
	let position = 0;
	for (let count = 0; count < most; count += 1) {
		const block = await source.read(position, blockBytes);
		if (block.length === 0 || block.every(byte => byte === 0)) return 'end';
		if (!isTarHeader(block)) return 'broken';
		const prefix = ascii(block, 257, 5) === 'ustar' ? ascii(block, 345, 155) : '';
		const name = ascii(block, 0, 100);
		const size = numberAt(block, 124, 12);
		position += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
		if (isAside(ascii(block, 156, 1))) continue;
		yield {name: prefix === '' ? name : `${prefix}/${name}`, endsAt: position};
	}
	return 'enough';
}
