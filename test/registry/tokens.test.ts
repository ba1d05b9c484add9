import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {inspect} from 'node:util';
import type {Accounts} from '../../source/registry/accounts-port.ts';
import {createAccess} from '../../source/registry/clients.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {Credentials} from '../../source/registry/types.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {
	type FakeAnswer,
	type FakeRegistry,
	type FakeRequest,
	openFakeRegistry,
	refusing,
} from '../helpers/fake-registry.ts';
import {errorOf, password, registryClient} from '../helpers/registry-client.ts';

const {signal} = new AbortController();

const gantry = password('gantry', 'pass:wörd');

type Office = AsyncDisposable & {
	readonly registry: FakeRegistry;
	readonly tokens: FakeRegistry;
	/** From now on no token that was given out is taken. */
	readonly revoke: () => void;
};

/** A registry that takes the tokens of its server alone. */
const openOffice = async (
	answer: (request: FakeRequest, token: string) => FakeAnswer = (_request, token) => ({body: {token}}),
	{scope, extra = ''}: {readonly scope?: string; readonly extra?: string} = {},
): Promise<Office> => {
	const valid = new Set<string>();
	let count = 0;
	const tokens = await openFakeRegistry(request => {
		count++;
		valid.add(`token-${count}`);
		return answer(request, `token-${count}`);
	});
	const registry = await openFakeRegistry(({headers, url}) => {
		const [, token = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
		if (valid.has(token))
			return {
				body: {tags: ['1'], repositories: []},
				headers: {'docker-content-digest': `sha256:${'ab'.repeat(32)}`},
			};
		const [, name] = /^\/v2\/(.+)\/(?:tags|manifests)\//.exec(url.pathname) ?? [];
		const wanted = scope ?? (name === undefined ? '' : `repository:${name}:pull`);
		const challenge = `Bearer realm="http://${tokens.address}/token?x=1",service="a registry"${wanted && `,scope="${wanted}"`}${extra}`;
		return refusing(401, 'UNAUTHORIZED', 'authentication required', {'www-authenticate': challenge});
	});
	return {
		registry,
		tokens,
		revoke: () => valid.clear(),
		[Symbol.asyncDispose]: async () => {
			await registry[Symbol.asyncDispose]();
			await tokens[Symbol.asyncDispose]();
		},
	};
};

const countingAccounts = (credentials: () => Credentials | undefined) => {
	let asked = 0;
	const accounts: Accounts = {
		...noRegistries.accounts,
		credentialsFor: async () => {
			asked++;
			return credentials();
		},
	};
	return {accounts, asked: () => asked};
};

describe('Basic', () => {
	const basic = `Basic ${Buffer.from('gantry:pass:wörd').toString('base64')}`;
	const guard = ({headers}: FakeRequest): FakeAnswer =>
		headers.authorization === basic
			? {body: {tags: ['1']}}
			: refusing(401, 'UNAUTHORIZED', 'authentication required', {'www-authenticate': 'Basic realm="x, y"'});

	test('is asked for once, then sent along', async () => {
		await using registry = await openFakeRegistry(guard);
		const {accounts, asked} = countingAccounts(() => gantry);
		const client = registryClient(registry.address, {accounts});
		await client.tags('web', signal);
		await client.tags('web', signal);
		assert.equal(registry.requests.length, 3);
		assert.equal(registry.requests[0]?.headers.authorization, undefined);
		assert.equal(asked(), 1);
	});

	test('a wrong password is unauthorised, in the words of the registry, and no secret is told', async () => {
		await using registry = await openFakeRegistry(guard);
		const client = registryClient(registry.address, {credentials: password('gantry', 'guessed')});
		const error = await errorOf(client.tags('web', signal));
		assert.equal(error.kind, 'unauthorised');
		assert.match(error.message, /UNAUTHORIZED: authentication required/);
		assert.equal(
			error.facts.hint,
			`the name or the password is wrong, or has run out: :login ${registry.address}`,
		);
		assert.doesNotMatch(inspect(error, {depth: 9, showHidden: true}), /guessed|Z3Vlc3NlZA/);
	});

	test('whoever has no account is told to log in; who logs in meanwhile is let in', async () => {
		await using registry = await openFakeRegistry(guard);
		let credentials: Credentials | undefined;
		const access = createAccess(
			{env: {}, home: '/nonexistent', certificates: []},
			{
				...noRegistries.accounts,
				credentialsFor: async () => credentials,
				store: async () => {
					credentials = gantry;
					return {kind: 'file', path: ''};
				},
			},
		);
		const client = access.client(registry.address, {isInsecure: true});
		assert.equal((await errorOf(client.tags('web', signal))).facts.hint, `:login ${registry.address}`);
		await access.accounts.store(registry.address, {credentials: gantry}, signal);
		assert.deepEqual((await client.tags('web', signal)).items, ['1']);
		assert.equal(access.client(registry.address, {isInsecure: true}), client);
		assert.notEqual(access.client(registry.address, {isInsecure: false}), client);
	});
});

test('who has logged in elsewhere is let in at the next try', async () => {
	let credentials: Credentials | undefined;
	await using office = await openOffice(({headers}, token) => ({
		body: {token: headers.authorization ? token : 'of-no-use'},
	}));
	const {accounts} = countingAccounts(() => credentials);
	const client = registryClient(office.registry.address, {accounts});
	assert.equal((await errorOf(client.tags('web', signal))).kind, 'unauthorised');
	credentials = gantry;
	assert.deepEqual((await client.tags('web', signal)).items, ['1']);
});

describe('Bearer', () => {
	test('a token for what is wanted, by name and password, kept for its time', async () => {
		await using office = await openOffice();
		const client = registryClient(office.registry.address, {credentials: gantry});
		await client.tags('team/web', signal);
		await client.tags('team/web', signal);
		assert.equal(office.tokens.requests.length, 1);
		const [{url, headers} = assert.fail()] = office.tokens.requests;
		assert.deepEqual(
			[...url.searchParams],
			[
				['x', '1'],
				['service', 'a registry'],
				['scope', 'repository:team/web:pull'],
				['account', 'gantry'],
			],
		);
		assert.equal(headers.authorization, `Basic ${Buffer.from('gantry:pass:wörd').toString('base64')}`);
	});

	test('nobody asks without a name', async () => {
		await using office = await openOffice();
		await registryClient(office.registry.address).tags('web', signal);
		const [{url, headers} = assert.fail()] = office.tokens.requests;
		assert.equal(headers.authorization, undefined);
		assert.equal(url.searchParams.has('account'), false);
	});

	test('the way in is known after the first refusal: another repository costs two requests', async () => {
		await using office = await openOffice();
		const client = registryClient(office.registry.address);
		await client.head('a', '1', signal);
		await client.head('b', '1', signal);
		assert.equal(office.registry.requests.length, 3);
		assert.equal(office.tokens.requests.length, 2);
	});

	test('a hundred at once want one token', async () => {
		await using office = await openOffice();
		const client = registryClient(office.registry.address);
		await Promise.all(Array.from({length: 100}, () => client.head('web', '1', signal)));
		assert.equal(office.tokens.requests.length, 1);
	});

	test('by POST with a token of the account; access_token is a token too', async () => {
		await using office = await openOffice((_request, token) => ({body: {access_token: token}}));
		const client = registryClient(office.registry.address, {
			credentials: {kind: 'identity-token', token: 'a&b=c'},
		});
		await client.tags('web', signal);
		const [{method, body, url} = assert.fail()] = office.tokens.requests;
		assert.equal(method, 'POST');
		assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
			grant_type: 'refresh_token',
			client_id: 'gantry',
			service: 'a registry',
			scope: 'repository:web:pull',
			refresh_token: 'a&b=c',
		});
		assert.doesNotMatch(url.href, /a&b=c/);
	});

	for (const [said, lifeMs] of [
		[undefined, 60_000],
		[300, 300_000],
		[-5, 0],
		['soon', 60_000],
	] as const)
		test(`expires_in ${said}: a new one after ${lifeMs} ms`, async () => {
			await using office = await openOffice((_request, token) => ({body: {token, expires_in: said}}));
			const clock = createFakeClock();
			const client = registryClient(office.registry.address, {clock});
			await client.tags('web', signal);
			if (lifeMs > 0) {
				await clock.advance(lifeMs - 6000);
				await client.tags('web', signal);
				assert.equal(office.tokens.requests.length, 1);
			}
			await clock.advance(2000);
			await client.tags('web', signal);
			assert.equal(office.tokens.requests.length, 2);
		});

	test('an old token that is refused is changed for a new one, once', async () => {
		await using office = await openOffice();
		const client = registryClient(office.registry.address);
		await client.tags('web', signal);
		office.revoke();
		assert.deepEqual((await client.tags('web', signal)).items, ['1']);
		assert.equal(office.tokens.requests.length, 2);
	});

	test('a token that allows too little: denied for an account, unauthorised for nobody; no endless asking', async () => {
		for (const [credentials, kind] of [
			[gantry, 'denied'],
			[undefined, 'unauthorised'],
		] as const) {
			await using office = await openOffice(() => ({body: {token: 'of-no-use'}}), {
				extra: ',error="insufficient_scope"',
			});
			const client = registryClient(office.registry.address, {...(credentials && {credentials})});
			const error = await errorOf(client.tags('web', signal));
			assert.equal(error.kind, kind);
			assert.match(error.message, /web: UNAUTHORIZED: authentication required/);
			assert.equal(office.registry.requests.length, 2);
		}
	});

	test('a wrong password, in the words of the token server', async () => {
		await using office = await openOffice(() => ({
			status: 401,
			body: {details: 'incorrect username or password'},
		}));
		const error = await errorOf(
			registryClient(office.registry.address, {credentials: gantry}).tags('web', signal),
		);
		assert.equal(error.kind, 'unauthorised');
		assert.match(error.message, /token server 127.*: 401: incorrect username or password/);
		assert.match(error.facts.hint ?? '', /:login 127/);
	});

	test('a token server in trouble', async () => {
		const cases = [
			[{status: 503}, 'unavailable'],
			[{status: 429, headers: {'retry-after': '3'}}, 'rate-limited'],
			[{status: 403, body: {errors: [{code: 'DENIED', message: 'no'}]}}, 'denied'],
			[{status: 400, body: {error: 'invalid_grant'}}, 'unauthorised'],
			[{body: '<html>'}, 'protocol'],
			[{body: {}}, 'protocol'],
			[{body: {token: 'a\r\nx: y'}}, 'protocol'],
			[{body: {token: 7}}, 'protocol'],
		] as const;
		for (const [answer, kind] of cases) {
			await using office = await openOffice(() => answer);
			const error = await errorOf(registryClient(office.registry.address).tags('web', signal));
			assert.equal(error.kind, kind, error.message);
		}
	});

	test('who gives up leaves the token to the others', async () => {
		const gate = Promise.withResolvers<void>();
		await using office = await openOffice((_request, token) => ({body: {token}, after: gate.promise}));
		const client = registryClient(office.registry.address);
		const impatient = new AbortController();
		const first = errorOf(client.tags('web', impatient.signal));
		const second = client.tags('web', signal);
		while (office.tokens.requests.length === 0) await new Promise(resolve => setImmediate(resolve));
		impatient.abort();
		assert.equal((await first).kind, 'aborted');
		gate.resolve();
		assert.deepEqual((await second).items, ['1']);
		assert.equal(office.tokens.requests.length, 1);
	});
});

