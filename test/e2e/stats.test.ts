import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

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
