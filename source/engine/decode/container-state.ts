import type {ContainerState, Health} from '../types.ts';

const states: ReadonlyMap<string, ContainerState> = new Map([
	['created', 'created'],
	['running', 'running'],
	['paused', 'paused'],
	['restarting', 'restarting'],
	['removing', 'removing'],
	['exited', 'exited'],
	['dead', 'dead'],
	// Podman's own words, which its Docker API lets through in places.
	['configured', 'created'],
	['initialized', 'created'],
	['stopping', 'running'],
	['stopped', 'exited'],
]);

export const containerState = (word: string): ContainerState => states.get(word.toLowerCase()) ?? 'unknown';

const healths: ReadonlyMap<string, Health> = new Map([
	['starting', 'starting'],
	['healthy', 'healthy'],
	['unhealthy', 'unhealthy'],
]);

/** @param word `Health.Status`; `none`, empty and unknown words mean no check. */
export const healthOf = (word: string): Health => healths.get(word) ?? 'none';

/** The list tells health only in its status text: `Up 2 hours (healthy)`, `Up 2 seconds (health: starting)`. */
export const healthInStatus = (status: string): Health =>
	healthOf(/\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] ?? '');

/** `Exited (137) 2 hours ago`, `Restarting (1) 5 seconds ago`. */
export const exitCodeInStatus = (status: string): number | undefined => {
	const digits = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1];
	return digits === undefined ? undefined : Number(digits);
};

/**
 * Status text for an inspected container, which has none: the list's wording without the ages, which would be
 * stale by the time they are read.
 */
export const statusTextOf = (state: ContainerState, health: Health, exitCode: number | undefined): string => {
	switch (state) {
		case 'running':
			if (health === 'none') return 'Up';
			return health === 'starting' ? 'Up (health: starting)' : `Up (${health})`;
		case 'paused':
			return 'Up (Paused)';
		case 'restarting':
			return `Restarting (${exitCode ?? 0})`;
		case 'exited':
			return `Exited (${exitCode ?? 0})`;
		case 'created':
			return 'Created';
		case 'dead':
			return 'Dead';
		case 'removing':
			return 'Removal In Progress';
		case 'unknown':
			return '';
		default:
			return state satisfies never;
	}
};
