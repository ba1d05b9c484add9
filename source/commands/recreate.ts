import type {Command} from './types.ts';

export const recreateCommands: readonly Command[] = [];
