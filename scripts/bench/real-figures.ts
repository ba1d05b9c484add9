import {type Figure, highlightHow} from './figure.ts';

const engineCpuHow =
	'/proc/PID/task/*/schedstat of dockerd, containerd and all shims over 12 s in which nobody presses a key, reckoned to 20 s';

const startup: readonly Figure[] = [
	{
		id: 'names',
		title: 'exec to container names',
		stage: 'real',
		measure: 'start',
		unit: 'ms',
		of: 'gantry',
		budget: 250,
		ratioBudget: 0.7,
		summary: 'median',
		how: 'from just before the exec to the arrival of the output with which a busy container is on the screen; compile cache warm',
	},
	{
		id: 'cpu-numbers',
		title: 'exec to CPU numbers in rows',
		stage: 'real',
		measure: 'start',
		unit: 'ms',
		of: 'gantry',
		budget: 1000,
		summary: 'median',
		how: 'as above, until the row of a busy container has a CPU share above zero',
	},
];

const idle: readonly Figure[] = [
	{
		id: 'bytes',
		title: 'to the terminal, idle',
		stage: 'real',
		measure: 'idle',
		unit: 'B/s',
		of: 'gantry',
		budget: 1000,
		summary: 'median',
		how: 'all bytes read from the pseudo-terminal in 12 s, with four busy containers on the screen',
	},
	{
		id: 'own-cpu',
		title: 'own CPU per 20 s idle',
		stage: 'real',
		measure: 'idle',
		unit: 's',
		of: 'gantry',
		budget: 0.7,
		summary: 'median',
		how: '/proc/PID/task/*/schedstat of the process and its children over the same 12 s, reckoned to 20 s',
	},
	{
		id: 'engine-cpu',
		title: 'engine CPU per 20 s, cgroupfs',
		stage: 'real',
		measure: 'idle',
		unit: 's',
		of: 'gantry',
		budget: 1,
		summary: 'median',
		how: engineCpuHow,
	},
	{
		id: 'engine-cpu-api',
		title: 'engine CPU per 20 s, API',
		stage: 'real',
		measure: 'idle',
		unit: 's',
		of: 'gantry-api',
		budget: 2.5,
		summary: 'median',
		how: 'as above, with GANTRY_STATS=api',
	},
	{
		id: 'engine-cpu-none',
		title: 'engine CPU per 20 s, no client',
		stage: 'real',
		measure: 'idle',
		unit: 's',
		of: 'none',
		summary: 'median',
		how: 'as above, without any client',
	},
	{
		id: 'engine-cpu-docker-stats',
		title: 'engine CPU per 20 s, docker stats',
		stage: 'real',
		measure: 'idle',
		unit: 's',
		of: 'docker-stats',
		summary: 'median',
		how: 'as above, with `docker stats` in the terminal',
	},
];

const memory: readonly Figure[] = [
	{
		id: 'pss',
		title: 'Pss after 60 s',
		stage: 'real',
		measure: 'memory',
		unit: 'MB',
		of: 'gantry',
		budget: 100,
		summary: 'median',
		how: 'Pss in smaps_rollup of the process and its children 60 s after the exec, on a Node of its own so that it shares no pages with the measuring one; 1 MB = 1,048,576 bytes',
	},
	{
		id: 'dirty',
		title: 'private dirty after 60 s',
		stage: 'real',
		measure: 'memory',
		unit: 'MB',
		of: 'gantry',
		budget: 45,
		summary: 'median',
		how: 'Private_Dirty in the same file at the same time',
	},
];

const keys: readonly Figure[] = [
	{
		id: 'key',
		title: 'key to moved highlight, median',
		stage: 'real',
		measure: 'keys',
		unit: 'ms',
		of: 'gantry',
		budget: 8,
		summary: 'median',
		how: `${highlightHow}; median of a run`,
	},
	{
		id: 'key-max',
		title: 'key to moved highlight, max',
		stage: 'real',
		measure: 'keys',
		unit: 'ms',
		of: 'gantry',
		budget: 33,
		summary: 'worst',
		how: 'the slowest of the same presses, of all runs',
	},
];

const events: readonly Figure[] = [
	{
		id: 'rename',
		title: 'event to screen: renamed',
		stage: 'real',
		measure: 'events',
		unit: 'ms',
		of: 'gantry',
		budget: 60,
		summary: 'median',
		how: 'a visible container is renamed by the API; from the timeNano of its event to the arrival of the output that shows it; median of a run',
	},
	{
		id: 'pause',
		title: 'event to screen: paused, going on',
		stage: 'real',
		measure: 'events',
		unit: 'ms',
		of: 'gantry',
		budget: 60,
		summary: 'median',
		how: 'as above, with pause and unpause',
	},
];

/** What is measured on a real engine. */
export const realFigures: readonly Figure[] = [...startup, ...idle, ...memory, ...keys, ...events];
