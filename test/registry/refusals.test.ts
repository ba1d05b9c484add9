import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {RegistryErrorKind} from '../../source/registry/types.ts';
import {always, type FakeAnswer, openFakeRegistry, refusing} from '../helpers/fake-registry.ts';
import {refused, registryClient} from '../helpers/registry-client.ts';

const {signal} = new AbortController();

const someDigest = `sha256:${'ab'.repeat(32)}`;

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
		assert.match(error.facts.hint ?? '', /^again in 21s; who is logged in may ask for more: :login 127/);
	});

	test('what is no registry at all', async () => {
		await using page = await openFakeRegistry(() => ({body: '<html>Welcome to nginx</html>'}));
		await refused(registryClient(page.address).ping(signal), 'protocol', /is no registry/);
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
