import {parseRegistryHost} from '../registry/host.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions} from './command-line.ts';

const help = `
  Usage
    $ gantry login [REGISTRY] [options]

  Logs in to a registry, Docker Hub when none is named: the engine asks it, and what it
  lets in with is kept where the docker command keeps it (credential helper, else
  config.json). The password is asked for on the terminal, or read from a pipe.

  Options
    -u, --username NAME  Name of the account
    --password-stdin     Read the password, or an access token, from stdin
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    --json               Print as JSON what was kept where
    --help               Print this

  Exit codes: 0 logged in, 1 refused, 125 a wrong option, 130 interrupted.
`;

/** `gantry login`. */
export const loginLine: CommandLine = {
	help,
	hint: 'gantry login --help',
	words: [],
	optionalWords: ['the registry'],
	isLikeDocker: true,
	options: [
		...engineOptions,
		...questions,
		{name: '--username', also: ['-u'], takes: 'value'},
		{name: '--password-stdin', takes: 'nothing'},
		{name: '--password', also: ['-p'], takes: 'value'},
		{name: '--json', takes: 'nothing'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		// Everybody on the machine reads the arguments of a program.
		if (said.value('--password') !== undefined)
			return '--password would show it to everybody on this machine, --password-stdin does not';
		const host = parseRegistryHost(said.words[0] ?? '');
		if (!host.ok) return host.reason;
		const username = said.value('--username');
		const isFromStdin = said.has('--password-stdin');
		if (isFromStdin && username === undefined) return '--password-stdin needs --username';
		return {
			kind: 'login',
			options: {
				...engine,
				registry: host.value,
				isFromStdin,
				isJson: said.has('--json'),
				...(username === undefined ? {} : {username}),
			},
		};
	},
};
