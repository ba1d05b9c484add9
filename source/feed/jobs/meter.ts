import type {TransferProgress} from '../../engine/types.ts';

type Tell = (progress: TransferProgress) => void;

/** Is anything told oftener than this, the screen does not show it anyway. */
const tellEveryBytes = 256 * 1024;

/** Counts the bytes that pass. @param totalBytes as far as known */
export const createMeter = (tell: Tell, totalBytes?: number) => {
	let doneBytes = 0;
	let toldBytes = -1;
	const report = (): void => {
		if (doneBytes === toldBytes) return;
		toldBytes = doneBytes;
		tell({kind: 'amount', doneBytes, ...(totalBytes === undefined ? {} : {totalBytes})});
	};
	return {
		report,
		doneBytes: () => doneBytes,
		async *count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
			for await (const chunk of chunks) {
				doneBytes += chunk.length;
				if (doneBytes - toldBytes >= tellEveryBytes) report();
				yield chunk;
			}
			report();
		},
	};
};
