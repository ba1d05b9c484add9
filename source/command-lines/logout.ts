import {parseRegistryHost} from '../registry/host.ts';
import {type CommandLine, questions} from './command-line.ts';

const help = `
  Usage
    $ gantry logout [REGISTRY] [options]

  Forgets the account of a registry, of Docker Hub when none is named, where the docker
  command keeps it. Needs no engine.

  Options
    --json               Print as JSON whether there was one
    --help               Print this

  Exit codes: 0 done, 1 it could not be removed, 125 a wrong option, 130 interrupted.
`;

/** `gantry logout`. */
export const logoutLine: CommandLine = {
	help,
	hint: 'gantry logout --help',
	words: [],
	optionalWords: ['the registry'],
	isLikeDocker: true,
	options: [...questions, {name: '--json', takes: 'nothing'}],
	read(said) {
		const host = parseRegistryHost(said.words[0] ?? '');
		if (!host.ok) return host.reason;
		return {kind: 'logout', options: {registry: host.value, isJson: said.has('--json')}};
	},
};
