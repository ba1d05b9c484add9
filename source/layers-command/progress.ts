import type {Clock} from '../clock.ts';
import {formatSize} from '../format/bytes.ts';
import {cut} from '../format/cells.ts';
import {counted} from '../format/counted.ts';

type Output = {readonly columns?: number; readonly write: (text: string) => unknown};

/** A line that says how far reading is, on a terminal. */
export type Progress = {
	readonly told: (readBytes: number, layersRead: number) => void;
	/** Takes the line away. */
	readonly end: () => void;
};

const intervalMs = 250;

/**
 * @param name of what is read
 * @param isPacked an engine sends it, which may pack it first, for seconds
 */
export const showProgress = (output: Output, clock: Clock, name: string, isPacked: boolean): Progress => {
	const startedAt = clock.now();
	let read = {bytes: 0, layers: 0};
	let stop = (): void => {};
	const draw = (): void => {
		const seconds = Math.floor((clock.now() - startedAt) / 1000);
		const text =
			read.bytes === 0
				? `${name}: ${isPacked ? 'the engine is packing' : 'reading'} (${seconds} s)`
				: `${name}: ${formatSize(read.bytes)} read, ${counted(read.layers, 'layer')} (${seconds} s)`;
		output.write(`\r\u001B[K${cut(text, (output.columns ?? 80) - 1)}`);
		stop = clock.after(intervalMs, draw);
	};
	stop = clock.after(intervalMs, draw);
	return {
		told(bytes, layers) {
			read = {bytes, layers};
		},
		end() {
			stop();
			output.write('\r\u001B[K');
		},
	};
};

/** Where no terminal would show it. */
export const noProgress: Progress = {told: () => undefined, end: () => undefined};
