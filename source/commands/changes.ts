import type {Command} from './types.ts';

export const changeCommands: readonly Command[] = [];
