/**
 * Everything that must hold before a change is done: static checks, then the tests. The first check that fails
 * ends it; its last lines are the summary of Node's test runner. `npm test -- PATH…` runs only those tests.
 */
import {availableParallelism} from 'node:os';
import process from 'node:process';
import {run, type Step, StepFailed} from './tests/checks.ts';
import {whyNoLanes, withLanes} from './tests/engines.ts';
import {type TestFiles, testFiles} from './tests/files.ts';
import {runInLanes} from './tests/lanes.ts';
import {Report} from './tests/report.ts';

/** Lanes with an engine of their own. Half of what their tests do is waiting: one more than there are processors. */
const engineLanes = Math.min(availableParallelism() + 1, 4);

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

const interrupted = new AbortController();
const {signal} = interrupted;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(name, () => {
		interrupted.abort();
	});
}

try {
	const wanted = process.argv.slice(2);
	const isAll = wanted.length === 0;
	for (const step of isAll ? [...checks, build, documents] : [build]) await run(step, signal);
	if (!(await passes(testFiles(wanted)))) process.exitCode = 1;
} catch (error) {
	if (!(error instanceof StepFailed)) console.error(error);
	process.exitCode = 1;
}

if (signal.aborted) process.exitCode = 130;

/** @returns whether all tests pass. */
async function passes(files: TestFiles): Promise<boolean> {
	const endToEndCount = files.onEngine.length + files.alone.length;
	const obstacle = endToEndCount === 0 ? undefined : whyNoLanes();
	if (obstacle !== undefined && process.env.GANTRY_REQUIRE_ENGINE === '1')
		throw new Error(`GANTRY_REQUIRE_ENGINE=1, but ${obstacle}`);

	const report = new Report();
	await runUnitTests(files.unit, report);
	if (obstacle !== undefined) report.heading(`Skipping ${endToEndCount} end-to-end test files: ${obstacle}`);
	else if (endToEndCount > 0 && report.isGood && !signal.aborted) await runOnEngines(files, report);
	if (signal.aborted) report.heading('Interrupted');
	await report.end();
	return report.isGood;
}

async function runUnitTests(files: readonly string[], report: Report): Promise<void> {
	if (files.length === 0) return;
	report.heading('Tests');
	const lanes = Array.from({length: availableParallelism()}, () => ({env: {}}));
	await runInLanes(files, lanes, {report, signal});
}

/** Side by side, each lane on an engine of its own; then, on one of these, what must be alone. */
async function runOnEngines({onEngine, alone}: TestFiles, report: Report): Promise<void> {
	const count = Math.max(1, Math.min(engineLanes, onEngine.length));
	report.heading(
		process.env.GANTRY_TEST_HOST ? 'Tests on the engine' : `Starting throwaway engines: ${count}`,
	);
	await withLanes(count, async lanes => {
		report.heading('End-to-end tests on a real engine');
		await runInLanes(onEngine, lanes, {report, signal});
		if (alone.length > 0 && !signal.aborted) report.heading('End-to-end tests that must be alone');
		await runInLanes(alone, lanes.slice(0, 1), {report, signal});
	});
}
