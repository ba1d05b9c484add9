import type {Command} from './types.ts';

export const buildCommands: readonly Command[] = [];
