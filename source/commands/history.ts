import type {Command} from './types.ts';

export const historyCommands: readonly Command[] = [];
