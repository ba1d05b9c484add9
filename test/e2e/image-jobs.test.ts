import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {openCountingProxy} from '../helpers/counting-proxy.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {hasImage} from '../helpers/registry-image.ts';
import {rootTar} from '../helpers/root-tar.ts';
import {runGantry} from '../helpers/run-gantry.ts';
import {openSlowProxy} from '../helpers/slow-proxy.ts';

const bytesPerSecond = 2_000_000;
const folder = mkdtempSync(join(tmpdir(), 'gantry-test-jobs-'));
const here = (name: string): string => join(folder, name);
const idOf = (reference: string) => docker('inspect', '--format', '{{.Id}}', reference);

after(() => {
	rmSync(folder, {recursive: true, force: true});
});

/** Runs a program of this machine. */
const system = (program: string, ...args: readonly string[]) =>
	execFileSync(program, args, {stdio: 'ignore'});

/** A directory of its own, for what is written there and for what is not left there. */
function newFolder(name: string): string {
	mkdirSync(here(name));
	return here(name);
}

/** An image of its own, with a layer of so many megabytes that nothing compresses. */
async function build(name: string, megabytes = 1): Promise<string> {
	const context = mkdtempSync(join(folder, 'build-'));
	writeFileSync(
		join(context, 'Dockerfile'),
		`FROM gantry-test/busy:1\nRUN head -c ${megabytes}000000 /dev/urandom > /bytes\n`,
	);
	return docker('build', '--quiet', '--no-cache', '--tag', name, context);
}

async function save(gantry: Gantry, path: string): Promise<void> {
	await gantry.press('S');
	await gantry.sees('╭ Save ');
	await gantry.fill(path);
	await gantry.press('enter');
}

async function load(gantry: Gantry, path: string): Promise<void> {
	await gantry.press('2', 'I');
	await gantry.sees('╭ Load or import a tar file');
	await gantry.fill(path);
	await gantry.press('enter');
}

