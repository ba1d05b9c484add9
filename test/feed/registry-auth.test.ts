import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {RegistryAuth} from '../../source/engine/registry-types.ts';
import {asAccount, createBuildAccounts} from '../../source/feed/registry-auth.ts';
import type {OpenRegistries} from '../../source/registry/access-port.ts';
import {AccountError, type Accounts} from '../../source/registry/accounts-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import {collect} from '../engine/collect.ts';

const {signal} = new AbortController();
const credentials = {kind: 'password', username: 'me', password: 'pw'} as const;
const store = {kind: 'helper', name: 'vault'} as const;

const withAccounts =
	(accounts: Partial<Accounts>): OpenRegistries =>
	async () => ({...noRegistries, accounts: {...noRegistries.accounts, ...accounts}});

const broken = withAccounts({
	credentialsFor: () => Promise.reject(new AccountError('/c/config.json is not JSON at line 1')),
	list: () => Promise.reject(new AccountError('/c/config.json is not JSON at line 1')),
});

const refusing = (kind: 'auth' | 'api'): AsyncIterable<never> => ({
	[Symbol.asyncIterator]: () => ({
		next: () => Promise.reject(new EngineError(kind, 'no basic auth credentials')),
	}),
});

suite('work of the engine with a registry', () => {
	test('is done as the account of that registry, and as nobody where there is none', async () => {
		const asked: string[] = [];
		const registries = withAccounts({
			credentialsFor: async host => {
				asked.push(host);
				return host === 'docker.io' ? credentials : undefined;
			},
		});
		const work = async function* (who: {readonly auth?: RegistryAuth}) {
			yield who;
		};
		assert.deepEqual(await collect(asAccount(registries, 'nginx', signal, work)), [
			{auth: {host: 'docker.io', credentials}},
		]);
		assert.deepEqual(await collect(asAccount(registries, 'r.example.com:5000/x:1', signal, work)), [{}]);
		assert.deepEqual(asked, ['docker.io', 'r.example.com:5000']);
	});

	test('goes on where the account cannot be read; a refusal for want of it says so', async () => {
		const pulled = asAccount(broken, 'r.example.com/x', signal, async function* (who) {
			yield who;
		});
		assert.deepEqual(await collect(pulled), [{}]);
		await assert.rejects(collect(asAccount(broken, 'r.example.com/x', signal, () => refusing('auth'))), {
			kind: 'auth',
			message: 'no basic auth credentials (asked without an account: /c/config.json is not JSON at line 1)',
		});
		await assert.rejects(collect(asAccount(broken, 'r.example.com/x', signal, () => refusing('api'))), {
			message: 'no basic auth credentials',
		});
	});
});

suite('accounts for a build', () => {
	test('are all that can be read, or the one of a host as BuildKit calls it', async () => {
		const registries = withAccounts({
			list: async () => ['docker.io', 'a.example.com', 'b.example.com'].map(host => ({host, store})),
			credentialsFor: async host => {
				if (host === 'a.example.com') throw new AccountError('docker-credential-vault get: locked');
				return credentials;
			},
		});
		const {accounts, explain} = createBuildAccounts(registries);
		assert.deepEqual(await accounts.all(signal), [
			{host: 'docker.io', credentials},
			{host: 'b.example.com', credentials},
		]);
		assert.deepEqual(await accounts.find('registry-1.docker.io', signal), {host: 'docker.io', credentials});
		assert.equal(await accounts.find('a.example.com', signal), undefined);
		const told = explain(new EngineError('auth', 'pull access denied'));
		assert.ok(told instanceof EngineError);
		assert.match(told.message, /docker-credential-vault get: locked/);
	});

	test('a broken configuration is told only when the registry refuses', async () => {
		const {accounts, explain} = createBuildAccounts(broken);
		const other = new EngineError('api', 'no space left on device');
		assert.deepEqual(await accounts.all(signal), []);
		assert.equal(explain(other), other);
	});
});
