import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {pages} from '../../source/registry/pages.ts';
import {RegistryError, type RegistryErrorKind} from '../../source/registry/types.ts';
import {
	type FakeAnswer,
	type FakeAnswers,
	fakeManifest,
	holding,
	openFakeRegistry,
	refusing,
	sha256,
} from '../helpers/fake-registry.ts';
import {registryClient} from '../helpers/registry-client.ts';

const {signal} = new AbortController();

/** Rejects so. @returns the error, for the rest */
const refused = async (
	call: Promise<unknown>,
	kind: RegistryErrorKind,
	words: RegExp,
): Promise<RegistryError> => {
	const error = await call.then(
		() => assert.fail('it was not refused'),
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof RegistryError, String(error));
	assert.equal(error.kind, kind, error.message);
	assert.match(error.message, words);
	return error;
};

/** One answer to everything but the ping. */
const always =
	(answer: FakeAnswer): FakeAnswers =>
	({url}) =>
		url.pathname === '/v2/' ? {body: {}} : answer;

const json = {'content-type': 'application/json'} as const;
const indexType = 'application/vnd.oci.image.index.v1+json';
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const someDigest = `sha256:${'ab'.repeat(32)}`;

describe('lists', () => {
	test('10,000 repositories come page by page, each asked for once', async () => {
		const names = Array.from({length: 10_000}, (_, index) => `team/app-${index}`);
		const repositories = Object.fromEntries(names.map(name => [name, ['1']]));
		await using registry = await openFakeRegistry(holding({repositories, pageSize: 1000}));
		const client = registryClient(registry.address);
		const found: string[] = [];
		for await (const items of pages(next => client.repositories(signal, next))) found.push(...items);
		assert.deepEqual(found, names);
		assert.equal(registry.asked().filter(line => line.startsWith('GET /v2/_catalog')).length, 10);
		assert.equal(registry.asked()[0], 'GET /v2/_catalog?n=1000');
	});

	test('5,000 tags in one page', async () => {
		const tags = Array.from({length: 5000}, (_, index) => `v${index}`);
		await using registry = await openFakeRegistry(holding({repositories: {web: tags}}));
		const page = await registryClient(registry.address).tags('web', signal);
		assert.equal(page.items.length, 5000);
		assert.equal(page.next, undefined);
	});

	test('a link to another host is followed on this one; one that leads in a circle ends', async () => {
		await using registry = await openFakeRegistry(({url}) => ({
			headers: {
				link: `<http://elsewhere.invalid/v2/x?last=${url.searchParams.get('last') === 'a' ? 'b' : 'a'}>; rel="next"`,
			},
			body: {repositories: ['one']},
		}));
		const client = registryClient(registry.address);
		const found: string[] = [];
		for await (const items of pages(next => client.repositories(signal, next))) found.push(...items);
		assert.equal(found.length, 3);
		assert.deepEqual(registry.asked().slice(1), ['GET /v2/_catalog?last=a', 'GET /v2/_catalog?last=b']);
	});

	test('null is empty; entries that are no text are left out; what is no list is an error', async () => {
		let body: unknown = {tags: null};
		await using registry = await openFakeRegistry(() => ({headers: json, body}));
		const client = registryClient(registry.address);
		assert.deepEqual(await client.tags('web', signal), {items: []});
		body = {tags: ['1', 7, null, {}, '2']};
		assert.deepEqual((await client.tags('web', signal)).items, ['1', '2']);
		for (body of [{}, {tags: 'x'}, {tags: {}}, 'hello', '<html>welcome</html>', '', '[]'])
			await refused(
				client.tags('web', signal),
				'protocol',
				/^127\.0\.0\.1:\d+\/web: what came is no list of tags/,
			);
	});

	test('a registry that does not take our page size is asked without one', async () => {
		await using registry = await openFakeRegistry(({url}) =>
			url.searchParams.has('n')
				? refusing(400, 'PAGINATION_NUMBER_INVALID', 'invalid number of results requested')
				: {body: {repositories: ['a']}},
		);
		assert.deepEqual((await registryClient(registry.address).repositories(signal)).items, ['a']);
	});

	test('a registry without a catalog is named, and what to do', async () => {
		for (const status of [404, 405]) {
			await using registry = await openFakeRegistry(always({status, body: '<html>'}));
			const error = await refused(
				registryClient(registry.address).repositories(signal),
				'unsupported',
				/list of repositories/,
			);
			assert.match(error.facts.hint ?? '', /name one/);
		}
		await refused(registryClient('docker.io').repositories(signal), 'unsupported', /Docker Hub/);
	});

	test('an answer without an end is not read to it', async () => {
		await using registry = await openFakeRegistry(always({body: 'x'.repeat(9 * 1024 * 1024)}));
		await refused(registryClient(registry.address).tags('web', signal), 'protocol', /longer than 8192 kB/);
	});
});

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

