/**
 * Bundles source/main.tsx into dist/: `node scripts/build.ts`, or with `--if-stale` only when a source, a
 * dependency or this script is newer than what stands there. `--entry FILE` and `--out FOLDER` are for trials.
 */

import {existsSync, globSync, readFileSync, rmSync, statSync} from 'node:fs';
import {builtinModules, createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import type {Plugin} from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Packages that dependencies load at start-up for features Gantry does not use: dockerode's BuildKit session
 * (gRPC), docker-modem's own SSH and Ink's React devtools. They would take half of the start-up time.
 */
const absentPackages = [
	'@grpc/grpc-js',
	'@grpc/proto-loader',
	'cpu-features',
	'protobufjs',
	'react-devtools-core',
	'ssh2',
];

/** Replaces each absent package by one that loads at once and throws when anything of it is used. */
const absent: Plugin = {
	name: 'absent',
	setup({onResolve, onLoad}) {
		const names = absentPackages.map(name => name.replaceAll('/', String.raw`\/`)).join('|');
		onResolve({filter: new RegExp(`^(?:${names})(?:/.*)?$`)}, ({path}) => ({path, namespace: 'absent'}));
		onLoad({filter: /.*/, namespace: 'absent'}, ({path}) => ({
			contents: `module.exports = new Proxy({}, {
				get(_, key) {
					if (key === '__esModule' || typeof key === 'symbol') return undefined;
					return function () { throw new Error(${JSON.stringify(`${path} is not part of this build`)} + ' (' + key + ')'); };
				},
			});`,
		}));
	},
};

/**
 * Yoga, Ink's layout engine, reads its own bytes with `fetch('data:…')`, for which Node loads its whole HTTP
 * client: a third of the time to the first frame. The bytes are at hand.
 */
const quickYoga: Plugin = {
	name: 'quick-yoga',
	setup({onLoad}) {
		onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => ({
			contents: `const fetch = async url => ({
				ok: true,
				arrayBuffer: () => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'),
			});
			${readFileSync(path, 'utf8')}`,
		}));
	},
};

/**
 * Ink's helpers cut text by Unicode's tables and measure it by the emoji tables; loading those costs 80 ms before
 * the first frame. Text that needs neither goes by `source/format/graphemes.ts`, all other text as before.
 */
const quickText: Plugin = {
	name: 'quick-text',
	setup({onLoad}) {
		const quick = JSON.stringify(join(root, 'source/format/graphemes.ts'));
		onLoad(
			{
				filter:
					/node_modules\/(?:ink|string-width|wrap-ansi|cli-truncate|slice-ansi|@alcalzone\/ansi-tokenize)\/.*\.js$/,
			},
			({path}) => {
				const source = readFileSync(path, 'utf8');
				if (!source.includes('new Intl.Segmenter(')) return undefined;
				return {
					contents: `import {graphemes as quickGraphemes, isSimpleText} from ${quick};\n${source
						.replaceAll(/new Intl\.Segmenter\([^)]*\)/g, '{segment: quickGraphemes}')
						.replace('if (/^[\\u0020-\\u007E]*$/.test(string))', 'if (isSimpleText(string))')
						.replace(
							'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
							'let rgiEmoji;\nconst rgiEmojiRegex = {test: text => (rgiEmoji ??= new RegExp("^\\\\p{RGI_Emoji}$", "v")).test(text)};',
						)}`,
					resolveDir: dirname(path),
				};
			},
		);
	},
};

/** Ink puts every frame together cell by cell; lines that are finished need no more than to be joined. */
const quickRows: Plugin = {
	name: 'quick-rows',
	setup({onLoad}) {
		const quick = JSON.stringify(join(root, 'source/output/quick-rows.ts'));
		onLoad({filter: /node_modules\/ink\/build\/output\.js$/}, ({path}) => ({
			contents: `import {quickRows} from ${quick};
			${readFileSync(path, 'utf8').replace('export default class Output', 'class Output')}
			export default quickRows(Output);`,
			resolveDir: dirname(path),
		}));
	},
};

/**
 * Node's own modules by `process.getBuiltinModule`: an `import` of one reads every property it exports, and those
 * of `node:http` load the whole WebSocket and fetch client, 45 ms before the first frame.
 */
