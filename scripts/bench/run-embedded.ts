import {setTimeout as delay} from 'node:timers/promises';
import {say} from '../engine/shell.ts';
import {measureChurn} from './churn.ts';
import {type EmbeddedStage, openEmbeddedStage} from './embedded-stage.ts';
import type {Measure} from './figure.ts';
import {mebibyte, readMemory} from './memory.ts';
import {type Opened, openProgram, type Program} from './programs.ts';
import type {Job} from './run-real.ts';
import {median, worst} from './samples.ts';
import {measureScale} from './scale.ts';
import {seenAt} from './screen.ts';
import {measureStorm} from './storm.ts';

const small = 1000;
const large = 10_000;
const churnContainers = 100;

/** An event a second for an hour. */
const churnEvents = 3600;

const patienceMs = 60_000;

/** Measures Gantry alone on the embedded engine, in a process of its own. */
export async function runEmbedded(job: Job): Promise<void> {
	for (let run = 1; run <= job.counts.runs; run += 1) {
		const ofRuns = `run ${run} of ${job.counts.runs}`;
		if (job.wants('scale'))
			await attempt(job, `${small} and ${large} containers, ${ofRuns}`, 'scale', large, scale);
		if (job.wants('churn')) await attempt(job, `churn, ${ofRuns}`, 'churn', churnContainers, churn);
		if (job.wants('storm')) await attempt(job, `event storm, ${ofRuns}`, 'storm', small, storm);
	}
}

/** What cannot be measured is said and has no value; the rest goes on. */
async function attempt(
	job: Job,
	title: string,
	measure: Measure,
	containers: number,
	run: (job: Job) => Promise<void>,
): Promise<void> {
	say(`embedded engine, ${title} …`);
	for (const {id} of job.wanted.filter(figure => figure.measure === measure))
		job.samples.add(id, containers, 'ours', undefined);
	try {
		await run(job);
	} catch (error) {
		job.signal.throwIfAborted();
		say(error instanceof Error ? error.message : String(error));
	}
}

async function scale(job: Job): Promise<void> {
	const smallBytes = await pssOf(job, small, async () => {});
	const largeBytes = await pssOf(job, large, async ({terminal}) => {
		const {keys, filter, travel} = await measureScale(terminal, job.counts.presses, job.signal);
		job.samples.add('scale-key', large, 'ours', median(keys));
		job.samples.add('scale-filter', large, 'ours', median(filter));
		job.samples.add('scale-stall', large, 'ours', worst([...keys, ...filter, ...travel]));
	});
	job.samples.add('scale-memory', large, 'ours', (largeBytes - smallBytes) / (large - small) / 1024);
}

/** Pss a minute after the exec; meanwhile it is used. */
async function pssOf(
	{programs, counts, signal}: Job,
	containers: number,
	use: (opened: Opened) => Promise<void>,
): Promise<number> {
	await using stage = await openEmbeddedStage({containers, images: containers / 10}, signal);
	await using opened = await openLive(programs.gantry, stage, signal);
	await delay(counts.settleMs, undefined, {signal});
	await use(opened);
	const restMs = opened.startedAt + counts.memoryAtMs - performance.now();
	await delay(Math.max(0, restMs), undefined, {signal});
	return readMemory(opened.terminal.pid).pssBytes;
}

async function churn({programs, counts, samples, signal}: Job): Promise<void> {
	const eventsPerSecond = (churnEvents * 1000) / counts.churnMs;
	await using stage = await openEmbeddedStage(
		{containers: churnContainers, images: 20, eventsPerSecond},
		signal,
	);
	await using opened = await openLive(programs.gantry, stage, signal);
	const {growthPercent, pssBytes} = await measureChurn(opened.terminal.pid, {forMs: counts.churnMs, signal});
	samples.add('churn', churnContainers, 'ours', growthPercent);
	samples.add('churn-pss', churnContainers, 'ours', pssBytes && pssBytes / mebibyte);
}

async function storm({programs, counts, samples, signal}: Job): Promise<void> {
	await using stage = await openEmbeddedStage({containers: small, images: 100}, signal);
	await using opened = await openLive(programs.gantry, stage, signal);
	await delay(counts.settleMs, undefined, {signal});
	const {keys, wrongRows} = await measureStorm(opened.terminal, stage, {
		seconds: counts.stormSeconds,
		signal,
	});
	samples.add('storm-key', small, 'ours', worst(keys));
	samples.add('storm-diff', small, 'ours', wrongRows);
}

/** Starts Gantry and waits until all containers are counted in its header. */
async function openLive(program: Program, stage: EmbeddedStage, signal: AbortSignal): Promise<Opened> {
	const opened = openProgram(program, stage.host, signal);
	const {terminal} = opened;
	const at = await seenAt(terminal, () => /● live.*\d+ running \/ \d+/.test(terminal.text()), patienceMs);
	if (at !== undefined) return opened;
	const screen = terminal.text();
	await opened[Symbol.asyncDispose]();
	signal.throwIfAborted();
	throw new Error(`it did not get live:\n${screen}`);
}
