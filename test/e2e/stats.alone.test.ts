import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../source/engine/endpoint.ts';
import type {Engine} from '../../source/engine/engine.ts';
import {sampleOf} from '../../source/engine/stats.ts';
import type {ContainerId, StatsCounters, StatsSample} from '../../source/engine/types.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const image = 'gantry-test/busy:1';
const never = new AbortController().signal;

const units: Readonly<Record<string, number>> = {
	B: 1,
	K: 1024,
	M: 1024 ** 2,
	G: 1024 ** 3,
	KiB: 1024,
	MiB: 1024 ** 2,
	GiB: 1024 ** 3,
};

/** `12.3MiB`, `12.3M` → bytes. */
function bytesOf(text: string): number {
	const [, number = '', unit = ''] = /^([\d.]+)([A-Za-z]+)$/.exec(text) ?? [];
	const factor = units[unit];
	assert.ok(factor !== undefined, `no size: ${text}`);
	return Number(number) * factor;
}

/** The first has no share of the processor: there is nothing before it. */
async function firstSamples(engine: Engine, id: ContainerId, count: number): Promise<readonly StatsSample[]> {
	const samples: StatsSample[] = [];
	const scope = new AbortController();
	let previous: StatsCounters | undefined;
	for await (const counters of engine.statsStream(id, scope.signal)) {
		samples.push(sampleOf(previous, counters));
		previous = counters;
		if (samples.length === count) break;
	}

	scope.abort();
	return samples;
}

/** Alone, as a container that is held at half a processor still has to get it for the figures to agree. */
describe('statistics', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test('CPU and memory of a busy container are those of docker stats', async () => {
		const name = testName('busy');
		// Half a CPU, held by the kernel, and 32 MB of anonymous memory, held by the string.
		const script = 'x=$(head -c 8000000 /dev/zero | tr "\\0" x); while :; do :; done';
		await docker(
			'run',
			'--detach',
			'--name',
			name,
			'--cpus',
			'0.5',
			'--memory',
			'128m',
			'gantry-test/busy:1',
			'sh',
			'-c',
			script,
		);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.rowIs(name, /● up .* [45]\d\.\d /);
		const told = await docker('stats', '--no-stream', '--format', '{{.CPUPerc}} {{.MemUsage}}', name);
		const row = await gantry.rowIs(name, /\d\.\d .*[KM]\/128M/);
		const [, cpu = '', used = '', limit = ''] =
			/(\d+\.\d) [^\d]*([\d.]+[KMG])\/([\d.]+[KMG])/.exec(row) ?? [];
		const [dockerCpu = '', dockerUsed = '', , dockerLimit = ''] = told.split(' ');
		const close = (ours: number, theirs: number, tolerance: number, what: string) => {
			assert.ok(Math.abs(ours - theirs) <= tolerance, `${what}: ${row} against ${told}`);
		};
		close(Number(cpu), Number.parseFloat(dockerCpu), 15, 'CPU in percent');
		close(bytesOf(used), bytesOf(dockerUsed), 0.1 * bytesOf(dockerUsed), 'memory');
		assert.equal(bytesOf(limit), bytesOf(dockerLimit));
		await gantry.sees(/CPU +[45]\d\.\d%/);
	});

	test('the statistics tab shows what docker stats does, with limits, throttling and cores', async () => {
		const name = testName('tab');
		const script = 'x=$(head -c 8000000 /dev/zero | tr "\\0" x); while :; do :; done';
		const limits = ['--cpus', '0.5', '--memory', '128m', '--pids-limit', '50'];
		await docker('run', '--detach', '--name', name, ...limits, image, 'sh', '-c', script);
		await using gantry = await openGantry({columns: 160});
		await gantry.select(name);
		await gantry.press('m');
		// How much of the half CPU it gets is for the machine to say.
		await gantry.sees(/CPU +\d+\.\d% of 50% \(its limit\)/);
		const told = await docker(
			'stats',
			'--no-stream',
			'--format',
			'{{.CPUPerc}} {{.MemUsage}} {{.PIDs}}',
			name,
		);
		const [, cpu = '', memory = ''] = /^([\d.]+)% ([\d.]+)MiB/.exec(told) ?? assert.fail(told);
		await gantry.sees(/MEM +[\d.]+M of 128M \(its limit\)/);
		const shown = gantry.text();
		const ours = Number(/CPU +([\d.]+)%/.exec(shown)?.[1]);
		assert.ok(Math.abs(ours - Number(cpu)) <= 15, `${ours} against ${told}`);
		const ourMemory = Number(/MEM +([\d.]+)M/.exec(shown)?.[1]);
		assert.ok(
			Math.abs(ourMemory - Number(memory)) <= 0.1 * Number(memory) + 0.1,
			`${ourMemory} against ${told}`,
		);
		await gantry.sees(/PIDS +1 of 50 \(its limit\)/);
		await gantry.sees(/throttled \d+(?:\.\d)?% now, \d+ of \d+ periods/);
		if ((await docker('info', '--format', '{{.CgroupVersion}}')) === '1') await gantry.sees(/core 0 /);
		await gantry.sees(/[⣀-⣿]/);
		await gantry.sees(/min +[\d.]+% +mean +[\d.]+% +max +[\d.]+%/);
	});

	test('the engine’s counters are those that docker stats reckons with', async () => {
		const {candidates} = resolveEndpoint({
			host: testEngine.host,
			env: {},
			home: '/',
			readFile: () => undefined,
		});
		const engine = createEngine(candidates);
		try {
			await engine.connect(never);
			const command = ['sh', '-c', 'while :; do :; done'];
			const run = ['run', '--detach', '--name', testName('counted'), '--cpus', '0.5', image, ...command];
			const id = (await docker(...run)) as ContainerId;
			const format = '{{.CPUPerc}} {{.PIDs}} {{.MemUsage}}';
			const [samples, line] = await Promise.all([
				firstSamples(engine, id, 4),
				docker('stats', '--no-stream', '--format', format, id),
			]);
			const [percent = '', pids = '', memory = ''] = line.split(' ');
			const shares = samples.slice(1).map(sample => sample.cpuPercent ?? Number.NaN);
			const mean = shares.reduce((sum, each) => sum + each, 0) / shares.length;
			assert.equal(samples[0]?.cpuPercent, undefined);
			assert.ok(Math.abs(mean - Number.parseFloat(percent)) < 15, `${mean} and ${percent}`);
			assert.equal(samples.at(-1)?.pids, Number(pids));
			const sampled = samples.at(-1)?.memoryBytes ?? Number.NaN;
			assert.ok(Math.abs(sampled - bytesOf(memory)) < 1024 ** 2, `${sampled} and ${memory}`);
			assert.ok((await engine.statsOnce(id, never))?.cpuTotalNs);
			await docker('kill', id);
			await docker('wait', id);
			assert.equal(await engine.statsOnce(id, never), undefined);
		} finally {
			engine.close();
		}
	});

	test('what stops has no numbers any more', async () => {
		const name = testName('ends');
		await docker('run', '--detach', '--name', name, 'gantry-test/busy:1', 'sleep', '3600');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.rowIs(name, /● up .* 0\.0 /);
		await docker('kill', name);
		const row = await gantry.rowIs(name, '○ exited 137');
		assert.doesNotMatch(row, /\d\.\d |\d[KM]/);
	});
});
