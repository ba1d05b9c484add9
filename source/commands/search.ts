import type {Command} from './types.ts';

export const searchCommands: readonly Command[] = [];
