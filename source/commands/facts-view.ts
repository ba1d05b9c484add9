import {networkCommands} from './networks.ts';
import {scrollCommands} from './readers.ts';
import {secretsCommand} from './secrets.ts';
import type {Command} from './types.ts';

export const factsCommands: readonly Command[] = [
	...scrollCommands('config'),
	secretsCommand('config'),
	...networkCommands,
	...scrollCommands('network'),
];
