import type {EngineClient} from '../engine-client.ts';

/** Of the `Engine` port: its processes and what it changed. */
export type ProcessCalls = object;

export const processCalls = (_client: EngineClient): ProcessCalls => ({});
