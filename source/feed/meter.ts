import type {TransferProgress} from '../engine/types.ts';

/** Is anything told oftener than this, the screen does not show it anyway. */
const tellEveryBytes = 256 * 1024;

export type Tell = (progress: TransferProgress) => void;

/** How far a copy of files is. @param totalBytes of all, where that is known; what turns out to be more is the total then */
export const createMeter = (totalBytes: number | undefined, tell: Tell) => {
	let doneBytes = 0;
	let fileCount = 0;
	let toldBytes = 0;
	const report = (): void => {
		toldBytes = doneBytes;
		const total = totalBytes === undefined ? {} : {totalBytes: Math.max(totalBytes, doneBytes)};
		tell({kind: 'bytes', doneBytes, fileCount, ...total});
	};
	return {
		report,
		onBytes(count: number): void {
			doneBytes += count;
			if (doneBytes - toldBytes >= tellEveryBytes) report();
		},
		onFile(): void {
			fileCount += 1;
			if (fileCount % 50 === 0) report();
		},
		onLeftOut(path: string, reason: string): void {
			tell({kind: 'left-out', text: `${path}: ${reason}`});
		},
	};
};

export type Meter = ReturnType<typeof createMeter>;
