import type {DemoContainer} from '../containers/container-types.ts';
import {loadOf} from '../containers/program.ts';
import {noise, seedOf} from '../random.ts';
import {machine} from '../system/machine.ts';

/** One reading of a running container. Counters grow from its start. */
export type Counters = {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly cpuNanoseconds: number;
	readonly memoryBytes: number;
	/** Part of it: pages of files that could be dropped. */
	readonly inactiveFileBytes: number;
	readonly memoryLimitBytes: number;
	readonly receivedBytes: number;
	readonly sentBytes: number;
	readonly readBytes: number;
	readonly writtenBytes: number;
	readonly pids: number;
};

/** A function of the container and the time: smooth, and the same for who asks again. */
export const countersAt = (container: DemoContainer, now: number): Counters => {
	const {spec, status, startedAt = now, pausedAt = now, pausedMs} = container;
	const until = status === 'paused' ? pausedAt : now;
	const load = loadOf(spec.program);
	const seed = seedOf(container.id);
	const seconds = Math.max(0, (until - startedAt - pausedMs) / 1000);
	const sum = (perSecond: number, which: number): number =>
		Math.round(perSecond * waveSum(seconds, load.swing, seed + which));
	const limit = spec.memoryBytes === 0 ? machine.memoryBytes : spec.memoryBytes;
	const inactive = Math.round(0.09 * load.memoryBytes);
	const swaying = load.memoryBytes * (1 + 0.03 * waveAt(seconds, seed + 9));
	const wanted = swaying + load.leakBytesPerSecond * seconds + inactive;
	return {
		at: now,
		cpuNanoseconds: sum(load.cpuPercent * 1e7, 1),
		memoryBytes: Math.round(Math.min(wanted, limit)),
		inactiveFileBytes: inactive,
		memoryLimitBytes: limit,
		receivedBytes: sum(load.receivedPerSecond, 2) + 1296,
		sentBytes: sum(load.sentPerSecond, 3),
		readBytes: sum(load.readPerSecond, 4),
		writtenBytes: sum(load.writtenPerSecond, 5),
		pids: load.pids,
	};
};

/** Two waves over each other, so that a curve does not look drawn with a ruler. */
const waves = (seed: number): readonly (readonly [share: number, period: number, phase: number])[] => [
	[0.6, 47 + 50 * noise(seed, 0), 2 * Math.PI * noise(seed, 1)],
	[0.4, 9 + 12 * noise(seed, 2), 2 * Math.PI * noise(seed, 3)],
];

/** Between -1 and 1. */
const waveAt = (seconds: number, seed: number): number =>
	waves(seed).reduce(
		(sum, [share, period, phase]) => sum + share * Math.sin((2 * Math.PI * seconds) / period + phase),
		0,
	);

/** The integral of `1 + swing × waveAt` from 0: never falls, as `swing` is below 1. In seconds. */
const waveSum = (seconds: number, swing: number, seed: number): number =>
	waves(seed).reduce((sum, [share, period, phase]) => {
		const turn = (2 * Math.PI) / period;
		return sum + ((swing * share) / turn) * (Math.cos(phase) - Math.cos(turn * seconds + phase));
	}, seconds);
