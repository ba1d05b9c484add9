import type {EngineClient} from '../engine-client.ts';

/** Of the `Engine` port: changes of a container that lives on. */
export type OperationCalls = object;

export const operationCalls = (_client: EngineClient): OperationCalls => ({});
