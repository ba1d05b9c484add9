import {readFileSync} from 'node:fs';

const read = (name: string): string =>
	readFileSync(new URL(`../fixtures/engine/${name}`, import.meta.url), 'utf8');

/** A recorded body of the Engine API. */
export const recorded = (name: string): unknown => JSON.parse(read(`${name}.json`));

/** The lines of a recorded stream. */
export const recordedLines = (name: string): readonly string[] => read(`${name}.ndjson`).trim().split('\n');