describe('images as archives', {skip: requireEngine(), timeout: 300_000}, () => {
	after(removeTestObjects);

	test('S saves the marked images under their names; docker load gives the same back, and so does I', async () => {
		const names = [testName('save:1'), testName('save:2'), testName('other:1')] as const;
		const [first, again, other] = names;
		const ids = [await build(first), '', await build(other)];
		await docker('tag', first, again);
		ids[1] = ids[0] ?? '';
		const target = newFolder('saved');
		const path = join(target, 'all.tar');
		await using gantry = await openGantry();
		await gantry.filter('2 Images', `name:${testName('')}`);
		await gantry.row('2 Images', /other:1/);
		await gantry.press('ctrl-a');
		await save(gantry, path);
		await gantry.tells(`saved to ${path}`);
		await gantry.row('4 Transfers', /3 images → all.tar.* 100% +saved, \d/);
		assert.deepEqual(readdirSync(target), ['all.tar']);
		assert.equal(statSync(path).mode & 0o777, 0o600);
		const manifest: readonly {RepoTags: readonly string[]}[] = JSON.parse(
			execFileSync('tar', ['--extract', '--to-stdout', '--file', path, 'manifest.json'], {encoding: 'utf8'}),
		);
		assert.deepEqual(manifest.flatMap(({RepoTags}) => RepoTags).toSorted(), [...names].toSorted());

		await docker('rmi', ...names);
		await docker('load', '--input', path);
		assert.deepEqual(await Promise.all(names.map(idOf)), ids);

		await docker('rmi', ...names);
		await load(gantry, path);
		await gantry.tells(/all\.tar: loaded .*(save|other):\d/);
		await gantry.row('4 Transfers', /all\.tar.* 100% +loaded /);
		assert.deepEqual(await Promise.all(names.map(idOf)), ids);
		await gantry.row('2 Images', /other:1/);
	});

	test('compresses by the name of the file or by the field; an image without a name goes by its id', async () => {
		const name = testName('packed:1');
		const lost = await build(name);
		await build(name);
		const id = await idOf(name);
		const target = newFolder('packed');
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await save(gantry, join(target, 'a.tar.gz'));
		await gantry.tells(/a\.tar\.gz: .*as gzip/);
		assert.deepEqual([...readFileSync(join(target, 'a.tar.gz')).subarray(0, 2)], [0x1f, 0x8b]);
		await docker('rmi', name);
		await docker('load', '--input', join(target, 'a.tar.gz'));
		assert.equal(await idOf(name), id);

		await gantry.filter('2 Images', `id:${lost.slice(7, 19)}`);
		await gantry.row('2 Images', '<none>');
		await gantry.press('S');
		await gantry.sees(`╭ Save ${lost.slice(7, 19)}`);
		await gantry.fill(join(target, 'lost'));
		await gantry.press('tab');
		await gantry.type('zstd');
		await gantry.press('enter');
		await gantry.tells(/lost: .*as zstd/);
		assert.deepEqual([...readFileSync(join(target, 'lost')).subarray(0, 4)], [0x28, 0xb5, 0x2f, 0xfd]);
		await docker('rmi', lost);
		await load(gantry, join(target, 'lost'));
		await gantry.tells(`lost: loaded ${lost.slice(7, 19)}`);
		assert.equal(await idOf(lost), lost);
		await docker('rmi', lost);
	});

	test('what is there is kept until Overwrite says otherwise; a directory that is none is told', async () => {
		const name = testName('over:1');
		await build(name);
		const target = newFolder('over');
		const path = join(target, 'precious.tar');
		writeFileSync(path, 'precious', {mode: 0o640});
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await save(gantry, join(target, 'no/such.tar'));
		await gantry.sees('there is no such directory');
		await gantry.fill(path);
		await gantry.press('enter');
		await gantry.sees('precious.tar exists already');
		assert.equal(readFileSync(path, 'utf8'), 'precious');
		await gantry.press('tab', 'tab', 'space', 'enter');
		await gantry.tells(`saved to ${path}`);
		assert.deepEqual(readdirSync(target), ['precious.tar']);
		assert.equal(statSync(path).mode & 0o777, 0o640);
		await docker('rmi', name);
		await docker('load', '--input', path);
		assert.equal(await hasImage(name), true);
	});

	test('x leaves nothing behind, here and at the engine; r saves it; leaving asks, and leaves nothing either', async () => {
		const name = testName('slow:1');
		await build(name, 8);
		const target = newFolder('slow');
		const path = join(target, 'slow.tar');
		await using counting = await openCountingProxy(testEngine.host);
		await using proxy = await openSlowProxy(counting.host, bytesPerSecond);
		await using gantry = await openGantry({host: `tcp://${proxy.address}`});
		await gantry.selectImage(name);
		await save(gantry, path);
		await gantry.row('4 Transfers', /↓ .* [1-9]\d?% /);
		assert.match(readdirSync(target).join(), /^\.gantry-\d+-\d+\.partial$/);
		await gantry.press('4', 'x');
		await gantry.tells(/save of .* cancelled; no file was left/);
		assert.deepEqual(readdirSync(target), []);
		await gantry.until('the engine is let go', () => !counting.open().some(call => call.includes('/get')));

		await gantry.press('r');
		await gantry.until('it is written again', () => readdirSync(target).length === 1);
		await gantry.press('q');
		await gantry.sees('1 transfer is under way and would be cancelled.');
		await gantry.press('enter');
		assert.equal((await gantry.waitExit()).code, 0);
		assert.deepEqual(readdirSync(target), []);
	});

	test('a full disk is told in words, and is as empty as before', async t => {
		const name = testName('full:1');
		await build(name, 3);
		const target = newFolder('full');
		try {
			system('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', target);
		} catch {
			t.skip('nothing can be mounted here');
			return;
		}
		try {
			await using gantry = await openGantry();
			await gantry.selectImage(name);
			await save(gantry, join(target, 'full.tar'));
			await gantry.tells(/Cannot save .*full\.tar: no space left on this disk/);
			assert.deepEqual(readdirSync(target), []);
		} finally {
			system('umount', target);
		}
	});

	test('what is no archive of images is told in one line before any of it is sent', async () => {
		const name = testName('cut:1');
		await build(name);
		writeFileSync(here('words.tar'), 'no tar at all, but long enough to be looked at\n'.repeat(30));
		await docker('save', '--output', here('whole.tar'), name);
		writeFileSync(here('cut.tar'), readFileSync(here('whole.tar')).subarray(0, 400_000));
		writeFileSync(here('empty.tar'), '');
		await using counting = await openCountingProxy(testEngine.host);
		await using gantry = await openGantry({host: counting.host});
		for (const [file, problem] of [
			['words.tar', 'words.tar is no tar file'],
			['cut.tar', 'cut.tar is cut short'],
			['empty.tar', 'empty.tar is empty'],
			['missing.tar', 'missing.tar: there is no such file'],
			['', 'is a directory, no tar file'],
		] as const) {
			await load(gantry, here(file));
			await gantry.sees(problem);
			await gantry.press('esc');
			await gantry.seesNot('╭ Load or import');
		}
		assert.deepEqual(
			counting.requests().filter(call => call.includes('/images/load')),
			[],
		);
	});

	test('the tar of a root file system leads from loading to importing, which docker import agrees with', async () => {
		const [ours, theirs] = [testName('ours:1'), testName('theirs:1')];
		const tar = rootTar(folder, 'rootfs.tar');
		await using gantry = await openGantry();
		await load(gantry, tar);
		await gantry.sees('╭ Import a root file system');
		await gantry.tells('it looks like a root file system');
		await gantry.type(ours);
		await gantry.press('tab', 'tab');
		await gantry.type('["sh", "-c"');
		await gantry.sees('a list is JSON with double quotes');
		await gantry.type(']');
		await gantry.press('tab', 'tab');
		await gantry.type('A=b C="d e"');
		await gantry.press('tab');
		await gantry.type('80 99999');
		await gantry.sees('"99999": a port is 1 to 65535');
		await gantry.fill('80 53/udp');
		await gantry.press('tab');
		await gantry.type('www:www');
		await gantry.press('tab');
		await gantry.type('/srv');
		await gantry.press('tab');
		await gantry.type('LABEL x=y; VOLUME /data; FROM scratch');
		await gantry.press('enter');
		await gantry.sees('a change begins with');
		await gantry.fill('LABEL x=y; VOLUME /data; ONBUILD RUN true');
		await gantry.press('tab');
		await gantry.type('from a tar');
		await gantry.press('enter');
		await gantry.tells(/rootfs\.tar: imported as .*ours:1, [\da-f]{12}/);

		const changes = [
			'CMD ["sh", "-c"]',
			'ENV A=b C="d e"',
			'EXPOSE 80 53/udp',
			'USER www:www',
			'WORKDIR /srv',
			'LABEL x=y',
			'VOLUME /data',
			'ONBUILD RUN true',
		];
		const options = changes.flatMap(change => ['--change', change]);
		await docker('import', ...options, '--message', 'from a tar', tar, theirs);
		const facts = (name: string) =>
			docker('inspect', '--format', '{{json .Config}} {{json .RootFS}} {{.Comment}} {{.Architecture}}', name);
		assert.equal(await facts(ours), await facts(theirs));

		await gantry.row('2 Images', 'ours:1');
		await gantry.command(`import ${here('rootfs.tar')}`);
		await gantry.sees('╭ Import a root file system');
		await gantry.type(ours);
		await gantry.press('enter');
		await gantry.sees('ours:1 names image ');
	});
});

