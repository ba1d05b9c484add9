import type {Command} from './types.ts';

export const statsViewCommands: readonly Command[] = [];
