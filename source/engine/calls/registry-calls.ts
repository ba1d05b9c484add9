import {decodeLogin, decodeRemoteImage, decodeSearch} from '../decode/registry.ts';
import type {EngineClient} from '../engine-client.ts';
import {referencePath} from '../paths.ts';
import {pushProgress} from '../push.ts';
import {authHeader, authRecord} from '../registry-auth.ts';
import type {LoginAnswer, RegistryAuth, RemoteImage, SearchOptions, SearchResult} from '../registry-types.ts';
import type {TransferProgress} from '../types.ts';

/** Of the `Engine` port: what the engine does with registries on our behalf. It uses its own network and certificates. */
export type RegistryCalls = {
	/** `POST /auth`: would the registry let us in? Rejects with `auth` when not. */
	readonly checkAuth: (auth: RegistryAuth, signal: AbortSignal) => Promise<LoginAnswer>;
	/** `GET /images/search`: Docker Hub, or what Podman has been told to search. */
	readonly searchImages: (
		term: string,
		options: SearchOptions,
		signal: AbortSignal,
		auth?: RegistryAuth,
	) => Promise<readonly SearchResult[]>;
	/** `GET /distribution/{name}/json`: what a name stands for in its registry, without a pull. */
	readonly describeRemote: (
		reference: string,
		signal: AbortSignal,
		auth?: RegistryAuth,
	) => Promise<RemoteImage>;
	/**
	 * `POST /images/{name}/push`. Aborting the signal cancels the push at the engine.
	 * @param reference with a tag; an image of the engine has that name
	 * @param platform `os[/architecture[/variant]]`, API >= 1.46; absent: all that the engine has of it
	 */
	readonly pushImage: (
		reference: string,
		signal: AbortSignal,
		auth?: RegistryAuth,
		platform?: string,
	) => AsyncIterable<TransferProgress>;
};

/** The engine asks a registry, which may be slow. */
const askLimitMs = 60_000;

export const registryCalls = (client: EngineClient): RegistryCalls => ({
	checkAuth: async (auth, signal) => {
		const request = {operation: 'log in', method: 'POST' as const, path: '/auth', isSlow: true};
		return decodeLogin(await client.json({...request, body: authRecord(auth), limitMs: askLimitMs}, signal));
	},
	searchImages: async (term, {limit, isOfficialOnly = false, minStars = 0}, signal, auth) => {
		const filters = {
			...(isOfficialOnly && {'is-official': ['true']}),
			...(minStars > 0 && {stars: [String(minStars)]}),
		};
		const request = {
			operation: 'search',
			path: '/images/search',
			query: {term, limit, ...(Object.keys(filters).length > 0 && {filters})},
			headers: authHeader(auth),
			limitMs: askLimitMs,
			isSlow: true,
		};
		return decodeSearch(await client.json(request, signal));
	},
	describeRemote: async (reference, signal, auth) => {
		const request = {
			operation: 'ask the registry',
			path: `/distribution/${referencePath(reference)}/json`,
			headers: authHeader(auth),
			limitMs: askLimitMs,
			isSlow: true,
		};
		return decodeRemoteImage(await client.json(request, signal));
	},
	pushImage: (reference, signal, auth, platform) =>
		client.guarded('push', signal, pushProgress(client, reference, signal, auth, platform)),
});
