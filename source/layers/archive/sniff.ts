import {blockBytes, isTarStart} from './tar-header.ts';

export type ByteFormat = 'tar' | 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'json' | 'empty' | 'unknown';

/** How many bytes tell what a file is. */
export const sniffBytes = blockBytes;

const begins = (head: Buffer, ...magic: readonly number[]): boolean =>
	magic.every((byte, index) => head[index] === byte);

/** Frames that decompressors skip: where `zstd:chunked` or a seekable archive begins with one. */
const isSkippableFrame = (head: Buffer): boolean =>
	((head[0] ?? 0) & 0xf0) === 0x50 &&
	head.length >= 4 &&
	head.subarray(1, 4).equals(Buffer.of(0x2a, 0x4d, 0x18));

/** What a file is by its first `sniffBytes` bytes, or by all of a smaller one. */
export const sniffed = (head: Buffer): ByteFormat => {
	if (head.length === 0) return 'empty';
	if (begins(head, 0x1f, 0x8b)) return 'gzip';
	if (begins(head, 0x28, 0xb5, 0x2f, 0xfd) || isSkippableFrame(head)) return 'zstd';
	if (begins(head, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz';
	if (begins(head, 0x42, 0x5a, 0x68)) return 'bzip2';
	if (isTarStart(head)) return 'tar';
	if (/^\s*[[{]/.test(head.toString('latin1'))) return 'json';
	// A layer whose first header is damaged: its reader says so.
	return head.toString('latin1', 257, 262) === 'ustar' ? 'tar' : 'unknown';
};
