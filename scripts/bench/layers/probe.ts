/**
 * Bundled as the program is, with its reader's thread, and run in a process of its own. Prints one line of JSON.
 * `probe HOST IMAGE [CACHE]` reads an image of an engine, `probe tree FILES` opens layers of a made tree.
 */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {imageId} from '../../../source/engine/decode/ids.ts';
import {createEngine} from '../../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../../source/engine/endpoint.ts';
import {askedLayers} from '../../../source/feed/expected-layers.ts';
import {analyse} from '../../../source/layers/analyse.ts';
import {entriesOf, measureTree} from './made-tree.ts';

export type ReadingProbe = {
	/** From the first question to the engine to the whole tree. */
	readonly ms: number;
	/** Of all layers. */
	readonly entries: number;
	readonly layers: number;
	readonly readBytes: number;
	/** How much more the process took at its most than before it. */
	readonly peakBytes: number;
};

const [first = '', second = '', third] = process.argv.slice(2);
const told = first === 'tree' ? await measureTree(Number(second)) : await readImage(first, second, third);
process.stdout.write(`${JSON.stringify(told)}\n`);

async function readImage(host: string, image: string, cacheFolder?: string): Promise<ReadingProbe> {
	const {candidates} = resolveEndpoint({host, env: {}, home: '', readFile: () => undefined});
	const engine = createEngine(candidates);
	const {signal} = new AbortController();
	await engine.ping(signal);
	const {id} = await engine.inspectImage(imageId(image), signal);
	const before = process.memoryUsage.rss();
	const startedAt = performance.now();
	const updates = analyse(
		{
			source: {kind: 'stream', open: opened => engine.saveImages([id], opened, {isLent: true})},
			...askedLayers(engine, imageId(id), signal),
			...(cacheFolder !== undefined && {cacheFolder}),
		},
		signal,
	);
	for await (const update of updates) {
		if (update.kind !== 'done') continue;
		const ms = performance.now() - startedAt;
		const {tree, readBytes} = update;
		const peakBytes = Math.max(0, peakRssBytes() - before);
		engine.close();
		return {ms, entries: entriesOf(tree), layers: tree.layers.length, readBytes, peakBytes};
	}
	throw new Error(`${image} was not read to its end`);
}

/** Of the whole process, its threads included. */
function peakRssBytes(): number {
	const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return Number(kilobytes) * 1024;
}
