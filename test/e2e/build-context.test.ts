import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {Readable} from 'node:stream';
import {after, before, describe, test} from 'node:test';
import {openContext} from '../../source/engine/build/context.ts';
import {findBuildPlace} from '../../source/engine/build/dockerfile.ts';
import {type ContextCatcher, openContextCatcher} from '../helpers/context-catcher.ts';
import {callDocker, requireEngine} from '../helpers/docker.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-context-'));
const context = join(folder, 'context');

const put = (path: string, content = path): void => {
	const whole = join(context, path);
	mkdirSync(dirname(whole), {recursive: true});
	writeFileSync(whole, content);
};

const files = [
	'Dockerfile',
	'README.md',
	'a.txt',
	'ab.txt',
	'[x].txt',
	'#hash',
	'!bang',
	' space',
	'日本語.txt',
	'.env',
	'.git/config',
	'.git/objects/aa',
	'src/main.go',
	'src/main_test.go',
	'src/lib/lib.go',
	'src/lib/deep/er/x.go',
	'src/lib/deep/keep.txt',
	'node_modules/p/index.js',
	'packages/one/node_modules/q/index.js',
	'packages/one/keep.txt',
	'packages/two/dist/out.js',
	'dist/out.js',
	'foo/bar/baz',
	'foo/bar/keep',
	'foo/barn',
	'x/foo/bar',
	'a+b(c){d}$',
];

/** One table: each of these stands in a `.dockerignore`. */
const patterns: readonly string[] = [
	'',
	'*',
	'*\n!src',
	'*\n!src/lib',
	'*\n!src/**/*.go',
	'*\n!**/keep.txt',
	'**',
	'**\n!a.txt',
	'**/node_modules',
	'**/*.go',
	'**/foo',
	'**/foo/bar',
	'foo/**',
	'foo/**/keep',
	'foo/**\n!foo/bar/keep',
	'foo\n!foo/bar',
	'foo\n!foo/bar\nfoo/bar/baz',
	'!foo/bar\nfoo',
	'*.txt\n!a*.txt\nab.txt',
	'src/*_test.go',
	'/src/lib',
	'./src/lib/',
	'src/../a.txt',
	'../a.txt',
	'.',
	'/',
	'  a.txt  ',
	'# a.txt\n#hash\n\\#hash',
	' # a.txt',
	'\ufeffa.txt\r\nab.txt\r',
	'! a.txt\n*.md',
	'a?.txt',
	'[a-b].txt',
	'[^a].txt\n[ab].txt',
	'\\[x\\].txt',
	'a+b(c){d}$',
	'**/.git',
	'.*',
	'.*\n!.env',
	'src/**/deep/**',
	'**/lib/**/*.go',
	'Dockerfile\n.dockerignore',
	'*\n!.dockerignore',
	'日*',
	'packages/*/dist',
	'packages/**/node_modules\n!packages/one/node_modules/q',
	'foo/bar\nfoo/bar/**\n!foo/bar/keep',
	'src/lib/../main.go',
	'a.tx[t]\n**/out.js',
	'*/*/keep*',
	'\\!bang',
	'**/**/keep.txt',
	'foo**',
	'**bar',
];

/** As GNU tar reads it: type, mode, owner, size, time, name, target; without a Dockerfile's own random name. */
const listing = (archive: Buffer): readonly string[] =>
	execFileSync('tar', ['-tvf', '-', '--numeric-owner', '--full-time'], {
		input: archive,
		env: {...process.env, TZ: 'UTC', LC_ALL: 'C'},
		maxBuffer: 1 << 28,
	})
		.toString('latin1')
		.trimEnd()
		.split('\n');

const ours = async (directory: string, dockerfile = ''): Promise<Buffer> => {
	const meter = {onBytes: () => {}, onFile: () => {}};
	const {archive} = await openContext(await findBuildPlace(directory, dockerfile), meter);
	return Buffer.concat(await Readable.from(archive).toArray());
};

