import net, {isIP} from 'node:net';
import type {RegistryHost, RegistrySecurity} from './types.ts';

const loopback = ['127.0.0.0/8', '::1/128'] as const;

/** `host`, `host:port` and `[::1]:port` without the port. */
const nameOf = (host: RegistryHost): string =>
	/^\[(.+)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, '');

const isWithin = (address: string, networks: readonly string[]): boolean => {
	const family = isIP(address);
	if (family === 0) return false;
	const known = new net.BlockList();
	for (const network of networks) {
		const [base = '', bits = ''] = network.split('/');
		const kind = isIP(base);
		if (kind !== 0 && /^\d+$/.test(bits)) known.addSubnet(base, Number(bits), kind === 6 ? 'ipv6' : 'ipv4');
	}
	return known.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/**
 * How an engine reaches a registry. A loopback counts as insecure to every engine.
 * @param insecure hosts and networks (CIDR) that the engine was told to reach without a trusted certificate
 */
export const securityOf = (host: RegistryHost, insecure: readonly string[]): RegistrySecurity => {
	const name = nameOf(host);
	const isNamed = insecure.some(entry => entry === host || entry === name);
	const networks = [...loopback, ...insecure.filter(entry => entry.includes('/'))];
	return {isInsecure: isNamed || name === 'localhost' || isWithin(name, networks)};
};
