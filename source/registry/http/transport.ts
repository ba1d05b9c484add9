import {Agent} from 'node:http';
import {Agent as SecureAgent} from 'node:https';
import {join} from 'node:path';
import type {Clock} from '../../clock.ts';
import {RegistryError, type RegistryHost, type RegistrySecurity} from '../types.ts';
import {authorityOf, isLoopback} from './address.ts';
import {type HostCertificates, readCertificates, secureContextOf} from './certificates.ts';
import {type Answer, type Ask, exchange} from './exchange.ts';
import {type Subject, wireError} from './failure.ts';

export type WireRequest = Omit<Ask, 'url'> & {
	/** With its query. */
	readonly path: string;
	/** For whoever reads of a failure: `host/repository:tag`. */
	readonly label: string;
};

export type WireAnswer = Answer & {
	/** Another host gave it, to which the registry had sent us. */
	readonly isElsewhere: boolean;
};

/** The way to one registry. Rejects with a `RegistryError`. */
export type Transport = {
	readonly send: (request: WireRequest, signal: AbortSignal) => Promise<WireAnswer>;
	/** To a token server, say, that the registry named; plain HTTP goes only to where this registry is, if it is insecure. */
	readonly sendTo: (ask: Ask, label: string, signal: AbortSignal) => Promise<Answer>;
	/** How it was reached last; `undefined` before that. */
	readonly isEncrypted: () => boolean | undefined;
};

export type TransportOptions = {
	readonly host: RegistryHost;
	readonly security: RegistrySecurity;
	readonly folders: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly clock: Clock;
};

type Scheme = 'https:' | 'http:';

const connections = 8;
const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What goes out to other hosts may go by a proxy; what stays here never does. */
const agentOptions = (url: URL, {env}: TransportOptions) => ({
	keepAlive: true,
	maxSockets: connections,
	maxFreeSockets: 4,
	timeout: 30_000,
	...(isLoopback(url) ? {} : {proxyEnv: {...env}}),
});

/** Connections to every host that has to do with one registry, each with the trust that is due to it. */
const openAgents = (options: TransportOptions, registry: URL) => {
	const known = new Map<string, Promise<Agent>>();
	const certificatesOf = (host: string): Promise<HostCertificates> => readCertificates(options.folders, host);
	const secure = async (url: URL): Promise<Agent> => {
		const isOurs = url.host === registry.host;
		const isChecked = !(options.security.isInsecure && url.hostname === registry.hostname);
		const ours = await certificatesOf(options.host);
		const own = isOurs ? ours : await certificatesOf(url.host);
		// Who signs for a registry signs for its token server and its storage too.
		const trusted = isOurs ? own : {...own, authorities: [...own.authorities, ...ours.authorities]};
		const secureContext = secureContextOf(trusted, {isChecked});
		return new SecureAgent({...agentOptions(url, options), rejectUnauthorized: isChecked, secureContext});
	};
	return (url: URL): Promise<Agent> => {
		const made =
			known.get(url.origin) ??
			(url.protocol === 'https:' ? secure(url) : Promise.resolve(new Agent(agentOptions(url, options))));
		known.set(url.origin, made);
		// A certificate that could not be read may be put right.
		made.catch(() => known.delete(url.origin));
		return made;
	};
};

const withoutAuthorization = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));

const nextUrl = ({status, headers}: Answer, from: URL): URL | undefined => {
	const {location} = headers;
	if (!redirects.has(status) || location === undefined || !URL.canParse(location, from.href))
		return undefined;
	const url = new URL(location, from);
	url.username = '';
	url.password = '';
	return url;
};

export const createTransport = (options: TransportOptions): Transport => {
	const {host, security, clock} = options;
	const authority = authorityOf(host);
	const registry = new URL(`https://${authority ?? 'invalid'}/`);
	const agentFor = openAgents(options, registry);
	const subject = (label: string): Subject => ({
		host,
		label,
		certificates: join(options.folders[0] ?? '', host),
	});
	let scheme: Scheme | undefined = security.isInsecure ? undefined : 'https:';
	let reached: Scheme | undefined;

	const refusePlain = (url: URL, label: string): void => {
		const isAllowed = security.isInsecure && (url.hostname === registry.hostname || isLoopback(url));
		if (url.protocol === 'https:' || (url.protocol === 'http:' && isAllowed)) return;
		throw new RegistryError(
			'tls',
			host,
			`${label}: it sends us on to ${url.origin}, which is not encrypted`,
			{
				hint: 'plain HTTP is for registries in the insecure-registries of the engine',
			},
		);
	};

	const sendTo: Transport['sendTo'] = async (ask, label, signal) => {
		try {
			refusePlain(ask.url, label);
			return await exchange(ask, await agentFor(ask.url), clock, signal);
		} catch (error) {
			throw wireError(error, subject(label));
		}
	};

	const sendBy = async (by: Scheme, request: WireRequest, signal: AbortSignal) => {
		const {path, label, ...ask} = request;
		const url = new URL(path, `${by}//${authority}/`);
		const answer = await sendTo({...ask, url}, label, signal);
		reached = by;
		return {url, answer};
	};

	const sendAnyhow = async (request: WireRequest, signal: AbortSignal) => {
		try {
			const sent = await sendBy('https:', request, signal);
			scheme = 'https:';
			return sent;
		} catch (error) {
			if (!(error instanceof RegistryError) || (error.kind !== 'tls' && error.kind !== 'unreachable'))
				throw error;
		}
		const sent = await sendBy('http:', request, signal);
		scheme = 'http:';
		return sent;
	};

	const follow = async (
		sent: {readonly url: URL; readonly answer: Answer},
		request: WireRequest,
		signal: AbortSignal,
	): Promise<WireAnswer> => {
		let {url, answer} = sent;
		const {origin} = url;
		const {path, label, ...ask} = request;
		let {headers} = ask;
		for (let count = 0; count < mostRedirects; count++) {
			const next = ask.method === 'GET' || ask.method === 'HEAD' ? nextUrl(answer, url) : undefined;
			if (next === undefined) return {...answer, isElsewhere: url.origin !== origin};
			if (next.origin !== origin) headers = withoutAuthorization(headers);
			answer = await sendTo({...ask, headers, url: next}, label, signal);
			url = next;
		}
		throw new RegistryError('protocol', host, `${request.label}: it sends us from one place to the next`);
	};

	return {
		async send(request, signal) {
			if (authority === undefined)
				throw new RegistryError('unreachable', host, `${host} is no host, nor host:port`);
			const by = scheme;
			try {
				const sent = by === undefined ? await sendAnyhow(request, signal) : await sendBy(by, request, signal);
				return await follow(sent, request, signal);
			} catch (error) {
				// It may be back with, or without, TLS.
				if (security.isInsecure && by === 'http:') scheme = undefined;
				throw error;
			}
		},
		sendTo,
		isEncrypted: () => (reached === undefined ? undefined : reached === 'https:'),
	};
};
