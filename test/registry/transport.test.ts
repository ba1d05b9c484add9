import assert from 'node:assert/strict';
import {createServer} from 'node:net';
import {describe, test} from 'node:test';
import {createFakeClock} from '../helpers/clock.ts';
import {type FakeAnswers, holding, openFakeRegistry, refusing, sha256} from '../helpers/fake-registry.ts';
import {password, refused, registryClient} from '../helpers/registry-client.ts';

const {signal} = new AbortController();

const stock = holding({repositories: {web: ['1']}});

/** A port where nobody listens. */
const deadAddress = async (): Promise<string> => {
	await using registry = await openFakeRegistry(stock);
	return registry.address;
};

describe('connections', () => {
	test('to nobody, and to no host', async () => {
		await refused(
			registryClient(await deadAddress()).tags('web', signal),
			'unreachable',
			/\/web: connection refused$/,
		);
		await refused(
			registryClient('registry.invalid', {isInsecure: false}).ping(signal),
			'unreachable',
			/^registry\.invalid: (there is no such host|the name of the host cannot be looked up)/,
		);
	});

	test('that break midway are no answer', async () => {
		await using registry = await openFakeRegistry(() => ({body: {tags: ['1', '2', '3']}, cutAfter: 12}));
		await refused(
			registryClient(registry.address).tags('web', signal),
			'unreachable',
			/the connection broke/,
		);
	});

	test('are given up at once', async () => {
		await using registry = await openFakeRegistry(() => ({after: new Promise(() => {})}));
		const abort = new AbortController();
		const call = refused(registryClient(registry.address).tags('web', abort.signal), 'aborted', /given up/);
		while (registry.requests.length === 0) await new Promise(resolve => setImmediate(resolve));
		abort.abort();
		await call;
		await refused(registryClient(registry.address).tags('web', abort.signal), 'aborted', /given up/);
		assert.equal(registry.requests.length, 1);
	});

	test('that stay silent are ended, and leave no timer', async () => {
		await using registry = await openFakeRegistry(({url}) =>
			url.pathname === '/v2/' ? {body: {}} : {after: new Promise(() => {})},
		);
		const clock = createFakeClock();
		const client = registryClient(registry.address, {clock});
		await client.ping(signal);
		assert.equal(clock.timerCount(), 0);
		const call = refused(client.tags('web', signal), 'unreachable', /no answer after 30 s/);
		while (registry.requests.length < 2) await new Promise(resolve => setImmediate(resolve));
		await clock.advance(31_000);
		await call;
		assert.equal(clock.timerCount(), 0);
	});

	test('are kept for the next request', async () => {
		await using registry = await openFakeRegistry(stock);
		const client = registryClient(registry.address);
		for (let count = 0; count < 5; count++) await client.tags('web', signal);
		assert.equal(new Set(registry.requests.map(({port}) => port)).size, 1);
	});

	test('of many wait for their turn without being late', async () => {
		const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		let count = 0;
		await using registry = await openFakeRegistry(({url}) =>
			url.pathname === '/v2/'
				? {body: {}}
				: {body: {tags: []}, after: gates[count++ < 8 ? 0 : 1]?.promise ?? assert.fail()},
		);
		const clock = createFakeClock();
		const client = registryClient(registry.address, {clock});
		await client.ping(signal);
		const calls = Promise.all(Array.from({length: 16}, () => client.tags('web', signal)));
		const asked = async (requests: number): Promise<void> => {
			while (registry.requests.length < requests) await new Promise(resolve => setImmediate(resolve));
			await clock.advance(20_000);
		};
		await asked(9);
		gates[0]?.resolve();
		await asked(17);
		gates[1]?.resolve();
		assert.equal((await calls).length, 16);
		assert.equal(clock.timerCount(), 0);
	});

	test('that were closed while nobody used them are opened anew; one that always breaks is not tried for ever', async () => {
		const seen = new Set<number>();
		let isDown = false;
		await using registry = await openFakeRegistry(request => {
			const isDropped = isDown || seen.has(request.port);
			seen.add(request.port);
			return {...stock(request), isDropped};
		});
		const client = registryClient(registry.address);
		for (let round = 0; round < 3; round++) assert.deepEqual((await client.tags('web', signal)).items, ['1']);
		isDown = true;
		await refused(client.tags('web', signal), 'unreachable', /the connection broke/);
		assert.ok(registry.requests.length < 12, String(registry.requests.length));
	});

	test('to other hosts go by the proxy of this machine, those on it never do', async () => {
		await using proxy = await openFakeRegistry(stock);
		const env = {HTTP_PROXY: `http://${proxy.address}`, HTTPS_PROXY: `http://${proxy.address}`};
		const outside = registryClient('registry.invalid', {env});
		assert.deepEqual((await outside.tags('web', signal)).items, ['1']);
		assert.equal(proxy.requests[0]?.headers.host, 'registry.invalid');
		const asked = proxy.requests.length;
		await using registry = await openFakeRegistry(stock);
		await registryClient(registry.address, {env}).tags('web', signal);
		assert.equal(proxy.requests.length, asked);
	});

	test('to what speaks another language', async () => {
		const server = createServer(socket => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2p1\r\n'));
		server.listen(0, '127.0.0.1');
		await new Promise(resolve => server.once('listening', resolve));
		const address = server.address();
		assert.ok(address !== null && typeof address === 'object');
		await refused(
			registryClient(`127.0.0.1:${address.port}`).ping(signal),
			'protocol',
			/not HTTP as it should be/,
		);
		server.close();
	});
});

describe('redirects', () => {
	const config = Buffer.from(JSON.stringify({os: 'linux', architecture: 'arm64'}));
	const descriptor = {
		mediaType: 'application/vnd.oci.image.config.v1+json',
		digest: sha256(config),
		sizeBytes: config.length,
		annotations: {},
	};
	const guarded =
		(location: string): FakeAnswers =>
		({headers}) =>
			headers.authorization === undefined
				? refusing(401, 'UNAUTHORIZED', 'no', {'www-authenticate': 'Basic realm=x'})
				: {status: 307, headers: {location}};
	const credentials = password('gantry', 'lighthouse');

	test('to where blobs are stored take no credentials along', async () => {
		await using storage = await openFakeRegistry(() => ({body: config}));
		await using registry = await openFakeRegistry(guarded(`http://${storage.address}/blob?signature=x`));
		const client = registryClient(registry.address, {credentials});
		assert.equal((await client.config('web', descriptor, signal))?.platform, 'linux/arm64');
		assert.equal(storage.requests[0]?.headers.authorization, undefined);
		assert.equal(storage.requests[0]?.url.search, '?signature=x');
	});

	test('to the same registry take them along', async () => {
		await using registry = await openFakeRegistry(request =>
			request.url.pathname === '/elsewhere' && request.headers.authorization !== undefined
				? {body: config}
				: guarded('/elsewhere')(request),
		);
		const client = registryClient(registry.address, {credentials});
		assert.equal((await client.config('web', descriptor, signal))?.platform, 'linux/arm64');
	});

	test('what storage refuses is not taken for a wrong password', async () => {
		await using storage = await openFakeRegistry(() => ({
			status: 401,
			headers: {'www-authenticate': 'Basic realm=x'},
		}));
		await using registry = await openFakeRegistry(guarded(`http://${storage.address}/blob`));
		const client = registryClient(registry.address, {credentials});
		await refused(client.config('web', descriptor, signal), 'unavailable', /from where 127.* sent us: 401/);
		assert.equal(storage.requests.length, 1);
	});

	test('in circles, to plain HTTP elsewhere, and to what is no web server', async () => {
		for (const [location, kind, words] of [
			['/v2/again', 'protocol', /from one place to the next/],
			['http://storage.example.invalid/x', 'tls', /not encrypted/],
			['file:///etc/passwd', 'tls', /not encrypted/],
		] as const) {
			await using registry = await openFakeRegistry(guarded(location));
			await refused(
				registryClient(registry.address, {credentials}).config('web', descriptor, signal),
				kind,
				words,
			);
		}
	});
});
