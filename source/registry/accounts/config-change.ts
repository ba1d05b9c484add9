import type {Login} from '../accounts-port.ts';
import {encodeBasic} from './entries.ts';
import {type Written, withoutValueAt, withValueAt} from './json-edit.ts';
import {outlineOf} from './json-outline.ts';

const secretFields = ['auth', 'username', 'password', 'identitytoken', 'registrytoken'] as const;

/** As docker writes them: beside a token the name, with an empty password. */
const fieldsOf = ({username, credentials}: Login): Readonly<Record<string, string>> =>
	credentials.kind === 'password'
		? {auth: encodeBasic(credentials.username, credentials.password)}
		: {
				...(username === undefined ? {} : {auth: encodeBasic(username, '')}),
				identitytoken: credentials.token,
			};

const hasEntry = (text: string, key: string): boolean =>
	outlineOf(text)
		.members?.findLast(member => member.key === 'auths')
		?.value.members?.some(member => member.key === key) === true;

export type Keeping = {
	readonly key: string;
	/** Absent: a helper has it, and the file only tells that there is one. */
	readonly login?: Login;
	/** To be named as the helper for every registry. */
	readonly credsStore?: string;
};

/**
 * The text of a configuration with an account; what else is in it stays.
 * @param text a configuration that could be read, or an empty one
 */
export const withAccount = (text: string, {key, login, credsStore}: Keeping): string => {
	const start = text.trim() === '' ? '{}' : text;
	const fields: Readonly<Record<string, string>> = login === undefined ? {} : fieldsOf(login);
	let next = start;
	if (hasEntry(start, key)) {
		for (const name of secretFields) {
			const value: Written | undefined = fields[name];
			const path = ['auths', key, name];
			next = value === undefined ? withoutValueAt(next, path) : withValueAt(next, path, value);
		}
	} else next = withValueAt(start, ['auths', key], fields);
	return credsStore === undefined ? next : withValueAt(next, ['credsStore'], credsStore);
};

/** The text of a configuration without the accounts under these keys; what else is in it stays. */
export const withoutAccounts = (text: string, keys: readonly string[]): string =>
	text.trim() === '' ? text : keys.reduce((next, key) => withoutValueAt(next, ['auths', key]), text);
