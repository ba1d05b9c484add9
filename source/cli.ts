import meow from 'meow';
import {parseBytes} from './format/bytes.ts';

/** How the program was called. */
export type Options = {
	readonly host?: string;
	readonly context?: string;
	/** Print one snapshot and leave. */
	readonly isOnce: boolean;
	readonly isJson: boolean;
	readonly isReadOnly: boolean;
	/** Stop and restart without asking. */
	readonly isTrusting: boolean;
	/** How much of a log is kept, where it was said. */
	readonly logLines?: number;
	readonly logBytes?: number;
	/**
	 * The embedded engine: asked for, or wanted when no engine was named and none answers; absent = never.
	 */
	readonly demo?: 'always' | 'fallback';
};

export type Call =
	| {readonly kind: 'run'; readonly options: Options}
	/** Print the text and leave with this code; usage errors (2) go to stderr. */
	| {readonly kind: 'print'; readonly text: string; readonly exitCode: 0 | 2};

const help = `
  Usage
    $ gantry [options]
    $ gantry import [options] FILE|- [IMAGE]

  Options
    -H, --host HOST      Engine to connect to: unix:///path, tcp://host:port
    -c, --context NAME   Docker context to use
    --read-only          Show everything, change nothing
    --yes                Stop and restart a container without asking first
    --log-lines N        Lines of a log to keep (50000)
    --log-bytes SIZE     Memory for them, such as 64m (32m)
    --once               Print one snapshot as tables and leave
    --json               Print one snapshot as JSON and leave
    --demo               Show an invented world on an embedded engine; touches no real one
    --or-demo            The same, only when no engine is named and none answers
    --version            Print the version
    --help               Print this

  Without --host and --context the engine is found as the docker command finds it:
  DOCKER_HOST, DOCKER_CONTEXT, the current context, the default socket; then the
  sockets of rootless Docker, Docker Desktop, Colima, OrbStack and Podman.

  Inside, ? shows every key.

  Exit codes: 0 done, 1 the engine cannot be reached, 2 wrong usage.
`;

const usage = (problem: string): Call => ({
	kind: 'print',
	text: `gantry: ${problem}. Try gantry --help.`,
	exitCode: 2,
});

/** Every spelling of every option, and whether a value follows it. */
const options: ReadonlyMap<string, 'value' | 'switch'> = new Map([
	['--host', 'value'],
	['-H', 'value'],
	['--context', 'value'],
	['-c', 'value'],
	['--log-lines', 'value'],
	['--log-bytes', 'value'],
	['--read-only', 'switch'],
	['--yes', 'switch'],
	['--once', 'switch'],
	['--json', 'switch'],
	['--demo', 'switch'],
	['--or-demo', 'switch'],
	['--version', 'switch'],
	['-v', 'switch'],
	['--help', 'switch'],
	['-h', 'switch'],
]);

/** Read before meow does, which takes `--HOST x` for nothing and a missing value for an empty one. */
const problemIn = (argv: readonly string[]): string | undefined => {
	const rest = argv.values();
	for (const argument of rest) {
		if (!argument.startsWith('-')) return `unknown command "${argument}"`;
		const at = argument.indexOf('=');
		const option = at === -1 ? argument : argument.slice(0, at);
		const kind = options.get(option);
		if (kind === undefined) return `unknown option ${option}`;
		if (kind === 'switch') {
			if (at !== -1) return `${option} takes no value`;
			continue;
		}
		const value = at === -1 ? rest.next().value : argument.slice(at + 1);
		if (value === undefined || value === '' || value.startsWith('-')) return `${option} needs a value`;
	}
	return undefined;
};

/** @returns nothing when it was not said, `null` for what is no such number */
const logLinesOf = (text: string | undefined): number | undefined | null => {
	if (text === undefined) return undefined;
	return /^\d{3,9}$/.test(text) ? Number(text) : null;
};

const logBytesOf = (text: string | undefined): number | undefined | null => {
	if (text === undefined) return undefined;
	const bytes = parseBytes(text);
	return bytes === undefined || bytes < 1024 ** 2 ? null : bytes;
};

/** Decides what a command line asks for. Pure: prints nothing, leaves nothing. */
export const parseCall = (argv: readonly string[], version: string): Call => {
	const {flags} = meow(help, {
		importMeta: import.meta,
		argv: [...argv],
		pkg: {name: 'gantry', version},
		autoHelp: false,
		autoVersion: false,
		flags: {
			host: {type: 'string', shortFlag: 'H', isMultiple: true},
			context: {type: 'string', shortFlag: 'c', isMultiple: true},
			logLines: {type: 'string', isMultiple: true},
			logBytes: {type: 'string', isMultiple: true},
			once: {type: 'boolean', default: false},
			json: {type: 'boolean', default: false},
			readOnly: {type: 'boolean', default: false},
			demo: {type: 'boolean', default: false},
			orDemo: {type: 'boolean', default: false},
			yes: {type: 'boolean', default: false},
			help: {type: 'boolean', shortFlag: 'h', default: false},
			version: {type: 'boolean', shortFlag: 'v', default: false},
		},
	});
	if (flags.help) return {kind: 'print', text: help.trimEnd(), exitCode: 0};
	if (flags.version) return {kind: 'print', text: `gantry ${version}`, exitCode: 0};
	const problem = problemIn(argv);
	if (problem !== undefined) return usage(problem);
	const host = flags.host?.at(-1);
	const context = flags.context?.at(-1);
	if (host !== undefined && context !== undefined) return usage('--host and --context exclude each other');
	if (flags.demo && (host !== undefined || context !== undefined))
		return usage(`--demo and ${host === undefined ? '--context' : '--host'} exclude each other`);
	const lines = logLinesOf(flags.logLines?.at(-1));
	if (lines === null) return usage('--log-lines is a number of lines from 100 on');
	const bytes = logBytesOf(flags.logBytes?.at(-1));
	if (bytes === null) return usage('--log-bytes is a size from 1m on, such as 64m');
	return {
		kind: 'run',
		options: {
			isOnce: flags.once || flags.json,
			isJson: flags.json,
			isReadOnly: flags.readOnly,
			isTrusting: flags.yes,
			...(flags.demo ? {demo: 'always'} : flags.orDemo ? {demo: 'fallback'} : {}),
			...(lines === undefined ? {} : {logLines: lines}),
			...(bytes === undefined ? {} : {logBytes: bytes}),
			...(host === undefined ? {} : {host}),
			...(context === undefined ? {} : {context}),
		},
	};
};
