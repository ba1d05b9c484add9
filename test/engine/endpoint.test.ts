import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {type EndpointQuestion, resolveEndpoint} from '../../source/engine/endpoint.ts';

const idOf = (name: string) => createHash('sha256').update(name).digest('hex');
const metaOf = (name: string) => `/home/u/.docker/contexts/meta/${idOf(name)}/meta.json`;
const tlsOf = (name: string) => `/home/u/.docker/contexts/tls/${idOf(name)}/docker`;
const context = (host: string, isUnverified = false) =>
	JSON.stringify({Name: 'x', Endpoints: {docker: {Host: host, SkipTLSVerify: isUnverified}}});

const files: Record<string, string> = {
	[metaOf('remote')]: context('tcp://10.0.0.9:2376'),
	[`${tlsOf('remote')}/ca.pem`]: 'CA',
	[`${tlsOf('remote')}/cert.pem`]: 'CERT',
	[`${tlsOf('remote')}/key.pem`]: 'KEY',
	[metaOf('loose')]: context('tcp://10.0.0.8', true),
	[metaOf('local')]: context('unix:///run/local.sock'),
	[metaOf('far')]: context('ssh://ops@web-3'),
	[metaOf('hostless')]: '{"Endpoints":{}}',
	[metaOf('broken')]: '{',
	[metaOf('half')]: context('tcp://h:1'),
	[`${tlsOf('half')}/cert.pem`]: 'CERT',
	'/certs/ca.pem': 'CA2',
};

type Facts = Partial<Omit<EndpointQuestion, 'env'>> & {
	readonly env?: Record<string, string>;
	readonly config?: string;
};

const resolve = ({config, ...question}: Facts) =>
	resolveEndpoint({
		env: {},
		home: '/home/u',
		readFile: path => (path === '/home/u/.docker/config.json' ? config : files[path]),
		...question,
	});

const named = (facts: Facts) => {
	const choice = resolve(facts);
	assert.ok(choice.isNamed);
	assert.equal(choice.candidates.length, 1);
	return choice.candidates[0];
};

const current = '{"currentContext":"local"}';

test('the first that names an engine wins, in the order of the docker CLI', () => {
	const all = {DOCKER_HOST: 'tcp://h', DOCKER_CONTEXT: 'loose'};
	const table: readonly (readonly [Facts, string, string])[] = [
		[{context: 'local', env: all, config: current}, 'unix:///run/local.sock', 'context "local"'],
		[{context: 'default', env: all, config: current}, 'tcp://h:2375', 'DOCKER_HOST'],
		[{context: 'default', config: current}, 'unix:///var/run/docker.sock', 'default socket'],
		[{host: 'unix:///a.sock', env: all, config: current}, 'unix:///a.sock', 'flag -H'],
		[{env: all, config: current}, 'tcp://h:2375', 'DOCKER_HOST'],
		[{env: {...all, DOCKER_HOST: ''}, config: current}, 'tcp://10.0.0.8:2376', 'context "loose"'],
		[{env: {DOCKER_CONTEXT: 'default'}, config: current}, 'unix:///var/run/docker.sock', 'default socket'],
		[{config: current}, 'unix:///run/local.sock', 'context "local"'],
	];
	for (const [facts, address, source] of table) {
		const endpoint = named(facts);
		assert.deepEqual([endpoint.address, endpoint.source], [address, source], JSON.stringify(facts));
	}
});

test('when nothing was named, every known socket is a candidate, the default one first', () => {
	for (const config of [undefined, '', '{}', '{"currentContext":""}', '{"currentContext":"default"}']) {
		const choice = resolve({
			env: {XDG_RUNTIME_DIR: '/run/user/7'},
			...(config === undefined ? {} : {config}),
		});
		assert.ok(!choice.isNamed);
		const addresses = choice.candidates.map(candidate => candidate.address);
		assert.equal(addresses[0], 'unix:///var/run/docker.sock');
		assert.equal(addresses[1], 'unix:///run/user/7/docker.sock');
		for (const path of [
			'/home/u/.docker/run/docker.sock',
			'/home/u/.colima/default/docker.sock',
			'/home/u/.orbstack/run/docker.sock',
			'/home/u/.rd/docker.sock',
			'/run/user/7/podman/podman.sock',
			'/run/podman/podman.sock',
		]) {
			assert.ok(addresses.includes(`unix://${path}`), path);
		}
	}
});

