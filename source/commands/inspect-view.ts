import type {Command} from './types.ts';

export const inspectCommands: readonly Command[] = [];
