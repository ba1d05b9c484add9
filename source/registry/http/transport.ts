import {join} from 'node:path';
import type {Clock} from '../../clock.ts';
import {RegistryError} from '../types.ts';
import {authorityOf, isLoopback} from './address.ts';
import {type AgentOptions, openAgents} from './agents.ts';
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

export type TransportOptions = AgentOptions & {readonly clock: Clock};

type Scheme = 'https:' | 'http:';

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

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
	const withAgent = openAgents(options, registry);
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
			return await withAgent(ask.url, agent => exchange(ask, agent, clock, signal));
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
				if (by === 'http:' && error instanceof RegistryError && error.kind === 'unreachable')
					scheme = undefined;
				throw error;
			}
		},
		sendTo,
		isEncrypted: () => (reached === undefined ? undefined : reached === 'https:'),
	};
};
