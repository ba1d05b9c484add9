import {setTimeout as delay} from 'node:timers/promises';
import {say} from '../engine/shell.ts';
import {startEngine} from '../engine/throwaway.ts';
import {measureEvents} from './event-to-screen.ts';
import type {Figure, Measure} from './figure.ts';
import {measureIdle} from './idle.ts';
import {measureKeys, upAndDown} from './keys.ts';
import {mebibyte, readMemory} from './memory.ts';
import type {Counts} from './options.ts';
import {dockerStats, foreign, type OwnPrograms, openProgram, type Program} from './programs.ts';
import {openRealStage, type RealStage} from './real-stage.ts';
import {median, type Samples, type Side, worst} from './samples.ts';
import {rowOf, seenAt} from './screen.ts';
import {measureStart} from './start.ts';

export type Job = {
	readonly programs: OwnPrograms;
	readonly counts: Counts;
	readonly isQuick: boolean;
	readonly against: string | undefined;
	/** Engine sizes, from small to large. */
	readonly sizes: readonly number[];
	/** Of this stage. */
	readonly wanted: readonly Figure[];
	readonly wants: (measure: Measure) => boolean;
	readonly samples: Samples;
	readonly signal: AbortSignal;
};

const patienceMs = 30_000;

/** Measures on a throwaway engine of its own. @returns its product and version. */
export async function runReal(job: Job): Promise<string> {
	say('starting an engine …');
	await using engine = await startEngine();
	const stage = await openRealStage(engine);
	const {Version: version}: {readonly Version: string} = JSON.parse(await stage.api.call('GET', '/version'));
	for (const n of job.sizes) {
		say(`starting containers up to ${n} …`);
		await stage.growTo(n, job.signal);
		for (const {id} of job.wanted) job.samples.add(id, n, 'ours', undefined);
		if (job.wants('start')) await starts(job, stage, n);
		for (let run = 1; run <= job.counts.runs; run += 1) {
			say(`${n} containers, run ${run} of ${job.counts.runs} …`);
			await sessions(job, stage, n, run);
		}
	}
	return `Docker ${version}`;
}

/** Ours and theirs in turn; who comes first changes from run to run. */
const sides = ({programs, against}: Job, run: number): readonly (readonly [Side, Program])[] => {
	const both = [
		['ours', programs.gantry],
		...(against === undefined ? [] : [['theirs', foreign(against)] as const]),
	] as const;
	return run % 2 === 1 ? both : both.toReversed();
};

async function starts(job: Job, stage: RealStage, n: number): Promise<void> {
	// What the first start of all compiles is kept for the next ones.
	for (const [, program] of sides(job, 0)) await measureStart(program, stage, job.signal);
	for (let run = 1; run <= job.counts.starts; run += 1) {
		say(`${n} containers, start ${run} of ${job.counts.starts} …`);
		for (const [side, program] of sides(job, run)) {
			const {namesMs, cpuNumbersMs} = await measureStart(program, stage, job.signal);
			job.samples.add('names', n, side, namesMs);
			job.samples.add('cpu-numbers', n, side, cpuNumbersMs);
		}
	}
}

async function sessions(job: Job, stage: RealStage, n: number, run: number): Promise<void> {
	if (job.wants('idle')) {
		const {engineCpu} = await measureIdle(stage, undefined, {
			windowMs: job.counts.windowMs,
			signal: job.signal,
		});
		job.samples.add('engine-cpu-none', n, 'ours', engineCpu);
		for (const [id, program] of [
			['engine-cpu-api', job.programs.gantryThroughApi],
			['engine-cpu-docker-stats', dockerStats],
		] as const)
			job.samples.add(id, n, 'ours', await engineCpuUnder(job, stage, program));
	}
	if (!(['idle', 'keys', 'events', 'memory'] as const).some(job.wants)) return;
	for (const [side, program] of sides(job, run)) {
		try {
			await session(job, stage, n, side, program);
		} catch (error) {
			// What cannot be measured is said and has no value; the rest goes on.
			job.signal.throwIfAborted();
			say(`${program.title}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
}

async function engineCpuUnder({counts, signal}: Job, stage: RealStage, program: Program): Promise<number> {
	await using opened = openProgram(program, stage.host, signal);
	await settle(opened.terminal, stage, counts, signal);
	return (await measureIdle(stage, opened.terminal, {windowMs: counts.windowMs, signal})).engineCpu;
}

/** One life of a program: it settles, is left alone, used, and looked at after a minute. */
async function session(
	{counts, wants, samples, signal}: Job,
	stage: RealStage,
	n: number,
	side: Side,
	program: Program,
): Promise<void> {
	await using opened = openProgram(program, stage.host, signal);
	const {terminal, startedAt} = opened;
	await settle(terminal, stage, counts, signal);
	const add = (figure: string, value: number | undefined): void => {
		samples.add(figure, n, side, value);
	};
	if (wants('idle')) {
		const idle = await measureIdle(stage, terminal, {windowMs: counts.windowMs, signal});
		add('bytes', idle.bytesPerSecond);
		add('own-cpu', idle.ownCpu);
		add('engine-cpu', idle.engineCpu);
	}
	if (wants('keys')) {
		const times = await measureKeys(terminal, upAndDown(counts.presses), signal);
		add('key', median(times));
		add('key-max', worst(times));
	}
	if (wants('events')) {
		const [, name = ''] = stage.firstNames;
		const {renames, pauses} = await measureEvents(terminal, {
			api: stage.api,
			name,
			rounds: counts.eventRounds,
			signal,
		});
		add('rename', median(renames));
		add('pause', median(pauses));
	}
	if (wants('memory')) {
		await delay(Math.max(0, startedAt + counts.memoryAtMs - performance.now()), undefined, {signal});
		const {pssBytes, privateDirtyBytes} = readMemory(terminal.pid);
		add('pss', pssBytes / mebibyte);
		add('dirty', privateDirtyBytes / mebibyte);
	}
}

/** Waits for names, and then until start-up is over. @throws when none comes: there is nothing to measure. */
async function settle(
	terminal: Parameters<typeof seenAt>[0],
	stage: RealStage,
	{settleMs}: Counts,
	signal: AbortSignal,
): Promise<void> {
	const isThere = (): boolean => stage.firstNames.some(name => rowOf(terminal, name) !== '');
	const at = await seenAt(terminal, isThere, patienceMs);
	signal.throwIfAborted();
	if (at === undefined) throw new Error(`no container came on the screen:\n${terminal.text()}`);
	await delay(settleMs, undefined, {signal});
}
