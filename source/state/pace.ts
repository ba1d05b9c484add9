/** How fast something goes: bytes per second, smoothed. */
export type Pace = {
	readonly rate: number;
	/** Where it was when it was last looked at, epoch ms and bytes. */
	readonly at: number;
	readonly bytes: number;
};

/** How much of the old rate a second of new progress leaves standing. */
const smoothing = 0.6;
/** What came in less time than this says nothing of how fast it comes. */
const shortestMs = 200;

/** @param bytes so far; less than before counts as a standstill */
export const paceAfter = (pace: Pace, bytes: number, at: number): Pace => {
	if (at - pace.at < shortestMs) return pace;
	const seconds = (at - pace.at) / 1000;
	const current = Math.max(0, bytes - pace.bytes) / seconds;
	const kept = smoothing ** seconds;
	const rate = pace.rate === 0 ? current : pace.rate * kept + current * (1 - kept);
	return {rate, at, bytes};
};
