import type {Command} from './types.ts';

export const layerCommands: readonly Command[] = [];
