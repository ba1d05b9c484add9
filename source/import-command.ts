import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {constants} from 'node:os';
import {resolve} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {lookAtArchive} from './commands/archive-look.ts';
import {isFileSystemError, LocalFileError, localReason} from './engine/archive/local-error.ts';
import {EndpointError} from './engine/endpoint-types.ts';
import type {Engine} from './engine/engine.ts';
import {EngineError} from './engine/errors.ts';
import type {TransferProgress} from './engine/types.ts';
import {importTar} from './feed/jobs/import.ts';
import {formatSize} from './format/bytes.ts';
import {parseReference} from './format/image-name.ts';
import {parseImportChanges} from './format/import-changes.ts';
import {parsePlatform} from './format/platform.ts';
import {sanitise} from './format/sanitise.ts';
import type {ImportTask} from './state/views/image-jobs.ts';

const help = `
  Usage
    $ gantry import [options] FILE|- [REPOSITORY[:TAG]]

  Makes an image of the root file system in a tar, plain or compressed, from a file
  or from stdin, and prints its id.

  Options
    --change TEXT        A Dockerfile instruction, such as 'CMD ["sh"]' or 'ENV A=b';
                         again for more
    --message TEXT       For the history of the image
    --platform PLATFORM  os/architecture of the files, such as linux/arm64
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    --help               Print this
`;

/** It was called in a way that is none. */
class UsageError extends Error {}

/** An engine by its names on a command line; the usual one without any. */
type Named = {readonly host?: string; readonly context?: string};

type Call = {readonly named: Named; readonly task: ImportTask};

const options = {
	change: {type: 'string', multiple: true},
	message: {type: 'string', short: 'm'},
	platform: {type: 'string'},
	host: {type: 'string', short: 'H'},
	context: {type: 'string', short: 'c'},
	help: {type: 'boolean', short: 'h'},
} as const;

const changesOf = (changes: readonly string[]): readonly string[] =>
	changes.flatMap(change => {
		const parsed = parseImportChanges(change);
		if (!parsed.ok) throw new UsageError(`--change ${parsed.reason}`);
		return parsed.value;
	});

const referenceOf = (name: string): string => {
	const parsed = parseReference(name);
	if (!parsed.ok) throw new UsageError(parsed.reason);
	if (parsed.value.digest === undefined) return name;
	throw new UsageError(`"${name}": a digest is computed, not given`);
};

/** @returns nothing when only the help is wanted @throws UsageError */
const parseImport = (argv: readonly string[]): Call | undefined => {
	const read = () => {
		try {
			return parseArgs({args: [...argv], options, allowPositionals: true});
		} catch (error) {
			throw new UsageError(error instanceof Error ? error.message : String(error));
		}
	};
	const {values, positionals} = read();
	if (values.help === true) return undefined;
	const [path, name = '', ...more] = positionals;
	if (path === undefined) throw new UsageError('a tar file is needed, or - for stdin');
	if (more.length > 0) throw new UsageError(`"${more.join(' ')}": one file and one name`);
	const {host, context, message = ''} = values;
	if (host !== undefined && context !== undefined)
		throw new UsageError('--host and --context exclude each other');
	const platform = values.platform === undefined ? undefined : parsePlatform(values.platform);
	if (platform?.ok === false) throw new UsageError(platform.reason);
	return {
		named: {...(host === undefined ? {} : {host}), ...(context === undefined ? {} : {context})},
		task: {
			kind: 'import',
			path,
			reference: name === '' ? '' : referenceOf(name),
			changes: changesOf(values.change ?? []),
			message,
			...(platform === undefined ? {} : {platform: platform.value}),
		},
	};
};

/** @returns nothing for a plain file, which is read as the dashboard does @throws UsageError, LocalFileError */
const streamOf = async (path: string): Promise<AsyncIterable<Uint8Array> | undefined> => {
	if (path === '-') {
		if (process.stdin.isTTY) throw new UsageError('a tar is read from stdin, and that is a terminal');
		return process.stdin;
	}
	try {
		// Whatever `<(…)` and pipes are.
		const known = await stat(path);
		if (!known.isFile() && !known.isDirectory()) return createReadStream(path);
		const look = await lookAtArchive(resolve(path));
		if (look.kind === 'none') throw new LocalFileError(`${path} ${look.reason}`);
		if (look.kind === 'images') throw new LocalFileError(`${path} is an archive of images: load it instead`);
		return undefined;
	} catch (error) {
		throw isFileSystemError(error) ? new LocalFileError(`${path}: ${localReason(error)}`) : error;
	}
};

/** Of how far it is, on a terminal; of what came of it, for a program. */
const createTeller = () => {
	const {stderr, stdout} = process;
	let id = '';
	return {
		tell(progress: TransferProgress): void {
			if (progress.kind === 'result') id = progress.names.at(-1) ?? '';
			if (!stderr.isTTY) return;
			if (progress.kind === 'amount') stderr.write(`\r\u001B[K${formatSize(progress.doneBytes)} sent`);
			if (progress.kind === 'waiting') stderr.write(`\r\u001B[K${progress.status}`);
		},
		end(isDone: boolean): void {
			if (stderr.isTTY) stderr.write('\r\u001B[K');
			if (isDone) stdout.write(`${sanitise(id)}\n`);
		},
	};
};

const carryOut = async (engine: Engine, task: ImportTask): Promise<number> => {
	const leaving = new AbortController();
	const onSignal = (): void => {
		leaving.abort();
	};
	process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
	const teller = createTeller();
	let isDone = false;
	try {
		const chunks = await streamOf(task.path);
		await engine.ping(leaving.signal);
		const {signal} = leaving;
		await importTar(engine, task, teller.tell, signal, chunks === undefined ? undefined : {chunks});
		isDone = !signal.aborted;
		return isDone ? 0 : 128 + constants.signals.SIGINT;
	} finally {
		teller.end(isDone);
		process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
		engine.close();
	}
};

const complain = (text: string): void => {
	process.stderr.write(`gantry import: ${sanitise(text.replaceAll(/\s*\n\s*/g, ' '))}\n`);
};

/**
 * `gantry import`, without the dashboard.
 * @param argv what followed the word
 * @returns the exit code: 0 done, 1 the engine or this machine refused, 2 wrong usage
 */
export const runImport = async (
	argv: readonly string[],
	engineOf: (named: Named) => Engine,
): Promise<number> => {
	try {
		const call = parseImport(argv);
		if (call !== undefined) return await carryOut(engineOf(call.named), call.task);
		process.stdout.write(`${help.trimEnd()}\n`);
		return 0;
	} catch (error) {
		if (error instanceof UsageError) {
			complain(`${error.message}. Try gantry import --help.`);
			return 2;
		}
		if (!(error instanceof EngineError || error instanceof LocalFileError || error instanceof EndpointError))
			throw error;
		complain(error.message);
		return error instanceof EndpointError && error.kind === 'usage' ? 2 : 1;
	}
};
