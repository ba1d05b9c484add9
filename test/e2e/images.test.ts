import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';
import {hasImage} from '../helpers/registry-image.ts';

const idOf = (reference: string) => docker('inspect', '--format', '{{.Id}}', reference);

/** An image of its own: others use those of the engine. */
async function build(name: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
	try {
		writeFileSync(join(folder, 'Dockerfile'), `FROM gantry-test/busy:1\nLABEL of=${name} at=${Date.now()}\n`);
		return await docker('build', '--quiet', '--tag', name, folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

describe('images', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('t gives another name, and a name that is none is refused in the form', async () => {
		const [name, other] = [testName('tag:1'), testName('tag:two')];
		await build(name);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.press('t');
		await gantry.sees(`╭ Tag ${name}`);
		await gantry.fill('No/Capitals:1');
		await gantry.press('enter');
		await gantry.sees('a repository name is lower case');
		await gantry.fill(other);
		await gantry.press('enter');
		await gantry.seesNot(`╭ Tag ${name}`);
		await gantry.selectImage(other);
		assert.equal(await idOf(other), await idOf(name));
	});

	test('t takes a name from another image only when that is said', async () => {
		const [name, taken] = [testName('mover:1'), testName('taken:1')];
		await build(name);
		const holder = await build(taken);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.press('t');
		await gantry.sees(`╭ Tag ${name}`);
		await gantry.fill(taken);
		await gantry.press('enter');
		await gantry.sees(`names ${holder.slice(7, 19)}`);
		assert.equal(await idOf(taken), holder);
		await gantry.press('space', 'enter');
		await gantry.tells(/taken:1 names [\da-f]{12}/);
		assert.equal(await idOf(taken), await idOf(name));
	});

	test(':untag takes a name off, and never the last one', async () => {
		const [name, other] = [testName('untag:1'), testName('untag:2')];
		const id = await build(name);
		await docker('tag', name, other);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.command('untag');
		await gantry.sees(`╭ Untag ${name}?`);
		await gantry.press('enter');
		await gantry.tells(`${name} untagged`);
		assert.deepEqual([await hasImage(name), await idOf(other)], [false, id]);
		await gantry.filter('2 Images', 'untag');
		await gantry.noRow('2 Images', 'untag:1');
		await gantry.selectImage(other);
		await gantry.command('untag');
		await gantry.tells('is its last name');
		assert.equal(await hasImage(other), true);
	});

	test(':untag asks the engine, not the list, which name is the last', async () => {
		const [name, other] = [testName('stale:1'), testName('stale:2')];
		await build(name);
		await docker('tag', name, other);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.command('untag');
		await gantry.sees(`╭ Untag ${name}?`);
		await docker('rmi', other);
		await gantry.press('enter');
		await gantry.tells('is its last name');
		assert.equal(await hasImage(name), true);
	});

	test('v makes a tree of repositories; folding, marks and filters work on it', async () => {
		const [one, two, alone] = [testName('tree:1'), testName('tree:2'), testName('single:1')];
		await build(one);
		await docker('tag', one, two);
		await docker('tag', one, alone);
		await using gantry = await openGantry();
		await gantry.filter('2 Images', `repo:${testName('')}`);
		await gantry.row('2 Images', 'tree:1');
		await gantry.press('v');
		await gantry.row('2 Images', /▾ .*tree 2 /);
		await gantry.row('2 Images', /^ +1 /);
		await gantry.row('2 Images', 'single:1');
		await gantry.filter('2 Images', `repo:${testName('tree')}`);
		await gantry.noRow('2 Images', 'single:1');
		await gantry.press('g', 'left');
		await gantry.row('2 Images', /▸ .*tree 2 /);
		await gantry.noRow('2 Images', /^ +1 /);
		await gantry.press('space', 'd');
		await gantry.sees('╭ Remove 2 images?');
		await gantry.press('esc');
		await gantry.seesNot('╭ Remove 2 images?');
		await gantry.press('enter');
		await gantry.row('2 Images', /▾ .*tree 2 /);
	});

	test('d takes one name, the others keep the image; the last name takes the image', async () => {
		const [name, other] = [testName('names:1'), testName('names:2')];
		const id = await build(name);
		await docker('tag', name, other);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.press('d');
		await gantry.sees(`╭ Remove ${name}?`);
		await gantry.sees('Only the name goes: 1 other tag keeps the image.');
		await gantry.press('enter');
		await gantry.tells(`${name} removed`);
		assert.deepEqual([await hasImage(name), await hasImage(other)], [false, true]);
		await gantry.noRow('2 Images', 'names:1');

		await gantry.selectImage(other);
		await gantry.press('d');
		await gantry.sees(/The image [\da-f]{12} of [\d.]+ ?\w+ is deleted\./);
		await gantry.sees(/Frees [\d.]+\w+; layers that others share stay/);
		await gantry.press('enter');
		await gantry.tells(`${other} removed`);
		await gantry.noRow('2 Images', 'names:2');
		await assert.rejects(idOf(id), /No such object/);
	});

	test('what a container uses is refused in the words of the engine, with what to do', async () => {
		const [image, name] = [testName('used:1'), testName('user')];
		await build(image);
		await docker('run', '--detach', '--name', name, image, 'sleep', '3600');
		await using gantry = await openGantry();
		const row = await gantry.selectImage(image);
		assert.match(row, / 1$/);
		await gantry.press('d');
		await gantry.sees(`Used by 1 container, running: ${name}`);
		await gantry.sees(`${name} runs it: stop and remove it first`);
		await gantry.press('enter');
		await gantry.sees(`╭ Remove ${image}?`);
		await gantry.press('esc');
		// Two at once are asked for; the engine refuses in its own words.
		const other = testName('used:2');
		await docker('tag', 'gantry-test/busy:1', other);
		await gantry.filter('2 Images', `repo:${testName('used')}`);
		await gantry.row('2 Images', 'used:2');
		await gantry.press('ctrl-a', 'd');
		await gantry.sees('1 image in use is refused, unless forced.');
		await gantry.type('2');
		await gantry.press('enter');
		await gantry.tells(/unable to remove repository reference .* is using its referenced image .*use force/);
		assert.deepEqual([await hasImage(image), await hasImage(other)], [true, false]);
	});

	test('what lost its name is shown as such, and can be removed', async () => {
		const name = testName('lost:1');
		const lost = await build(name);
		await build(name);
		await using gantry = await openGantry();
		await gantry.filter('2 Images', `id:${lost.slice(7, 19)}`);
		const row = await gantry.row('2 Images', '<none>');
		assert.ok(row.includes(lost.slice(7, 19)), row);
		await gantry.filter('2 Images', `dangling:yes id:${lost.slice(7, 19)}`);
		await gantry.row('2 Images', '<none>');
		await gantry.press('d');
		await gantry.sees('is deleted.');
		await gantry.press('enter');
		await gantry.noRow('2 Images', '<none>');
		await assert.rejects(idOf(lost), /No such object/);
	});

	test('counts the containers of an image as they come and go', async () => {
		const [image, name] = [testName('count:1'), testName('counted')];
		await build(image);
		await using gantry = await openGantry();
		await gantry.selectImage(image);
		await gantry.row('2 Images', /count:1 .* -$/);
		await docker('create', '--name', name, image);
		await gantry.row('2 Images', /count:1 .* 1$/);
		await docker('rm', name);
		await gantry.row('2 Images', /count:1 .* -$/);
	});

	test('D tells what pruning would remove, dangling and unused apart', async () => {
		const name = testName('unused:1');
		await build(name);
		await using gantry = await openGantry();
		await gantry.selectImage(name);
		await gantry.press('D');
		await gantry.sees(/dangling/i);
		await gantry.press('esc');
		await gantry.seesNot(/╭ [^1-5]/);
		assert.equal(await hasImage(name), true);
	});
});
