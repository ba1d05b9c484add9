import {constants} from 'node:os';
import process from 'node:process';

type Watch = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Leave with this exit code. */
	readonly end: (exitCode: number) => void;
	readonly crash: (error: unknown) => void;
	/** Something a library wanted to print; it must not reach the screen by itself. */
	readonly warn: (text: string) => void;
};

const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/**
 * Everything outside the screen that ends it: signals, a terminal that went away, an error nobody caught.
 * @returns how to stop watching.
 */
export const watchProcess = ({stdin, stdout, end, crash, warn}: Watch): (() => void) => {
	const stops: (() => void)[] = [];
	const listen = <Value>(
		emitter: NodeJS.EventEmitter,
		event: string,
		listener: (value: Value) => void,
	): void => {
		emitter.on(event, listener);
		stops.push(() => {
			emitter.off(event, listener);
		});
	};

	for (const signal of signals) {
		listen(process, signal, () => {
			// As the shell reports a program that a signal ended.
			end(128 + constants.signals[signal]);
		});
	}
	listen(process, 'uncaughtException', (error: Error) => {
		crash(error);
	});
	listen(process, 'unhandledRejection', (reason: unknown) => {
		crash(reason);
	});
	const hangUp = (): void => {
		end(128 + constants.signals.SIGHUP);
	};
	listen(stdin, 'end', hangUp);
	listen(stdin, 'error', hangUp);
	listen(stdout, 'error', hangUp);
	// Node's own listener writes warnings to stderr, which is the screen.
	process.removeAllListeners('warning');
	listen(process, 'warning', (warning: Error) => {
		warn(`${warning.name}: ${warning.message}`);
	});
	return () => {
		for (const stop of stops) stop();
	};
};
