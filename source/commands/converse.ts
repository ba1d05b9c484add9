import {EngineError} from '../engine/errors.ts';
import type {Session} from '../engine/session-types.ts';
import type {Container} from '../engine/types.ts';
import {sanitise} from '../format/sanitise.ts';
import {watchSession} from './session-watch.ts';
import type {CommandContext, RawTerminal} from './types.ts';

/** Who ended a conversation: the process inside, or the person here. */
export type Ending = 'ended' | 'left';

export type Conversation = {
	readonly context: CommandContext;
	readonly container: Container;
	readonly session: Session;
	readonly terminal: RawTerminal;
	/** What was typed while the session was being opened. */
	readonly early: readonly Uint8Array[];
	/** The process has a terminal of its own, whose size follows ours. */
	readonly isTty: boolean;
	/** What was typed, and how to end it from here. */
	readonly onInput: (data: Uint8Array, leave: () => void) => void;
	readonly onOutput?: (chunk: Uint8Array) => void;
};

const ctrlC = 0x03;

export type Opened<S> = {readonly session: S; readonly early: readonly Uint8Array[]};

/**
 * Opens a session; what is typed meanwhile waits for it, ctrl-c gives it up.
 * @throws EngineError `aborted` then, or why the engine refuses
 */
export const opened = async <S>(
	terminal: RawTerminal,
	open: (signal: AbortSignal) => Promise<S>,
): Promise<Opened<S>> => {
	const given = new AbortController();
	const early: Uint8Array[] = [];
	const stopInput = terminal.onInput(data => {
		early.push(data);
		if (data.includes(ctrlC)) given.abort();
	});
	try {
		return {session: await open(given.signal), early};
	} finally {
		stopInput();
	}
};

const pauseNotice = (name: string, isPaused: boolean): string =>
	isPaused ? `${name} is paused and hears nothing: ctrl-c leaves` : `${name} goes on`;

/**
 * Bytes both ways between the person and a process, until one of them ends it, or Gantry leaves. The session is
 * still open then.
 * @throws EngineError when the connection breaks, or the engine is lost
 */
export const converse = async ({
	context,
	container,
	session,
	terminal,
	early,
	isTty,
	onInput,
	onOutput,
}: Conversation): Promise<Ending> => {
	const {signal} = context;
	const {promise: left, resolve, reject} = Promise.withResolvers<'left'>();
	const leave = (): void => {
		resolve('left');
	};
	const watch = watchSession(context, container, {
		onPause: isPaused => {
			terminal
				.write(`\r\n${notice(pauseNotice(sanitise(container.name), isPaused))}\r\n`)
				.catch(() => undefined);
		},
		onLoss: words => {
			reject(new EngineError('unreachable', words));
		},
	});
	signal.addEventListener('abort', leave, {once: true});
	if (signal.aborted) leave();
	for (const data of early) onInput(data, leave);
	const stopInput = terminal.onInput(data => {
		if (watch.isPaused() && data.includes(ctrlC)) leave();
		else onInput(data, leave);
	});
	const stopResize = terminal.onResize(() => {
		// A refused resize leaves the old size: the session itself is not harmed.
		if (isTty) session.resize(terminal.columns(), terminal.rows()).catch(() => undefined);
	});
	let isOver = false;
	const pump = async (): Promise<'ended'> => {
		for await (const chunk of session.output) {
			// Whatever still comes is not for the terminal, which somebody else has by then.
			if (isOver) break;
			onOutput?.(chunk);
			await terminal.show(chunk, isTty);
		}
		return 'ended';
	};
	const pumping = pump();
	// Whoever leaves does not hear any more how it goes on.
	pumping.catch(() => undefined);
	try {
		return await Promise.race([pumping, left]);
	} finally {
		isOver = true;
		stopInput();
		stopResize();
		watch.stop();
		signal.removeEventListener('abort', leave);
	}
};

/** Resolves with the next key, or when Gantry leaves. */
export const nextKey = async (terminal: RawTerminal, signal: AbortSignal): Promise<void> => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const stop = terminal.onInput(() => {
		resolve();
	});
	const onAbort = (): void => {
		resolve();
	};
	signal.addEventListener('abort', onAbort, {once: true});
	if (signal.aborted) resolve();
	await promise;
	stop();
	signal.removeEventListener('abort', onAbort);
};

/** A line of ours among the output of a program, apart from it by its look. */
export const notice = (text: string): string => `\r\x1b[m\x1b[7m ${text} \x1b[m\x1b[?25h`;
