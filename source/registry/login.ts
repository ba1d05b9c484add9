import type {Accounts, CredentialStore} from './accounts-port.ts';
import type {Credentials, RegistryHost} from './types.ts';

/** Does a registry let somebody in? As `Engine.checkAuth`. */
export type LoginCheck = (
	auth: {readonly host: RegistryHost; readonly credentials: Credentials},
	signal: AbortSignal,
) => Promise<{readonly identityToken?: string}>;

/**
 * Asks the registry, and keeps what it is let in with: the token that it gives out for the password, where it does.
 * @returns where it was put
 * @throws what the check throws, AccountError
 */
export const logIn = async (
	{accounts, check}: {readonly accounts: Accounts; readonly check: LoginCheck},
	host: RegistryHost,
	{username, password}: {readonly username: string; readonly password: string},
	signal: AbortSignal,
): Promise<CredentialStore> => {
	const credentials = {kind: 'password', username, password} as const;
	const {identityToken: token} = await check({host, credentials}, signal);
	const kept = token === undefined ? credentials : ({kind: 'identity-token', token} as const);
	return accounts.store(host, {username, credentials: kept}, signal);
};

/** Where credentials are kept, as a person would say it. */
export const storeName = (store: CredentialStore): string => {
	switch (store.kind) {
		case 'helper':
			return `docker-credential-${store.name}`;
		case 'file':
			return store.path;
		case 'environment':
			return store.variable;
		case 'memory':
			return 'memory, until Gantry ends';
	}
};

/** Beside a name there is a colon. */
export const checkUsername = (value: string): string | undefined => {
	if (value.trim() === '') return 'a user name is needed';
	return value.includes(':') ? 'a user name has no colon' : undefined;
};
