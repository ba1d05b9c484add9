import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';
import type {Clock} from './clock.ts';

/** Of both halves together. Smaller ones cost more in collections than they save. */
const enoughBytes = 4_000_000;
const lookEveryMs = 200;

/** How much the old generation may grow before it is collected again; V8 itself lets it double. */
const growthPercent = 25;

const youngBytes = (): number =>
	getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.physical_space_size ?? 0;

/**
 * Keeps V8's heap as small as a program needs that draws and follows events, instead of as large as the machine
 * allows (docs/decisions/0006): the young generation grows until it serves and no further, by default to 32 MB
 * within half a minute; the old one is collected when it has grown by a quarter.
 * @returns how to stop looking.
 */
export const holdHeap = (clock: Clock): (() => void) => {
	setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
	let callOff = (): void => undefined;
	const look = (): void => {
		if (youngBytes() < enoughBytes) callOff = clock.after(lookEveryMs, look);
		else setFlagsFromString('--semi-space-growth-factor=1');
	};
	look();
	return () => {
		callOff();
	};
};
