import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {say} from '../../engine/shell.ts';
import {startEngine} from '../../engine/throwaway.ts';
import {engineApi} from '../engine-api.ts';
import type {Job} from '../run-real.ts';
import {median} from '../samples.ts';
import {type BenchImage, makeImages, mebibyte, timeSave} from './images.ts';
import type {TreeProbe} from './made-tree.ts';
import type {ReadingProbe} from './probe.ts';

const treeFiles = 500_000;
const allowedBytes = 60 * mebibyte;

/** Nothing that is measured here takes longer. */
const patienceMs = 180_000;

const runFile = promisify(execFile);
const buildScript = join(import.meta.dirname, '../../build.ts');

type Ask = (...args: readonly string[]) => Promise<string>;

/** Measures what reading layers costs, on an engine of its own. @returns its product and version; none when it was not needed */
export async function runLayers(job: Job): Promise<string | undefined> {
	if (job.wanted.length === 0) return undefined;
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-probe-'));
	try {
		const bundle = join(folder, 'probe');
		say('bundling the reader …');
		const entry = 'scripts/bench/layers/probe.ts';
		await runFile(process.execPath, [buildScript, '--entry', entry, '--out', bundle]);
		const ask: Ask = async (...args) => {
			const options = {
				signal: job.signal,
				timeout: patienceMs,
				env: {...process.env, NODE_ENV: 'production'},
			};
			return (await runFile(process.execPath, [join(bundle, 'main.js'), ...args], options)).stdout;
		};
		if (job.wants('tree')) await attempt(job, 'a made tree', () => measureTrees(job, ask));
		return job.wants('layers') ? await onEngine(job, ask, folder) : undefined;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** What cannot be measured is said and has no value; the rest goes on. */
async function attempt(job: Job, title: string, measure: () => Promise<void>): Promise<void> {
	say(`${title} …`);
	try {
		await measure();
	} catch (error) {
		job.signal.throwIfAborted();
		say(error instanceof Error ? error.message : String(error));
	}
}

async function measureTrees({samples, counts}: Job, ask: Ask): Promise<void> {
	for (const id of ['tree-open', 'tree-toggle', 'tree-worst']) samples.add(id, treeFiles, 'ours', undefined);
	for (let run = 0; run < counts.runs; run += 1) {
		const told: TreeProbe = JSON.parse(await ask('tree', String(treeFiles)));
		samples.add('tree-open', treeFiles, 'ours', told.openMs);
		samples.add('tree-toggle', treeFiles, 'ours', told.toggleMs);
		samples.add('tree-worst', treeFiles, 'ours', told.worstMs);
	}
}

async function onEngine(job: Job, ask: Ask, folder: string): Promise<string> {
	say('starting an engine …');
	await using engine = await startEngine();
	const api = engineApi(engine.host.replace('unix://', ''));
	const {Version: version}: {readonly Version: string} = JSON.parse(await api.call('GET', '/version'));
	for (const image of await makeImages(engine.host, job))
		await attempt(job, `${image.name}, ${job.counts.saves} times`, () =>
			measureImage(job, ask, {engine, image, folder}),
		);
	return `Docker ${version}`;
}

async function measureImage(
	{samples, counts, signal}: Job,
	ask: Ask,
	{
		engine,
		image,
		folder,
	}: {readonly engine: {readonly host: string}; readonly image: BenchImage; readonly folder: string},
): Promise<void> {
	const {n, name, what} = image;
	const kind = what === 'MB' ? 'size' : 'layers';
	const add = (figure: string, value: number | undefined): void =>
		samples.add(`${kind}-${figure}`, n, 'ours', value);
	for (const figure of ['analyse', 'save', 'ratio', 'memory', 'peak', 'again']) add(figure, undefined);
	const read = async (...cache: readonly string[]): Promise<ReadingProbe> =>
		JSON.parse(await ask(engine.host, name, ...cache));
	// The first of all finds its pages on the disk alone.
	await timeSave(engine.host, name, signal);
	const times = {ours: [] as number[], theirs: [] as number[]};
	for (let run = 0; run < counts.saves; run += 1) {
		const ours = async (): Promise<void> => {
			const {ms, entries, peakBytes} = await read();
			times.ours.push(ms);
			add('analyse', ms);
			add('peak', peakBytes / mebibyte);
			add('memory', Math.max(0, peakBytes - allowedBytes) / entries);
		};
		const theirs = async (): Promise<void> => {
			const ms = await timeSave(engine.host, name, signal);
			times.theirs.push(ms);
			add('save', ms);
		};
		for (const measure of run % 2 === 0 ? [ours, theirs] : [theirs, ours]) await measure();
	}
	const [own, other] = [median(times.ours), median(times.theirs)];
	add('ratio', own === undefined || other === undefined ? undefined : own / other);
	const cache = mkdtempSync(join(folder, 'cache-'));
	await read(cache);
	for (let run = 0; run < counts.saves; run += 1) {
		const {ms, readBytes} = await read(cache);
		if (readBytes > 0) throw new Error(`${name} was read although it was remembered`);
		add('again', ms);
	}
}
