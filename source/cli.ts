import meow from 'meow';
import type {Call} from './command-lines/call.ts';
import type {CommandLine, Option, Said} from './command-lines/command-line.ts';
import {dashboardLine} from './command-lines/dashboard.ts';
import {importLine} from './command-lines/import.ts';
import {layersLine} from './command-lines/layers.ts';
import {loginLine} from './command-lines/login.ts';
import {logoutLine} from './command-lines/logout.ts';
import {pullLine} from './command-lines/pull.ts';
import {pushLine} from './command-lines/push.ts';
import {searchLine} from './command-lines/search.ts';
import {tagsLine} from './command-lines/tags.ts';

const commands: ReadonlyMap<string, CommandLine> = new Map([
	['layers', layersLine],
	['import', importLine],
	['pull', pullLine],
	['push', pushLine],
	['search', searchLine],
	['tags', tagsLine],
	['login', loginLine],
	['logout', logoutLine],
]);

const usage = (problem: string, {hint, isLikeDocker}: CommandLine, of: 'option' | 'word'): Call => ({
	kind: 'print',
	text: `gantry: ${problem}. Try ${hint}.`,
	exitCode: isLikeDocker === true ? (of === 'option' ? 125 : 1) : 2,
});

/** Options that stand before the command may take a value, which is not the command. */
const takesValue = new Set(
	dashboardLine.options.flatMap(({name, also = [], takes}) => (takes === 'value' ? [name, ...also] : [])),
);

const commandAt = (argv: readonly string[]): number => {
	for (let index = 0; index < argv.length; index++) {
		const argument = argv[index] ?? '';
		if (!argument.startsWith('-')) return commands.has(argument) ? index : -1;
		if (takesValue.has(argument)) index += 1;
	}
	return -1;
};

/** The arguments with every option by its name, and the words. */
type Scanned = {readonly argv: readonly string[]; readonly words: readonly string[]};

/** What is wrong, and with what. */
type Wrong = {readonly problem: string; readonly of: 'option' | 'word'};

/** Read before meow does, which takes `--HOST x` for nothing and a missing value for an empty one. */
const scan = (argv: readonly string[], line: CommandLine): Scanned | Wrong => {
	const wrongOption = (problem: string): Wrong => ({problem, of: 'option'});
	const wrongWord = (problem: string): Wrong => ({problem, of: 'word'});
	const bySpelling = new Map<string, Option>();
	for (const option of line.options)
		for (const spelling of [option.name, ...(option.also ?? [])]) bySpelling.set(spelling, option);
	const found: string[] = [];
	const words: string[] = [];
	const most = line.isOpenEnded === true ? Infinity : line.words.length + (line.optionalWords?.length ?? 0);
	const rest = argv.values();
	for (const argument of rest) {
		// A dash alone is stdin.
		if (!argument.startsWith('-') || (argument === '-' && most > 0)) {
			if (most === 0) return wrongWord(`unknown command "${argument}"`);
			if (words.length === most) return wrongWord(`"${argument}" is one too many`);
			words.push(argument);
			continue;
		}
		const at = argument.indexOf('=');
		const spelling = at === -1 ? argument : argument.slice(0, at);
		const option = bySpelling.get(spelling);
		if (option === undefined) return wrongOption(`unknown option ${spelling}`);
		if (option.takes === 'nothing') {
			if (at !== -1) return wrongOption(`${spelling} takes no value`);
			found.push(option.name);
			continue;
		}
		const value = at === -1 ? rest.next().value : argument.slice(at + 1);
		if (value === undefined || value === '' || value.startsWith('-'))
			return wrongOption(`${spelling} needs a value`);
		found.push(`${option.name}=${value}`);
	}
	return {argv: found, words};
};

/** To meow `--no-cache` is the option `cache`, turned off. */
const isNegated = ({name}: Option): boolean => name.startsWith('--no-');

const keyOf = (option: Option): string =>
	option.name
		.slice(isNegated(option) ? 5 : 2)
		.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const flagsOf = ({options}: CommandLine) =>
	Object.fromEntries(
		options.map(option => [
			keyOf(option),
			option.takes === 'value'
				? ({type: 'string', isMultiple: true} as const)
				: ({type: 'boolean', default: isNegated(option)} as const),
		]),
	);

const saidIn = ({argv, words}: Scanned, line: CommandLine, version: string): Said => {
	const {flags} = meow(line.help, {
		importMeta: import.meta,
		argv: [...argv],
		pkg: {name: 'gantry', version},
		autoHelp: false,
		autoVersion: false,
		flags: flagsOf(line),
	});
	const known: Readonly<Record<string, unknown>> = flags;
	const byName = new Map(line.options.map(option => [option.name, option]));
	const read = (name: string): unknown => {
		const option = byName.get(name);
		return option && known[keyOf(option)];
	};
	const valuesOf = (name: string): readonly string[] => {
		const values = read(name);
		return Array.isArray(values) ? values.filter(value => typeof value === 'string') : [];
	};
	return {
		words,
		has: name => read(name) === !name.startsWith('--no-'),
		value: name => valuesOf(name).at(-1),
		values: valuesOf,
	};
};

/** Asked before anything else is looked at: help must come even where the rest is wrong. */
const answerTo = (argv: readonly string[], line: CommandLine, version: string): Call | undefined => {
	if (argv.includes('--help') || argv.includes('-h'))
		return {kind: 'print', text: line.help.trimEnd(), exitCode: 0};
	return argv.includes('--version') || argv.includes('-v')
		? {kind: 'print', text: `gantry ${version}`, exitCode: 0}
		: undefined;
};

/** Decides what a command line asks for. Pure: prints nothing, leaves nothing. */
export const parseCall = (argv: readonly string[], version: string): Call => {
	const at = commandAt(argv);
	const line = commands.get(argv[at] ?? '') ?? dashboardLine;
	const own = argv.filter((_, index) => index !== at);
	const answer = answerTo(own, line, version);
	if (answer !== undefined) return answer;
	const scanned = scan(own, line);
	if ('problem' in scanned) return usage(scanned.problem, line, scanned.of);
	const missing = line.words[scanned.words.length];
	if (missing !== undefined) return usage(`${missing} is missing`, line, 'word');
	const call = line.read(saidIn(scanned, line, version));
	return typeof call === 'string' ? usage(call, line, 'word') : call;
};
