import type {Json} from '../http/read.ts';
import {seedOf} from '../random.ts';
import {demoNetworkId} from '../resources/network-id.ts';
import {
	type Attachment,
	attachmentsOf,
	type DemoContainer,
	isAlive,
	type PublishedPort,
} from './container-types.ts';

const networkIds = new Map<string, string>();

/** A long list names the same few networks over and over. */
const networkIdOf = (network: string): string => {
	const id = networkIds.get(network) ?? demoNetworkId(network);
	networkIds.set(network, id);
	return id;
};

const isBare = (network: string): boolean => network === 'none' || network === 'host';

/** The first two numbers of a network's addresses. */
export const subnetOf = (network: string): string =>
	network === 'bridge' ? '172.17' : `172.${18 + (seedOf(network) % 13)}`;

const addressOf = ({address}: DemoContainer, {network, ipAddress}: Attachment): string =>
	ipAddress === '' ? `${subnetOf(network)}.${address >> 8}.${address & 255}` : ipAddress;

type WireEndpoint = Json & {
	readonly EndpointID: string;
	readonly IPAddress: string;
	readonly MacAddress: string;
};

/** The container's end of a network: empty values while it does not run, as the engine has it. */
const wireEndpoint = (container: DemoContainer, attachment: Attachment): WireEndpoint => {
	const {network, aliases, ipAddress} = attachment;
	const isUp = isAlive(container) && !isBare(network);
	const mac = `02:42:${subnetOf(network)
		.split('.')
		.concat(String(container.address >> 8), String(container.address & 255))
		.map(part => Number(part).toString(16).padStart(2, '0'))
		.join(':')}`;
	return {
		IPAMConfig: ipAddress === '' ? null : {IPv4Address: ipAddress},
		Links: null,
		Aliases: aliases.length === 0 ? null : aliases,
		MacAddress: isUp ? mac : '',
		DriverOpts: null,
		NetworkID: networkIdOf(network),
		EndpointID: isUp ? `${container.id.slice(32)}${container.id.slice(0, 32)}` : '',
		Gateway: isUp ? `${subnetOf(network)}.0.1` : '',
		IPAddress: isUp ? addressOf(container, attachment) : '',
		IPPrefixLen: isUp ? 16 : 0,
		IPv6Gateway: '',
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		DNSNames: isBare(network) || network === 'bridge' ? null : [container.name, ...aliases],
	};
};

/** `NetworkSettings.Networks`. */
export const wireEndpoints = (container: DemoContainer): Readonly<Record<string, WireEndpoint>> =>
	Object.fromEntries(
		attachmentsOf(container).map(attachment => [attachment.network, wireEndpoint(container, attachment)]),
	);

/** The ports of a list: each published one twice when it is on every address, then those only exposed. */
export const wirePorts = (container: DemoContainer): readonly object[] => {
	if (!isAlive(container)) return [];
	const {ports, exposedPorts} = container.spec;
	const published = ports.flatMap(port =>
		hostIps(port).map(IP => ({
			IP,
			PrivatePort: port.containerPort,
			PublicPort: port.hostPort,
			Type: port.protocol,
		})),
	);
	const exposed = exposedPorts
		.filter(key => !ports.some(port => portKey(port) === key))
		.map(key => ({PrivatePort: Number.parseInt(key, 10), Type: key.split('/')[1] ?? 'tcp'}));
	return [...published, ...exposed];
};

/** The `NetworkSettings.Ports` of inspect. */
export const wirePortMap = (container: DemoContainer): object => {
	if (!isAlive(container)) return {};
	const {ports, exposedPorts} = container.spec;
	const keys = new Set([...exposedPorts, ...ports.map(portKey)]);
	return Object.fromEntries(
		[...keys].map(key => {
			const bound = ports
				.filter(port => portKey(port) === key)
				.flatMap(port => hostIps(port).map(HostIp => ({HostIp, HostPort: String(port.hostPort)})));
			return [key, bound.length === 0 ? null : bound];
		}),
	);
};

export const portKey = ({containerPort, protocol}: PublishedPort): string => `${containerPort}/${protocol}`;

const hostIps = ({hostIp}: PublishedPort): readonly string[] =>
	hostIp === '' ? ['0.0.0.0', '::'] : [hostIp];
