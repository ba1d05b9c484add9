import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {after, describe, test} from 'node:test';
import {promisify} from 'node:util';
import {registryAccount} from '../../scripts/engine/registry.ts';
import type {RegistryClient} from '../../source/registry/client-port.ts';
import {pages} from '../../source/registry/pages.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {sha256} from '../helpers/fake-registry.ts';
import {errorOf, password, registryClient} from '../helpers/registry-client.ts';
import {openRegistry} from '../helpers/started-registry.ts';
import {openTlsRegistry} from '../helpers/tls-registry.ts';
import {openTokenRegistry, tokenAccounts} from '../helpers/token-server.ts';

const run = promisify(execFile);
const {signal} = new AbortController();
const account = password(registryAccount.user, registryAccount.password);

/** Tags an image of the engine for this registry and pushes it with the docker client. @returns the digest it says */
const push = async (address: string, name: string): Promise<string> => {
	const reference = `${address}/${name}`;
	await docker('tag', 'gantry-test/busy:1', reference);
	const said = await docker('push', reference);
	await docker('rmi', reference);
	const [, digest = ''] = /digest: (sha256:[0-9a-f]{64})/.exec(said) ?? [];
	return digest;
};

const inspect = async (reference: string, ...options: readonly string[]): Promise<string> => {
	const {stdout} = await run('skopeo', [
		'inspect',
		'--tls-verify=false',
		...options,
		'--format',
		'{{.Digest}}',
		`docker://${reference}`,
	]);
	return stdout.trim();
};

const allOf = async (page: Parameters<typeof pages<string>>[0]): Promise<readonly string[]> => {
	const found: string[] = [];
	for await (const items of pages(page)) found.push(...items);
	return found;
};

/** What was pushed is listed, by the same digest. */
const holds = async (
	client: RegistryClient,
	repository: string,
	tag: string,
	digest: string,
): Promise<void> => {
	assert.ok((await allOf(next => client.repositories(signal, next))).includes(repository));
	assert.deepEqual((await client.tags(repository, signal)).items, [tag]);
	assert.equal((await client.head(repository, tag, signal))?.digest, digest);
	const manifest = await client.manifest(repository, tag, signal);
	assert.equal(manifest.digest, digest);
	assert.ok(manifest.kind === 'image');
	const config = await client.config(repository, manifest.config, signal);
	const [platform, layers] = (
		await docker(
			'image',
			'inspect',
			'--format',
			'{{.Os}}/{{.Architecture}} {{len .RootFS.Layers}}',
			'gantry-test/busy:1',
		)
	).split(' ');
	assert.equal(config?.platform, platform);
	assert.equal(manifest.layers.length, Number(layers));
};

