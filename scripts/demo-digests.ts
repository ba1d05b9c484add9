/**
 * Writes source/demo/images/layer-digests.ts: the digests of the layers that the embedded engine invents, which are
 * too large to be hashed at every start. Run it after a change to them.
 */
import {writeFile} from 'node:fs/promises';
import {computedDigests} from '../source/demo/images/layer.ts';
import {layerDigests} from '../source/demo/images/layer-digests.ts';

await import('../source/demo/registries/shelves.ts');
const entries = Object.entries({...layerDigests, ...Object.fromEntries(computedDigests)}).sort();
const rows = entries.map(([key, digest]) => `\t${JSON.stringify(key)}: '${digest}',\n`);
await writeFile(
	new URL('../source/demo/images/layer-digests.ts', import.meta.url),
	`/** Recipe of a layer → the digest of its tar; written by \`scripts/demo-digests.ts\`. */
export const layerDigests: Readonly<Record<string, string>> = {\n${rows.join('')}};\n`,
);
