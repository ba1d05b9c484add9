import meow from 'meow';

/** How the program was called. */
export type Options = {
	readonly host?: string;
	readonly context?: string;
	/** Print one snapshot and leave. */
	readonly isOnce: boolean;
	readonly isJson: boolean;
	readonly isReadOnly: boolean;
};

export type Call =
	| {readonly kind: 'run'; readonly options: Options}
	/** Print the text and leave with this code; usage errors (2) go to stderr. */
	| {readonly kind: 'print'; readonly text: string; readonly exitCode: 0 | 2};

const help = `
  Usage
    $ gantry [options]

  Options
    -H, --host HOST      Engine to connect to: unix:///path, tcp://host:port
    -c, --context NAME   Docker context to use
    --read-only          Show everything, change nothing
    --once               Print one snapshot as tables and leave
    --json               Print one snapshot as JSON and leave
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

const knownFlags: ReadonlySet<string> = new Set([
	'host',
	'H',
	'context',
	'c',
	'once',
	'json',
	'readOnly',
	'read-only',
	'help',
	'h',
	'version',
	'v',
]);

const valueFlags = ['--host', '-H', '--context', '-c'];

/** A flag that wants a value and got none, as meow would take it for an empty one. */
const missingValue = (argv: readonly string[]): string | undefined =>
	argv.find((argument, index) => {
		if (!valueFlags.includes(argument)) return false;
		const next = argv[index + 1];
		return next === undefined || next === '' || next.startsWith('--');
	});

/** Decides what a command line asks for. Pure: prints nothing, leaves nothing. */
export const parseCall = (argv: readonly string[], version: string): Call => {
	const cli = meow(help, {
		importMeta: import.meta,
		argv: [...argv],
		pkg: {name: 'gantry', version},
		autoHelp: false,
		autoVersion: false,
		flags: {
			host: {type: 'string', shortFlag: 'H', isMultiple: true},
			context: {type: 'string', shortFlag: 'c', isMultiple: true},
			once: {type: 'boolean', default: false},
			json: {type: 'boolean', default: false},
			readOnly: {type: 'boolean', default: false},
			help: {type: 'boolean', shortFlag: 'h', default: false},
			version: {type: 'boolean', shortFlag: 'v', default: false},
		},
	});
	const {flags, input, unnormalizedFlags} = cli;
	if (flags.help) return {kind: 'print', text: help.trimEnd(), exitCode: 0};
	if (flags.version) return {kind: 'print', text: `gantry ${version}`, exitCode: 0};
	const unknown = Object.keys(unnormalizedFlags).find(name => !knownFlags.has(name));
	if (unknown !== undefined) return usage(`unknown option ${unknown.length === 1 ? '-' : '--'}${unknown}`);
	const [word] = input;
	if (word !== undefined) return usage(`unknown command "${word}"`);
	const bare = missingValue(argv);
	if (bare !== undefined) return usage(`${bare} needs a value`);
	const host = flags.host?.at(-1);
	const context = flags.context?.at(-1);
	if (host !== undefined && context !== undefined) return usage('--host and --context exclude each other');
	return {
		kind: 'run',
		options: {
			isOnce: flags.once || flags.json,
			isJson: flags.json,
			isReadOnly: flags.readOnly,
			...(host === undefined ? {} : {host}),
			...(context === undefined ? {} : {context}),
		},
	};
};