describe('a client of registries', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test('an open one: what docker pushed is there, by its digest, until it is deleted', async () => {
		const repository = testName('open');
		const digest = await push(testEngine.registry, `${repository}:1`);
		assert.equal(digest, await inspect(`${testEngine.registry}/${repository}:1`));
		const client = registryClient(testEngine.registry);
		assert.deepEqual(await client.ping(signal), {isEncrypted: false});
		await holds(client, repository, '1', digest);
		assert.equal(await client.head(repository, '2', signal), undefined);
		assert.match(
			(await errorOf(client.manifest(repository, '2', signal))).message,
			/MANIFEST_UNKNOWN: manifest unknown/,
		);
		assert.match(
			(await errorOf(client.tags(`${repository}-not`, signal))).message,
			/NAME_UNKNOWN: repository name not known/,
		);
		await client.deleteManifest(repository, digest, signal);
		assert.equal(await client.head(repository, '1', signal), undefined);
		assert.equal((await errorOf(client.deleteManifest(repository, digest, signal))).kind, 'not-found');
		await assert.rejects(inspect(`${testEngine.registry}/${repository}:1`), /manifest unknown/);
	});

	test('one that asks for name and password', async () => {
		const repository = testName('guarded');
		const address = testEngine.authRegistry;
		await docker(
			'login',
			'--username',
			registryAccount.user,
			'--password',
			registryAccount.password,
			address,
		);
		const digest = await push(address, `${repository}:1`);
		await docker('logout', address);
		await holds(registryClient(address, {credentials: account}), repository, '1', digest);
		const nobody = await errorOf(registryClient(address).tags(repository, signal));
		assert.equal(nobody.kind, 'unauthorised');
		assert.equal(nobody.facts.hint, `:login ${address}`);
		const wrong = registryClient(address, {credentials: password(registryAccount.user, 'guessed')});
		assert.match(
			(await errorOf(wrong.tags(repository, signal))).message,
			/UNAUTHORIZED: authentication required/,
		);
	});

	test('one behind TLS with a private authority: trusted by its folder, refused without', async () => {
		await using registry = await openTlsRegistry();
		const repository = testName('private');
		const digest = await push(registry.address, `${repository}:1`);
		const {address, certificates} = registry;
		const trusting = registryClient(address, {isInsecure: false, certificates});
		assert.deepEqual(await trusting.ping(signal), {isEncrypted: true});
		await holds(trusting, repository, '1', digest);
		const distrusting = await errorOf(registryClient(address, {isInsecure: false}).ping(signal));
		assert.equal(distrusting.kind, 'tls');
		assert.match(distrusting.message, /signed by an unknown authority/);
	});

	test('one that wants tokens, by password, by a token of the account, and for nobody', async () => {
		await using registry = await openTokenRegistry();
		const {address} = registry;
		const repository = testName('tokens');
		await docker('login', '--username', 'gantry', '--password', tokenAccounts.gantry, address);
		const digest = await push(address, `${repository}:1`);
		await push(address, 'public/image:1');
		await docker('logout', address);
		await holds(
			registryClient(address, {credentials: password('gantry', tokenAccounts.gantry)}),
			repository,
			'1',
			digest,
		);
		const token = {kind: 'identity-token', token: registry.refreshTokenOf('gantry')} as const;
		assert.deepEqual((await registryClient(address, {credentials: token}).tags(repository, signal)).items, [
			'1',
		]);
		const nobody = registryClient(address);
		assert.equal((await nobody.head('public/image', '1', signal))?.digest, digest);
		assert.equal((await errorOf(nobody.tags(repository, signal))).kind, 'unauthorised');
		const reader = registryClient(address, {credentials: password('reader', tokenAccounts.reader)});
		assert.equal((await reader.head(repository, '1', signal))?.digest, digest);
		assert.equal((await errorOf(reader.deleteManifest(repository, digest, signal))).kind, 'denied');
		assert.equal((await errorOf(reader.repositories(signal))).kind, 'denied');
		const wrong = registryClient(address, {credentials: password('gantry', 'guessed')});
		assert.match((await errorOf(wrong.ping(signal))).message, /incorrect username or password/);
	});

	test('an index of several platforms, and what refers to one of them', async () => {
		const repository = testName('platforms');
		const digest = await push(testEngine.registry, `${repository}:amd64`);
		const client = registryClient(testEngine.registry);
		const image = await client.manifest(repository, 'amd64', signal);
		const base = `http://${testEngine.registry}/v2/${repository}/manifests`;
		const index = JSON.stringify({
			schemaVersion: 2,
			mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
			manifests: ['amd64', 'arm64'].map(architecture => ({
				mediaType: image.mediaType,
				digest,
				size: image.sizeBytes,
				platform: {os: 'linux', architecture},
			})),
		});
		const referrers = JSON.stringify({
			schemaVersion: 2,
			mediaType: 'application/vnd.oci.image.index.v1+json',
			manifests: [
				{mediaType: image.mediaType, digest, size: image.sizeBytes, artifactType: 'application/spdx+json'},
			],
		});
		for (const [tag, body] of [
			['latest', index],
			[digest.replace(':', '-'), referrers],
		] as const) {
			const headers = {'content-type': String(JSON.parse(body).mediaType)};
			const put = await fetch(`${base}/${tag}`, {method: 'PUT', headers, body});
			assert.equal(put.status, 201, await put.text());
		}
		const found = await client.manifest(repository, 'latest', signal);
		assert.equal(found.digest, sha256(index));
		assert.equal(found.digest, (await client.head(repository, 'latest', signal))?.digest);
		assert.ok(found.kind === 'index');
		assert.deepEqual(
			found.manifests.map(({platform}) => platform),
			['linux/amd64', 'linux/arm64'],
		);
		const [bill] = await client.referrers(repository, digest, signal);
		assert.equal(bill?.artifactType, 'application/spdx+json');
		assert.deepEqual(await client.referrers(repository, sha256(index), signal), []);
	});

	test('one where nothing is deleted, and that goes down', async () => {
		await using registry = await openRegistry({needsAccount: false, mayDelete: false});
		const digest = await push(registry.address, 'web:1');
		const client = registryClient(registry.address);
		const off = await errorOf(client.deleteManifest('web', digest, signal));
		assert.equal(off.kind, 'unsupported');
		assert.match(off.facts.hint ?? '', /deletion is off/);
		await registry.stop();
		const down = await errorOf(client.tags('web', signal));
		assert.equal(down.kind, 'unreachable');
		assert.match(down.message, /\/web: connection refused/);
	});

	test('all the tags of a repository', async () => {
		const repository = testName('many');
		await push(testEngine.registry, `${repository}:base`);
		const client = registryClient(testEngine.registry);
		const {bytes, mediaType} = await rawManifest(repository);
		const tags = Array.from({length: 60}, (_, index) => `v${index}`);
		const base = `http://${testEngine.registry}/v2/${repository}/manifests`;
		const headers = {'content-type': mediaType};
		await Promise.all(tags.map(tag => fetch(`${base}/${tag}`, {method: 'PUT', headers, body: bytes})));
		const found = await allOf(next => client.tags(repository, signal, next));
		assert.deepEqual(new Set(found), new Set([...tags, 'base']));
	});
});

const rawManifest = async (repository: string) => {
	const answer = await fetch(`http://${testEngine.registry}/v2/${repository}/manifests/base`, {
		headers: {accept: 'application/vnd.docker.distribution.manifest.v2+json'},
	});
	return {bytes: await answer.text(), mediaType: answer.headers.get('content-type') ?? ''};
};
