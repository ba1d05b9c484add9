import {isIP} from 'node:net';
import {naturalOrder} from './natural-order.ts';
import type {PortLike} from './ports.ts';

/** A published port as an address for a browser. */
export type PortUrl = {
	readonly url: string;
	/** `8080→80` */
	readonly ports: string;
	/** The port is bound to a loopback address of another machine: only from there it can be reached. */
	readonly isLocalElsewhere: boolean;
};

type BoundPort = PortLike & {readonly hostIp?: string};

/** Where encrypted HTTP is the custom. */
const securePorts: ReadonlySet<number> = new Set([443, 2376, 4443, 5443, 6443, 8443, 9443, 10443]);

const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || host.startsWith('127.');
const isAnywhere = (address: string | undefined): boolean =>
	address === undefined || address === '' || address === '0.0.0.0' || address === '::';

/** The machine that an engine publishes ports on, by the engine's address: `localhost` for a socket. */
export const hostOfEngine = (address: string): string => {
	const authority = /^(?:tcp|https?|ssh):\/\/([^/]+)/.exec(address)?.[1] ?? '';
	const host = authority.replace(/^.*@/, '');
	const name = /^\[([^\]]+)\]/.exec(host)?.[1] ?? host.replace(/:\d+$/, '');
	return name === '' || isAnywhere(name) ? 'localhost' : name;
};

const urlOf = (host: string, {privatePort, publicPort = 0}: BoundPort): string => {
	const isSecure = securePorts.has(privatePort) || securePorts.has(publicPort);
	const isUsual = publicPort === (isSecure ? 443 : 80);
	const name = isIP(host) === 6 ? `[${host}]` : host;
	return `${isSecure ? 'https' : 'http'}://${name}${isUsual ? '' : `:${publicPort}`}`;
};

/** Published TCP ports as addresses for a browser, lowest first; the bindings of IPv4 and IPv6 as one. */
export const portUrls = (ports: readonly BoundPort[], engineHost: string): readonly PortUrl[] => {
	const found = new Map<string, PortUrl>();
	const published = ports.filter(port => port.protocol === 'tcp' && port.publicPort !== undefined);
	for (const port of published.toSorted(
		(a, b) => (a.publicPort ?? 0) - (b.publicPort ?? 0) || naturalOrder(a.hostIp ?? '', b.hostIp ?? ''),
	)) {
		const bound = isAnywhere(port.hostIp) ? engineHost : (port.hostIp ?? engineHost);
		const url = urlOf(bound, port);
		found.set(url, {
			url,
			ports: `${port.publicPort}→${port.privatePort}`,
			isLocalElsewhere: isLoopback(bound) && !isLoopback(engineHost),
		});
	}
	return [...found.values()];
};
