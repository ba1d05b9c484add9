import type {EngineClient} from '../engine-client.ts';

/** Of the `Engine` port: making a container like another one. */
export type RecreateCalls = object;

export const recreateCalls = (_client: EngineClient): RecreateCalls => ({});
