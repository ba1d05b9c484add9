import type {BuildAccounts} from '../engine/build-types.ts';
import {withoutAccount} from '../engine/errors.ts';
import type {RegistryAuth} from '../engine/registry-types.ts';
import type {OpenRegistries} from '../registry/access-port.ts';
import {AccountError} from '../registry/accounts-port.ts';
import {canonicalHost} from '../registry/host.ts';
import {remoteReference} from '../registry/reference.ts';
import type {RegistryHost} from '../registry/types.ts';

const authAt = async (
	registries: OpenRegistries,
	host: RegistryHost,
	signal: AbortSignal,
): Promise<RegistryAuth | undefined> => {
	const {accounts} = await registries();
	const credentials = await accounts.credentialsFor(host, signal);
	return credentials && {host, credentials};
};

/**
 * Who asks the registry of an image: the account that this machine has there, if any.
 * @throws AccountError when it has one that cannot be read
 */
export const registryAuth = async (
	registries: OpenRegistries,
	reference: string,
	signal: AbortSignal,
): Promise<RegistryAuth | undefined> => {
	const remote = remoteReference(reference);
	return remote === undefined ? undefined : authAt(registries, remote.host, signal);
};

/** Goes on as anybody where an account cannot be read, as docker does; remembers why. */
const createTroubles = () => {
	let trouble: string | undefined;
	return {
		async pass<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
			try {
				return await work;
			} catch (error) {
				if (!(error instanceof AccountError)) throw error;
				trouble ??= error.message;
				return otherwise;
			}
		},
		/** What is thrown in the place of an error. */
		explain: (error: unknown): unknown => withoutAccount(error, trouble),
	};
};

/**
 * Work of the engine with the registry of an image, as the account that this machine has there. An account that
 * cannot be read is told only when the registry wants one.
 */
export async function* asAccount<Item>(
	registries: OpenRegistries,
	reference: string,
	signal: AbortSignal,
	work: (who: {readonly auth?: RegistryAuth}) => AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
	const troubles = createTroubles();
	// A helper may take its time.
	const auth = await troubles.pass(registryAuth(registries, reference, AbortSignal.any([signal])), undefined);
	try {
		yield* work(auth === undefined ? {} : {auth});
	} catch (error) {
		throw troubles.explain(error);
	}
}

/** The accounts of this machine for a build; they are read when the builder needs them. */
export const createBuildAccounts = (
	registries: OpenRegistries,
): {readonly accounts: BuildAccounts; readonly explain: (error: unknown) => unknown} => {
	const troubles = createTroubles();
	const find = (host: string, signal: AbortSignal): Promise<RegistryAuth | undefined> =>
		troubles.pass(authAt(registries, canonicalHost(host), signal), undefined);
	return {
		accounts: {
			find,
			async all(signal) {
				const {accounts} = await registries();
				const listed = await troubles.pass(accounts.list(signal), []);
				const found = await Promise.all(listed.map(({host}) => find(host, signal)));
				return found.filter(auth => auth !== undefined);
			},
		},
		explain: troubles.explain,
	};
};
