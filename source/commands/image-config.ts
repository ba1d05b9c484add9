import type {Command} from './types.ts';

export const imageConfigCommands: readonly Command[] = [];
