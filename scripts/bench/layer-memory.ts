/**
 * What reading an image of many entries keeps and takes: `node --expose-gc scripts/bench/layer-memory.ts [ENTRIES]
 * [LAYERS]`, by default 500,000 in 5. The image comes as an engine before version 25 sends it.
 */
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {createReadStream, mkdtempSync, rmSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {analyse} from '../../source/layers/analyse.ts';
import {createTreeView} from '../../source/layers/tree/tree-view.ts';

const [entryCount = 500_000, layerCount = 5] = process.argv.slice(2, 4).map(Number);
const perLayer = Math.floor(entryCount / layerCount);

const template = Buffer.alloc(512);
template.write('0000644\x000000000\x000000000\x00', 100);
template.write('14400000000\x00', 136);
template.write('ustar\x0000', 257);

const header = (path: string, size: number): Buffer => {
	const block = Buffer.from(template);
	block.write(path, 0, 'latin1');
	block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
	block.write('        0', 148);
	let sum = 0;
	for (let at = 0; at < 512; at++) sum += block[at] ?? 0;
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
};

const padded = (text: string): Buffer => {
	const bytes = Buffer.from(text);
	return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
};

async function* image(): AsyncGenerator<Uint8Array, void, undefined> {
	const diffIds: string[] = [];
	for (let layer = 0; layer < layerCount; layer++) {
		yield header(`${layer}/layer.tar`, perLayer * 512 + 1024);
		const hash = createHash('sha256');
		let chunk: Buffer[] = [];
		for (let n = 0; n < perLayer; n++) {
			const id = layer * perLayer + n;
			chunk.push(header(`usr/lib/node_modules/package-${id >> 5}/dist/a-file-${id}.js`, 0));
			if (chunk.length < 64 && n < perLayer - 1) continue;
			const bytes = Buffer.concat(chunk);
			hash.update(bytes);
			yield bytes;
			chunk = [];
		}
		const end = Buffer.alloc(1024);
		diffIds.push(`sha256:${hash.update(end).digest('hex')}`);
		yield end;
	}
	const config = JSON.stringify({
		architecture: 'amd64',
		os: 'linux',
		config: {},
		rootfs: {diff_ids: diffIds},
	});
	const layers = diffIds.map((_, layer) => `${layer}/layer.tar`);
	const manifest = JSON.stringify([{Config: 'config.json', RepoTags: ['x:1'], Layers: layers}]);
	yield Buffer.concat([header('config.json', config.length), padded(config)]);
	yield Buffer.concat([header('manifest.json', manifest.length), padded(manifest), Buffer.alloc(1024)]);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const collect = (): void => globalThis.gc?.();

const read = async (file: string): Promise<void> => {
	collect();
	const residentBefore = process.memoryUsage.rss();
	const startedAt = performance.now();
	const source = {kind: 'stream' as const, open: () => createReadStream(file)};
	for await (const update of analyse({source}, new AbortController().signal)) {
		if (update.kind !== 'done') continue;
		const tookMs = performance.now() - startedAt;
		const {count} = update.tree.paths;
		console.log(`${entryCount} entries of ${count} paths in ${layerCount} layers: ${tookMs.toFixed(0)} ms`);
		const view = createTreeView(update.tree, {layer: layerCount - 1, isCumulative: false});
		const most = process.resourceUsage().maxRSS * 1024 - residentBefore;
		const beyond = most - entryCount * 150;
		console.log(`resident at most, with a view of ${view.sizes.length}: ${megabytes(most)} more than before`);
		console.log(`${(most / entryCount).toFixed(0)} bytes an entry; ${megabytes(beyond)} beyond 150 an entry`);
	}
	collect();
	console.log(
		`resident afterwards: ${megabytes(process.memoryUsage.rss() - residentBefore)} more than before`,
	);
};

const [, script = '', , , outputFile] = process.argv;
if (outputFile !== undefined) await writeFile(outputFile, image());
else {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
	try {
		const file = join(folder, 'image.tar');
		// In a process of its own, so that none of its memory counts.
		execFileSync(process.execPath, [script, String(entryCount), String(layerCount), file]);
		await read(file);
	} finally {
		rmSync(folder, {recursive: true});
	}
}
