/**
 * Everything that must hold before a change is done: static checks, then the tests. The first check that fails
 * ends it; its last lines are the summary of Node's test runner. `npm test -- PATH…` runs only those tests.
 */
import {spawn} from 'node:child_process';
import {existsSync, globSync, statSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {whyNoEngine} from './engine/host-tools.ts';
import {removeAbandonedEngines, startEngine, type ThrowawayEngine} from './engine/throwaway.ts';

const root = join(import.meta.dirname, '..');

type Step = {readonly title: string; readonly command: readonly string[]};

const checks: readonly Step[] = [
	{title: 'Lint and format', command: ['biome', 'check', '--error-on-warnings']},
	{title: 'Dependency rule', command: ['depcruise', 'source', 'scripts', 'test', 'bin']},
	{title: 'Unused code', command: ['knip']},
	{title: 'Types', command: ['tsc', '--noEmit']},
];

const build: Step = {title: 'Build', command: ['node', 'scripts/build.ts']};

const documents: Step = {
	title: 'Generated documents',
	command: ['node', '--import', 'tsx', 'scripts/docs.ts', '--check'],
};

/** A check or a test run that failed; it has said why itself. */
class Failed extends Error {}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		interrupted.abort();
	});
}

try {
	const wanted = process.argv.slice(2);
	if (wanted.length === 0) {
		for (const check of checks) await run(check);
	}

	await run(build);
	if (wanted.length === 0 && existsSync(join(root, 'scripts/docs.ts'))) await run(documents);
	await runTests(testFiles(wanted));
} catch (error) {
	if (!(error instanceof Failed)) console.error(error);
	process.exitCode = interrupted.signal.aborted ? 130 : 1;
}

/** Unit tests first; the tests on a real engine come last and one file after the other: they measure times. */
async function runTests(files: readonly string[]): Promise<void> {
	const isOnEngine = (file: string) => file.startsWith('test/e2e/');
	const unit = files.filter(file => !isOnEngine(file));
	const endToEnd = files.filter(isOnEngine);
	const obstacle = endToEnd.length === 0 ? undefined : whyEngineCannotBeHad();
	if (obstacle !== undefined) {
		if (process.env.GANTRY_REQUIRE_ENGINE === '1')
			throw new Error(`GANTRY_REQUIRE_ENGINE=1, but ${obstacle}`);
		heading(`Skipping ${endToEnd.length} end-to-end test files: ${obstacle}`);
	}

	if (unit.length > 0) await run({title: 'Tests', command: testCommand(unit)});
	if (endToEnd.length > 0 && obstacle === undefined) await runOnEngine(endToEnd);
}

async function runOnEngine(files: readonly string[]): Promise<void> {
	const engine = process.env.GANTRY_TEST_HOST ? undefined : await startOwnEngine();
	try {
		const command = testCommand(files, '--test-concurrency=1');
		await run({title: 'End-to-end tests on a real engine', command}, addressesOf(engine));
	} finally {
		await engine?.stop();
		// Tests that start one of their own may have been killed.
		if (engine !== undefined) await removeAbandonedEngines();
	}
}

async function startOwnEngine(): Promise<ThrowawayEngine> {
	heading('Starting a throwaway engine');
	return startEngine();
}

function addressesOf(engine: ThrowawayEngine | undefined): Readonly<Record<string, string>> {
	if (engine === undefined) return {};
	return {
		GANTRY_TEST_HOST: engine.host,
		GANTRY_TEST_REGISTRY: engine.registry,
		GANTRY_TEST_AUTH_REGISTRY: engine.authRegistry,
	};
}

function whyEngineCannotBeHad(): string | undefined {
	return process.env.GANTRY_TEST_HOST ? undefined : whyNoEngine();
}

function testCommand(files: readonly string[], ...options: readonly string[]): readonly string[] {
	return ['node', '--import', 'tsx', '--test', '--test-reporter=spec', ...options, ...files];
}

/** @param wanted files and folders; none means all. */
function testFiles(wanted: readonly string[]): readonly string[] {
	const paths = wanted.length === 0 ? ['test'] : wanted;
	const files = paths.flatMap(path =>
		statSync(join(root, path)).isDirectory()
			? globSync(join(path, '**/*.test.{ts,tsx}'), {cwd: root})
			: [path],
	);
	return [...new Set(files)].sort();
}

function heading(text: string): void {
	console.log(`\n── ${text}`);
}

function run({title, command}: Step, env: Readonly<Record<string, string>> = {}): Promise<void> {
	heading(title);
	const [program = '', ...args] = command;
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const child = spawn(program, args, {
		cwd: root,
		env: {...process.env, ...env},
		stdio: ['ignore', 'inherit', 'inherit'],
		signal: interrupted.signal,
	});
	child.once('error', () => {
		reject(new Failed(title));
	});
	child.once('close', code => {
		if (code === 0) resolve();
		else reject(new Failed(title));
	});
	return promise;
}
