import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {nextPage} from '../../source/registry/decode/next-page.ts';
import {rateLimitOf} from '../../source/registry/decode/rate-limit.ts';
import {refusalOf} from '../../source/registry/decode/refusal.ts';
import {retryAfter} from '../../source/registry/decode/retry-after.ts';

describe('the next page', () => {
	test('of a relative link and of an absolute one: its query', () => {
		assert.equal(nextPage('</v2/_catalog?last=t%2Fimg&n=1>; rel="next"', '?n=1'), '?last=t%2Fimg&n=1');
		assert.equal(nextPage('<http://inside:5000/v2/_catalog?last=b>;rel=next', '?n=1'), '?last=b');
	});

	test('among several links, by its relation alone', () => {
		const header = '</a?x=1>; rel="prev", </a?x=2>; title="a, b"; REL="next last"';
		assert.equal(nextPage(header, ''), '?x=2');
		assert.equal(nextPage('</a?x=1>; rel="nextish"', ''), undefined);
		assert.equal(nextPage('</a?x=1>', ''), undefined);
	});

	test('none where there is no link, it is garbage, or leads back here', () => {
		assert.equal(nextPage(undefined, ''), undefined);
		assert.equal(nextPage('next', ''), undefined);
		assert.equal(nextPage('<http://[>; rel=next', ''), undefined);
		assert.equal(nextPage('</v2/_catalog>; rel=next', ''), undefined);
		assert.equal(nextPage('</v2/_catalog?last=a>; rel=next', '?last=a'), undefined);
		assert.equal(nextPage(`</v2/_catalog?last=${'a'.repeat(5000)}>; rel=next`, ''), undefined);
	});
});

describe('Retry-After', () => {
	const now = Date.UTC(2026, 0, 1);

	test('in seconds, and as a date', () => {
		assert.equal(retryAfter('7', now), 7000);
		assert.equal(retryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now), 60_000);
	});

	test('what has passed is now; what is absurd is a day', () => {
		assert.equal(retryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now), 0);
		assert.equal(retryAfter('99999999999999999999999', now), 24 * 60 * 60 * 1000);
	});

	test('neither is nothing', () => {
		for (const header of [undefined, '', '-3', '1.5', 'soon'])
			assert.equal(retryAfter(header, now), undefined);
	});
});

describe('the words of a refusal', () => {
	const words = (body: unknown, status = 404) =>
		refusalOf({status, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))});

	test('of a registry, a token server, and of nobody', () => {
		assert.deepEqual(words({errors: [{code: 'MANIFEST_UNKNOWN', message: 'manifest unknown'}]}), {
			code: 'MANIFEST_UNKNOWN',
			words: 'MANIFEST_UNKNOWN: manifest unknown',
		});
		assert.equal(
			words({details: 'incorrect username or password'}, 401).words,
			'401: incorrect username or password',
		);
		assert.equal(
			words({error: 'invalid_grant', error_description: 'token was revoked'}, 400).words,
			'400: token was revoked',
		);
		assert.equal(words('<html>Bad gateway</html>', 502).words, '502 Bad Gateway');
		assert.equal(words('', 499).words, '499');
	});

	test('are safe on a terminal, and short', () => {
		const evil = words({
			errors: [{code: 'X', message: `\x1b]0;owned\x07red\n\u202etxt${'a'.repeat(5000)}`}],
		}).words;
		assert.match(evil, /^X: redtxt|^X: red txt/);
		assert.ok(evil.length < 320);
	});

	test('wrong types are no words', () => {
		for (const errors of [null, 7, 'x', {}, [null], [[]], [{code: 7, message: {}}]])
			assert.equal(words({errors}).words, '404 Not Found');
	});
});

describe('the limit of Docker Hub', () => {
	test('is told by two headers', () => {
		assert.deepEqual(rateLimitOf({'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600'}), {
			limit: 100,
			remaining: 76,
			windowSeconds: 21_600,
		});
	});

	test('is none when one is missing or garbage', () => {
		assert.equal(rateLimitOf({}), undefined);
		assert.equal(rateLimitOf({'ratelimit-limit': '100;w=21600'}), undefined);
		assert.equal(rateLimitOf({'ratelimit-limit': '-1;w=1', 'ratelimit-remaining': 'x'}), undefined);
	});
});
