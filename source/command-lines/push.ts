import {normaliseReference, parseReference} from '../format/image-name.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions} from './command-line.ts';
import {readTelling, tellingOptions} from './telling.ts';

const help = `
  Usage
    $ gantry push IMAGE… [options]

  Pushes images, one after the other, with the accounts of the docker command.

  Options
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    -a, --all-tags       Every tag of the repositories
    -q, --quiet          Print the names of what was pushed, nothing else
    --json               Print what happens as JSON, one object a line
    --help               Print this

  Exit codes: 0 done, 1 a push failed or a name is wrong, 125 a wrong option, 130 interrupted.
`;

/** @returns what is to be pushed, or what is wrong with one */
const readReferences = (words: readonly string[], isAllTags: boolean): readonly string[] | string => {
	const references: string[] = [];
	for (const word of words) {
		const parsed = parseReference(word);
		const normalised = normaliseReference(word);
		if (!parsed.ok) return parsed.reason;
		if (!normalised.ok) return normalised.reason;
		const {tag, digest} = parsed.value;
		if (digest !== undefined) return `"${word}": a tag is pushed, not a digest`;
		if (isAllTags && tag !== undefined) return `"${word}": all tags are meant by the repository alone`;
		references.push(isAllTags ? word : normalised.value);
	}
	return references;
};

/** `gantry push`. */
export const pushLine: CommandLine = {
	help,
	hint: 'gantry push --help',
	words: ['the name of an image'],
	isOpenEnded: true,
	isLikeDocker: true,
	options: [
		...engineOptions,
		...questions,
		...tellingOptions,
		{name: '--all-tags', also: ['-a'], takes: 'nothing'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const telling = readTelling(said);
		if (typeof telling === 'string') return telling;
		const isAllTags = said.has('--all-tags');
		const references = readReferences(said.words, isAllTags);
		return typeof references === 'string'
			? references
			: {kind: 'push', options: {...engine, ...telling, references, isAllTags}};
	},
};
