import type {Command} from './types.ts';

export const pushCommands: readonly Command[] = [];
