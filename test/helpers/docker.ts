import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

/** Told by the test run: see scripts/test.ts and scripts/engine.ts. */
export const testEngine = {
	host: process.env.GANTRY_TEST_HOST ?? '',
	registry: process.env.GANTRY_TEST_REGISTRY ?? '',
	authRegistry: process.env.GANTRY_TEST_AUTH_REGISTRY ?? '',
} as const;

/** Of this test file: files run at the same time never touch each other's objects. */
const runLabel = `gantry-test-${randomBytes(3).toString('hex')}`;

/** The value of the `skip` option of a test that needs a real engine. @throws where an engine is required. */
export function requireEngine(): string | false {
	if (testEngine.host !== '') return false;
	if (process.env.GANTRY_REQUIRE_ENGINE === '1') {
		throw new Error('GANTRY_REQUIRE_ENGINE=1, but GANTRY_TEST_HOST names no engine');
	}

	return 'no engine: GANTRY_TEST_HOST is not set';
}

/** A name nobody else uses, e.g. `gantry-test-1f2e3d-web`. Also fits images, volumes and networks. */
export function testName(name: string): string {
	return `${runLabel}-${name}`;
}

/**
 * The docker client against the test engine, with a configuration of its own: the judge of what Gantry did.
 * @returns its standard output without the line feed at the end.
 * @throws with what it wrote to standard error.
 */
export function docker(...args: readonly string[]): Promise<string> {
	return dockerAt(testEngine.host, ...args);
}

/** As `docker`, against another engine, e.g. one that the test has started for itself. */
export async function dockerAt(host: string, ...args: readonly string[]): Promise<string> {
	const {code, output, errors} = await callDocker(host, args);
	if (code !== 0) throw new Error(`docker ${args.join(' ')}: ${errors.toString().trim()}`);
	return output.toString().trimEnd();
}

/** What the docker client answers, whether it fails or not. */
export async function callDocker(
	host: string,
	args: readonly string[],
): Promise<{readonly code: number | null; readonly output: Buffer; readonly errors: Buffer}> {
	const child = spawn('docker', args, {
		env: {PATH: process.env.PATH, DOCKER_HOST: host, DOCKER_CONFIG: configuration(), DOCKER_BUILDKIT: '0'},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const {promise: ended, resolve, reject} = Promise.withResolvers<number | null>();
	child.once('error', reject).once('close', resolve);
	const [output, errors, code] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), ended]);
	return {code, output: Buffer.concat(output), errors: Buffer.concat(errors)};
}

/** Starts a container of `gantry-test/busy:1` that runs until it is stopped, which takes a second. @returns its id. */
export function runBusy(name: string, ...options: readonly string[]): Promise<string> {
	return docker(
		'run',
		'--detach',
		'--name',
		name,
		'--stop-timeout',
		'1',
		...options,
		'gantry-test/busy:1',
		'sleep',
		'3600',
	);
}

/** Removes all that this test file has made under names of `testName`. */
export async function removeTestObjects(): Promise<void> {
	const named = ['--filter', `name=${runLabel}`];
	const remove = async (list: readonly string[], how: readonly string[]) => {
		const found = (await docker(...list)).split('\n').filter(Boolean);
		if (found.length > 0) await docker(...how, ...found);
	};
	await remove(['ps', '--all', '--quiet', ...named], ['rm', '--force', '--volumes']);
	await remove(['network', 'ls', '--quiet', ...named], ['network', 'rm']);
	await remove(['volume', 'ls', '--quiet', ...named], ['volume', 'rm', '--force']);
	const images = ['images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${runLabel}*`];
	await remove(images, ['rmi', '--force']);
}

let folder: string | undefined;

function configuration(): string {
	if (folder === undefined) {
		const made = mkdtempSync(join(tmpdir(), 'gantry-test-docker-'));
		process.once('exit', () => {
			rmSync(made, {recursive: true, force: true});
		});
		folder = made;
	}

	return folder;
}
