import {type Fields, text} from '../../engine/decode/read.ts';
import {AccountError, hubHost, type Login} from '../accounts-port.ts';
import {bareHost, canonicalHost} from '../host.ts';
import type {Credentials, RegistryHost} from '../types.ts';

/** Docker Hub in the configuration and to helpers; other registries are their bare hosts. */
const hubKey = 'https://index.docker.io/v1/';

export const keyOf = (host: RegistryHost): string => (host === hubHost ? hubKey : host);

/** Docker Desktop keeps more than an account under Hub's name. */
const isOtherToken = (key: string): boolean => /\/v1\/(?:access|refresh)-token$/.test(key);

/** The registry that a key stands for; nothing for what is no account. */
export const hostOf = (key: string): RegistryHost | undefined => {
	const host = bareHost(key);
	return host === '' || isOtherToken(key) ? undefined : canonicalHost(host);
};

/** What stands for a host among keys: its own key first, then what older clients and people have written. */
export const keysFor = (host: RegistryHost, keys: Iterable<string>): readonly string[] => {
	const own = keyOf(host);
	const found = [...keys].filter(key => key === own || hostOf(key) === host);
	return found.toSorted((a, b) => Number(b === own) - Number(a === own));
};

/** Go writes no byte after a zero. */
const withoutZeros = (password: string): string => password.replace(/^\0+|\0+$/g, '');

const basic = (auth: string, name: string): Credentials & {readonly kind: 'password'} => {
	const isBase64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(auth.trim());
	const decoded = isBase64 ? Buffer.from(auth, 'base64').toString('utf8') : '';
	const colon = decoded.indexOf(':');
	if (colon < 1) throw new AccountError(`${name}: "auth" is no base64 of user:password`);
	return {
		kind: 'password',
		username: decoded.slice(0, colon),
		password: withoutZeros(decoded.slice(colon + 1)),
	};
};

export const encodeBasic = (username: string, password: string): string =>
	Buffer.from(`${username}:${password}`, 'utf8').toString('base64');

/**
 * What an entry of `auths` holds; nothing when there is no secret in it.
 * @param name of the file and the entry, for errors
 * @throws AccountError
 */
export const readEntry = (fields: Fields, name: string): Login | undefined => {
	const auth = text(fields.auth);
	const {username, password} =
		auth === '' ? {username: text(fields.username), password: text(fields.password)} : basic(auth, name);
	const named = username === '' ? {} : {username};
	const token = text(fields.identitytoken);
	if (token !== '') return {...named, credentials: {kind: 'identity-token', token}};
	if (username === '' && password === '') return undefined;
	return {...named, credentials: {kind: 'password', username, password}};
};
