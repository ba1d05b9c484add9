import {commitCommand} from './commit.ts';
import {limitsCommand} from './limits.ts';
import type {Command} from './types.ts';

/** What is done to a container that lives on. */
export const operationCommands: readonly Command[] = [limitsCommand, commitCommand];
