import type {Command} from './types.ts';

export const outdatedCommands: readonly Command[] = [];
