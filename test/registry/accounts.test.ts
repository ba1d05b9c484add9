import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {createAccounts} from '../../source/registry/accounts.ts';
import {AccountError} from '../../source/registry/accounts-port.ts';
import {makeCredentialHelper} from '../helpers/credential-helper.ts';
import {basic, makeFolder, makePlace, password} from './place.ts';

const {signal} = new AbortController();

describe('credentials in config.json', () => {
	test('auth, name and password, and a token are read; a host is found under what docker finds', async () => {
		const {accounts, path} = await makePlace({
			auths: {
				'https://index.docker.io/v1/': {auth: basic('hub:p:w')},
				'one.example.com': {username: 'one', password: 'plain'},
				'two.example.com:5000': {auth: basic('two:'), identitytoken: 'tok'},
				'https://three.example.com/v1/': {auth: basic('three:3')},
				'four.example.com/v2': {auth: basic('four:4')},
				'empty.example.com': {},
				'none.example.com': null,
			},
		});
		const of = (host: string) => accounts.credentialsFor(host, signal);
		assert.deepEqual(await of('docker.io'), password('hub', 'p:w'));
		assert.deepEqual(await of('one.example.com'), password('one', 'plain'));
		assert.deepEqual(await of('two.example.com:5000'), {kind: 'identity-token', token: 'tok'});
		assert.deepEqual(await of('three.example.com'), password('three', '3'));
		assert.deepEqual(await of('four.example.com'), password('four', '4'));
		assert.equal(await of('empty.example.com'), undefined);
		assert.equal(await of('none.example.com'), undefined);
		assert.equal(await of('one.example.com:5000'), undefined);
		const store = {kind: 'file', path};
		assert.deepEqual(await accounts.list(signal), [
			{host: 'docker.io', username: 'hub', store},
			{host: 'four.example.com', username: 'four', store},
			{host: 'one.example.com', username: 'one', store},
			{host: 'three.example.com', username: 'three', store},
			{host: 'two.example.com:5000', username: 'two', store},
		]);
	});

	test('no file, an empty one and ~/.docker', async () => {
		for (const text of [undefined, '', ' \n', '{}', '{"auths": null}']) {
			const {accounts} = await makePlace(text, {PATH: '/nonexistent'});
			assert.equal(await accounts.credentialsFor('docker.io', signal), undefined);
			assert.deepEqual(await accounts.list(signal), []);
		}
		const home = await makeFolder();
		const accounts = createAccounts({env: {PATH: '/nonexistent'}, home});
		assert.deepEqual(await accounts.storeFor('a.example.com'), {
			kind: 'file',
			path: join(home, '.docker', 'config.json'),
		});
	});

	test('what is broken is told with its file and place, and without what is in it', async () => {
		const broken: readonly (readonly [string, RegExp])[] = [
			[
				'{"auths": {"a.example.com": {"auth": "c2VjcmV0" x}}}',
				/config\.json is not JSON at line 1, column 49/,
			],
			['{\n\t"auths": {\n\t\t"c2VjcmV0": 12x\n', /config\.json is not JSON at line 3, column 15/],
			['{"a": 1} {"b": 2}', /not JSON at line 1, column 10: nothing may follow/],
			['{"a": "c2VjcmV0', /not JSON at line 1, column 7/],
			['{"a":1', /not JSON at its end/],
			['[]', /an object is expected/],
			['{"auths": ["c2VjcmV0"]}', /"auths" is no object/],
			['{"auths": {"a.example.com": "c2VjcmV0"}}', /"auths", "a\.example\.com" is no object/],
			[
				'{"auths": {"a.example.com": {"auth": "c2VjcmV0"}}}',
				/"a\.example\.com": "auth" is no base64 of user/,
			],
			['{"credHelpers": {"a.example.com": 7}}', /"credHelpers", "a\.example\.com" is no text/],
		];
		for (const [text, expected] of broken) {
			const {accounts, path} = await makePlace(text);
			for (const work of [
				() => accounts.credentialsFor('a.example.com', signal),
				() => accounts.list(signal),
			])
				await assert.rejects(work, (error: unknown) => {
					assert.ok(error instanceof AccountError);
					assert.ok(error.message.startsWith(path), error.message);
					assert.match(error.message, expected);
					assert.doesNotMatch(error.message, /c2VjcmV0/);
					return true;
				});
		}
	});
});

describe('credentials elsewhere', () => {
	test('the environment counts before a helper of the host, that before the one for all, that before the file', async () => {
		const mine = await makeCredentialHelper(await makeFolder(), 'mine');
		const all = await makeCredentialHelper(await makeFolder(), 'all');
		await mine.put('b.example.com', 'of-mine', 'b');
		await all.put('c.example.com', '<token>', 'refresh');
		await all.put('https://index.docker.io/v1/', 'hub', 'h');
		await all.put('https://index.docker.io/v1/access-token', 'hub', 'h');
		await all.put('https://d.example.com/', 'dora', 'd');
		const {accounts} = await makePlace(
			{
				auths: {
					'a.example.com': {auth: basic('file:a')},
					'c.example.com': {auth: basic('file:c')},
					'e.example.com': {auth: basic('file:e')},
				},
				credHelpers: {'b.example.com': 'mine', 'e.example.com': ''},
				credsStore: 'all',
			},
			{
				PATH: `${mine.path.split(':')[0]}:${all.path}`,
				DOCKER_AUTH_CONFIG: JSON.stringify({auths: {'a.example.com': {auth: basic('env:a')}}}),
			},
		);
		const of = (host: string) => accounts.credentialsFor(host, signal);
		assert.deepEqual(await of('a.example.com'), password('env', 'a'));
		assert.deepEqual(await of('b.example.com'), password('of-mine', 'b'));
		assert.deepEqual(await of('c.example.com'), {kind: 'identity-token', token: 'refresh'});
		assert.deepEqual(await of('docker.io'), password('hub', 'h'));
		assert.deepEqual(await of('e.example.com'), password('file', 'e'));
		assert.equal(await of('unknown.example.com'), undefined);
		assert.deepEqual(await accounts.list(signal), [
			{
				host: 'a.example.com',
				username: 'env',
				store: {kind: 'environment', variable: 'DOCKER_AUTH_CONFIG'},
			},
			{host: 'b.example.com', username: 'of-mine', store: {kind: 'helper', name: 'mine'}},
			{host: 'c.example.com', store: {kind: 'helper', name: 'all'}},
			{host: 'd.example.com', username: 'dora', store: {kind: 'helper', name: 'all'}},
			{host: 'docker.io', username: 'hub', store: {kind: 'helper', name: 'all'}},
			{host: 'e.example.com', username: 'file', store: await accounts.storeFor('e.example.com')},
		]);
	});
});
