import {EndpointError, type Target, type TlsMaterial} from './endpoint-types.ts';

const plainPort = 2375;
const tlsPort = 2376;
const defaultAddress = '127.0.0.1';

/** Where the docker CLI looks when nobody says anything. */
export const defaultSocketPath = '/var/run/docker.sock';

/**
 * Reads a host as the docker CLI writes it (`docker/cli` opts/hosts.go): `unix:///path`, `tcp://host:port/base`,
 * or `host:port` without a scheme.
 * @param origin where the value was found, for the message, e.g. `flag -H`
 * @throws EndpointError `usage` for what breaks a rule, `unsupported` for what Gantry cannot reach yet
 */
export const parseHost = (value: string, origin: string, tls?: TlsMaterial): Target => {
	const refuse = (rule: string): never => {
		throw new EndpointError('usage', `${origin} "${value}": ${rule}`);
	};
	const separator = value.indexOf('://');
	const scheme = separator < 0 ? 'tcp' : value.slice(0, separator);
	const rest = separator < 0 ? value : value.slice(separator + 3);
	switch (scheme) {
		case 'unix':
			if (rest.includes('://')) refuse('a socket path holds no second "://"');
			return {kind: 'unix', socketPath: rest === '' ? defaultSocketPath : rest};
		case 'tcp':
			if (value.trim() === '') refuse('a host is unix:///path, tcp://host:port or host:port, not empty');
			if (rest.startsWith('/') && separator < 0) refuse(`a socket is written unix://${rest}`);
			return parseTcp(rest, refuse, tls);
		case 'http':
		case 'https':
			return refuse(`write tcp://${rest} (TLS is asked for by DOCKER_TLS_VERIFY or a context)`);
		case 'ssh':
		case 'npipe':
		case 'fd':
			throw new EndpointError(
				'unsupported',
				`${origin} "${value}": ${scheme}:// is unsupported, use unix:// or tcp://`,
			);
		default:
			return refuse(`unknown scheme "${scheme}", use unix:// or tcp://`);
	}
};

const parseTcp = (rest: string, refuse: (rule: string) => never, tls: TlsMaterial | undefined): Target => {
	const hasName = rest !== '' && !rest.startsWith(':') && !rest.startsWith('/');
	const authority = hasName ? rest : `${defaultAddress}${rest}`;
	if (!URL.canParse(`tcp://${authority}`)) {
		return refuse('write tcp://host:port, with the port from 1 to 65535 and an IPv6 address in brackets');
	}
	const url = new URL(`tcp://${authority}`);
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		return refuse('a tcp host has no user, query or fragment');
	}
	if (url.port === '0') return refuse('the port goes from 1 to 65535');
	return {
		kind: 'tcp',
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (tls === undefined ? plainPort : tlsPort) : Number(url.port),
		basePath: url.pathname.replace(/\/+$/, ''),
		...(tls === undefined ? {} : {tls}),
	};
};

/** The target as a person writes it. */
export const addressOf = (target: Target): string => {
	switch (target.kind) {
		case 'unix':
			return `unix://${target.socketPath}`;
		case 'tcp': {
			const host = target.host.includes(':') ? `[${target.host}]` : target.host;
			return `tcp://${host}:${target.port}${target.basePath}`;
		}
		default:
			return target satisfies never;
	}
};
