import type {Accounts} from './accounts-port.ts';
import {createAsking} from './asking.ts';
import {type Authority, createAuthority} from './auth/authority.ts';
import {listRepositories, listTags} from './calls/lists.ts';
import {deleteManifest, getConfig, getManifest, headManifest} from './calls/manifests.ts';
import {listReferrers} from './calls/referrers.ts';
import type {RegistryClient} from './client-port.ts';
import {parseJson} from './decode/json.ts';
import type {Answer} from './http/exchange.ts';
import {createTransport, type TransportOptions} from './http/transport.ts';
import {RegistryError} from './types.ts';

const pingBytes = 64 * 1024;

/** Web servers have something to say to everybody. */
const isOfRegistry = ({headers, body}: Answer): boolean =>
	headers['docker-distribution-api-version'] !== undefined ||
	body.length === 0 ||
	parseJson(body) !== undefined;

export type ClientOptions = TransportOptions & {readonly accounts: Accounts};

/** A client of one registry over HTTP. @returns it, and how to make it forget who asks */
export const createRegistryClient = (
	options: ClientOptions,
): {readonly client: RegistryClient; readonly forget: Authority['forget']} => {
	const {host, clock, accounts} = options;
	const transport = createTransport(options);
	const authority = createAuthority({host, accounts, transport, clock});
	const asking = createAsking(host, transport, authority, clock);
	const referrerMemory = {};
	const client: RegistryClient = {
		host,
		async ping(signal) {
			const question = {method: 'GET', path: '/v2/', maxBytes: pingBytes, label: host} as const;
			const answer = await asking.ask(question, signal);
			if (answer.status === 404 || (answer.status === 200 && !isOfRegistry(answer)))
				throw new RegistryError('protocol', host, `${host} is no registry`, {
					status: answer.status,
				});
			if (answer.status !== 200) throw asking.refusal(answer, question);
			return {isEncrypted: transport.isEncrypted() ?? true};
		},
		repositories: (signal, next) => listRepositories(asking, signal, next),
		tags: (repository, signal, next) => listTags(asking, repository, signal, next),
		head: (repository, reference, signal) => headManifest(asking, repository, reference, signal),
		manifest: (repository, reference, signal) => getManifest(asking, repository, reference, signal),
		config: (repository, descriptor, signal) => getConfig(asking, repository, descriptor, signal),
		referrers: (repository, digest, signal) =>
			listReferrers(asking, repository, digest, signal, referrerMemory),
		deleteManifest: (repository, digest, signal) => deleteManifest(asking, repository, digest, signal),
		rateLimit: asking.rateLimit,
	};
	return {client, forget: authority.forget};
};
