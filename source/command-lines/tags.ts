import {parseReference} from '../format/image-name.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions} from './command-line.ts';

const help = `
  Usage
    $ gantry tags REPOSITORY [options]

  Lists the tags of a repository in its registry, with the accounts of the docker command.
  The engine is only asked which registries it reaches without a trusted certificate.

  Options
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    --digests            Ask what each tag stands for, too
    --json               Print JSON
    --help               Print this

  Exit codes: 0 done, 1 the registry refused or the name is wrong, 125 a wrong option, 130 interrupted.
`;

/** `gantry tags`. */
export const tagsLine: CommandLine = {
	help,
	hint: 'gantry tags --help',
	words: ['the name of a repository'],
	isLikeDocker: true,
	options: [
		...engineOptions,
		...questions,
		{name: '--digests', takes: 'nothing'},
		{name: '--json', takes: 'nothing'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const [repository = ''] = said.words;
		const parsed = parseReference(repository);
		if (!parsed.ok) return parsed.reason;
		if ((parsed.value.tag ?? parsed.value.digest) !== undefined)
			return `"${repository}": a repository is named without a tag`;
		const choices = {isJson: said.has('--json'), hasDigests: said.has('--digests')};
		return {kind: 'tags', options: {...engine, ...choices, repository}};
	},
};
