import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {dialogSays} from '../helpers/dialog.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {openStuckWay} from '../helpers/stuck-way.ts';

const account = {user: 'gantry', password: 'lighthouse'};

/** An image of one layer that nobody else has, under these names. */
async function makeImage(...names: readonly string[]): Promise<void> {
	const [first = '', ...others] = names;
	const id = await docker('create', 'gantry-test/busy:1', 'sh', '-c', `echo ${first} > /made; true`);
	await docker('start', '--attach', id);
	await docker('commit', id, first);
	await docker('rm', id);
	for (const other of others) await docker('tag', first, other);
}

/** What the name stands for in its registry, as the registry itself says it. */
async function digestThere(reference: string): Promise<string | undefined> {
	const [host = '', ...rest] = reference.split('/');
	const [repository = '', tag = ''] = rest.join('/').split(':');
	const response = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
		method: 'HEAD',
		headers: {
			accept: 'application/vnd.docker.distribution.manifest.v2+json',
			authorization: `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`,
		},
	});
	return response.status === 200 ? (response.headers.get('docker-content-digest') ?? undefined) : undefined;
}

const idOf = (reference: string) => docker('inspect', '--format', '{{.Id}}', reference);

async function openPush(gantry: Gantry, name: string): Promise<void> {
	await gantry.selectImage(name);
	await gantry.press('U');
	await gantry.sees('╭ Push ');
}

