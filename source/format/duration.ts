const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const YEAR = 365 * DAY;

const steps = [
	{below: MINUTE, unit: SECOND, letter: 's'},
	{below: HOUR, unit: MINUTE, letter: 'm'},
	{below: DAY, unit: HOUR, letter: 'h'},
	{below: 2 * WEEK, unit: DAY, letter: 'd'},
	{below: YEAR, unit: WEEK, letter: 'w'},
	{below: Number.POSITIVE_INFINITY, unit: YEAR, letter: 'y'},
] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** An age in its largest whole unit: `45s`, `12m`, `2h`, `3d`, `5w`, `2y`. Clocks that differ make no negative age. */
export const formatAge = (ms: number): string => {
	if (!Number.isFinite(ms)) return '-';
	const age = Math.max(0, ms);
	const step = steps.find(({below}) => age < below);
	return step ? `${Math.floor(age / step.unit)}${step.letter}` : '-';
};

/** Local time of day `HH:MM:SS`. @param ms epoch milliseconds */
export const formatClock = (ms: number): string => {
	const date = new Date(ms);
	return Number.isNaN(date.getTime())
		? '--:--:--'
		: [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
};

/** Time still to go, at most five cells: `4s`, `1m20s`, `2h05m`, `>1d`; a dash when it cannot be told. */
export const formatEta = (ms: number | undefined): string => {
	if (ms === undefined || !Number.isFinite(ms) || ms < 0) return '-';
	const seconds = Math.ceil(ms / SECOND);
	if (seconds < 60) return `${seconds}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 10) return `${minutes}m${two(seconds % 60)}s`;
	if (minutes < 60) return `${minutes}m`;
	const hours = Math.floor(minutes / 60);
	if (hours < 10) return `${hours}h${two(minutes % 60)}m`;
	return hours < 24 ? `${hours}h` : '>1d';
};

/** How long something took, at most six cells below 100 hours: `0.4s`, `12.3s`, `1m05s`, `2h05m`. */
export const formatTook = (ms: number): string => {
	const seconds = Math.max(0, Number.isFinite(ms) ? ms : 0) / SECOND;
	if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
	const whole = Math.round(seconds);
	if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
	const minutes = Math.round(seconds / 60);
	return `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
};
