import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {packTar, type TarEntry} from 'modern-tar';
import {tarEntries} from '../../source/engine/archive/read-tar.ts';

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) {
		if (at % (3 * size) === 0) await turn();
		yield bytes.subarray(at, at + size);
	}
}

const sizes = [511, 4, 1_500_000, 0, 1_500_000, 512, 100_000, 513];
const entries: readonly TarEntry[] = sizes.map((size, index) => ({
	header: {name: `a/${index}`, size, type: 'file'},
	body: new Uint8Array(size),
}));

describe('the entries of an archive', () => {
	for (const piece of [1000, 16_384, 65_536, 1 << 20]) {
		for (const way of ['read', 'left', 'left in turns', 'broken off'] as const) {
			it(`come all, in pieces of ${piece} bytes, when their contents are ${way}`, {
				timeout: 20_000,
			}, async () => {
				const tar = await packTar(entries);
				const read: number[] = [];
				let index = 0;
				for await (const {content} of tarEntries(inPieces(tar, piece))) {
					await turn();
					let length = 0;
					const isRead = way === 'read' || way === 'broken off' || index % 2 === 1;
					if (way !== 'left' && isRead) {
						for await (const chunk of content) {
							length += chunk.length;
							if (way === 'broken off') break;
						}
					}
					if (way === 'read') assert.equal(length, sizes[index]);
					read.push(index);
					index += 1;
				}
				assert.equal(read.length, sizes.length);
			});
		}
	}
});
