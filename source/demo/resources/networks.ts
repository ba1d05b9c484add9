import {subnetOf} from '../containers/wire-network.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import {booleanFilter} from '../filter-values.ts';
import {type Filters, filters, hasLabels} from '../http/query.ts';
import {stamp} from '../timestamp.ts';
import {demoNetworkId} from './network-id.ts';
import type {ContainersOfResources, DemoContainerOfResources} from './resource-types.ts';

type Network = {
	readonly name: string;
	readonly id: string;
	readonly driver: string;
	readonly labels: Readonly<Record<string, string>>;
};

/** `GET /networks` and `GET /networks/{id}`: the engine's own three, and those that containers are in. */
export const networkRoutes = (containers: ContainersOfResources, createdAt: number): readonly DemoRoute[] => {
	const wireOf = (network: Network, members: object) => wireNetwork(network, createdAt, members);
	return [
		{
			method: 'GET',
			path: /^\/networks$/,
			handle({query}) {
				const wanted = filters(query, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
				const all = containers();
				const found = networksOf(all).filter(network => isWanted(network, wanted, all));
				return {status: 200, json: found.map(network => wireOf(network, {}))};
			},
		},
		{
			method: 'GET',
			path: /^\/networks\/([^/]+)$/,
			handle(_request, [reference = '']) {
				const all = containers();
				const network = findNetwork(reference, all);
				return {status: 200, json: wireOf(network, membersOf(network, all))};
			},
		},
	];
};

/** By name, id or the beginning of an id. @throws DemoError 404 */
export const findNetwork = (reference: string, containers: readonly DemoContainerOfResources[]): Network => {
	const networks = networksOf(containers);
	const network =
		networks.find(({name, id}) => name === reference || id === reference) ??
		networks.find(({id}) => id.startsWith(reference));
	if (network === undefined) throw new DemoError(404, `network ${reference} not found`);
	return network;
};

const own = [
	['bridge', 'bridge'],
	['host', 'host'],
	['none', 'null'],
	['shop_default', 'bridge'],
] as const;

const networksOf = (containers: readonly DemoContainerOfResources[]): readonly Network[] => {
	const drivers = new Map<string, string>(own);
	for (const {networks} of containers)
		for (const {name} of networks) drivers.set(name, drivers.get(name) ?? 'bridge');
	return [...drivers].map(([name, driver]) => ({
		name,
		id: demoNetworkId(name),
		driver,
		labels: labelsOf(name),
	}));
};

/** Compose calls the network of a project `PROJECT_default`. */
const labelsOf = (name: string): Readonly<Record<string, string>> => {
	const project = /^(.+)_default$/.exec(name)?.[1];
	return project === undefined
		? {}
		: {'com.docker.compose.network': 'default', 'com.docker.compose.project': project};
};

const isWanted = (
	network: Network,
	wanted: Filters,
	containers: readonly DemoContainerOfResources[],
): boolean => {
	const isBuiltIn = ['bridge', 'host', 'none'].includes(network.name);
	const has = (name: string, matches: (value: string) => boolean) => wanted.get(name)?.some(matches) ?? true;
	const isUsed = containers.some(({networks}) => networks.some(({name}) => name === network.name));
	const dangling = booleanFilter(wanted, 'dangling');
	return (
		has('name', value => network.name.includes(value)) &&
		has('id', value => network.id.startsWith(value)) &&
		has('driver', value => network.driver === value) &&
		has('scope', value => value === 'local') &&
		has('type', value => (value === 'builtin') === isBuiltIn) &&
		hasLabels(network.labels, wanted.get('label')) &&
		(dangling === undefined || dangling === !(isUsed || isBuiltIn))
	);
};

const membersOf = (network: Network, containers: readonly DemoContainerOfResources[]): object =>
	Object.fromEntries(
		containers.flatMap(({id, name, isRunning, networks}) =>
			networks
				.filter(end => isRunning && end.name === network.name)
				.map(end => [
					id,
					{
						Name: name,
						EndpointID: end.endpointId,
						MacAddress: end.macAddress,
						IPv4Address: end.ipAddress === '' ? '' : `${end.ipAddress}/16`,
						IPv6Address: '',
					},
				]),
		),
	);

/** As the engine sets them on its own bridge. */
const bridgeOptions = {
	'com.docker.network.bridge.default_bridge': 'true',
	'com.docker.network.bridge.enable_icc': 'true',
	'com.docker.network.bridge.enable_ip_masquerade': 'true',
	'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
	'com.docker.network.bridge.name': 'docker0',
	'com.docker.network.driver.mtu': '1500',
} as const;

const wireNetwork = ({name, id, driver, labels}: Network, createdAt: number, members: object) => ({
	Name: name,
	Id: id,
	Created: stamp(createdAt),
	Scope: 'local',
	Driver: driver,
	EnableIPv4: true,
	EnableIPv6: false,
	IPAM: {
		Driver: 'default',
		Options: null,
		Config:
			driver === 'bridge' ? [{Subnet: `${subnetOf(name)}.0.0/16`, Gateway: `${subnetOf(name)}.0.1`}] : [],
	},
	Internal: false,
	Attachable: false,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Containers: members,
	Options: name === 'bridge' ? bridgeOptions : {},
	Labels: labels,
});
