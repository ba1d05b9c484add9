import type {Command} from './types.ts';

export const compareCommands: readonly Command[] = [];
