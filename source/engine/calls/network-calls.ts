import {decodeNetworks, type Network} from '../decode/network.ts';
import type {EngineClient} from '../engine-client.ts';
import {pathPart} from '../paths.ts';
import type {ContainerId} from '../types.ts';

/** How a container is to be known and found on a network; empty: as the engine chooses. */
export type EndpointSpec = {
	readonly aliases: readonly string[];
	readonly ipv4: string;
	readonly ipv6: string;
};

/** Of the `Engine` port: networks and who is on them. */
export type NetworkCalls = {
	/** `GET /networks`, by name. */
	readonly listNetworks: (signal: AbortSignal) => Promise<readonly Network[]>;
	/** @param network a name or an id */
	readonly connectNetwork: (
		network: string,
		id: ContainerId,
		endpoint: EndpointSpec,
		signal: AbortSignal,
	) => Promise<void>;
	readonly disconnectNetwork: (
		network: string,
		id: ContainerId,
		options: {readonly force: boolean},
		signal: AbortSignal,
	) => Promise<void>;
};

const readLimitMs = 30_000;
const actLimitMs = 60_000;

const endpointBody = ({aliases, ipv4, ipv6}: EndpointSpec) => ({
	...(aliases.length > 0 && {Aliases: aliases}),
	...((ipv4 !== '' || ipv6 !== '') && {
		IPAMConfig: {...(ipv4 !== '' && {IPv4Address: ipv4}), ...(ipv6 !== '' && {IPv6Address: ipv6})},
	}),
});

export const networkCalls = (client: EngineClient): NetworkCalls => ({
	listNetworks: async signal =>
		decodeNetworks(
			await client.json({operation: 'list networks', path: '/networks', limitMs: readLimitMs}, signal),
		),
	connectNetwork: async (network, id, endpoint, signal) => {
		await client.call(
			{
				operation: 'connect to network',
				method: 'POST',
				path: `/networks/${pathPart(network)}/connect`,
				body: {Container: id, EndpointConfig: endpointBody(endpoint)},
				limitMs: actLimitMs,
			},
			signal,
		);
	},
	disconnectNetwork: async (network, id, {force}, signal) => {
		await client.call(
			{
				operation: 'disconnect from network',
				method: 'POST',
				path: `/networks/${pathPart(network)}/disconnect`,
				body: {Container: id, Force: force},
				limitMs: actLimitMs,
			},
			signal,
		);
	},
});
