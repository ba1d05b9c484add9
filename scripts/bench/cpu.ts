import {readdirSync, readFileSync} from 'node:fs';

/** CPU time used so far by each process: nanoseconds by process id. */
export type CpuReading = ReadonlyMap<number, number>;

const nsPerTick = 10_000_000;

/** A process and all that it has started, directly or not, as far as they still run. */
export function processTree(pid: number): readonly number[] {
	const children = tasksOf(pid).flatMap(task => read(`/proc/${pid}/task/${task}/children`).trim().split(' '));
	return [pid, ...children.filter(Boolean).flatMap(child => processTree(Number(child)))];
}

/** Processes that have ended are left out; so is what children used that have been waited for. */
export function readCpu(pids: readonly number[]): CpuReading {
	return new Map(pids.map(pid => [pid, cpuNs(pid)]));
}

/** What the processes of the later reading have used since the earlier one, seconds; new ones count in full. */
export function cpuSecondsBetween(before: CpuReading, after: CpuReading): number {
	let ns = 0;
	for (const [pid, used] of after) ns += Math.max(0, used - (before.get(pid) ?? 0));
	return ns / 1e9;
}

/**
 * `schedstat` of all threads, exact to the scheduler's nanosecond. Threads that have ended are missing there, but
 * not in `stat`, which counts in ticks of 10 ms: the larger one is nearer to the truth.
 */
function cpuNs(pid: number): number {
	const threads = tasksOf(pid).map(task => Number(read(`/proc/${pid}/task/${task}/schedstat`).split(' ')[0]));
	const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
	const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
	return Math.max(
		threads.reduce((sum, ns) => sum + ns, 0),
		ticks * nsPerTick,
	);
}

function tasksOf(pid: number): readonly string[] {
	try {
		return readdirSync(`/proc/${pid}/task`);
	} catch {
		return [];
	}
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
