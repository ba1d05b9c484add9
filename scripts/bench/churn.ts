import {setTimeout as delay} from 'node:timers/promises';
import {readMemory} from './memory.ts';
import {median} from './samples.ts';

export type Churn = {
	/** Of the end against the first quarter; percent. */
	readonly growthPercent: number | undefined;
	/** At the end. */
	readonly pssBytes: number | undefined;
};

const betweenMs = 1000;

/** Of the whole time: when the first readings count, and for how long they and the last ones do. */
const startOfFirst = 0.2;
const share = 0.1;

/** Reads the memory of a process once a second while things happen on its engine. */
export async function measureChurn(
	pid: number,
	{forMs, signal}: {readonly forMs: number; readonly signal: AbortSignal},
): Promise<Churn> {
	const readings: number[] = [];
	const count = Math.round(forMs / betweenMs);
	for (let index = 0; index < count; index += 1) {
		await delay(betweenMs, undefined, {signal});
		readings.push(readMemory(pid).pssBytes);
	}
	const first = Math.floor(count * startOfFirst);
	const size = Math.ceil(count * share);
	const before = median(readings.slice(first, first + size));
	const after = median(readings.slice(-size));
	return {
		growthPercent:
			before === undefined || after === undefined ? undefined : (100 * (after - before)) / before,
		pssBytes: after,
	};
}
