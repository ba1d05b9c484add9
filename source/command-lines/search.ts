import {type CommandLine, engineOptions, questions, readEngineOptions} from './command-line.ts';

const help = `
  Usage
    $ gantry search TERM [options]

  Searches Docker Hub, through the engine.

  Options
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    --limit N            As many at most, 1 to 100 (25)
    --official           Official images only
    --stars N            With so many stars at least
    --no-trunc           Whole descriptions
    --json               Print JSON
    --help               Print this

  Exit codes: 0 done, 1 the search failed or is none, 125 a wrong option, 130 interrupted.
`;

const numberIn = (text: string, least: number, most: number): number | undefined =>
	/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined;

/** `gantry search`. */
export const searchLine: CommandLine = {
	help,
	hint: 'gantry search --help',
	words: ['what to search for'],
	isLikeDocker: true,
	options: [
		...engineOptions,
		...questions,
		{name: '--limit', takes: 'value'},
		{name: '--official', takes: 'nothing'},
		{name: '--stars', takes: 'value'},
		{name: '--no-trunc', takes: 'nothing'},
		{name: '--json', takes: 'nothing'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const limit = numberIn(said.value('--limit') ?? '25', 1, 100);
		if (limit === undefined) return '--limit is a number from 1 to 100';
		const minStars = numberIn(said.value('--stars') ?? '0', 0, 999_999_999);
		if (minStars === undefined) return '--stars is a number';
		const term = (said.words[0] ?? '').trim();
		if (term === '') return 'what to search for is missing';
		const choices = {
			limit,
			minStars,
			isOfficialOnly: said.has('--official'),
			isWhole: said.has('--no-trunc'),
		};
		return {kind: 'search', options: {...engine, ...choices, term, isJson: said.has('--json')}};
	},
};
