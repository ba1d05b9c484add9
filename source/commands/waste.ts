import type {Command} from './types.ts';

export const wasteCommands: readonly Command[] = [];
