import type {Command} from './types.ts';

export const accountCommands: readonly Command[] = [];