test('hosts', () => {
	const table = [
		['unix:///a b.sock', 'unix:///a b.sock'],
		['unix://', 'unix:///var/run/docker.sock'],
		['tcp://', 'tcp://127.0.0.1:2375'],
		['tcp://:80', 'tcp://127.0.0.1:80'],
		[':4243', 'tcp://127.0.0.1:4243'],
		['web-3', 'tcp://web-3:2375'],
		['web-3:80', 'tcp://web-3:80'],
		['tcp://web-3:80/engine/a/', 'tcp://web-3:80/engine/a'],
		['tcp://[::1]:99', 'tcp://[::1]:99'],
		['[fe80::1]', 'tcp://[fe80::1]:2375'],
	] as const;
	for (const [host, address] of table) assert.equal(named({host}).address, address, host);
	assert.deepEqual(named({host: 'tcp://[::1]:99/x'}).target, {
		kind: 'tcp',
		host: '::1',
		port: 99,
		basePath: '/x',
	});
});

test('hosts that break a rule name the value', () => {
	const usage = ['', ' ', 'http://h', 'https://h:2376', 'ftp://h', 'tcp://h:0', 'tcp://h:70000', 'tcp://h:x'];
	const more = [
		'::1:2375',
		'tcp://a:b@h',
		'tcp://h?x=1',
		'/var/run/docker.sock',
		'unix://unix:///a',
		'tcp://a b',
	];
	for (const host of [...usage, ...more]) {
		const isRight = (error: unknown) =>
			error instanceof Error &&
			'kind' in error &&
			error.kind === 'usage' &&
			error.message.includes(`"${host}"`);
		assert.throws(() => resolve({host}), isRight, host);
		if (host !== '') assert.throws(() => resolve({env: {DOCKER_HOST: host}}), isRight, host);
	}
	assert.throws(() => resolve({host: '/run/a.sock'}), /unix:\/\/\/run\/a\.sock/);
	for (const host of ['ssh://ops@web-3', 'npipe:////./pipe/docker_engine', 'fd://']) {
		assert.throws(() => resolve({host}), {kind: 'unsupported'}, host);
	}
});

test('contexts: TLS material, loose TLS, and what is wrong with one', () => {
	assert.deepEqual(named({context: 'remote'}).target, {
		kind: 'tcp',
		host: '10.0.0.9',
		port: 2376,
		basePath: '',
		tls: {isVerified: true, ca: 'CA', cert: 'CERT', key: 'KEY'},
	});
	const loose = named({context: 'loose'}).target;
	assert.deepEqual(loose.kind === 'tcp' && loose.tls, {isVerified: false});
	assert.throws(() => resolve({context: 'nope'}), {kind: 'missing', message: /--context "nope"/});
	assert.throws(() => resolve({env: {DOCKER_CONTEXT: 'nope'}}), {
		kind: 'missing',
		message: /DOCKER_CONTEXT "nope"/,
	});
	assert.throws(() => resolve({config: '{"currentContext":"nope"}'}), {kind: 'missing'});
	assert.throws(() => resolve({config: '{'}), {kind: 'missing', message: /config\.json/});
	assert.throws(() => resolve({context: 'hostless'}), {kind: 'missing'});
	assert.throws(() => resolve({context: 'broken'}), {kind: 'missing', message: /meta\.json/});
	assert.throws(() => resolve({context: 'half'}), {kind: 'missing', message: /key\.pem/});
	assert.throws(() => resolve({context: 'far'}), {kind: 'unsupported'});
	assert.throws(() => resolve({context: 'local', host: 'h'}), {kind: 'usage'});
});

test('TLS by the environment counts for hosts, whatever its value, and not for contexts', () => {
	const env = {DOCKER_TLS_VERIFY: '0', DOCKER_CERT_PATH: '/certs', DOCKER_HOST: 'tcp://h'};
	assert.deepEqual(named({env}).target, {
		kind: 'tcp',
		host: 'h',
		port: 2376,
		basePath: '',
		tls: {isVerified: true, ca: 'CA2'},
	});
	assert.equal(named({env, host: 'unix:///a.sock'}).address, 'unix:///a.sock');
	assert.throws(() => resolve({env: {...env, DOCKER_CERT_PATH: '/none'}}), {
		kind: 'missing',
		message: /\/none\/ca\.pem/,
	});
	const unverified = named({host: 'h', env: {DOCKER_TLS: '1'}}).target;
	assert.deepEqual(unverified.kind === 'tcp' && unverified.tls, {isVerified: false});
	assert.equal(named({context: 'local', env}).address, 'unix:///run/local.sock');
});

test('DOCKER_API_VERSION is carried, and checked', () => {
	assert.equal(named({host: 'h', env: {DOCKER_API_VERSION: 'v1.40'}}).apiVersion, '1.40');
	assert.equal(named({host: 'h'}).apiVersion, undefined);
	assert.throws(() => resolve({host: 'h', env: {DOCKER_API_VERSION: 'new'}}), {kind: 'usage'});
});
