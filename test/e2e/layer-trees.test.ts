import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../source/engine/endpoint.ts';
import type {Engine} from '../../source/engine/engine.ts';
import {type AnalysisUpdate, analyse} from '../../source/layers/analyse.ts';
import {entryOfInode, inodeOf, layerOfInode, noInode} from '../../source/layers/tree/entries.ts';
import {nodeFacts} from '../../source/layers/tree/node-facts.ts';
import {createTreeView} from '../../source/layers/tree/tree-view.ts';
import {entryKinds, type ImageTree} from '../../source/layers/types.ts';
import {openCountingProxy} from '../helpers/counting-proxy.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {type Listed, listTar} from '../helpers/tar-list.ts';

const busy = 'gantry-test/busy:1';
/** What the engine puts into every container. */
const engineOwn = new Set([
	'.dockerenv',
	'dev',
	'dev/console',
	'dev/pts',
	'dev/shm',
	'etc',
	'etc/hostname',
	'etc/hosts',
	'etc/mtab',
	'etc/resolv.conf',
	'proc',
	'sys',
]);

const connectTo = async (host: string): Promise<Engine> => {
	const {candidates} = resolveEndpoint({host, env: {}, home: '/', readFile: () => undefined});
	const engine = createEngine(candidates);
	await engine.connect(new AbortController().signal);
	return engine;
};

const kindLetters: Readonly<Record<string, string>> = {
	file: '-',
	directory: 'd',
	symlink: 'l',
	'character-device': 'c',
	'block-device': 'b',
	fifo: 'p',
};

/** `rwxr-sr-t` of twelve bits. */
const modeText = (mode: number): string => {
	const bits = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
	const special = (at: number, bit: number, set: string, alone: string): void => {
		if (mode & bit) bits[at] = bits[at] === 'x' ? set : alone;
	};
	special(2, 0o4000, 's', 'S');
	special(5, 0o2000, 's', 'S');
	special(8, 0o1000, 't', 'T');
	return bits.join('');
};

/** Each path of the uppermost layer's file system, as the judge below writes it. */
const finalTree = (tree: ImageTree): ReadonlyMap<string, string> => {
	const view = createTreeView(tree, {layer: tree.layers.length - 1, isCumulative: false});
	const found = new Map<string, string>();
	for (let node = 1; node < tree.paths.count; node++) {
		const facts = nodeFacts(view, node);
		if (view.changes[node] === 0 || facts.change === 'removed') continue;
		const target = facts.layer < 0 ? noInode : inodeOf(tree, facts.layer, view.entries[node] ?? 0);
		const entries = tree.layers[layerOfInode(target)]?.entries;
		const row = entryOfInode(target);
		const kind = entries === undefined ? facts.kind : (entryKinds[entries.kinds[row] ?? -1] ?? '?');
		const sum = entries?.sums[row] ?? 0;
		const size = kind.endsWith('device') ? `${Math.floor(sum / 2 ** 20)},${sum % 2 ** 20}` : facts.sizeBytes;
		const link = kind === 'symlink' ? ` -> ${facts.linkTarget}` : '';
		const {mode, uid, gid} = facts;
		found.set(
			facts.path,
			`${kindLetters[kind]}${modeText(mode)} ${uid}/${gid} ${kind === 'directory' ? 0 : size}${link}`,
		);
	}
	return found;
};

/** Each path that a container of the image has, told by GNU tar of what `docker export` writes. */
const exportedTree = async (image: string, folder: string): Promise<ReadonlyMap<string, string>> => {
	const container = await docker(
		'create',
		'--name',
		testName(`export-${image.split(':')[1]}`),
		image,
		'true',
	);
	const file = join(folder, 'export.tar');
	await docker('export', '--output', file, container);
	await docker('rm', container);
	const listed = await listTar(file);
	rmSync(file);
	const written = ({mode, owner, size, target}: Listed): string => {
		const real = mode.startsWith('h') ? listed.get(target ?? '') : undefined;
		if (real !== undefined) return written(real);
		return `${mode} ${owner} ${size}${mode.startsWith('l') ? ` -> ${target}` : ''}`;
	};
	return new Map([...listed].flatMap(([path, entry]) => (path === '' ? [] : [[path, written(entry)]])));
};

const assertSame = (ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): void => {
	const differences: string[] = [];
	for (const [path, entry] of theirs)
		if (ours.get(path) !== entry && !(engineOwn.has(path) && !ours.has(path)))
			differences.push(`${path}: ${ours.get(path)} and not ${entry}`);
	for (const path of ours.keys()) if (!theirs.has(path)) differences.push(`${path}: is not in the export`);
	assert.deepEqual(differences.slice(0, 20), []);
	assert.ok(ours.size > 20);
};

const longName = `${'n'.repeat(200)}`;
const longPath = Array.from({length: 12}, (_, index) => `directory-number-${index}`).join('/');

