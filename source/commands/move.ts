import type {Command} from './types.ts';

export const moveCommands: readonly Command[] = [];
