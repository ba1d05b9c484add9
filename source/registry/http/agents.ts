import {Agent} from 'node:http';
import {Agent as SecureAgent} from 'node:https';
import type {RegistryHost, RegistrySecurity} from '../types.ts';
import {isLoopback} from './address.ts';
import {allAuthorities, type HostCertificates, readCertificates, secureContextOf} from './certificates.ts';
import {isUntrusted} from './failure.ts';
import {SocketAgent} from './socket-agent.ts';

export type AgentOptions = {
	readonly host: RegistryHost;
	readonly security: RegistrySecurity;
	/** Where the certificates of registries are. */
	readonly folders: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Every connection leads to this unix socket instead of the host. */
	readonly socketPath?: string;
};

/** Does something over the connections to where a URL leads. */
export type WithAgent = <Result>(url: URL, use: (agent: Agent) => Promise<Result>) => Promise<Result>;

/** To one place. */
type Way = {
	readonly agent: Agent;
	/** With everybody's word for it whose word counts here; `undefined` where that is nobody else's. */
	readonly trusting?: () => Promise<Agent | undefined>;
	isMoreNeeded: boolean;
};

const connections = 8;

/** What goes out to other hosts may go by a proxy; what stays here never does. */
const agentOptions = (url: URL, env: AgentOptions['env']) => ({
	keepAlive: true,
	maxSockets: connections,
	maxFreeSockets: 4,
	timeout: 30_000,
	...(isLoopback(url) ? {} : {proxyEnv: {...env}}),
});

/** Node's roots are at hand. Docker's folder comes before them: who is named there signs, in all likelihood. */
const checkedWay = (url: URL, env: AgentOptions['env'], certificates: HostCertificates): Way => {
	const agentWith = (authorities: readonly string[] | undefined): Agent =>
		new SecureAgent({
			...agentOptions(url, env),
			secureContext: secureContextOf(authorities, certificates.own),
		});
	const {authorities} = certificates;
	const withAll = async (): Promise<Agent | undefined> => {
		const all = await allAuthorities(authorities);
		return all && agentWith(all);
	};
	let trusting: Promise<Agent | undefined> | undefined;
	return {
		agent: agentWith(authorities.length === 0 ? undefined : authorities),
		trusting: () => {
			trusting ??= withAll();
			return trusting;
		},
		isMoreNeeded: false,
	};
};

const uncheckedWay = (url: URL, env: AgentOptions['env'], {own}: HostCertificates): Way => {
	const secureContext = secureContextOf(undefined, own);
	const agent = new SecureAgent({...agentOptions(url, env), rejectUnauthorized: false, secureContext});
	return {agent, isMoreNeeded: false};
};

const goBy = async <Result>(way: Way, use: (agent: Agent) => Promise<Result>): Promise<Result> => {
	if (way.trusting === undefined) return use(way.agent);
	if (!way.isMoreNeeded) {
		try {
			return await use(way.agent);
		} catch (error) {
			if (!isUntrusted(error) || (await way.trusting()) === undefined) throw error;
		}
		way.isMoreNeeded = true;
	}
	return use((await way.trusting()) ?? way.agent);
};

const throughSocket = (socketPath: string): WithAgent => {
	const agent = new SocketAgent(socketPath);
	return (_url, use) => use(agent);
};

/** Connections to every host that has to do with one registry, each with the trust that is due to it. */
export const openAgents = (
	{host, security, folders, env, socketPath}: AgentOptions,
	registry: URL,
): WithAgent => {
	if (socketPath !== undefined) return throughSocket(socketPath);
	const ways = new Map<string, Promise<Way>>();

	const secureWay = async (url: URL): Promise<Way> => {
		const ours = await readCertificates(folders, host);
		if (url.host === registry.host)
			return security.isInsecure ? uncheckedWay(url, env, ours) : checkedWay(url, env, ours);
		const own = await readCertificates(folders, url.host);
		if (security.isInsecure && url.hostname === registry.hostname) return uncheckedWay(url, env, own);
		// Who signs for a registry signs for its token server and its storage too.
		return checkedWay(url, env, {...own, authorities: [...own.authorities, ...ours.authorities]});
	};

	const wayTo = async (url: URL): Promise<Way> =>
		url.protocol === 'https:'
			? secureWay(url)
			: {agent: new Agent(agentOptions(url, env)), isMoreNeeded: false};

	return async (url, use) => {
		const way = ways.get(url.origin) ?? wayTo(url);
		ways.set(url.origin, way);
		try {
			return await goBy(await way, use);
		} catch (error) {
			// Certificates may be put into the folder now, and asked for again.
			if (isUntrusted(error) || (await way.catch(() => undefined)) === undefined) ways.delete(url.origin);
			throw error;
		}
	};
};
