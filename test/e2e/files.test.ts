import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {promisify} from 'node:util';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, type GantryOptions, openGantry} from '../helpers/gantry.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'gantry-test-files-'));

const freshFolder = (name: string): string => {
	const path = join(folder, name);
	mkdirSync(path);
	return path;
};

/** Every name beneath with its kind, mode, time (to the second) and content: what two trees are compared by. */
const treeOf = (root: string): readonly string[] =>
	readdirSync(root, {recursive: true, encoding: 'utf8'})
		.toSorted()
		.map(name => {
			const path = join(root, name);
			const stat = lstatSync(path);
			const seconds = Math.floor(stat.mtimeMs / 1000);
			const content = stat.isSymbolicLink()
				? readlinkSync(path)
				: stat.isFile()
					? createHash('sha1').update(readFileSync(path)).digest('hex')
					: 'directory';
			return `${name} ${(stat.mode & 0o777).toString(8)} ${seconds} ${content}`;
		});

const inside = (name: string, script: string): Promise<string> => docker('exec', name, 'sh', '-c', script);

async function openFiles(name: string, options: GantryOptions = {}): Promise<Gantry> {
	const gantry = await openGantry({columns: 160, ...options});
	await gantry.select(name);
	await gantry.press('f');
	await gantry.sees('╭ Files /');
	return gantry;
}

async function goTo(gantry: Gantry, path: string): Promise<void> {
	await gantry.press('~');
	await gantry.sees('╭ Go to');
	await gantry.fill(path);
	await gantry.press('enter');
	await gantry.seesNot('╭ Go to');
}

async function copyOut(gantry: Gantry, to: string): Promise<void> {
	await gantry.press('>');
	await gantry.sees('To the directory here');
	await gantry.fill(to);
	await gantry.press('enter');
}

async function copyIn(gantry: Gantry, from: string): Promise<void> {
	await gantry.press('<');
	await gantry.sees('File or directory here');
	await gantry.fill(from);
	await gantry.press('enter');
}

const tree = [
	'mkdir -p /t/a/b/empty /t/a/漢字',
	'echo one > /t/a/one; echo two > "/t/a/sp ace"; echo three > "/t/a/漢字/名前"',
	'printf x > "/t/a/$(printf "line\\nbreak\\033[31m")"',
	'head -c 300000 /dev/urandom > /t/a/b/random; : > /t/a/b/nothing',
	'ln -s one /t/a/link; ln -s /etc/passwd /t/a/absolute; ln -s nowhere /t/a/dangling',
	'chmod 640 /t/a/one; chmod 755 /t/a/b/random; chmod 750 /t/a/b; chmod 444 "/t/a/sp ace"',
	'touch -d "2020-01-02 03:04:05" /t/a/one /t/a/b/random /t/a/b/empty; touch -d "2019-01-02 03:04:05" /t/a/b',
].join('\n');

