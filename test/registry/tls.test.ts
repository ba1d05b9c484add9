import assert from 'node:assert/strict';
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {type Authority, type Issued, makeAuthority} from '../helpers/certificates.ts';
import {type FakeAnswers, holding, openFakeRegistry, refusing} from '../helpers/fake-registry.ts';
import {password, refused, registryClient} from '../helpers/registry-client.ts';
import {temporaryFolder} from '../helpers/started-registry.ts';

const {signal} = new AbortController();

const stock = holding({repositories: {web: ['1']}});

describe('TLS', () => {
	const folder = temporaryFolder('certificates');
	let authority: Authority;
	before(async () => {
		authority = await makeAuthority(folder.path);
	});
	after(folder.remove);

	let count = 0;
	const open = async (issued: Issued = {}, wantsClient = false, answers: FakeAnswers = stock) => {
		count++;
		const {certificate, key} = await authority.issue(`server-${count}`, issued);
		return openFakeRegistry(answers, {
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

	const guardedBy =
		(realm: () => string): FakeAnswers =>
		request =>
			request.headers.authorization === 'Bearer good'
				? stock(request)
				: refusing(401, 'UNAUTHORIZED', 'no', {'www-authenticate': `Bearer realm="${realm()}",service="x"`});

	test('who signs for a registry signs for its token server too', async () => {
		await using tokens = await open({}, false, () => ({body: {token: 'good'}}));
		await using registry = await open(
			{},
			false,
			guardedBy(() => `https://${tokens.address}/token`),
		);
		const certificates = trusting(registry.address);
		const client = registryClient(registry.address, {isInsecure: false, certificates});
		assert.deepEqual((await client.tags('web', signal)).items, ['1']);
	});

	test('a secure registry does not send credentials out in plain HTTP, not even to its own host', async () => {
		await using tokens = await openFakeRegistry(() => ({body: {token: 'good'}}));
		await using registry = await open(
			{},
			false,
			guardedBy(() => `http://${tokens.address}/token`),
		);
		const certificates = trusting(registry.address);
		const credentials = password('gantry', 'lighthouse');
		const client = registryClient(registry.address, {isInsecure: false, certificates, credentials});
		await refused(client.tags('web', signal), 'tls', /which is not encrypted/);
		assert.deepEqual(tokens.asked(), []);
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