describe('where credentials may not go', () => {
	const challenged = (realm: string) =>
		openFakeRegistry(() =>
			refusing(401, 'UNAUTHORIZED', 'authentication required', {
				'www-authenticate': `Bearer realm="${realm}",service="x"`,
			}),
		);

	test('to another host over plain HTTP', async () => {
		await using registry = await challenged('http://tokens.example.invalid/token');
		const error = await errorOf(registryClient(registry.address, {credentials: gantry}).tags('web', signal));
		assert.equal(error.kind, 'tls');
		assert.match(error.message, /http:\/\/tokens\.example\.invalid, which is not encrypted/);
	});

	test('to what is no URL of a server', async () => {
		for (const realm of ['', 'token', 'file:///etc/passwd', 'javascript:1', 'ftp://127.0.0.1/x']) {
			await using registry = await challenged(realm);
			const error = await errorOf(
				registryClient(registry.address, {credentials: gantry}).tags('web', signal),
			);
			assert.ok(error.kind === 'protocol' || error.kind === 'tls', `${realm}: ${error.message}`);
			assert.equal(registry.requests.length, 1);
		}
	});

	test('to where a registry wants to be asked in a way that is not known', async () => {
		await using registry = await openFakeRegistry(() => ({
			status: 401,
			headers: {'www-authenticate': 'Negotiate'},
		}));
		const error = await errorOf(registryClient(registry.address, {credentials: gantry}).tags('web', signal));
		assert.equal(error.kind, 'unsupported');
		assert.match(error.message, /“negotiate”/);
	});
});
