import {constants} from 'node:os';
import process from 'node:process';

/** The exit code of what ctrl-c has ended. */
export const interrupted = 128 + constants.signals.SIGINT;

/** Runs until it is done, or until the person or the system wants it to end. */
export const untilLeft = async <Value>(run: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
	const leaving = new AbortController();
	const onSignal = (): void => {
		leaving.abort();
	};
	process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
	try {
		return await run(leaving.signal);
	} finally {
		process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
	}
};