describe('push', {skip: requireEngine(), timeout: 240_000}, () => {
	const {registry, authRegistry} = testEngine;
	const made: string[] = [];
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-push-'));
	const own = (address: string, name: string): string => {
		const reference = `${address}/${testName(name)}`;
		made.push(reference);
		return reference;
	};
	after(async () => {
		for (const reference of made) await docker('rmi', '--force', reference).catch(() => {});
		await removeTestObjects();
		rmSync(folder, {recursive: true, force: true});
	});

	test('what was pushed is there by the digest that is told, and the client pulls it', async () => {
		const reference = own(registry, 'plain:1');
		await makeImage(reference);
		const id = await idOf(reference);
		await using gantry = await openGantry();
		await openPush(gantry, 'plain:1');
		await dialogSays(
			gantry,
			'Push',
			`goes to the registry ${registry}, as ${reference.slice(registry.length + 1)}`,
		);
		await gantry.press('enter');
		await gantry.row('4 Transfers', /plain:1 .*100% +pushed [0-9a-f]{4}/);
		const digest = await digestThere(reference);
		assert.ok(digest);
		// It is longer than a line.
		await gantry.tells(`${reference} pushed: ${digest.slice(0, 40)}`);
		await gantry.press('4', 'y');
		const name = `${reference.slice(0, reference.lastIndexOf(':'))}@${digest}`;
		await gantry.until('it is on the clipboard', () =>
			gantry.rawOutput.includes(`\u001B]52;c;${Buffer.from(name).toString('base64')}\u0007`),
		);

		// Again, nothing is to be sent, nothing replaced, and nobody is asked.
		await openPush(gantry, 'plain:1');
		await gantry.press('enter');
		await gantry.row('4 Transfers', /plain:1 .*100% +was there/);

		await docker('rmi', reference);
		await docker('pull', '--quiet', name);
		assert.equal(await idOf(name), id);
		await docker('rmi', name);
	});

	test('another name is given first; what it stood for in the registry is told, and esc keeps it', async () => {
		const first = own(registry, 'first:1');
		const second = own(registry, 'second:1');
		await makeImage(first);
		await makeImage(second);
		await docker('push', '--quiet', second);
		const old = await digestThere(second);
		assert.ok(old);
		await docker('rmi', second);
		await using gantry = await openGantry();
		const asSecond = async () => {
			await openPush(gantry, 'first:1');
			await gantry.fill(second);
			await dialogSays(gantry, 'Push', 'gets that name first');
			await gantry.press('enter');
			await dialogSays(gantry, 'Push', `replaces ${old.slice(0, 19)} in ${registry}`);
		};
		await asSecond();
		await gantry.press('esc');
		await gantry.seesNot('replaces');
		assert.equal(await digestThere(second), old);
		await asSecond();
		await gantry.press('enter');
		await gantry.tells(`${second} pushed: sha256:`);
		assert.notEqual(await digestThere(second), old);
		assert.equal(await idOf(second), await idOf(first));
	});

	test('a name that another image has here is taken only when that was said', async () => {
		const mine = own(registry, 'mine:1');
		const theirs = own(registry, 'theirs:1');
		await makeImage(mine);
		await makeImage(theirs);
		const theirId = await idOf(theirs);
		await using gantry = await openGantry();
		await openPush(gantry, 'mine:1');
		await gantry.fill(theirs);
		await gantry.press('enter');
		await dialogSays(gantry, 'Push', /names [0-9a-f]{12} .*which is left/);
		assert.equal(await idOf(theirs), theirId);
		assert.equal(await digestThere(theirs), undefined);
		await gantry.press('space', 'enter');
		await gantry.tells(`${theirs} pushed: sha256:`);
		assert.equal(await idOf(theirs), await idOf(mine));
	});

	test('what is no name is refused before anything is sent; without a registry it is Docker Hub, which is said', async () => {
		const name = testName('bare:1');
		await makeImage(name);
		await using gantry = await openGantry();
		await openPush(gantry, 'bare:1');
		await dialogSays(gantry, 'Push', `goes to docker.io/library/${name}: Docker Hub; name a registry first`);
		await gantry.fill(`${registry}/Upper:1`);
		await gantry.press('enter');
		await gantry.sees('a repository name is lower case');
		await gantry.fill(`${registry}/x:-1`);
		await gantry.press('enter');
		await gantry.sees('a tag is letters, digits');
		await gantry.press('esc');
		await gantry.seesNot('╭ Push ');
		// The palette asks too where it would be Docker Hub.
		await gantry.command(`push ${name}`);
		await dialogSays(gantry, 'Push', 'Docker Hub; name a registry first');
		await gantry.press('esc');
		await gantry.row('4 Transfers', 'No transfers');
	});

	test('marked ones go together, and all tags of one', async () => {
		const tags = ['1.0', '1.1', 'edge'].map(tag => own(registry, `many:${tag}`));
		await makeImage(...tags);
		await using gantry = await openGantry();
		await gantry.filter('2 Images', `name:${testName('many')}`);
		await gantry.press('g', 'space', 'space', 'U');
		await gantry.sees('╭ Push 2 names?');
		await gantry.press('enter');
		await gantry.tells('2 of 2 names pushed');
		assert.ok(await digestThere(tags[0] ?? ''));
		assert.equal(await digestThere(tags[0] ?? ''), await digestThere(tags[1] ?? ''));
		assert.equal(await digestThere(tags[2] ?? ''), undefined);

		const moved = ['1.0', '1.1', 'edge'].map(tag => own(registry, `moved:${tag}`));
		await gantry.press('g', 'U');
		await gantry.sees('push 1.0, 1.1, edge');
		await gantry.fill(moved[0] ?? '');
		await gantry.press('tab', 'space', 'enter');
		await gantry.tells('3 of 3 names pushed');
		for (const tag of moved) assert.equal(await digestThere(tag), await digestThere(tags[0] ?? ''));
		// Its layers were in another repository of that registry.
		await gantry.row('4 Transfers', /d:edge .*100% +was there/);
	});

	test('without an account it is refused in words that say what to do; with one r pushes it', async () => {
		const reference = own(authRegistry, 'account:1');
		await makeImage(reference);
		const env = {DOCKER_CONFIG: folder};
		await using gantry = await openGantry({env});
		await gantry.selectImage('account:1');
		await gantry.command(`push ${reference}`);
		await gantry.tells(`Cannot push ${reference}: no basic auth credentials (:login ${authRegistry}`);
		assert.equal(await digestThere(reference), undefined);
		await docker(
			'--config',
			folder,
			'login',
			'--username',
			account.user,
			'--password',
			account.password,
			authRegistry,
		);
		await gantry.press('esc', '4', 'r');
		await gantry.tells(`${reference} pushed: sha256:`);
		assert.ok(await digestThere(reference));
	});

	test('x ends it at the engine, nothing is in the registry, and r begins anew', async () => {
		const name = testName('cancel:1');
		await using way = await openStuckWay(registry, 20_000);
		const reference = `${way.address}/${name}`;
		made.push(reference);
		const id = await docker(
			'create',
			'gantry-test/busy:1',
			'sh',
			'-c',
			'head -c 3000000 /dev/urandom > /made',
		);
		await docker('start', '--attach', id);
		await docker('commit', id, reference);
		await docker('rm', id);
		await using gantry = await openGantry();
		await gantry.selectImage('cancel:1');
		await gantry.command(`push ${reference}`);
		await gantry.row('4 Transfers', /cancel:1 .*layers/);
		await way.stuck;
		await gantry.press('4', 'x');
		await gantry.tells(`push of ${reference} cancelled`);
		await gantry.row('4 Transfers', /cancel:1 .*cancelled/);
		await way.idle();
		assert.equal(await digestThere(`${registry}/${name}`), undefined);
		way.release();
		await gantry.press('r');
		await gantry.tells(`${reference} pushed: sha256:`);
		assert.ok(await digestThere(`${registry}/${name}`));
	});
});
