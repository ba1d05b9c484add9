/**
 * The embedded engine alone, for the docker command line and for benchmarks: `npm run -s demo`. Prints the export
 * that a shell needs, serves until SIGINT or SIGTERM, and leaves nothing behind.
 */
import process from 'node:process';
import {parseArgs} from 'node:util';
import {startDemoEngine} from '../source/demo/demo-engine.ts';

const usage = `npm run -s demo -- [options]
  --containers N   so many made-up containers instead of the little world
  --images N       so many made-up images besides
  --events N       a storm of N events a second
  --stats-cost N   each reading of statistics takes N ms
  --api 1.41       the API version, 1.41 to 1.51
  --seed N         another world
  --socket PATH    where to listen`;

try {
	await serve();
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
	process.exitCode = 1;
}

async function serve(): Promise<void> {
	const {values} = parseArgs({
		options: {
			containers: {type: 'string'},
			images: {type: 'string'},
			events: {type: 'string'},
			'stats-cost': {type: 'string'},
			api: {type: 'string'},
			seed: {type: 'string'},
			socket: {type: 'string'},
		},
	});
	const [containers, images, events, cost, seed] = [
		values.containers,
		values.images,
		values.events,
		values['stats-cost'],
		values.seed,
	].map(wholeNumber);
	const engine = await startDemoEngine({
		...(containers === undefined ? {} : {containers}),
		...(images === undefined ? {} : {images}),
		...(events === undefined ? {} : {eventsPerSecond: events}),
		...(cost === undefined ? {} : {statsCostMs: cost}),
		...(seed === undefined ? {} : {seed}),
		...(values.api === undefined ? {} : {apiVersion: values.api}),
		...(values.socket === undefined ? {} : {socketPath: values.socket}),
	});
	process.stdout.write(`export DOCKER_HOST=${engine.host}\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void engine.stop());
}

/** @throws Error for what is none */
function wholeNumber(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw new Error(`a whole number is wanted, not ${text}`);
	return Number(text);
}
