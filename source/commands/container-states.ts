import type {Container} from '../engine/types.ts';

export const isRunning = (container: Container): boolean => container.state === 'running';

export const isPaused = (container: Container): boolean => container.state === 'paused';

/** Has a process that can be stopped or signalled. */
export const isActive = (container: Container): boolean =>
	container.state === 'running' || container.state === 'paused' || container.state === 'restarting';

export const isStartable = (container: Container): boolean =>
	container.state === 'created' || container.state === 'exited' || container.state === 'dead';