describe('a build context is what the docker client sends', {skip: requireEngine()}, () => {
	let catcher: ContextCatcher;
	before(async () => {
		for (const file of files) put(file);
		mkdirSync(join(context, 'empty'));
		catcher = await openContextCatcher(folder);
	});
	after(async () => {
		await catcher[Symbol.asyncDispose]();
		rmSync(folder, {recursive: true, force: true});
	});

	const theirs = async (...args: readonly string[]): Promise<Buffer> => {
		const {code, errors} = await callDocker(catcher.host, ['build', '--quiet', ...args]);
		assert.equal(code, 0, errors.toString());
		// With a Dockerfile from outside the client forgets how an archive ends.
		const {archive} = catcher.caught();
		return Buffer.concat([archive, Buffer.alloc(1024 + ((512 - (archive.length % 512)) % 512))]);
	};

	for (const pattern of patterns) {
		test(`ignoring ${JSON.stringify(pattern)}`, async () => {
			put('.dockerignore', pattern);
			assert.deepEqual(listing(await ours(context)), listing(await theirs(context)));
		});
	}

	for (const pattern of ['a[', 'a\\', '!', '[]a]', '[a-]', 'x/[b-/y']) {
		test(`refusing ${pattern}, which is no pattern`, async () => {
			put('.dockerignore', `a.txt\n${pattern}`);
			const {code, errors} = await callDocker(catcher.host, ['build', '--quiet', context]);
			assert.notEqual(code, 0);
			const words = /(syntax error in pattern|illegal exclusion pattern: "!")/.exec(errors.toString())?.[1];
			assert.ok(words !== undefined, errors.toString());
			await assert.rejects(ours(context), error => {
				return (
					error instanceof Error && error.message.includes(words) && error.message.includes('.dockerignore')
				);
			});
		});
	}

	test('files of every kind, with modes, times, links and names of raw bytes', async () => {
		rmSync(join(context, '.dockerignore'));
		const odd = join(context, 'odd');
		mkdirSync(odd);
		writeFileSync(join(odd, 'run'), '#!/bin/sh\n');
		chmodSync(join(odd, 'run'), 0o4755);
		utimesSync(join(odd, 'run'), 981_173_106.7, 981_173_106.7);
		linkSync(join(odd, 'run'), join(odd, 'run-too'));
		symlinkSync('../a.txt', join(odd, 'link'));
		symlinkSync('/nowhere/at/all', join(odd, 'broken'));
		linkSync(join(odd, 'link'), join(odd, 'link-too'));
		symlinkSync('..', join(odd, 'loop'));
		mkdirSync(join(odd, 'sticky'), {mode: 0o700});
		chmodSync(join(odd, 'sticky'), 0o1777);
		writeFileSync(Buffer.concat([Buffer.from(join(odd, 'raw-')), Buffer.of(0xff, 0xfe)]), 'raw');
		put(`odd/${'long-'.repeat(30)}name`);
		put(`odd/${'directory/'.repeat(30)}file`);
		put(`odd/${'語'.repeat(70)}`);
		writeFileSync(join(odd, 'large'), Buffer.alloc(700_001, 'x'));
		execFileSync('mkfifo', [join(odd, 'pipe')]);
		const socket = createServer().listen(join(odd, 's'));
		try {
			const [mine, reference] = [await ours(context), await theirs(context)];
			assert.deepEqual(listing(mine), listing(reference));
			const content = (archive: Buffer) => execFileSync('tar', ['-xOf', '-', 'odd/large'], {input: archive});
			assert.deepEqual(content(mine), content(reference));
		} finally {
			socket.close();
			rmSync(odd, {recursive: true});
		}
	});

	test('a Dockerfile from outside goes in under a name of its own, which is ignored', async () => {
		const outside = join(folder, 'Outside');
		writeFileSync(outside, 'FROM scratch\n');
		for (const ignore of [undefined, '*.md\nsrc']) {
			if (ignore !== undefined) put('.dockerignore', ignore);
			const [mine, reference] = [await ours(context, outside), await theirs('--file', outside, context)];
			// The time of what is added is now, and its place in the archive says nothing.
			const plain = (archive: Buffer) =>
				listing(archive)
					.map(line =>
						line
							.replace(/(\.dockerfile\.)[0-9a-f]{20}/, '$1*')
							.replace(/^(-rw------- .*?) \d{4}-\S+ \S+ /, '$1 '),
					)
					.toSorted();
			assert.deepEqual(plain(mine), plain(reference));
			const ignored = (archive: Buffer) =>
				execFileSync('tar', ['-xOf', '-', '.dockerignore'], {input: archive})
					.toString()
					.replace(/(\.dockerfile\.)[0-9a-f]{20}/, '$1*');
			assert.equal(ignored(mine), ignored(reference));
		}
		rmSync(join(context, '.dockerignore'));
	});

	test('the Dockerfile may be a link, in a folder, or written small', async () => {
		put('docker/Prod', 'FROM scratch\n');
		put('.dockerignore', 'docker\nDockerfile');
		const place = join(context, 'docker/Prod');
		assert.deepEqual(
			listing(await ours(context, 'docker/Prod')),
			listing(await theirs('--file', place, context)),
		);
		renameSync(join(context, 'Dockerfile'), join(context, 'dockerfile'));
		assert.deepEqual(listing(await ours(context)), listing(await theirs(context)));
		renameSync(join(context, 'dockerfile'), join(context, 'real'));
		symlinkSync('real', join(context, 'Dockerfile'));
		assert.deepEqual(listing(await ours(context)), listing(await theirs(context)));
	});
});
