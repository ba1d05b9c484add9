import type {RegistrySurroundings} from './access-port.ts';
import {forgetLogin, keepLogin} from './accounts/change.ts';
import {findCredentials, listAccounts} from './accounts/find.ts';
import {configPath, environmentVariable, isInEnvironment, readPlace, storeIn} from './accounts/place.ts';
import type {Accounts} from './accounts-port.ts';

/**
 * The accounts of the docker client on this machine, where and as it keeps them: `$DOCKER_CONFIG/config.json`, else
 * that of `~/.docker`, the credential helpers that it names, and `DOCKER_AUTH_CONFIG`.
 * Source: docker/cli, cli/config (28.2).
 */
export const createAccounts = (
	surroundings: RegistrySurroundings & {
		/** How long a helper may think; absent: half a minute. */
		readonly limitMs?: number;
	},
): Accounts => {
	let last: Promise<unknown> = Promise.resolve();
	/** One after the other: a second change begins with what the first has written. */
	const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
		const next = last.then(work);
		last = next.catch(() => {});
		return next;
	};
	return {
		credentialsFor: (host, signal) => findCredentials(surroundings, host, signal),
		list: signal => listAccounts(surroundings, signal),
		storeFor: async host =>
			isInEnvironment(surroundings, host)
				? {kind: 'environment', variable: environmentVariable}
				: storeIn(await readPlace(surroundings), host, configPath(surroundings)),
		store: (host, login, signal) => inTurn(() => keepLogin(surroundings, host, login, signal)),
		erase: (host, signal) => inTurn(() => forgetLogin(surroundings, host, signal)),
	};
};
