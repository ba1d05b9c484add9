/**
 * How long reading images takes beside `docker save IMAGE > /dev/null`, in turn on the engine of DOCKER_HOST:
 * `node --import tsx scripts/bench/layer-time.ts [--rounds 5] IMAGE…`. Medians in ms; the budget is a ratio of 1.15.
 */
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../source/engine/endpoint.ts';
import type {analyse as Analyse} from '../../source/layers/analyse.ts';

const {values, positionals} = parseArgs({
	options: {rounds: {type: 'string', default: '5'}},
	allowPositionals: true,
});
const rounds = Number(values.rounds);
const host = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
const {candidates} = resolveEndpoint({host, env: {}, home: '/', readFile: () => undefined});
const engine = createEngine(candidates);
const {signal} = new AbortController();
await engine.connect(signal);

// As it is shipped: from sources, a thread takes longer to start than a small image to read.
const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
process.once('exit', () => rmSync(folder, {recursive: true}));
const build = join(import.meta.dirname, '../build.ts');
execFileSync(process.execPath, [build, '--entry', 'source/layers/analyse.ts', '--out', folder]);
const {analyse}: {readonly analyse: typeof Analyse} = await import(join(folder, 'main.js'));

const saved = async (image: string): Promise<void> => {
	const [code] = await once(
		spawn('docker', ['save', image], {stdio: ['ignore', 'ignore', 'inherit']}),
		'exit',
	);
	if (code !== 0) throw new Error(`docker save ${image} ends with ${code}`);
};

const read = async (image: string): Promise<string> => {
	const source = {kind: 'stream' as const, open: (stop: AbortSignal) => engine.saveImages([image], stop)};
	let facts = '';
	for await (const update of analyse({source}, signal)) {
		if (update.kind !== 'done') continue;
		const entries = update.tree.layers.reduce((sum, layer) => sum + (layer.entries?.count ?? 0), 0);
		facts = `${update.tree.layers.length} layers, ${entries} entries, ${Math.round(update.readBytes / 1e6)} MB`;
	}
	return facts;
};

const timed = async (run: () => Promise<unknown>): Promise<number> => {
	const startedAt = performance.now();
	await run();
	return performance.now() - startedAt;
};

const middle = (values: readonly number[]): number =>
	values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;

for (const image of positionals) {
	const saves: number[] = [];
	const reads: number[] = [];
	const facts = await read(image);
	for (let round = 0; round < rounds; round++) {
		saves.push(await timed(() => saved(image)));
		reads.push(await timed(() => read(image)));
	}
	const [save, own] = [middle(saves), middle(reads)];
	console.log(
		`${image}: ${facts}; save ${save.toFixed(0)}, read ${own.toFixed(0)}, ratio ${(own / save).toFixed(2)}`,
	);
}
