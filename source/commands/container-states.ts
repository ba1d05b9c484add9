import type {Container} from '../engine/types.ts';

export const isRunning = (container: Container): boolean => container.state === 'running';

export const isPaused = (container: Container): boolean => container.state === 'paused';

/** Has a process that can be stopped or signalled. */
export const isActive = (container: Container): boolean =>
	container.state === 'running' || container.state === 'paused' || container.state === 'restarting';

export const isStartable = (container: Container): boolean =>
	container.state === 'created' || container.state === 'exited' || container.state === 'dead';

/** The signals worth offering; the engine takes every other one through `:kill NAME`. */
export const killSignals: readonly {readonly id: string; readonly label: string; readonly note: string}[] = [
	{id: 'SIGTERM', label: 'SIGTERM', note: 'please end'},
	{id: 'SIGKILL', label: 'SIGKILL', note: 'end at once, without a word'},
	{id: 'SIGINT', label: 'SIGINT', note: 'as ctrl-c'},
	{id: 'SIGHUP', label: 'SIGHUP', note: 'often: read the configuration again'},
	{id: 'SIGQUIT', label: 'SIGQUIT', note: 'often: end with a dump'},
	{id: 'SIGUSR1', label: 'SIGUSR1', note: 'what the program makes of it'},
	{id: 'SIGUSR2', label: 'SIGUSR2', note: 'what the program makes of it'},
	{id: 'SIGSTOP', label: 'SIGSTOP', note: 'halt'},
	{id: 'SIGCONT', label: 'SIGCONT', note: 'go on after a halt'},
	{id: 'SIGWINCH', label: 'SIGWINCH', note: 'often: end gracefully (Apache)'},
];
