import type {DemoRequest} from '../contract.ts';
import {object, text} from '../http/read.ts';

/** Whoever asks. */
export type Caller = 'nobody' | 'account' | 'stranger';

/** The password of everybody in the invented world; any other is wrong. */
export const everyPassword = 'demo';

const callerOf = (username: string | undefined, password: string | undefined): Caller => {
	if (!username) return 'nobody';
	return password === everyPassword ? 'account' : 'stranger';
};

/** Who a request to the engine comes from, by its `X-Registry-Auth`. */
export const callerOfEngine = ({headers}: DemoRequest): Caller => {
	const header = headers['x-registry-auth'];
	if (typeof header !== 'string') return 'nobody';
	try {
		const account = object(JSON.parse(Buffer.from(header, 'base64url').toString()));
		return callerOf(text(account.username), text(account.password));
	} catch {
		return 'nobody';
	}
};

/** By an `Authorization: Basic`. */
export const callerOfBasic = ({headers}: DemoRequest): Caller => {
	const [, encoded = ''] = /^Basic (.+)$/i.exec(headers.authorization ?? '') ?? [];
	const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
	return callerOf(username, password);
};

const tokens: Readonly<Record<Exclude<Caller, 'stranger'>, string>> = {
	nobody: 'demo.nobody',
	account: 'demo.account',
};

/** What a token server gives out; `undefined` for a wrong password. */
export const tokenFor = (caller: Caller): string | undefined =>
	caller === 'stranger' ? undefined : tokens[caller];

/** By an `Authorization: Bearer`; `undefined` without a token that was given out here. */
export const callerOfToken = ({headers}: DemoRequest): Caller | undefined => {
	const {authorization} = headers;
	if (authorization === `Bearer ${tokens.account}`) return 'account';
	return authorization === `Bearer ${tokens.nobody}` ? 'nobody' : undefined;
};
