import {createSign, X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {makeAuthority} from './certificates.ts';
import {type FakeAnswer, type FakeRegistry, type FakeRequest, openFakeRegistry} from './fake-registry.ts';
import {openRegistry, type StartedRegistry, temporaryFolder} from './started-registry.ts';

/** Who may do what at a registry that asks for tokens. Whoever comes without a name may pull `public/…`. */
export const tokenAccounts = {
	/** May do everything. */
	gantry: 'lighthouse',
	/** May only pull. */
	reader: 'spyglass',
} as const satisfies Readonly<Record<string, string>>;

export type TokenRegistry = StartedRegistry & {
	/** All that the token server was asked. */
	readonly tokenRequests: FakeRegistry['requests'];
	/** To be sent to the token server by POST instead of a password. */
	readonly refreshTokenOf: (user: keyof typeof tokenAccounts) => string;
};

const service = 'a registry of a test';
const issuer = 'a token server of a test';

type Access = {readonly type: string; readonly name: string; readonly actions: readonly string[]};

const mayDo = (user: string, {type, name}: Access, action: string): boolean => {
	if (user === 'gantry') return true;
	if (type !== 'repository' || action !== 'pull') return false;
	return user === 'reader' || name.startsWith('public/');
};

const granted = (user: string, scopes: readonly string[]): readonly Access[] =>
	scopes
		.flatMap(scope => scope.split(' '))
		.filter(Boolean)
		.map(scope => {
			const [, type = '', name = '', actions = ''] = /^([^:]+):(.+):([^:]*)$/.exec(scope) ?? [];
			return {type, name, actions: actions.split(',')};
		})
		.map(access => ({...access, actions: access.actions.filter(action => mayDo(user, access, action))}));

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The user, `''` for nobody, or `undefined` for one who is not who he says. */
const userOf = ({method, headers, body}: FakeRequest): string | undefined => {
	if (method === 'POST') {
		const [, user] = /^refresh-(\w+)$/.exec(new URLSearchParams(body).get('refresh_token') ?? '') ?? [];
		return user;
	}
	const [, encoded] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
	if (encoded === undefined) return '';
	const [user = '', password] = Buffer.from(encoded, 'base64').toString().split(':');
	return Object.entries(tokenAccounts).some(([name, word]) => name === user && word === password)
		? user
		: undefined;
};

/** A real registry that takes tokens only, and a server that gives them out. */
export const openTokenRegistry = async (expiresInSeconds = 300): Promise<TokenRegistry> => {
	const folder = temporaryFolder('tokens');
	const signer = await makeAuthority(folder.path);
	const certificate = new X509Certificate(readFileSync(signer.certificate));
	const key = readFileSync(signer.key);

	const sign = (user: string, access: readonly Access[]): string => {
		const now = Math.floor(Date.now() / 1000);
		const header = {typ: 'JWT', alg: 'ES256', x5c: [certificate.raw.toString('base64')]};
		const claims = {
			...{iss: issuer, sub: user, aud: service, jti: `${now}-${Math.random()}`, access},
			...{iat: now, nbf: now - 10, exp: now + expiresInSeconds},
		};
		const signed = `${base64url(header)}.${base64url(claims)}`;
		const signature = createSign('sha256').update(signed).sign({key, dsaEncoding: 'ieee-p1363'});
		return `${signed}.${signature.toString('base64url')}`;
	};

	const answer = (request: FakeRequest): FakeAnswer => {
		const user = userOf(request);
		if (user === undefined) return {status: 401, body: {details: 'incorrect username or password'}};
		const asked = request.method === 'POST' ? new URLSearchParams(request.body) : request.url.searchParams;
		const token = sign(user, granted(user, asked.getAll('scope')));
		return {body: {token, expires_in: expiresInSeconds}};
	};

	const server = await openFakeRegistry(answer);
	const registry = await openRegistry({
		needsAccount: false,
		auth: {
			token: {
				realm: `http://${server.address}/token`,
				service,
				issuer,
				rootcertbundle: signer.certificate,
			},
		},
	});
	return {
		address: registry.address,
		stop: registry.stop,
		tokenRequests: server.requests,
		refreshTokenOf: user => `refresh-${user}`,
		[Symbol.asyncDispose]: async () => {
			await registry[Symbol.asyncDispose]();
			await server[Symbol.asyncDispose]();
			folder.remove();
		},
	};
};
