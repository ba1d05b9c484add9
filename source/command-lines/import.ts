import {parseReference} from '../format/image-name.ts';
import {parseImportChanges} from '../format/import-changes.ts';
import {parsePlatform} from '../format/platform.ts';
import type {ImportTask} from '../state/views/image-jobs.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions, type Said} from './command-line.ts';

const help = `
  Usage
    $ gantry import FILE|- [REPOSITORY[:TAG]] [options]

  Makes an image of the root file system in a tar, plain or compressed, from a file
  or from stdin (-), and prints its id.

  Options
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    --change TEXT        A Dockerfile instruction, such as 'CMD ["sh"]' or 'ENV A=b';
                         again for more
    --message TEXT       For the history of the image
    --platform P         Of the files: os/architecture[/variant]
    --help               Print this

  Exit codes: 0 done, 1 the engine or this machine refused, 2 wrong usage, 130 interrupted.
`;

/** @returns all changes, or what is wrong with one */
const readChanges = (said: Said): readonly string[] | string => {
	const changes: string[] = [];
	for (const text of said.values('--change')) {
		const parsed = parseImportChanges(text);
		if (!parsed.ok) return `--change ${parsed.reason}`;
		changes.push(...parsed.value);
	}
	return changes;
};

const nameProblem = (name: string): string | undefined => {
	const parsed = parseReference(name);
	if (!parsed.ok) return parsed.reason;
	return parsed.value.digest === undefined ? undefined : `"${name}": a digest is computed, not given`;
};

/** @returns what is to be imported, or what is wrong */
const readTask = (said: Said): ImportTask | string => {
	const [path = '', reference = ''] = said.words;
	const problem = reference === '' ? undefined : nameProblem(reference);
	if (problem !== undefined) return problem;
	const changes = readChanges(said);
	if (typeof changes === 'string') return changes;
	const wanted = said.value('--platform');
	const platform = wanted === undefined ? undefined : parsePlatform(wanted);
	if (platform?.ok === false) return platform.reason;
	return {
		kind: 'import',
		path,
		reference,
		changes,
		message: said.value('--message') ?? '',
		...(platform === undefined ? {} : {platform: platform.value}),
	};
};

/** `gantry import`. */
export const importLine: CommandLine = {
	help,
	hint: 'gantry import --help',
	words: ['a tar file, or - for stdin,'],
	optionalWords: ['the name of the image'],
	options: [
		...engineOptions,
		...questions,
		{name: '--change', takes: 'value'},
		{name: '--message', also: ['-m'], takes: 'value'},
		{name: '--platform', takes: 'value'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const task = readTask(said);
		return typeof task === 'string' ? task : {kind: 'import', options: {...engine, task}};
	},
};