describe('refusals', () => {
	const cases: readonly (readonly [FakeAnswer, RegistryErrorKind, RegExp])[] = [
		[
			refusing(404, 'MANIFEST_UNKNOWN', 'manifest unknown'),
			'not-found',
			/\/web:1: MANIFEST_UNKNOWN: manifest unknown$/,
		],
		[
			refusing(403, 'DENIED', 'requested access to the resource is denied'),
			'denied',
			/DENIED: requested access/,
		],
		[
			{status: 402, body: {errors: [{code: 'QUOTA', message: 'quota is used up'}]}},
			'denied',
			/QUOTA: quota is used up/,
		],
		[refusing(401, 'UNAUTHORIZED', 'authentication required'), 'unauthorised', /UNAUTHORIZED/],
		[refusing(400, 'NAME_INVALID', 'invalid repository name'), 'not-found', /NAME_INVALID/],
		[{status: 500, body: '<html>'}, 'unavailable', /500 Internal Server Error/],
		[{status: 503}, 'unavailable', /503 Service Unavailable/],
		[{status: 418, body: 'x'}, 'unsupported', /418/],
		[{status: 204}, 'protocol', /204 No Content is no answer to that/],
		[{status: 302, headers: {location: 'http://['}}, 'protocol', /302 Found is no answer to that/],
	];
	for (const [answer, kind, words] of cases)
		test(`${answer.status} is ${kind}: ${words.source}`, async () => {
			await using registry = await openFakeRegistry(always(answer));
			const error = await refused(registryClient(registry.address).manifest('web', '1', signal), kind, words);
			assert.equal(error.host, registry.address);
			assert.equal(error.facts.status, answer.status);
		});

	test('too many requests: when to come again, and how to be allowed more', async () => {
		const answer = refusing(
			429,
			'TOOMANYREQUESTS',
			'You have reached your unauthenticated pull rate limit.',
			{'retry-after': '21'},
		);
		await using registry = await openFakeRegistry(always(answer));
		const call = registryClient(registry.address).manifest('web', '1', signal);
		const error = await refused(call, 'rate-limited', /TOOMANYREQUESTS: You have reached/);
		assert.equal(error.facts.retryAfterMs, 21_000);
		assert.equal(error.facts.code, 'TOOMANYREQUESTS');
		assert.match(error.facts.hint ?? '', /:login 127/);
	});

	test('what is no registry at all', async () => {
		await using registry = await openFakeRegistry(() => undefined);
		await refused(registryClient(registry.address).ping(signal), 'protocol', /is no registry/);
		for (const host of ['', '..', 'a/b', 'user:secret@host', 'a b', 'host:port', 'http://x'])
			await refused(registryClient(host).ping(signal), 'unreachable', /is no host/);
	});

	test('how much it still allows is known after HEAD', async () => {
		const headers = {
			'ratelimit-limit': '100;w=21600',
			'ratelimit-remaining': '76;w=21600',
			'docker-content-digest': someDigest,
		};
		await using registry = await openFakeRegistry(always({headers}));
		const client = registryClient(registry.address);
		assert.equal(client.rateLimit?.(), undefined);
		await client.head('web', '1', signal);
		assert.deepEqual(client.rateLimit?.(), {limit: 100, remaining: 76, windowSeconds: 21_600});
	});
});
