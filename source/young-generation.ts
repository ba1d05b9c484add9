import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';
import type {Clock} from './clock.ts';

/** Of both halves together. Smaller ones cost more in collections than they save. */
const enoughBytes = 4_000_000;
const lookEveryMs = 200;

const youngBytes = (): number =>
	getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.physical_space_size ?? 0;

/**
 * Lets V8's young generation grow until it serves a program that draws, and no further: by default it goes on to
 * 32 MB within half a minute (docs/decisions/0006).
 * @returns how to stop looking.
 */
export const holdYoungGeneration = (clock: Clock): (() => void) => {
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
