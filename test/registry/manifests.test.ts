import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {always, fakeManifest, holding, openFakeRegistry, refusing, sha256} from '../helpers/fake-registry.ts';
import {refused, registryClient} from '../helpers/registry-client.ts';

const {signal} = new AbortController();

const indexType = 'application/vnd.oci.image.index.v1+json';
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const someDigest = `sha256:${'ab'.repeat(32)}`;

describe('manifests', () => {
	test('an image: its digest is that of its bytes, and what it consists of', async () => {
		await using registry = await openFakeRegistry(holding({repositories: {'team/web': ['1', '2']}}));
		const client = registryClient(registry.address);
		const {bytes, digest} = fakeManifest('team/web', '1');
		const image = await client.manifest('team/web', '1', signal);
		assert.equal(image.digest, digest);
		assert.equal(image.sizeBytes, bytes.length);
		assert.ok(image.kind === 'image');
		assert.equal(image.layers[0]?.sizeBytes, 1_234_567);
		assert.deepEqual(image.annotations, {'org.opencontainers.image.version': '1'});
		assert.deepEqual(await client.config('team/web', image.config, signal), {
			platform: 'linux/amd64',
			createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
			labels: {name: 'team/web:1'},
			instructions: ['COPY . /'],
		});
		assert.equal((await client.manifest('team/web', digest, signal)).digest, digest);
		assert.match(
			registry.requests[0]?.headers.accept ?? '',
			/oci\.image\.index.*oci\.image\.manifest.*manifest\.list\.v2.*manifest\.v2/,
		);
	});

	test('an index: its platforms; what is for none has none', async () => {
		const manifests = [
			{
				mediaType: imageType,
				digest: someDigest,
				size: 7,
				platform: {os: 'linux', architecture: 'arm', variant: 'v7'},
			},
			{
				mediaType: imageType,
				digest: someDigest,
				size: 8,
				platform: {os: 'unknown', architecture: 'unknown'},
				annotations: {'vnd.docker.reference.type': 'attestation-manifest'},
			},
		];
		const body = {schemaVersion: 2, mediaType: indexType, manifests};
		await using registry = await openFakeRegistry(always({body, headers: {'content-type': indexType}}));
		const index = await registryClient(registry.address).manifest('web', '1', signal);
		assert.ok(index.kind === 'index');
		assert.deepEqual(
			index.manifests.map(({platform, sizeBytes}) => [platform, sizeBytes]),
			[
				['linux/arm/v7', 7],
				[undefined, 8],
			],
		);
	});

	test('HEAD tells digest, type and size; undefined is no such tag', async () => {
		await using registry = await openFakeRegistry(holding({repositories: {web: ['1']}}));
		const client = registryClient(registry.address);
		const {bytes, digest} = fakeManifest('web', '1');
		assert.deepEqual(await client.head('web', '1', signal), {
			digest,
			mediaType: imageType,
			sizeBytes: bytes.length,
			annotations: {},
		});
		assert.equal(await client.head('web', '2', signal), undefined);
		assert.equal(await client.head('nothing', '2', signal), undefined);
		assert.deepEqual([...new Set(registry.requests.map(({method}) => method))], ['HEAD']);
	});

	test('where HEAD is not answered, or without a digest, GET is asked', async () => {
		const {bytes, digest} = fakeManifest('web', '1');
		for (const status of [200, 405]) {
			await using registry = await openFakeRegistry(({method}) =>
				method === 'HEAD' ? {status} : {body: bytes, headers: {'content-type': imageType}},
			);
			assert.equal((await registryClient(registry.address).head('web', '1', signal))?.digest, digest);
		}
	});

	test('bytes that are not what their digest says are refused', async () => {
		const body = {schemaVersion: 2, mediaType: indexType, manifests: []};
		await using registry = await openFakeRegistry(
			always({body, headers: {'docker-content-digest': someDigest}}),
		);
		const client = registryClient(registry.address);
		await refused(client.manifest('web', '1', signal), 'protocol', /its digest is sha256:/);
		await refused(client.manifest('web', someDigest, signal), 'protocol', /its digest is sha256:/);
		await refused(
			client.config(
				'web',
				{
					mediaType: 'application/vnd.oci.image.config.v1+json',
					digest: someDigest,
					sizeBytes: 3,
					annotations: {},
				},
				signal,
			),
			'protocol',
			/its digest is sha256:/,
		);
	});

	test('what is malformed is named', async () => {
		let body: unknown;
		await using registry = await openFakeRegistry(() => ({body}));
		const client = registryClient(registry.address);
		const descriptor = {mediaType: imageType, digest: someDigest, size: 1};
		for (body of [
			'<html>hello</html>',
			'null',
			{},
			{manifests: [null]},
			{manifests: [{...descriptor, digest: 'sha256:../../etc'}]},
			{manifests: [{...descriptor, size: -1}]},
			{manifests: [{...descriptor, size: 1e300}]},
			{config: {...descriptor, size: '99999999999999999999'}, layers: []},
		])
			await refused(client.manifest('web', '1', signal), 'protocol', /\/web:1 is no manifest: /);
	});

	test('the format of 2015 is named as unsupported', async () => {
		const headers = {'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws'};
		await using registry = await openFakeRegistry(always({headers, body: {schemaVersion: 1}}));
		const client = registryClient(registry.address);
		await refused(client.manifest('web', '1', signal), 'unsupported', /schema 1/);
		await refused(client.head('web', '1', signal), 'unsupported', /schema 1/);
	});

	test('the configuration of what is no image is not asked for; too long a one neither', async () => {
		await using registry = await openFakeRegistry(() => undefined);
		const client = registryClient(registry.address);
		const descriptor = {digest: someDigest, sizeBytes: 2, annotations: {}};
		const empty = {...descriptor, mediaType: 'application/vnd.oci.empty.v1+json'};
		assert.equal(await client.config('web', empty, signal), undefined);
		const large = {
			...descriptor,
			mediaType: 'application/vnd.oci.image.config.v1+json',
			sizeBytes: 900_000_000,
		};
		await refused(client.config('web', large, signal), 'protocol', /900000000 bytes/);
		assert.deepEqual(registry.asked(), []);
	});

	test('names that cannot be are refused before anything is sent', async () => {
		await using registry = await openFakeRegistry(() => ({body: {tags: []}}));
		const client = registryClient(registry.address);
		for (const name of [
			'',
			'../x',
			'a/../b',
			'a//b',
			'A',
			'a?x=1',
			'a#b',
			'a b',
			'%2e%2e/x',
			'a\r\nx: y',
			'a'.repeat(256),
		])
			await refused(client.tags(name, signal), 'not-found', /is no name of a repository/);
		for (const reference of ['', '..', 'a/b', '1?', '-1', 'sha256:zz', '1\r\nx'])
			await refused(client.manifest('web', reference, signal), 'not-found', /is neither a tag nor a digest/);
		assert.deepEqual(registry.asked(), []);
	});
});

