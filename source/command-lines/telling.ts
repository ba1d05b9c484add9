import type {Telling} from './call.ts';
import type {Option, Said} from './command-line.ts';

export const tellingOptions: readonly Option[] = [
	{name: '--quiet', also: ['-q'], takes: 'nothing'},
	{name: '--json', takes: 'nothing'},
];

/** @returns how it is told, or what is wrong */
export const readTelling = ({has}: Said): {readonly telling: Telling} | string => {
	if (has('--quiet') && has('--json')) return '--quiet and --json exclude each other';
	return {telling: has('--json') ? 'json' : has('--quiet') ? 'quiet' : 'text'};
};
