import {optionalNumber, record, text} from '../../engine/decode/read.ts';
import {parseJson} from '../decode/json.ts';
import {refusalError} from '../decode/refusal.ts';
import type {Answer, Ask} from '../http/exchange.ts';
import type {Transport} from '../http/transport.ts';
import {type Credentials, RegistryError, type RegistryHost} from '../types.ts';

/** Who gives out tokens, for what. */
export type TokenRequest = {
	readonly realm: string;
	readonly service: string | undefined;
	readonly scopes: readonly string[];
};

export type Token = {
	readonly text: string;
	/** Epoch ms. */
	readonly expiresAt: number;
};

const defaultSeconds = 60;
const longestSeconds = 24 * 60 * 60;
const mostBytes = 1024 * 1024;
/** Printable ASCII without blanks: what may stand in a header. */
const tokenForm = /^[\x21-\x7e]{1,65536}$/;

export const basicHeader = (username: string, password: string): string =>
	`Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;

const byQuery = (url: URL, {service, scopes}: TokenRequest, credentials: Credentials | undefined): Ask => {
	if (service !== undefined) url.searchParams.set('service', service);
	for (const scope of scopes) url.searchParams.append('scope', scope);
	const base = {method: 'GET', url, maxBytes: mostBytes} as const;
	if (credentials?.kind !== 'password') return {...base, headers: {}};
	url.searchParams.set('account', credentials.username);
	return {...base, headers: {authorization: basicHeader(credentials.username, credentials.password)}};
};

const byRefreshToken = (url: URL, {service, scopes}: TokenRequest, refreshToken: string): Ask => ({
	method: 'POST',
	url,
	maxBytes: mostBytes,
	headers: {'content-type': 'application/x-www-form-urlencoded'},
	body: new URLSearchParams({
		grant_type: 'refresh_token',
		client_id: 'gantry',
		service: service ?? '',
		...(scopes.length === 0 ? {} : {scope: scopes.join(' ')}),
		refresh_token: refreshToken,
	}).toString(),
});

export const loginHint = (host: RegistryHost, credentials: Credentials | undefined): string =>
	credentials === undefined
		? `:login ${host}`
		: `the name or the password is wrong, or has run out: :login ${host}`;

const isOfCredentials = ({status, body}: Answer): boolean =>
	status === 401 || (status === 400 && text(record(parseJson(body)).error) === 'invalid_grant');

/** Distribution's token authentication: GET with Basic or without anybody, POST (OAuth2) with a refresh token. */
export const fetchToken = async (
	{
		transport,
		host,
		now,
	}: {readonly transport: Transport; readonly host: RegistryHost; readonly now: () => number},
	request: TokenRequest,
	credentials: Credentials | undefined,
	signal: AbortSignal,
): Promise<Token> => {
	if (!URL.canParse(request.realm))
		throw new RegistryError('protocol', host, `${host}: it names no token server that can be asked`);
	const url = new URL(request.realm);
	const ask =
		credentials?.kind === 'identity-token'
			? byRefreshToken(url, request, credentials.token)
			: byQuery(url, request, credentials);
	const label = url.host === host ? host : `${host}, token server ${url.host}`;
	const answer = await transport.sendTo(ask, label, signal);
	if (answer.status !== 200) {
		const isWrong = isOfCredentials(answer);
		throw refusalError(answer, {
			host,
			label,
			now: now(),
			...(isWrong ? {kind: 'unauthorised', hint: loginHint(host, credentials)} : {}),
		});
	}
	const fields = record(parseJson(answer.body));
	const token = text(fields.token) || text(fields.access_token);
	if (!tokenForm.test(token)) throw new RegistryError('protocol', host, `${label}: what it gave is no token`);
	const seconds = optionalNumber(fields.expires_in) ?? defaultSeconds;
	const lifeMs = Math.min(Math.max(seconds, 0), longestSeconds) * 1000;
	return {text: token, expiresAt: now() + lifeMs};
};
