import type {Clock} from '../../clock.ts';
import type {Accounts} from '../accounts-port.ts';
import type {Transport} from '../http/transport.ts';
import {type Credentials, RegistryError, type RegistryHost} from '../types.ts';
import {type Challenge, parseChallenges} from './challenge.ts';
import {sharedWork} from './shared-work.ts';
import {basicHeader, fetchToken, type Token, type TokenRequest} from './token.ts';

/** Who asks a registry: credentials, and the tokens that were given out for them. Nothing of it is ever told. */
export type Authority = {
	/** What to send along, as far as the registry's way of asking is known. @param scope of the request */
	readonly headerFor: (scope: string | undefined, signal: AbortSignal) => Promise<string | undefined>;
	/**
	 * After a refusal (401).
	 * @param refused what was sent along
	 * @returns what to try instead; `undefined` when there is nothing
	 */
	readonly renew: (
		challenge: string | undefined,
		scope: string | undefined,
		refused: string | undefined,
		signal: AbortSignal,
	) => Promise<string | undefined>;
	/** The account that was used last; `undefined`: nobody. */
	readonly credentials: () => Credentials | undefined;
	/** It was refused for good: who tries again may have logged in elsewhere. */
	readonly doubt: () => void;
	/** Somebody else asks from now on. */
	readonly forget: () => void;
};

type Context = {
	readonly host: RegistryHost;
	readonly accounts: Accounts;
	readonly transport: Transport;
	readonly clock: Clock;
};

/** Somebody may log in with the docker client meanwhile. */
const credentialsKeptMs = 60_000;
/** A token that runs out on its way is of no use. */
const spareMs = 5000;
const mostTokens = 2000;

type Way = {readonly kind: 'basic'} | ({readonly kind: 'bearer'} & Omit<TokenRequest, 'scopes'>);

const wayOf = (
	challenges: readonly Challenge[],
): {readonly way: Way; readonly scopes: readonly string[]} | undefined => {
	const bearer = challenges.find(({scheme, parameters}) => scheme === 'bearer' && parameters.has('realm'));
	if (bearer !== undefined) {
		const {parameters} = bearer;
		const scopes = (parameters.get('scope') ?? '').split(' ').filter(Boolean);
		return {
			way: {kind: 'bearer', realm: parameters.get('realm') ?? '', service: parameters.get('service')},
			scopes,
		};
	}
	return challenges.some(({scheme}) => scheme === 'basic') ? {way: {kind: 'basic'}, scopes: []} : undefined;
};

const accountOf = (credentials: Credentials | undefined): string => {
	if (credentials === undefined) return '';
	return credentials.kind === 'password' ? `user ${credentials.username}` : 'token';
};

export const createAuthority = (context: Context): Authority => {
	const {host, accounts, clock} = context;
	const tokens = new Map<string, Token>();
	const shareCredentials = sharedWork<Credentials | undefined>(host);
	const shareToken = sharedWork<Token>(host);
	let way: Way | undefined;
	let used: Credentials | undefined;
	let known: {readonly credentials: Credentials | undefined; readonly until: number} | undefined;
	/** Who is logged in may have changed while something was under way. */
	let age = 0;

	const credentialsNow = async (signal: AbortSignal): Promise<Credentials | undefined> => {
		if (known !== undefined && clock.now() < known.until) return known.credentials;
		const asked = age;
		const credentials = await shareCredentials(String(age), signal, own =>
			accounts.credentialsFor(host, own),
		);
		if (asked === age) known = {credentials, until: clock.now() + credentialsKeptMs};
		used = credentials;
		return credentials;
	};

	const keep = (key: string, token: Token): void => {
		for (const [old, {expiresAt}] of tokens) if (expiresAt <= clock.now()) tokens.delete(old);
		if (tokens.size >= mostTokens) tokens.clear();
		tokens.set(key, token);
	};

	const keyOf = (request: TokenRequest, credentials: Credentials | undefined): string =>
		JSON.stringify([request.realm, request.service, request.scopes, accountOf(credentials)]);

	const bearer = async (
		request: TokenRequest,
		refused: string | undefined,
		signal: AbortSignal,
	): Promise<string> => {
		const credentials = await credentialsNow(signal);
		const key = keyOf(request, credentials);
		const cached = tokens.get(key);
		const header = cached && `Bearer ${cached.text}`;
		// Somebody who asked at the same time may have got a new one already.
		if (cached && header && header !== refused && cached.expiresAt - spareMs > clock.now()) return header;
		tokens.delete(key);
		const asked = age;
		const token = await shareToken(`${age} ${key}`, signal, own =>
			fetchToken({...context, now: clock.now}, request, credentials, own),
		);
		if (asked === age) keep(key, token);
		return `Bearer ${token.text}`;
	};

	const basic = async (signal: AbortSignal): Promise<string | undefined> => {
		const credentials = await credentialsNow(signal);
		return credentials?.kind === 'password'
			? basicHeader(credentials.username, credentials.password)
			: undefined;
	};

	return {
		async headerFor(scope, signal) {
			if (way === undefined) return undefined;
			if (way.kind === 'basic') return basic(signal);
			return bearer({...way, scopes: scope === undefined ? [] : [scope]}, undefined, signal);
		},
		async renew(challenge, scope, refused, signal) {
			const challenges = parseChallenges(challenge ?? '');
			const found = wayOf(challenges);
			if (found === undefined) {
				const [first] = challenges;
				if (first === undefined) return undefined;
				throw new RegistryError(
					'unsupported',
					host,
					`${host} asks for a login by “${first.scheme.slice(0, 40)}”`,
				);
			}
			way = found.way;
			if (refused !== undefined) known = undefined;
			if (way.kind === 'basic') {
				const header = await basic(signal);
				return header === refused ? undefined : header;
			}
			const scopes = found.scopes.length > 0 || scope === undefined ? found.scopes : [scope];
			return bearer({...way, scopes}, refused, signal);
		},
		credentials: () => used,
		doubt: () => {
			known = undefined;
		},
		forget: () => {
			age++;
			known = undefined;
			used = undefined;
			tokens.clear();
		},
	};
};
