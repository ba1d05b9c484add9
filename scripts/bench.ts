/**
 * Measures what Gantry costs, in one table with the budgets: `npm run bench`. `-- --help` tells the options.
 * A missed budget is no failure unless it is asked for: timings belong to the machine they were measured on.
 */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {isWanted, type StageKind} from './bench/figure.ts';
import {figures} from './bench/figures.ts';
import {runLayers} from './bench/layers/run-layers.ts';
import {describeMachine} from './bench/machine.ts';
import {type Options, parseOptions} from './bench/options.ts';
import {ownPrograms} from './bench/programs.ts';
import {runPulls} from './bench/pulls/run-pulls.ts';
import {type Results, reportOf} from './bench/report.ts';
import {runEmbedded} from './bench/run-embedded.ts';
import {type Job, runReal} from './bench/run-real.ts';
import {collectSamples, rowsOf} from './bench/samples.ts';
import {tableText} from './bench/table.ts';
import {say} from './engine/shell.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		interrupted.abort(new Error(`ended by ${signal}`));
	});
}

try {
	const results = await measure(parseOptions(process.argv.slice(2)));
	print(results);
	const isMissed = results.rows.some(({isWithin}) => isWithin === false);
	if (isMissed && results.options.isStrict) process.exitCode = 1;
} catch (error) {
	const {reason}: {readonly reason?: unknown} = interrupted.signal;
	const cause = reason ?? error;
	say(cause instanceof Error ? cause.message : String(cause));
	process.exitCode = interrupted.signal.aborted ? 130 : 1;
}

async function measure(options: Options): Promise<Results> {
	const machine = describeMachine();
	const samples = collectSamples();
	using programs = ownPrograms();
	const wanted = figures.filter(figure => isWanted(figure, options.only));
	const jobOn = (stage: StageKind): Job => {
		const own = wanted.filter(figure => figure.stage === stage);
		const wants: Job['wants'] = measure => own.some(figure => figure.measure === measure);
		return {...options, programs, samples, wanted: own, wants, signal: interrupted.signal};
	};
	const [real, embedded, layers, pulls] = [jobOn('real'), jobOn('embedded'), jobOn('layers'), jobOn('pulls')];
	const ofReal = real.wanted.length === 0 ? undefined : await runReal(real);
	await runEmbedded(embedded);
	const ofLayers = await runLayers(layers);
	const engine = (await runPulls(pulls)) ?? ofLayers ?? ofReal;
	return {machine, engine, options, rows: wanted.flatMap(figure => rowsOf(figure, samples))};
}

function print(results: Results): void {
	const {machine, engine, options, rows} = results;
	if (options.isJson) console.log(JSON.stringify({machine, engine, rows}, undefined, 2));
	else console.log(`\n${tableText(rows, options.against)}\n\nload before ${machine.load.toFixed(2)}`);
	if (options.writes) writeFileSync(join(import.meta.dirname, '../docs/benchmarks.md'), reportOf(results));
}
