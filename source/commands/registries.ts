import type {Command} from './types.ts';

export const registryCommands: readonly Command[] = [];
