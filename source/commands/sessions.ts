import type {Command} from './types.ts';

export const sessionCommands: readonly Command[] = [];
