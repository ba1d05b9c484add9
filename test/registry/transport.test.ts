import assert from 'node:assert/strict';
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {RegistryError, type RegistryErrorKind} from '../../source/registry/types.ts';
import {type Authority, type Issued, makeAuthority} from '../helpers/certificates.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {type FakeAnswers, holding, openFakeRegistry, refusing, sha256} from '../helpers/fake-registry.ts';
import {password, registryClient} from '../helpers/registry-client.ts';
import {temporaryFolder} from '../helpers/started-registry.ts';

const {signal} = new AbortController();

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

describe('TLS', () => {
	const folder = temporaryFolder('certificates');
	let authority: Authority;
	before(async () => {
		authority = await makeAuthority(folder.path);
	});
	after(folder.remove);

	let count = 0;
	const open = async (issued: Issued = {}, wantsClient = false) => {
		count++;
		const {certificate, key} = await authority.issue(`server-${count}`, issued);
		return openFakeRegistry(stock, {
			cert: readFileSync(certificate),
			key: readFileSync(key),
			...(wantsClient ? {requestCert: true, ca: readFileSync(authority.certificate)} : {}),
		});
	};
	/** @returns a `certs.d` with this for the host */
	const trusting = (address: string, from = authority.certificate): string => {
		const certificates = join(folder.path, `certs-${address}`);
		mkdirSync(join(certificates, address), {recursive: true});
		copyFileSync(from, join(certificates, address, 'ca.crt'));
		return certificates;
	};

	test('a private authority is trusted when its certificate is in the folder of the host; from then on', async () => {
		await using registry = await open();
		const certificates = join(folder.path, `certs-${registry.address}`);
		const client = registryClient(registry.address, {isInsecure: false, certificates});
		const error = await refused(
			client.ping(signal),
			'tls',
			/: its certificate is signed by an unknown authority$/,
		);
		assert.equal(
			error.facts.hint,
			`if you trust it: put its CA into ${certificates}/${registry.address}/ca.crt`,
		);
		trusting(registry.address);
		assert.deepEqual(await client.ping(signal), {isEncrypted: true});
		const other = registryClient(registry.address, {isInsecure: false});
		await refused(other.ping(signal), 'tls', /unknown authority/);
	});

	for (const [issued, words] of [
		[{isSelfSigned: true}, /: its certificate is self-signed$/],
		[{hasExpired: true}, /: its certificate has expired$/],
		[{names: 'DNS:other.example'}, /: its certificate is for other\.example$/],
	] as const)
		test(`refused, trusted authority or not: ${words.source}`, async () => {
			await using registry = await open(issued);
			const certificates = trusting(registry.address);
			const client = registryClient(registry.address, {isInsecure: false, certificates});
			await refused(client.ping(signal), 'tls', words);
			assert.deepEqual(registry.asked(), []);
		});

	test('a self-signed certificate in the folder of the host is trusted', async () => {
		await using registry = await open({isSelfSigned: true});
		const certificates = trusting(registry.address, join(folder.path, `server-${count}.crt`));
		const client = registryClient(registry.address, {isInsecure: false, certificates});
		assert.deepEqual(await client.ping(signal), {isEncrypted: true});
	});

	test('of an insecure registry nothing is checked', async () => {
		await using registry = await open({isSelfSigned: true, names: 'DNS:other.example'});
		assert.deepEqual(await registryClient(registry.address).ping(signal), {isEncrypted: true});
	});

	test('a registry without TLS is not asked in plain HTTP, unless it is insecure', async () => {
		await using registry = await openFakeRegistry(stock);
		const client = registryClient(registry.address, {isInsecure: false, credentials: password('a', 'b')});
		const error = await refused(client.tags('web', signal), 'tls', /it does not speak TLS/);
		assert.match(error.facts.hint ?? '', /insecure-registries/);
		assert.deepEqual(registry.asked(), []);
		assert.deepEqual(await registryClient(registry.address).ping(signal), {isEncrypted: false});
	});

	test('the client shows its own certificate where one is asked for', async () => {
		await using registry = await open({}, true);
		const certificates = trusting(registry.address);
		const client = registryClient(registry.address, {isInsecure: false, certificates});
		const error = await refused(client.ping(signal), 'tls', /refused the TLS handshake/);
		assert.match(error.facts.hint ?? '', /client\.cert and client\.key/);
		const own = await authority.issue('client', {isForClient: true});
		copyFileSync(own.certificate, join(certificates, registry.address, 'client.cert'));
		copyFileSync(own.key, join(certificates, registry.address, 'client.key'));
		const another = registryClient(registry.address, {isInsecure: false, certificates});
		assert.deepEqual(await another.ping(signal), {isEncrypted: true});
	});

	test('a file that is no certificate is named with its folder', async () => {
		await using registry = await open();
		const certificates = trusting(registry.address);
		const file = join(certificates, registry.address, 'ca.crt');
		writeFileSync(file, 'not a certificate');
		const client = registryClient(registry.address, {isInsecure: false, certificates});
		const error = await refused(client.ping(signal), 'tls', /certificate/);
		assert.match(error.facts.hint ?? '', new RegExp(join(certificates, registry.address)));
		copyFileSync(authority.certificate, file);
		assert.deepEqual(await client.ping(signal), {isEncrypted: true});
	});
});