describe('files of a container', {skip: requireEngine(), timeout: 240_000}, () => {
	after(async () => {
		rmSync(folder, {recursive: true, force: true});
		await removeTestObjects();
	});

	test('are walked through by keys, whatever they are called, and the listing is what ls says', async () => {
		const name = testName('walk');
		await runBusy(name);
		await inside(name, tree);
		await using gantry = await openFiles(name);
		await gantry.sees(/drwxr-xr-x +0:0 .* t\//);
		await goTo(gantry, '/t/a');
		await gantry.sees('╭ Files /t/a 8');
		await gantry.line(/-rw-r----- +0:0 +4B +2020-01-02 03:04 +one /);
		await gantry.line(/-r--r--r-- +0:0 +4B .* sp ace /);
		await gantry.line(/lrwxrwxrwx +0:0 .* link → one /);
		await gantry.line(/drwxr-x--- +0:0 +300kB +2019-01-02 03:04 +b\/ /);
		await gantry.sees(/ line break /);
		assert.doesNotMatch(gantry.rawOutput, /break\u001B\[31m/);
		await gantry.press('/');
		await gantry.type('漢字');
		await gantry.press('enter', 'enter');
		await gantry.sees('╭ Files /t/a/漢字 1');
		await gantry.sees('名前');
		await gantry.press('left');
		await gantry.sees('╭ Files /t/a 8');
		await gantry.press('backspace', 'backspace');
		await gantry.sees('╭ Files / ');
		assert.equal(await inside(name, 'ls -A /t/a | wc -l'), '8');
	});

	test('of one that does not run are there too, at 80x24', async () => {
		const name = testName('stopped');
		await runBusy(name);
		await inside(name, tree);
		await docker('stop', name);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.select(name);
		await gantry.press('f');
		await goTo(gantry, '/t/a');
		await gantry.sees(/ link → one/);
		await goTo(gantry, 'one');
		await gantry.sees(/ 1 one +│/);
		await gantry.press('esc');
		await gantry.sees('╭ Files /t/a');
		assert.equal(await docker('inspect', '--format', '{{.State.Running}}', name), 'false');
	});

	test('text is shown by line with its escapes inert, anything else as bytes; x turns one into the other', async () => {
		const name = testName('view');
		await runBusy(name);
		await inside(
			name,
			'printf "one\\n\\033[2J\\033]0;title\\007two\\n漢字 end\\n" > /text; printf "a\\000b" > /binary; : > /empty; mkfifo /pipe; ln -s /text /to-text; ln -s /etc /to-etc',
		);
		await using gantry = await openFiles(name);
		await goTo(gantry, '/to-text');
		await gantry.sees('╭ File /text');
		await gantry.line(/│ +2 two +│/);
		await gantry.line(/│ +3 漢字 end +│/);
		assert.doesNotMatch(gantry.rawOutput, /title\u0007/);
		await gantry.press('x');
		await gantry.sees('00000000  6f 6e 65 0a');
		await gantry.press('esc');
		await goTo(gantry, '/binary');
		await gantry.sees('00000000  61 00 62');
		await gantry.sees(' hex ');
		await gantry.press('esc');
		await goTo(gantry, '/empty');
		await gantry.sees('The file is empty.');
		await gantry.press('esc');
		await goTo(gantry, '/pipe');
		await gantry.sees('It is no regular file but a fifo');
		await gantry.press('esc');
		await goTo(gantry, '/to-etc');
		await gantry.sees('╭ Files /etc');
	});

	test('of a huge file a megabyte is read, more when asked for', async () => {
		const name = testName('huge');
		await runBusy(name);
		await inside(name, 'dd if=/dev/zero of=/huge bs=1M count=1 seek=3000 2>/dev/null');
		await using gantry = await openFiles(name);
		const start = Date.now();
		await goTo(gantry, '/huge');
		await gantry.sees('first 1.05MB of 3.15GB: + reads more');
		assert.ok(Date.now() - start < 5000);
		await gantry.press('+');
		await gantry.sees('first 2.1MB of 3.15GB');
		await gantry.press('G');
		await gantry.sees('001ffff0  00 00');
	});

	test('what cannot be opened is told in one line, and what was shown stays', async () => {
		const name = testName('missing');
		await runBusy(name);
		await using gantry = await openFiles(name);
		await goTo(gantry, '/etc');
		await gantry.sees('╭ Files /etc ');
		await goTo(gantry, '/no/such');
		await gantry.sees(/Cannot open \/no\/such: Could not find the file/);
		await gantry.sees('hostname');
		await gantry.press('esc');
		await gantry.seesNot('Cannot open');
		await docker('rm', '--force', name);
		await gantry.sees('removed');
		await gantry.sees('hostname');
		await gantry.press('enter');
		await gantry.tells('the container was removed');
	});

	test('a tree copied out is the one docker cp makes, from a stopped container too', async () => {
		const name = testName('out');
		await runBusy(name);
		await inside(name, tree);
		const [theirs, ours, ofStopped] = [freshFolder('cp'), freshFolder('out'), freshFolder('out-stopped')];
		await docker('cp', `${name}:/t/a`, theirs);
		await using gantry = await openFiles(name);
		await goTo(gantry, '/t');
		await gantry.sees(/ a\//);
		await copyOut(gantry, ours);
		await gantry.tells(/9 files copied/);
		assert.deepEqual(treeOf(ours), treeOf(theirs));
		await docker('stop', name);
		await copyOut(gantry, ofStopped);
		await gantry.tells(/out-stopped: 9 files copied/);
		assert.deepEqual(treeOf(ofStopped), treeOf(theirs));
	});

	test('several marked ones are copied at once; what is there already is refused by name, or replaced', async () => {
		const name = testName('marked');
		await runBusy(name);
		await inside(name, 'mkdir /t; echo new > /t/one; echo two > /t/two; echo three > /t/three');
		const target = freshFolder('marked');
		writeFileSync(join(target, 'one'), 'old');
		await using gantry = await openFiles(name);
		await goTo(gantry, '/t');
		await gantry.sees(/ three /);
		await gantry.press('space', 'space');
		await gantry.sees('2 marked');
		await copyOut(gantry, target);
		await gantry.sees('one exists already: choose another');
		assert.deepEqual(readdirSync(target), ['one']);
		await gantry.press('tab', 'space', 'enter');
		await gantry.tells(/2 files copied/);
		assert.equal(readFileSync(join(target, 'one'), 'utf8'), 'new\n');
		assert.deepEqual(readdirSync(target).toSorted(), ['one', 'three']);
	});

	test('a link that leaves the target is copied as a link, and nothing is written through it', async () => {
		const name = testName('links');
		await runBusy(name);
		await inside(name, 'mkdir /t; ln -s ../../../../../../tmp/x /t/up; ln -s /etc /t/etc; echo one > /t/one');
		const target = freshFolder('links');
		// In the way of what comes: a link to somewhere else.
		const elsewhere = freshFolder('elsewhere');
		symlinkSync(elsewhere, join(target, 't'));
		await using gantry = await openFiles(name);
		await goTo(gantry, '/t');
		await gantry.sees(/ up → /);
		await gantry.press('left');
		await gantry.sees('╭ Files / ');
		await gantry.press('>');
		await gantry.sees('Copy /t out of the container');
		await gantry.fill(target);
		await gantry.press('tab', 'space', 'enter');
		await gantry.tells(/left out: .*t\/one: it leads through a link/);
		assert.deepEqual(readdirSync(elsewhere), []);
		rmSync(join(target, 't'));
		await gantry.press('esc');
		await gantry.seesNot('left out');
		await copyOut(gantry, target);
		await gantry.tells(/3 files copied/);
		assert.equal(readlinkSync(join(target, 't/up')), '../../../../../../tmp/x');
		assert.equal(readlinkSync(join(target, 't/etc')), '/etc');
	});

	test('devices and fifos are left out and named', async () => {
		const name = testName('special');
		await runBusy(name);
		await inside(name, 'mkdir /t; mkfifo /t/pipe; mknod /t/zero c 1 5; echo one > /t/one; ln /t/one /t/hard');
		const target = freshFolder('special');
		await using gantry = await openFiles(name);
		await goTo(gantry, '/');
		await gantry.press('/');
		await gantry.type('name:t kind:directory !etc !tmp !root');
		await gantry.press('enter');
		await gantry.sees(/ t\//);
		await copyOut(gantry, target);
		await gantry.tells(/2 left out: .*t\/pipe: it is a fifo; .*t\/zero: it is a device/);
		assert.deepEqual(readdirSync(join(target, 't')).toSorted(), ['hard', 'one']);
		assert.equal(lstatSync(join(target, 't/one')).ino, lstatSync(join(target, 't/hard')).ino);
	});

	test('a disk that is full is told, and no half file is left', {
		skip: process.getuid?.() !== 0,
	}, async () => {
		const name = testName('full');
		await runBusy(name);
		await inside(name, 'mkdir /t; echo small > /t/a; head -c 3000000 /dev/urandom > /t/b; echo late > /t/c');
		const target = freshFolder('full');
		await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', target]);
		try {
			await using gantry = await openFiles(name);
			await goTo(gantry, '/t');
			await gantry.sees(/ c /);
			await gantry.press('ctrl-a');
			await gantry.sees('3 marked');
			await copyOut(gantry, target);
			await gantry.tells(/Cannot copy .*b: no space left on this disk; copied before that: 1 file/);
			assert.deepEqual(readdirSync(target), ['a']);
		} finally {
			await run('umount', [target]);
		}
	});

	test('a tree copied in is the one docker cp makes, owned by root', async () => {
		const name = testName('in');
		await runBusy(name);
		const source = freshFolder('source');
		const root = join(source, 'tree 漢字');
		mkdirSync(join(root, 'sub/empty'), {recursive: true});
		writeFileSync(join(root, 'one'), 'one\n');
		writeFileSync(join(root, 'sub/big'), Buffer.alloc(3_000_000, 'abcdefg'));
		writeFileSync(join(root, 'sub/exe'), '#!/bin/sh\n');
		writeFileSync(join(root, `${'long'.repeat(40)} name`), 'long');
		chmodSync(join(root, 'sub/exe'), 0o755);
		chmodSync(join(root, 'one'), 0o600);
		symlinkSync('../one', join(root, 'sub/link'));
		utimesSync(join(root, 'one'), 1_500_000_000, 1_500_000_000);
		await inside(name, 'mkdir /theirs /ours');
		await docker('cp', root, `${name}:/theirs`);
		await using gantry = await openFiles(name);
		await goTo(gantry, '/ours');
		await gantry.sees('╭ Files /ours 0');
		await copyIn(gantry, root);
		await gantry.tells(/5 files copied/);
		await gantry.sees('tree 漢字/');
		const listing = (path: string) =>
			inside(name, `cd ${path}; find . | sort | while read f; do stat -c '%n %a %u:%g %Y %F' "$f"; done`);
		const content = (path: string) =>
			inside(name, `cd ${path}; find . -type f | sort | while read f; do sha1sum "$f"; done`);
		const beneath = (text: string) => text.split('\n').slice(1);
		assert.deepEqual(beneath(await listing('/ours')), beneath(await listing('/theirs')));
		assert.equal(await content('/ours'), await content('/theirs'));
		await copyIn(gantry, root);
		await gantry.tells(/exists already in the container/);
		await copyIn(gantry, join(source, 'nothing'));
		await gantry.sees('nothing: no such file or directory');
	});

	test("into a stopped container it works; into a read-only one the engine's words are shown", async () => {
		const [stopped, readOnly] = [testName('in-stopped'), testName('in-readonly')];
		await runBusy(stopped);
		await docker('stop', stopped);
		await runBusy(readOnly, '--read-only');
		const source = join(freshFolder('single'), 'file');
		writeFileSync(source, 'x'.repeat(2_000_000));
		await using gantry = await openFiles(stopped);
		await copyIn(gantry, source);
		await gantry.tells(/1 file copied/);
		const out = join(folder, 'single', 'back');
		await docker('cp', `${stopped}:/file`, out);
		assert.equal(readFileSync(out, 'utf8'), readFileSync(source, 'utf8'));
		await gantry.press('esc', 'esc');
		await gantry.select(readOnly);
		await gantry.press('f');
		await copyIn(gantry, source);
		await gantry.tells(/read-only/);
	});

	test('a copy can be cancelled midway; no half file stays, and leaving asks first', async () => {
		const name = testName('cancel');
		await runBusy(name);
		await inside(name, 'mkdir /t; dd if=/dev/zero of=/t/huge bs=1M count=1 seek=20000 2>/dev/null');
		const target = freshFolder('cancel');
		await using gantry = await openFiles(name);
		await goTo(gantry, '/t');
		await gantry.sees(/ huge /);
		await copyOut(gantry, target);
		await gantry.until('bytes are written', () => existsSync(join(target, 'huge')));
		await gantry.press('ctrl-c');
		await gantry.sees('1 transfer is under way');
		await gantry.press('esc');
		await gantry.press('q', '4', 'z');
		await gantry.row('4 Transfers', /B\/s .*0 files/);
		await gantry.press('x');
		await gantry.tells(/cancelled; copied before that: 0 files/);
		await gantry.row('4 Transfers', 'cancelled');
		await gantry.until('the half file is gone', () => readdirSync(target).length === 0);
		await gantry.press('esc', 'z', '1');
		await gantry.rowIs(name, '● up');
	});
});
