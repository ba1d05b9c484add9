import type {Command} from './types.ts';

export const factsCommands: readonly Command[] = [];
