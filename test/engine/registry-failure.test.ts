import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type RegistryFailure, registryFailure} from '../../source/engine/registry-failure.ts';

suite('what an engine says of a registry', () => {
	const cases: readonly (readonly [words: string, failure: RegistryFailure | undefined])[] = [
		// Docker 20.10 and 28 with their own store.
		[
			'toomanyrequests: You have reached your pull rate limit. You may increase the limit by …',
			'rate-limited',
		],
		['received unexpected HTTP status: 429 Too Many Requests', 'rate-limited'],
		['received unexpected HTTP status: 503 Service Unavailable', 'unavailable'],
		[
			'Head "https://r.example.com/v2/a/manifests/1": received unexpected HTTP status: 502 Bad Gateway',
			'unavailable',
		],
		['error parsing HTTP 503 response body: unexpected end of JSON input: ""', 'unavailable'],
		['manifest for 127.0.0.1:5000/a:1 not found: manifest unknown: manifest unknown', 'not-found'],
		['no matching manifest for linux/s390x in the manifest list entries', 'not-found'],
		[
			"pull access denied for a, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
			'login',
		],
		['Head "http://127.0.0.1:5000/v2/a/manifests/1": no basic auth credentials', 'login'],
		['unauthorized: incorrect username or password', 'login'],
		['Get "https://r.example.com/v2/": x509: certificate signed by unknown authority', 'certificate'],
		['Get "https://r.example.com/v2/": http: server gave HTTP response to HTTPS client', 'certificate'],
		['Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused', 'unreachable'],
		[
			'Get "https://nowhere.example/v2/": dial tcp: lookup nowhere.example on 10.0.0.1:53: no such host',
			'unreachable',
		],
		[
			'Get "https://r.example.com/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
			'unreachable',
		],
		['failed to register layer: write /usr/lib/x: no space left on device', 'disk-full'],
		// With the containerd store.
		[
			'failed to resolve reference "r.example.com/a:1": unexpected status from HEAD request to https://r.example.com/v2/a/manifests/1: 429 Too Many Requests',
			'rate-limited',
		],
		[
			'failed to resolve reference "r.example.com/a:1": unexpected status from HEAD request to https://r.example.com/v2/a/manifests/1: 503 Service Unavailable',
			'unavailable',
		],
		['failed to resolve reference "r.example.com/a:1": r.example.com/a:1: not found', 'not-found'],
		[
			'failed to resolve reference "r.example.com/a:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
			'login',
		],
		['the connection broke (read ECONNRESET)', undefined],
		['/nowhere/a.tar: there is no such file', undefined],
	];
	for (const [words, failure] of cases)
		test(words.slice(0, 60), () => assert.equal(registryFailure(words), failure));
});
