import type {EngineClient} from '../engine-client.ts';

/** Of the `Engine` port: networks and who is on them. */
export type NetworkCalls = object;

export const networkCalls = (_client: EngineClient): NetworkCalls => ({});
