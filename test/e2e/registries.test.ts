import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {registryAccount} from '../../scripts/engine/registry.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';
import {rootTar} from '../helpers/root-tar.ts';
import {openRegistry} from '../helpers/started-registry.ts';

const manifestTypes = 'application/vnd.docker.distribution.manifest.v2+json';

/** Whether a registry has a tag, as it says itself. */
const hasTag = async (address: string, repository: string, tag: string): Promise<boolean> => {
	const answer = await fetch(`http://${address}/v2/${repository}/manifests/${tag}`, {
		method: 'HEAD',
		headers: {Accept: manifestTypes},
	});
	return answer.ok;
};

const digestOf = async (address: string, repository: string, tag: string): Promise<string> => {
	const answer = await fetch(`http://${address}/v2/${repository}/manifests/${tag}`, {
		method: 'HEAD',
		headers: {Accept: manifestTypes},
	});
	return answer.headers.get('docker-content-digest') ?? '';
};

describe('the registry screen', {skip: requireEngine(), timeout: 240_000}, () => {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-registries-'));
	const pulled: string[] = [];
	after(async () => {
		for (const reference of pulled) if (await hasImage(reference)) await docker('rmi', '--force', reference);
		await removeTestObjects();
		rmSync(folder, {recursive: true, force: true});
	});

	test('from the registries to a tag, which is pulled, and is newer there once it is pushed again', async () => {
		const name = testName('browse');
		const repository = `${testEngine.registry}/${name}`;
		for (const tag of ['1.2', '1.10', '1.9']) await pushImage(`${name}:${tag}`);
		pulled.push(`${repository}:1.10`);
		await using gantry = await openGantry();
		await gantry.press('B');
		await gantry.sees('╭ Registries');
		await gantry.press('a');
		await gantry.sees('╭ Add a registry');
		await gantry.type(testEngine.registry);
		await gantry.press('enter');
		await gantry.line(new RegExp(`│ +${testEngine.registry} +ok .* http `));
		await gantry.press('enter');
		await gantry.sees(`registries → ${testEngine.registry}`);
		await gantry.press('/');
		await gantry.type(name);
		await gantry.press('enter');
		await gantry.line(new RegExp(`│ +${name} +- ?│`));
		await gantry.press('enter');
		await gantry.sees('╭ Tags 3 tags');
		await gantry.line(/│ +1\.2 .*MB/);
		const rows = gantry.screen().filter(row => /│ +1\.\d+ /.test(row));
		assert.deepEqual(
			rows.map(row => /1\.\d+/.exec(row)?.[0]),
			['1.10', '1.9', '1.2'],
		);
		await gantry.press('P');
		await gantry.tells(`${repository}:1.10 pulled`);
		await gantry.line(/│ +1\.10 +here /);
		assert.equal(await hasImage(`${repository}:1.10`), true);

		await docker('tag', `${repository}:1.10`, `${repository}:old`);
		await docker('rmi', `${repository}:1.10`);
		await pushImage(`${name}:1.10`);
		await docker('tag', `${repository}:old`, `${repository}:1.10`);
		await docker('rmi', `${repository}:old`);
		await gantry.press('r');
		await gantry.line(/│ +1\.10 +newer there /);

		await gantry.press('enter');
		await gantry.sees('╭ Manifest image  1 layer');
		await gantry.sees(await digestOf(testEngine.registry, name, '1.10'));
		await gantry.press('P');
		await gantry.until('it is here', () => gantry.text().includes('1.10 pulled'));
		await gantry.press('esc', 'esc');
		await gantry.line(/│ +1\.10 +here /);
		await gantry.command(`registries ${testEngine.registry}`);
		await gantry.line(new RegExp(`│ +${name} +1 ?│`));
	});

	test('as the account of docker login, where nobody else is let in', async () => {
		const name = testName('secret');
		const reference = `${testEngine.authRegistry}/${name}:1`;
		const config = join(folder, 'config');
		const {user, password} = registryAccount;
		execFileSync(
			'docker',
			[
				'--config',
				config,
				'--host',
				testEngine.host,
				'login',
				'--username',
				user,
				'--password-stdin',
				testEngine.authRegistry,
			],
			{input: password, stdio: ['pipe', 'ignore', 'ignore']},
		);
		await docker('tag', 'gantry-test/busy:1', reference);
		const own = ['--config', config, '--host', testEngine.host];
		execFileSync('docker', [...own, 'push', '--quiet', reference], {stdio: 'ignore'});
		await docker('rmi', reference);
		pulled.push(reference);
		await using gantry = await openGantry({env: {DOCKER_CONFIG: config}, columns: 80, rows: 24});
		await gantry.press('B');
		await gantry.line(new RegExp(`│ +${testEngine.authRegistry} +ok +${user} `));
		await gantry.command(`registries ${testEngine.authRegistry}/${name}`);
		await gantry.line(/│ +1 +\S+ +\S+MB|│ +1 +.*MB/);
		await gantry.press('P');
		await gantry.line(/│ +1 +here /);
		assert.equal(await hasImage(reference), true);

		await using stranger = await openGantry({env: {DOCKER_CONFIG: join(folder, 'nobody')}, columns: 100});
		await stranger.command(`registries ${testEngine.authRegistry}`);
		await stranger.line(/needs login +nobody logged in/);
		await stranger.line(/L logs in/);
		await stranger.sees(name);
		await stranger.press('L');
		await stranger.sees('╭ Log in to a registry');
	});

	test('a platform of an index is looked into and pulled', async () => {
		const name = testName('platforms');
		const repository = `${testEngine.registry}/${name}`;
		const reference = `${repository}:1`;
		pulled.push(reference);
		const ids: string[] = [];
		const parts = ['amd64', 'arm64'].map(architecture => `${reference}-${architecture}`);
		for (const part of parts) {
			ids.push(await docker('import', rootTar(folder, `${part.slice(-5)}.tar`), part));
			await docker('push', '--quiet', part);
		}
		await docker('manifest', 'create', '--insecure', reference, ...parts);
		await docker('manifest', 'annotate', '--arch', 'arm64', reference, parts[1] ?? '');
		await docker('manifest', 'push', '--insecure', reference);
		await docker('rmi', ...parts);
		await using gantry = await openGantry();
		await gantry.command(`registries ${reference}`);
		await gantry.sees('╭ Manifest index  2 platforms');
		await gantry.line(/│ +platform +linux\/arm64 .*B/);
		await gantry.press('down', 'down', 'down', 'enter');
		await gantry.sees('╭ Manifest image  1 layer');
		await gantry.press('esc');
		await gantry.sees('╭ Manifest index  2 platforms');
		await gantry.press('P');
		await gantry.tells(`${reference} (linux/arm64) pulled`);
		assert.equal(await docker('inspect', '--format', '{{.Id}}', reference), ids[1]);
	});

	test('a manifest is deleted with all of its tags, which are named before', async () => {
		await using registry = await openRegistry();
		const {address} = registry;
		const [first, second] = [`${address}/shop/api:1`, `${address}/shop/api:2`];
		pulled.push(first, second);
		await docker('tag', 'gantry-test/busy:1', first);
		for (const tag of ['1', 'stable']) {
			await docker('tag', first, `${address}/shop/api:${tag}`);
			await docker('push', '--quiet', `${address}/shop/api:${tag}`);
		}
		await docker('rmi', `${address}/shop/api:stable`);
		await docker('import', rootTar(folder, 'other.tar'), second);
		await docker('push', '--quiet', second);
		const digest = await digestOf(address, 'shop/api', '1');
		await using gantry = await openGantry();
		await gantry.command(`registries ${address}/shop/api`);
		await gantry.line(/│ +stable +here as 1 /);
		await gantry.press('d');
		await gantry.sees(`╭ Delete ${digest.slice(7, 19)} from`);
		await gantry.sees('2 tags stand for it, and all of them are lost:');
		await gantry.line(`${address}/shop/api:1 `);
		await gantry.line(`${address}/shop/api:stable `);
		await gantry.type('stable');
		await gantry.press('enter');
		await gantry.sees('type shop/api to confirm');
		assert.equal(await hasTag(address, 'shop/api', 'stable'), true);
		await gantry.fill('shop/api');
		await gantry.press('enter');
		await gantry.tells('deleted, and 2 tags with it');
		await gantry.sees('╭ Tags 1 tag');
		assert.deepEqual(await Promise.all(['1', 'stable', '2'].map(tag => hasTag(address, 'shop/api', tag))), [
			false,
			false,
			true,
		]);
	});

	test('a registry that deletes nothing says so, and nothing is lost', async () => {
		await using registry = await openRegistry({needsAccount: false, mayDelete: false});
		const reference = `${registry.address}/kept:1`;
		pulled.push(reference);
		await docker('tag', 'gantry-test/busy:1', reference);
		await docker('push', '--quiet', reference);
		await using gantry = await openGantry();
		await gantry.command(`registries ${registry.address}/kept`);
		await gantry.line(/│ +1 +here /);
		await gantry.press('d');
		await gantry.sees('One tag stands for it, which is lost:');
		await gantry.type('1');
		await gantry.press('enter');
		await gantry.tells(/Cannot delete .*kept/);
		assert.equal(await hasTag(registry.address, 'kept', '1'), true);
		await registry.stop();
		await gantry.press('esc', 'r');
		await gantry.line(/r tries again/);
		await gantry.line(/│ +1 +here /);
	});
});
