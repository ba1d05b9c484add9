import type {DemoContainer} from './container-types.ts';

/** As docker/go-units `HumanDuration`: `Less than a second`, `About a minute`, `3 hours`. */
const humanDuration = (milliseconds: number): string => {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	if (seconds < 1) return 'Less than a second';
	if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return minutes === 1 ? 'About a minute' : `${minutes} minutes`;
	const hours = Math.round(seconds / 3600);
	if (hours < 48) return hours === 1 ? 'About an hour' : `${hours} hours`;
	if (hours < 24 * 14) return `${Math.floor(hours / 24)} days`;
	if (hours < 24 * 60) return `${Math.floor(hours / 24 / 7)} weeks`;
	if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
	return `${Math.floor(hours / 24 / 365)} years`;
};

/** The `Status` of a list. */
export const statusText = (container: DemoContainer, now: number): string => {
	const {status, startedAt = now, finishedAt, exitCode} = container;
	const sinceEnd = humanDuration(now - (finishedAt ?? now));
	switch (status) {
		case 'created':
			return 'Created';
		case 'dead':
			return 'Dead';
		case 'removing':
			return 'Removal In Progress';
		case 'exited':
			return `Exited (${exitCode}) ${sinceEnd} ago`;
		case 'restarting':
			return `Restarting (${exitCode}) ${sinceEnd} ago`;
		case 'paused':
			return `Up ${humanDuration(now - startedAt)} (Paused)`;
		case 'running':
			return `Up ${humanDuration(now - startedAt)}${healthText(container)}`;
		default:
			return status satisfies never;
	}
};

const healthText = ({health}: DemoContainer): string => {
	if (health === undefined) return '';
	return health.status === 'starting' ? ' (health: starting)' : ` (${health.status})`;
};