/** Each one a layer that does something to what is below. */
const images: Readonly<Record<string, string>> = {
	changes: `
RUN mkdir -p /d/sub && echo one > /d/one && echo two > /d/two && echo x > /d/sub/x && mkdir /gone && echo y > /gone/y && chmod 1777 /d/sub
RUN echo changed > /d/one && rm /d/two && rm -rf /gone
RUN chmod 4711 /d/one && chown 12:34 /d/sub/x
RUN mkdir /gone && echo again > /gone/z`,
	kinds: `
RUN mkdir -p /a/b && echo 1 > /a/b/c && echo 2 > /f && ln -s /a /l && mkdir /m && echo 3 > /m/n
RUN rm -rf /a && echo file > /a
RUN rm /a && mkdir /a && echo 4 > /a/new
RUN rm /f && mkdir -p /f/g && echo 5 > /f/g/h
RUN rm -rf /m && ln -s /f /m
RUN rm /l && echo 6 > /l`,
	opaque: `
RUN mkdir -p /o/deep/er && echo 1 > /o/old && echo 2 > /o/deep/er/old && echo 3 > /o/same
RUN rm -rf /o && mkdir /o && echo 4 > /o/new && echo 3 > /o/same
RUN rm -rf /o && mkdir -p /o/deep && echo 5 > /o/deep/new
RUN rm -rf /o/deep && mkdir /o/deep`,
	links: `
RUN mkdir /h && head -c 100000 /dev/zero > /h/one && ln /h/one /h/two && ln /h/one /three && ln -s ../h/one /h/soft
RUN echo more >> /h/one
RUN rm /h/two && ln /three /h/four
RUN mv /three /five && rm -f /h/one`,
	names: `
RUN touch "/$(printf 'caf\\351')" "/$(printf '\\377\\376x')" "/日本語" "/ends with space " "/$(printf 'new\\nline')" "/back\\\\slash" "/${longName}"
RUN mkdir -p /${longPath} && echo deep > "/${longPath}/${longName}" && ln -s /${longPath}/${longName} /to-long && ln /${longPath}/${longName} /hard-long
RUN rm "/$(printf 'caf\\351')" && mkdir "/$(printf 'caf\\351')" && touch "/$(printf 'caf\\351/\\311')"
RUN mknod /char c 1 5 && mknod /block b 7 300 && mkfifo /pipe && chmod 600 /char
RUN rm -rf /${longPath.split('/')[0]} && rm /char`,
	larger: `
ADD root.tar /
RUN rm -rf /usr/share/zoneinfo/Europe && find /usr/share/perl -name '*.pm' -size -8k -exec rm {} +
RUN chown -R 7:7 /usr/share/zoneinfo/Asia && chmod -R go-rwx /usr/share/perl && mv /usr/share/perl /usr/share/moved`,
};

const done = async (updates: AsyncIterable<AnalysisUpdate>) => {
	for await (const update of updates) if (update.kind === 'done') return update;
	return assert.fail('it never was done');
};

describe('the tree of an image', {skip: requireEngine(), timeout: 240_000}, () => {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-trees-'));
	let engine: Engine;
	before(async () => {
		engine = await connectTo(testEngine.host);
		const context = join(folder, 'context');
		mkdirSync(context);
		const parts = ['usr/share/zoneinfo', 'usr/share/perl', 'usr/share/bash-completion'];
		execFileSync('tar', ['-C', '/', '-cf', join(context, 'root.tar'), ...parts], {stdio: 'ignore'});
	});
	after(async () => {
		rmSync(folder, {recursive: true});
		await removeTestObjects();
	});

	const build = async (name: string, steps: string): Promise<string> => {
		const context = join(folder, name === 'larger' ? 'context' : name);
		mkdirSync(context, {recursive: true});
		writeFileSync(join(context, 'Dockerfile'), `FROM ${busy}${steps}\n`);
		const image = `${testName('trees')}:${name}`;
		await docker('build', '--quiet', '--tag', image, context);
		return image;
	};
	const source = (image: string, from = engine) => ({
		kind: 'stream' as const,
		open: (signal: AbortSignal) => from.saveImages([image], signal),
	});

	for (const [name, steps] of Object.entries(images))
		test(`is what docker exports of it: ${name}`, async () => {
			const image = await build(name, steps);
			const {tree} = await done(analyse({source: source(image)}, new AbortController().signal));
			assert.equal(tree.layers.length, steps.trim().split('\n').length + 1);
			if (name === 'opaque') assert.ok(tree.layers.some(({entries}) => (entries?.opaque.length ?? 0) > 0));
			assertSame(finalTree(tree), await exportedTree(image, folder));
		});

	test('is the same from the cache, without the engine', async () => {
		const image = await build('larger', images.larger ?? '');
		const [imageId = '', diffIds = ''] = (
			await docker('inspect', '--format', '{{.Id}}\n{{json .RootFS.Layers}}', image)
		).split('\n');
		const expected = {imageId, diffIds: JSON.parse(diffIds), history: []};
		const cacheFolder = join(folder, 'cache');
		const signal = new AbortController().signal;
		const read = await done(analyse({source: source(image), expected, cacheFolder}, signal));
		const unopened = {kind: 'stream' as const, open: () => assert.fail('it was opened')};
		const remembered = await done(analyse({source: unopened, expected, cacheFolder}, signal));
		assert.deepEqual([...finalTree(remembered.tree)].sort(), [...finalTree(read.tree)].sort());
	});

	test('is not read further once it is called off', async () => {
		const image = await build('larger', images.larger ?? '');
		await using proxy = await openCountingProxy(testEngine.host);
		const throughProxy = await connectTo(proxy.host);
		const threads = readdirSync('/proc/self/task').length;
		const controller = new AbortController();
		const seen: string[] = [];
		for await (const update of analyse({source: source(image, throughProxy)}, controller.signal)) {
			seen.push(update.kind);
			controller.abort();
		}
		assert.deepEqual(seen, ['progress']);
		assert.equal(readdirSync('/proc/self/task').length, threads);
		assert.ok(proxy.requests().some(request => request.endsWith('/get')));
		const patience = Date.now() + 10_000;
		while (proxy.open().some(request => request.endsWith('/get'))) {
			assert.ok(Date.now() < patience, 'the engine still sends');
			await new Promise(resolve => setImmediate(resolve));
		}
	});

	test('of an image that is not there is an error in the engine’s words', async () => {
		await assert.rejects(
			done(analyse({source: source('gantry-test/none:9')}, new AbortController().signal)),
			/reference does not exist/,
		);
	});
});
