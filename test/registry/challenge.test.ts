import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {parseChallenges} from '../../source/registry/auth/challenge.ts';

const plain = (header: string) =>
	parseChallenges(header).map(({scheme, parameters}) => [scheme, Object.fromEntries(parameters)]);

describe('WWW-Authenticate', () => {
	test('a token server, with what it is for', () => {
		assert.deepEqual(
			plain(
				'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
			),
			[
				[
					'bearer',
					{
						realm: 'https://auth.docker.io/token',
						service: 'registry.docker.io',
						scope: 'repository:a/b:pull,push',
					},
				],
			],
		);
	});

	test('several, in one header', () => {
		assert.deepEqual(plain('Negotiate, Basic realm="a, b", Bearer realm="https://x/t" , service=plain'), [
			['negotiate', {}],
			['basic', {realm: 'a, b'}],
			['bearer', {realm: 'https://x/t', service: 'plain'}],
		]);
	});

	test('names in any case, blanks around the equals sign, escaped quotes', () => {
		assert.deepEqual(plain('bEaReR Realm = "say \\"ah\\"" ,SCOPE=x'), [
			['bearer', {realm: 'say "ah"', scope: 'x'}],
		]);
	});

	test('a token after the scheme is no parameter', () => {
		assert.deepEqual(
			plain('Negotiate a87421000492aa874209af8bc028==, Basic realm=x').map(([scheme]) => scheme),
			['negotiate', 'basic'],
		);
	});

	test('garbage is no challenge, and a quote without its end swallows nothing but its own', () => {
		assert.deepEqual(plain(''), []);
		assert.deepEqual(plain(' , ,'), []);
		assert.deepEqual(plain('"'), []);
		assert.equal(plain('Basic realm="x').length, 1);
		assert.ok(plain(`Bearer ${'a="b",'.repeat(2000)}`).length === 1);
		assert.ok(plain('"'.repeat(10_000)).length <= 1);
	});

	test('a name from the prototype of objects is a name like any other', () => {
		assert.equal(parseChallenges('Basic __proto__="x"')[0]?.parameters.get('__proto__'), 'x');
	});
});
