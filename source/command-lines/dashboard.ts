import {parseBytes} from '../format/bytes.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions} from './command-line.ts';

const help = `
  Usage
    $ gantry [options]
    $ gantry layers IMAGE|ARCHIVE|DIRECTORY [options]
    $ gantry import FILE|- [IMAGE] [options]
    $ gantry pull|push IMAGE… [options]
    $ gantry search TERM | tags REPOSITORY [options]
    $ gantry login|logout [REGISTRY] [options]

  Options
    -H, --host HOST      Engine to connect to: unix:///path, tcp://host:port
    -c, --context NAME   Docker context to use
    --read-only          Show everything, change nothing
    --yes                Stop and restart a container without asking first
    --log-lines N        Lines of a log to keep (50000)
    --log-bytes SIZE     Memory for them, such as 64m (32m)
    --transfers N        Pulls, pushes, builds and copies at the same time (3)
    --once               Print one snapshot as tables and leave
    --json               Print one snapshot as JSON and leave
    --demo               Show an invented world on an embedded engine; touches no real one
    --or-demo            The same, only when no engine is named and none answers
    --version            Print the version
    --help               Print this; gantry pull --help that of a command

  Without --host and --context the engine is found as the docker command finds it:
  DOCKER_HOST, DOCKER_CONTEXT, the current context, the default socket; then the
  sockets of rootless Docker, Docker Desktop, Colima, OrbStack and Podman.

  Inside, ? shows every key.

  Exit codes: 0 done, 1 the engine cannot be reached, 2 wrong usage.
`;

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

const transferLimitOf = (text: string | undefined): number | undefined | null => {
	if (text === undefined) return undefined;
	const limit = /^\d{1,2}$/.test(text) ? Number(text) : 0;
	return limit >= 1 && limit <= 16 ? limit : null;
};

/** Gantry without a command. */
export const dashboardLine: CommandLine = {
	help,
	hint: 'gantry --help',
	words: [],
	options: [
		...engineOptions,
		...questions,
		{name: '--log-lines', takes: 'value'},
		{name: '--log-bytes', takes: 'value'},
		{name: '--transfers', takes: 'value'},
		{name: '--read-only', takes: 'nothing'},
		{name: '--yes', takes: 'nothing'},
		{name: '--once', takes: 'nothing'},
		{name: '--json', takes: 'nothing'},
		{name: '--or-demo', takes: 'nothing'},
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const lines = logLinesOf(said.value('--log-lines'));
		if (lines === null) return '--log-lines is a number of lines from 100 on';
		const bytes = logBytesOf(said.value('--log-bytes'));
		if (bytes === null) return '--log-bytes is a size from 1m on, such as 64m';
		const transferLimit = transferLimitOf(said.value('--transfers'));
		if (transferLimit === null) return '--transfers is a number from 1 to 16';
		const isJson = said.has('--json');
		return {
			kind: 'run',
			options: {
				isOnce: said.has('--once') || isJson,
				isJson,
				isReadOnly: said.has('--read-only'),
				isTrusting: said.has('--yes'),
				...engine,
				...(lines === undefined ? {} : {logLines: lines}),
				...(bytes === undefined ? {} : {logBytes: bytes}),
				...(transferLimit === undefined ? {} : {transferLimit}),
			},
		};
	},
};
