import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {run, say} from '../../engine/shell.ts';
import {startEngine, type ThrowawayEngine} from '../../engine/throwaway.ts';
import {engineApi} from '../engine-api.ts';
import {type Opened, openProgram} from '../programs.ts';
import type {Job} from '../run-real.ts';
import {median} from '../samples.ts';
import {seenAt} from '../screen.ts';

type PulledImage = {
	readonly reference: string;
	readonly kind: 'size' | 'layers';
	/** MB, or layers. */
	readonly n: number;
};

const patienceMs = 120_000;

/** Nothing of it can be packed any smaller, and no layer is shared. */
async function publish(
	engine: ThrowawayEngine,
	{reference}: PulledImage,
	layers: number,
	bytes: number,
): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-pull-'));
	const docker = (...args: readonly string[]) =>
		run('docker', args, {env: {DOCKER_HOST: engine.host, DOCKER_BUILDKIT: '0'}});
	try {
		const steps = Array.from({length: layers}, (_, layer) => {
			mkdirSync(join(folder, `part-${layer}`));
			writeFileSync(join(folder, `part-${layer}`, 'bytes'), randomBytes(Math.round(bytes / layers)));
			return `COPY part-${layer} /part-${layer}/`;
		});
		writeFileSync(join(folder, 'Dockerfile'), `FROM scratch\n${steps.join('\n')}\n`);
		await docker('build', '--quiet', '--tag', reference, folder);
		await docker('push', '--quiet', reference);
		await docker('rmi', reference);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Measures what pulling costs, on an engine of its own. @returns its product and version; none when it was not needed */
export async function runPulls(job: Job): Promise<string | undefined> {
	if (job.wanted.length === 0) return undefined;
	say('starting an engine …');
	await using engine = await startEngine();
	const api = engineApi(engine.host.replace('unix://', ''));
	const {Version: version}: {readonly Version: string} = JSON.parse(await api.call('GET', '/version'));
	const size = job.isQuick ? 50 : 200;
	const images = [
		{
			image: {reference: `${engine.registry}/bench/size:${size}`, kind: 'size', n: size},
			layers: 5,
			bytes: size * 1e6,
		},
		{
			image: {reference: `${engine.registry}/bench/layers:100`, kind: 'layers', n: 100},
			layers: 100,
			bytes: 2e6,
		},
	] as const;
	for (const {image, layers, bytes} of images) {
		say(`${image.reference}, ${job.counts.saves} times …`);
		await publish(engine, image, layers, bytes);
		await measureImage(job, engine, image);
	}
	return `Docker ${version}`;
}

async function measureImage(
	job: Job,
	engine: ThrowawayEngine,
	{reference, kind, n}: PulledImage,
): Promise<void> {
	const {samples, counts, programs, signal} = job;
	const {command, args} = programs.gantry;
	const remove = () => run('docker', ['rmi', reference], {env: {DOCKER_HOST: engine.host}});
	await using dashboard = openProgram(programs.gantry, engine.host, signal);
	await seenAt(
		dashboard.terminal,
		() => dashboard.terminal.screen().some(row => row.includes('live')),
		patienceMs,
	);
	const timed = async (work: () => Promise<unknown>): Promise<number> => {
		const startedAt = performance.now();
		await work();
		return performance.now() - startedAt;
	};
	const ways = {
		'pull-docker': () => timed(() => run('docker', ['pull', reference], {env: {DOCKER_HOST: engine.host}})),
		'pull-command': () => timed(() => run(command, [...args, '-H', engine.host, 'pull', reference])),
		'pull-dashboard': () => pullInside(dashboard, reference),
	} as const;
	const times = new Map<string, number[]>();
	const inTurn = Object.entries(ways);
	// The first of all finds the registry's files on the disk alone.
	await ways['pull-docker']();
	await remove();
	for (let round = 0; round < counts.saves; round += 1) {
		for (const [figure, way] of round % 2 === 0 ? inTurn : inTurn.toReversed()) {
			const ms = await way();
			await remove();
			samples.add(`${kind}-${figure}`, n, 'ours', ms);
			times.set(figure, [...(times.get(figure) ?? []), ms]);
		}
	}
	const theirs = median(times.get('pull-docker') ?? []);
	for (const figure of ['pull-command', 'pull-dashboard']) {
		const ours = median(times.get(figure) ?? []);
		const ratio = ours === undefined || theirs === undefined ? undefined : ours / theirs;
		samples.add(`${kind}-${figure}-ratio`, n, 'ours', ratio);
	}
}

/** From enter to the screen that says so. */
async function pullInside({terminal}: Opened, reference: string): Promise<number> {
	await terminal.press(':');
	await terminal.type(`pull ${reference}`);
	await seenAt(terminal, () => terminal.screen().some(row => row.includes(`pull ${reference}`)), patienceMs);
	const startedAt = performance.now();
	await terminal.press('enter');
	const isTold = () => terminal.screen().some(row => row.includes(`${reference} pulled`));
	const at = await seenAt(terminal, isTold, patienceMs);
	if (at === undefined) throw new Error(`the dashboard did not say that ${reference} is pulled`);
	// Its toast must be gone before the next one.
	await terminal.until('the toast is gone', () => !isTold(), {within: patienceMs});
	return at - startedAt;
}
