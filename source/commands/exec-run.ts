import {EngineError} from '../engine/errors.ts';
import type {ExecOptions, ExecSession} from '../engine/session-types.ts';
import type {Container} from '../engine/types.ts';
import {sanitise} from '../format/sanitise.ts';
import {quoteWord} from '../format/shell-words.ts';
import {converse, nextKey, notice, type Opened, opened} from './converse.ts';
import {showError, wordsOf} from './toasts.ts';
import type {CommandContext, RawTerminal} from './types.ts';

/** What is to run, without the size of the terminal. */
export type ExecRequest = Omit<ExecOptions, 'columns' | 'rows'>;

export type ExecJob = {
	readonly context: CommandContext;
	readonly container: Container;
	readonly request: ExecRequest;
	/** What a person calls it: `shell`. */
	readonly what: string;
	/** It shows what it did and is gone: its output stays until a key is pressed. */
	readonly isOneShot: boolean;
};

/**
 * How a process inside a container ended for us.
 * - `ended`: it ran; the code is absent when the engine does not tell it
 * - `not-started`: the engine could not start it, in its words
 * - `lost`: the connection broke, or Gantry leaves; the process was ended, or what is left of it told
 */
export type ExecEnding =
	| {readonly kind: 'ended'; readonly exitCode: number | undefined}
	| {readonly kind: 'not-started'; readonly words: string}
	| {readonly kind: 'lost'; readonly words: string};

/** Of the first output, for the engine's words when nothing was started. */
const charactersKept = 2000;
/** The exit codes of a program that cannot be run, and of one that is not there. */
const notStarted: ReadonlySet<number | undefined> = new Set([126, 127]);

const eraseLine = '\r\x1b[2K';

export const commandLine = ({command}: ExecRequest): string =>
	sanitise(command.map(word => quoteWord(word)).join(' '));

/**
 * Runs a process with the terminal until it ends; one that is left running is ended with us.
 * @throws EngineError when the container does not take one
 */
export const runExec = async (job: ExecJob, terminal: RawTerminal): Promise<ExecEnding> => {
	const {context, container, request, what} = job;
	await terminal.write(`\x1b[2m${sanitise(container.name)}: ${what}\x1b[m`);
	const size = {columns: terminal.columns(), rows: terminal.rows()};
	let start: Opened<ExecSession>;
	try {
		// Not given up when Gantry leaves: what the engine has started by then must be ended.
		start = await opened(terminal, signal =>
			context.engine.exec(container.id, {...request, ...size}, signal),
		);
	} catch (error) {
		// Podman and engines on Windows say so instead of giving a session with the text.
		if (error instanceof EngineError && (error.kind === 'api' || error.kind === 'invalid'))
			return {kind: 'not-started', words: error.message};
		throw error;
	}
	const {session} = start;
	try {
		await terminal.write(eraseLine);
		if (size.columns !== terminal.columns() || size.rows !== terminal.rows())
			await session.resize(terminal.columns(), terminal.rows());
		return await follow(job, terminal, start);
	} finally {
		session.close();
	}
};

const follow = async (
	job: ExecJob,
	terminal: RawTerminal,
	{session, early}: Opened<ExecSession>,
): Promise<ExecEnding> => {
	const {context, container} = job;
	let hasTyped = false;
	let first = '';
	try {
		const ending = await converse({
			context,
			container,
			session,
			terminal,
			early,
			isTty: true,
			onInput: data => {
				hasTyped = true;
				session.write(data);
			},
			onOutput: chunk => {
				if (first.length < charactersKept) first += Buffer.from(chunk).toString();
			},
		});
		const result = ending === 'ended' ? await session.result() : undefined;
		if (result === undefined || result.isRunning) {
			await endProcess(job, session);
			return {kind: 'lost', words: ending === 'ended' ? 'the engine closed the connection' : 'it was left'};
		}
		const {exitCode} = result;
		// A shell hands on the code of its last command: only what nobody typed into may not have started.
		if (!hasTyped && notStarted.has(exitCode)) return {kind: 'not-started', words: sanitise(first).trim()};
		if (job.isOneShot) await untilRead(job, terminal, exitCode);
		return {kind: 'ended', exitCode};
	} catch (error) {
		await endProcess(job, session);
		return {kind: 'lost', words: wordsOf(error)};
	}
};

/** What cannot be ended is told, with the way to do it. */
const endProcess = async ({context, container, what}: ExecJob, session: ExecSession): Promise<void> => {
	const leftover = await session.hangUp();
	if (leftover === undefined) return;
	const {processId} = leftover;
	const process = processId === 0 ? '' : ` (process ${processId} on the engine's host)`;
	const told = `${what} may still run in ${container.name}${process}`;
	const hint = `docker top ${container.name} shows it; a restart of the container ends it`;
	if (context.signal.aborted) context.terminal.sayAfterwards(`${told}; ${hint}`);
	else showError(context, told, hint);
};

const untilRead = async (
	{context, request}: ExecJob,
	terminal: RawTerminal,
	exitCode: number | undefined,
): Promise<void> => {
	const [program = ''] = request.command;
	const how = exitCode === undefined ? 'ended' : `ended with exit code ${exitCode}`;
	await terminal.write(`\r\n${notice(`${sanitise(program)} ${how}: press a key to go back`)}`);
	await nextKey(terminal, context.signal);
};
