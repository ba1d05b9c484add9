import type {Command} from './types.ts';

export const fileCommands: readonly Command[] = [];
