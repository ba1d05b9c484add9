import type {Session} from '../engine/types.ts';
import type {RawTerminal} from './types.ts';

/** Who ended a conversation: the process inside, or the person here. */
export type Ending = 'ended' | 'left';

export type Conversation = {
	readonly session: Session;
	readonly terminal: RawTerminal;
	/** Aborts when Gantry leaves. */
	readonly signal: AbortSignal;
	/** The process has a terminal of its own, whose size follows ours. */
	readonly isTty: boolean;
	/** What was typed, and how to end it from here. */
	readonly onInput: (data: Uint8Array, leave: () => void) => void;
	readonly onOutput?: (chunk: Uint8Array) => void;
};

/**
 * Bytes both ways between the person and a process, until one of them ends it. The session is still open then.
 * @throws EngineError when the connection breaks
 */
export const converse = async ({
	session,
	terminal,
	signal,
	isTty,
	onInput,
	onOutput,
}: Conversation): Promise<Ending> => {
	const left = Promise.withResolvers<'left'>();
	const leave = (): void => {
		left.resolve('left');
	};
	signal.addEventListener('abort', leave, {once: true});
	if (signal.aborted) leave();
	const stopInput = terminal.onInput(data => {
		onInput(data, leave);
	});
	const stopResize = terminal.onResize(() => {
		// A refused resize leaves the old size: the session itself is not harmed.
		if (isTty) session.resize(terminal.columns(), terminal.rows()).catch(() => undefined);
	});
	const pump = async (): Promise<'ended'> => {
		for await (const chunk of session.output) {
			onOutput?.(chunk);
			await terminal.show(chunk, isTty);
		}
		return 'ended';
	};
	const pumping = pump();
	// Whoever leaves does not hear any more how it goes on.
	pumping.catch(() => undefined);
	try {
		return await Promise.race([pumping, left.promise]);
	} finally {
		stopInput();
		stopResize();
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
