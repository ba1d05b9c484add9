import type {Command} from './types.ts';

export const imageJobCommands: readonly Command[] = [];
