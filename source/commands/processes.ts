import type {Command} from './types.ts';

export const processCommands: readonly Command[] = [];
