import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {startDemoEngine} from '../../source/demo/demo-engine.ts';
import {openInvented} from '../../source/registry/invented-access.ts';
import {pages} from '../../source/registry/pages.ts';
import type {RegistryError} from '../../source/registry/types.ts';

const {signal} = new AbortController();

/** The client that the dashboard has, and the registries that it talks to in the demo. */
const open = async () => {
	const engine = await startDemoEngine();
	const {accounts, client} = openInvented(engine.socketPath);
	return {
		engine,
		accounts,
		at: (host: string) => client(host, {isInsecure: false}),
		[Symbol.asyncDispose]: engine.stop,
	};
};

const refusedAs = (kind: string, words: RegExp) => (error: RegistryError) => {
	assert.equal(error.kind, kind);
	assert.match(error.message, words);
	return true;
};

describe('the registries of the invented world', () => {
	test('a long list comes page by page, and has what can be pulled', async () => {
		await using world = await open();
		const registry = world.at('registry.example.com');
		const names: string[] = [];
		let count = 0;
		for await (const page of pages(next => registry.repositories(signal, next))) {
			names.push(...page);
			count += 1;
		}
		assert.ok(count > 2, `${count} pages`);
		assert.equal(new Set(names).size, names.length);
		assert.ok(names.includes('platform/report-job'));
	});

	test('an index has several platforms, every digest is of its bytes, and an image its configuration', async () => {
		await using world = await open();
		const hub = world.at('docker.io');
		const {items} = await hub.tags('library/nginx', signal);
		assert.ok(items.includes('1.27'));
		const head = await hub.head('library/nginx', 'latest', signal);
		const index = await hub.manifest('library/nginx', 'latest', signal);
		assert.equal(head?.digest, index.digest);
		assert.ok(index.kind === 'index');
		assert.deepEqual(
			index.manifests.map(({platform}) => platform),
			['linux/amd64', 'linux/arm64/v8'],
		);
		for (const {digest, platform} of index.manifests) {
			const image = await hub.manifest('library/nginx', digest, signal);
			assert.ok(image.kind === 'image');
			assert.equal((await hub.config('library/nginx', image.config, signal))?.platform, platform);
		}
		assert.equal(hub.rateLimit?.()?.limit, 100);
	});

	test('something refers to what is signed, and can be looked at', async () => {
		await using world = await open();
		const registry = world.at('registry.example.com');
		const {digest} = await registry.manifest('platform/report-job', '2026.11', signal);
		const [signature, contents] = await registry.referrers('platform/report-job', digest, signal);
		assert.match(signature?.artifactType ?? '', /cosign/);
		const manifest = await registry.manifest('platform/report-job', contents?.digest ?? '', signal);
		assert.equal(manifest.subject?.digest, digest);
		// Without the API a client looks for a tag: there is none of that name, whatever else can be pulled.
		const hub = world.at('docker.io');
		const official = await hub.manifest('library/nginx', 'latest', signal);
		assert.deepEqual(await hub.referrers('library/nginx', official.digest, signal), []);
		const ghcr = world.at('ghcr.io');
		const other = await ghcr.manifest('example/otel-collector', 'latest', signal);
		assert.deepEqual(await ghcr.referrers('example/otel-collector', other.digest, signal), []);
	});

	test('a private one wants an account, and takes no wrong one', async () => {
		await using world = await open();
		const {accounts, at} = world;
		const registry = at('private.example.com');
		const keep = (password: string) =>
			accounts.store(
				registry.host,
				{username: 'me', credentials: {kind: 'password', username: 'me', password}},
				signal,
			);
		await assert.rejects(registry.ping(signal), refusedAs('unauthorised', /authentication required/));
		await keep('guessed');
		await assert.rejects(registry.ping(signal), refusedAs('unauthorised', /authentication required/));
		await keep('demo');
		assert.deepEqual(await registry.ping(signal), {isEncrypted: true});
		assert.deepEqual(await accounts.list(signal), [
			{host: 'private.example.com', username: 'me', store: {kind: 'memory'}},
		]);
		await accounts.erase(registry.host, signal);
		await assert.rejects(registry.ping(signal), refusedAs('unauthorised', /authentication required/));
	});

	test('a manifest can be deleted where that is on, with every tag that stands for it', async () => {
		await using world = await open();
		const name = 'platform/mailer';
		const registry = world.at('registry.example.com');
		const {digest} = await registry.manifest(name, 'latest', signal);
		await registry.deleteManifest(name, digest, signal);
		assert.deepEqual((await registry.tags(name, signal)).items, ['1.7.0', '1.8.0', '1.8.1']);
		assert.equal(await registry.head(name, '1.8.2', signal), undefined);
		const hub = world.at('docker.io');
		const {digest: official} = await hub.manifest('library/redis', 'latest', signal);
		await assert.rejects(
			hub.deleteManifest('library/redis', official, signal),
			refusedAs('unsupported', /UNSUPPORTED/),
		);
	});

	for (const [host, call, kind, words] of [
		['registry.nowhere.example', 'ping', 'unavailable', /no registry registry\.nowhere\.example/],
		['ghcr.io', 'repositories', 'unsupported', /no catalog/],
		['localhost:5000', 'ping', 'unavailable', /no registry localhost:5000/],
	] as const)
		test(`${call} of ${host} is ${kind}`, async () => {
			await using world = await open();
			await assert.rejects(world.at(host)[call](signal), refusedAs(kind, words));
		});

	test('what there is not is not found', async () => {
		await using world = await open();
		const registry = world.at('registry.example.com');
		await assert.rejects(registry.tags('platform/nope', signal), refusedAs('not-found', /NAME_UNKNOWN/));
		await assert.rejects(
			registry.manifest('platform/mailer', 'missing', signal),
			refusedAs('not-found', /MANIFEST_UNKNOWN/),
		);
	});
});
