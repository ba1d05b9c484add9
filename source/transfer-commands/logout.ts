import process from 'node:process';
import type {LogoutOptions} from '../command-lines/call.ts';
import type {OpenRegistries} from '../registry/access-port.ts';
import {interrupted, untilLeft} from './leaving.ts';

/**
 * `gantry logout`. Who was not logged in is logged out as well, as with docker.
 * @returns the exit code
 * @throws AccountError
 */
export const runLogout = (
	{registry: host, isJson}: LogoutOptions,
	registries: OpenRegistries,
): Promise<number> =>
	untilLeft(async signal => {
		const {accounts} = await registries();
		try {
			const wasLoggedIn = await accounts.erase(host, signal);
			const told = wasLoggedIn ? `logged out of ${host}` : `nobody was logged in to ${host}`;
			process.stdout.write(`${isJson ? JSON.stringify({host, wasLoggedIn}) : told}\n`);
			return 0;
		} catch (error) {
			if (signal.aborted) return interrupted;
			throw error;
		}
	});