describe('referrers', () => {
	const descriptor = {
		mediaType: imageType,
		digest: someDigest,
		size: 3,
		artifactType: 'application/spdx+json',
	};
	const index = {schemaVersion: 2, mediaType: indexType, manifests: [descriptor]};

	test('of the registry, over all pages', async () => {
		await using registry = await openFakeRegistry(({url}) => ({
			headers: {
				'content-type': indexType,
				...(url.search === '' ? {link: `<${url.pathname}?last=1>; rel="next"`} : {}),
			},
			body: index,
		}));
		const found = await registryClient(registry.address).referrers('web', someDigest, signal);
		assert.deepEqual(
			found.map(({artifactType}) => artifactType),
			['application/spdx+json', 'application/spdx+json'],
		);
	});

	test('of the tag that stands in where the registry has no such call; it is asked for that once', async () => {
		await using registry = await openFakeRegistry(({url}) =>
			url.pathname === `/v2/web/manifests/sha256-${'ab'.repeat(32)}`
				? {headers: {'content-type': indexType}, body: index}
				: undefined,
		);
		const client = registryClient(registry.address);
		assert.equal((await client.referrers('web', someDigest, signal)).length, 1);
		assert.deepEqual(await client.referrers('web', sha256('other'), signal), []);
		assert.equal(registry.asked().filter(line => line.includes('/referrers/')).length, 1);
	});

	test('a list that links in a circle ends', async () => {
		await using registry = await openFakeRegistry(({url}) => ({
			headers: {link: `<${url.pathname}?p=${url.searchParams.get('p') === '1' ? 2 : 1}>; rel="next"`},
			body: index,
		}));
		assert.equal((await registryClient(registry.address).referrers('web', someDigest, signal)).length, 3);
	});
});

describe('deletion', () => {
	test('of a digest', async () => {
		await using registry = await openFakeRegistry(always({status: 202}));
		await registryClient(registry.address).deleteManifest('web', someDigest, signal);
		assert.deepEqual(registry.asked(), [`DELETE /v2/web/manifests/${someDigest}`]);
	});

	test('where it is off, that is said', async () => {
		await using registry = await openFakeRegistry(
			always(refusing(405, 'UNSUPPORTED', 'The operation is unsupported.')),
		);
		const call = registryClient(registry.address).deleteManifest('web', someDigest, signal);
		const error = await refused(call, 'unsupported', /UNSUPPORTED: The operation is unsupported/);
		assert.match(error.facts.hint ?? '', /deletion is off/);
	});

	test('what is not there any more; a tag is not sent', async () => {
		await using registry = await openFakeRegistry(
			always(refusing(404, 'MANIFEST_UNKNOWN', 'manifest unknown')),
		);
		const client = registryClient(registry.address);
		await refused(
			client.deleteManifest('web', someDigest, signal),
			'not-found',
			/web@sha256:.*: MANIFEST_UNKNOWN: manifest unknown/,
		);
		await refused(client.deleteManifest('web', 'latest', signal), 'unsupported', /only a digest/);
		assert.equal(registry.requests.length, 1);
	});
});
