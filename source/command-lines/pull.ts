import {type PullLine, pullLineOf} from '../format/pull-line.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions, type Said} from './command-line.ts';
import {readTelling, tellingOptions} from './telling.ts';

const help = `
  Usage
    $ gantry pull IMAGE… [options]

  Pulls images, one after the other, with the accounts of the docker command.

  Options
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    -a, --all-tags       Every tag of the repositories
    --platform P         os/architecture[/variant]
    -q, --quiet          Print the names of what was pulled, nothing else
    --json               Print what happens as JSON, one object a line
    --help               Print this

  Exit codes: 0 done, 1 a pull failed or a name is wrong, 125 a wrong option, 130 interrupted.
`;

/** @returns what is to be pulled, or what is wrong with one */
const readPulls = (said: Said): readonly PullLine[] | string => {
	const pulls: PullLine[] = [];
	for (const word of said.words) {
		const parsed = pullLineOf(word, said.value('--platform') ?? '', said.has('--all-tags'));
		if (!parsed.ok) return parsed.reason;
		pulls.push(parsed.value);
	}
	return pulls;
};

/** `gantry pull`. */
export const pullLine: CommandLine = {
	help,
	hint: 'gantry pull --help',
	words: ['the name of an image'],
	isOpenEnded: true,
	isLikeDocker: true,
	options: [
		...engineOptions,
		...questions,
		...tellingOptions,
		{name: '--all-tags', also: ['-a'], takes: 'nothing'},
		{name: '--platform', takes: 'value'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const telling = readTelling(said);
		if (typeof telling === 'string') return telling;
		const pulls = readPulls(said);
		return typeof pulls === 'string' ? pulls : {kind: 'pull', options: {...engine, ...telling, pulls}};
	},
};