const plainBuiltins: Plugin = {
	name: 'plain-builtins',
	setup({onResolve, onLoad}) {
		const names = new Set(builtinModules);
		onResolve({filter: /.*/}, ({path, kind}) => {
			const name = path.replace(/^node:/, '');
			if (!names.has(name)) return undefined;
			if (kind === 'require-call' || rarelyUsed.has(name)) return {path: name, namespace: 'builtin'};
			return kind === 'import-statement' || kind === 'dynamic-import'
				? {path: name, namespace: 'builtin-import'}
				: undefined;
		});
		onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
			contents: rarelyUsed.has(path) ? onFirstUse(path) : `module.exports = ${loading(path)};`,
		}));
		onLoad({filter: /.*/, namespace: 'builtin-import'}, ({path}) => ({contents: withExports(path)}));
	},
};

const builtin = createRequire(import.meta.url);

/** One of Node's modules by its properties, but for those that are worked out when they are read. */
const withExports = (name: string): string => {
	const facts = Object.entries(Object.getOwnPropertyDescriptors(builtin(`node:${name}`)));
	const keys = facts.flatMap(([key, {get}]) => (get === undefined && /^[a-z]\w*$/i.test(key) ? [key] : []));
	const exported = keys.filter(key => key !== 'default');
	return [
		`const module = ${loading(name)};`,
		'export default module;',
		...exported.map((key, index) => `const property${index} = module[${JSON.stringify(key)}];`),
		`export {${exported.map((key, index) => `property${index} as ${key}`).join(', ')}};`,
	].join('\n');
};

/** Libraries ask for these when they are loaded, for what a session seldom does (TLS, archives): 15 ms together. */
const rarelyUsed: ReadonlySet<string> = new Set(['assert', 'child_process', 'crypto', 'https', 'zlib']);

const loading = (name: string): string => `process.getBuiltinModule(${JSON.stringify(`node:${name}`)})`;

/** A module that stands in for one of Node's until something of it is read. Assigned to, it behaves as a plain object. */
const onFirstUse = (name: string): string => {
	const keys = Object.keys(builtin(`node:${name}`));
	return `for (const key of ${JSON.stringify(keys)}) Object.defineProperty(exports, key, {
		enumerable: true,
		get: () => ${loading(name)}[key],
		set(value) { Object.defineProperty(this, key, {value, enumerable: true, writable: true, configurable: true}); },
	});`;
};

export async function bundle(entry: string, folder: string): Promise<void> {
	// Loaded here: `npm start` asks mostly for nothing to be built.
	const {build} = await import('esbuild');
	rmSync(folder, {recursive: true, force: true});
	await build({
		absWorkingDir: root,
		// The second runs in a thread of its own: source/layers/reader/worker-file.ts knows where it is put.
		entryPoints: {main: entry, 'layer-worker': 'source/layers/reader/layer-worker.ts'},
		outdir: folder,
		bundle: true,
		splitting: true,
		minify: true,
		sourcemap: 'linked',
		legalComments: 'external',
		platform: 'node',
		format: 'esm',
		target: 'node22',
		chunkNames: 'chunks/[name]-[hash]',
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		// CommonJS dependencies ask for Node's own modules by `require`, which ESM does not have.
		banner: {
			js: "import {createRequire as gantryRequire} from 'node:module';const require=gantryRequire(import.meta.url);",
		},
		plugins: [absent, quickYoga, quickRows, quickText, plainBuiltins],
		logLevel: 'warning',
	});
}

/** Newest modification among the files that the bundle is made from; epoch ms. */
function newestInput(): number {
	const files = ['source/**/*.{ts,tsx}', 'package-lock.json', 'tsconfig.json', 'scripts/build.ts'];
	return Math.max(...globSync(files, {cwd: root}).map(file => statSync(join(root, file)).mtimeMs));
}

function isStale(folder: string): boolean {
	const built = join(root, folder, 'main.js');
	return !existsSync(built) || statSync(built).mtimeMs < newestInput();
}

const {values: options} = parseArgs({
	options: {
		'if-stale': {type: 'boolean', default: false},
		entry: {type: 'string', default: 'source/main.tsx'},
		out: {type: 'string', default: 'dist'},
	},
});

if (!options['if-stale'] || isStale(options.out)) {
	const startedAt = performance.now();
	await bundle(options.entry, options.out);
	process.stderr.write(`built ${options.out} in ${Math.round(performance.now() - startedAt)} ms\n`);
}
