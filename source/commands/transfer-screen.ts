import type {Command} from './types.ts';

export const transferScreenCommands: readonly Command[] = [];
