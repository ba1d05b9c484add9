import {attachCommand} from './attach.ts';
import {execCommand} from './exec.ts';
import {openPortCommand} from './ports.ts';
import {shellCommand} from './shell.ts';
import type {Command} from './types.ts';

/** What reaches into a running container, or through one of its ports. */
export const sessionCommands: readonly Command[] = [
	shellCommand,
	execCommand,
	attachCommand,
	openPortCommand,
];
