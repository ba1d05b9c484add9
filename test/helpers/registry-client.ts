import assert from 'node:assert/strict';
import type {Clock} from '../../source/clock.ts';
import type {Accounts} from '../../source/registry/accounts-port.ts';
import type {RegistryClient} from '../../source/registry/client-port.ts';
import {createAccess} from '../../source/registry/clients.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import {type Credentials, RegistryError, type RegistryErrorKind} from '../../source/registry/types.ts';

type Options = {
	readonly credentials?: Credentials;
	/** What a loopback is to every engine; it is when absent. */
	readonly isInsecure?: boolean;
	/** In place of `/etc/docker/certs.d`. */
	readonly certificates?: string;
	readonly clock?: Clock;
	readonly accounts?: Accounts;
	readonly env?: Readonly<Record<string, string>>;
};

export const password = (username: string, secret: string): Credentials => ({
	kind: 'password',
	username,
	password: secret,
});

/** A client of this registry, with these credentials and nothing else of this machine. */
export const registryClient = (
	address: string,
	{credentials, isInsecure = true, certificates, clock, accounts, env = {}}: Options = {},
): RegistryClient => {
	const surroundings = {
		env,
		home: '/nonexistent',
		certificates: certificates === undefined ? [] : [certificates],
		...(clock && {clock}),
	};
	const own: Accounts = {...noRegistries.accounts, credentialsFor: async () => credentials};
	return createAccess(surroundings, accounts ?? own).client(address, {isInsecure});
};

/** The error that a call is refused with. @throws where it is not */
export const errorOf = async (call: Promise<unknown>): Promise<RegistryError> => {
	const error = await call.then(
		() => assert.fail('it was not refused'),
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof RegistryError, String(error));
	return error;
};

/** A call is refused, for this reason and in these words. @returns the error, for the rest */
export const refused = async (
	call: Promise<unknown>,
	kind: RegistryErrorKind,
	words: RegExp,
): Promise<RegistryError> => {
	const error = await errorOf(call);
	assert.equal(error.kind, kind, error.message);
	assert.match(error.message, words);
	return error;
};
