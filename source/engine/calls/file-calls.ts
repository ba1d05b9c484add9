import type {EngineClient} from '../engine-client.ts';

/** Of the `Engine` port: its file system, through the archive endpoint. */
export type FileCalls = object;

export const fileCalls = (_client: EngineClient): FileCalls => ({});
