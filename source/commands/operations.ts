import type {Command} from './types.ts';

export const operationCommands: readonly Command[] = [];