describe('gantry import', {skip: requireEngine(), timeout: 60_000}, () => {
	after(removeTestObjects);
	const onEngine = ['--host', testEngine.host];

	test('reads a tar from stdin, and prints the id', async () => {
		const [name, theirs] = [testName('stdin:1'), testName('stdin:2')];
		const tar = rootTar(folder, 'stdin.tar');
		const {code, stdout, stderr} = await runGantry(
			['import', ...onEngine, '--change', 'CMD ["sh"]', '--message', 'piped', '-', name],
			{through: ['sh', '-c', `exec "$@" < ${tar}`, 'sh']},
		);
		assert.deepEqual([code, stderr], [0, '']);
		assert.equal(stdout, `${await idOf(name)}\n`);
		await docker('import', '--change', 'CMD ["sh"]', '--message', 'piped', tar, theirs);
		const facts = (image: string) =>
			docker('inspect', '--format', '{{json .Config}} {{json .RootFS}} {{.Comment}}', image);
		assert.equal(await facts(name), await facts(theirs));
	});

	test('tells in one line what is wrong, and how it is called', async () => {
		await docker('save', '--output', here('of-images.tar'), 'gantry-test/busy:1');
		for (const [args, code, words] of [
			[[], 2, 'a tar file, or - for stdin, is missing'],
			[['-', 'Wrong/Name'], 2, 'lower case'],
			[['-', '--change', 'FROM x'], 2, 'a change begins with'],
			[[here('missing.tar')], 1, 'no such file or directory'],
			[[here('of-images.tar')], 1, 'is an archive of images: load it instead'],
		] as const) {
			const ended = await runGantry(['import', ...onEngine, ...args]);
			assert.deepEqual([ended.code, ended.stdout], [code, '']);
			assert.match(ended.stderr, /^gantry: .*\n$/);
			assert.ok(ended.stderr.includes(words), ended.stderr);
		}
	});
});

describe('R on an image', {skip: requireEngine(), timeout: 60_000}, () => {
	after(removeTestObjects);

	test('runs one that has no name, from its row and from its own screen', async () => {
		const name = testName('nameless:1');
		const lost = await build(name);
		await build(name);
		const short = lost.slice(7, 19);
		await using gantry = await openGantry();
		await gantry.filter('2 Images', `id:${short}`);
		await gantry.row('2 Images', '<none>');
		const run = async (container: string): Promise<void> => {
			await gantry.press('R');
			await gantry.sees('╭ Run a container');
			await gantry.sees(new RegExp(`Image +${short} `));
			await gantry.press('tab');
			await gantry.type(container);
			await gantry.press('tab');
			await gantry.type('sleep 3600');
			await gantry.press('enter');
			await gantry.tells(`${container} runs`);
			assert.equal(await docker('inspect', '--format', '{{.Image}}', container), lost);
		};
		await run(testName('row'));
		await gantry.press('2', 'i');
		await gantry.sees(`╭ Inspect ${short}`);
		await run(testName('screen'));
		await docker('rm', '--force', testName('row'), testName('screen'));
		await docker('rmi', lost);
	});
});

describe('a read-only session', {skip: requireEngine(), timeout: 60_000}, () => {
	test('saves, and neither loads nor imports', async () => {
		const target = newFolder('read-only');
		await using gantry = await openGantry({args: ['--read-only']});
		await gantry.selectImage('gantry-test/busy:1');
		await save(gantry, join(target, 'busy.tar'));
		await gantry.tells(`saved to ${join(target, 'busy.tar')}`);
		await gantry.press('I');
		await gantry.tells('load: read-only session');
		await gantry.command('import x.tar');
		await gantry.tells('import: read-only session');
	});
});
