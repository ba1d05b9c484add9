import {type Fields, record, text, texts} from '../decode/read.ts';
import {without} from './compare.ts';
import {isOwnNetwork} from './networks.ts';
import type {NetworkEnd} from './types.ts';
import {csv} from './words.ts';

const isPlainMode = (mode: string): boolean => ['', 'default', 'bridge'].includes(mode);

/** The networks that a container is created in. @param isSeveral the client takes more than one */
export const sayNetworks = (
	mode: string,
	networks: readonly NetworkEnd[],
	isSeveral: boolean,
): {readonly words: readonly string[]; readonly unsaid: readonly string[]} => {
	const [first, ...more] = networks;
	const settings = first?.settings ?? {};
	const sayable = [
		'IPAMConfig',
		'Links',
		'Aliases',
		'MacAddress',
		...(isSeveral ? ['DriverOpts', 'GwPriority'] : []),
	];
	const unsaid = networks.flatMap(({network, settings: end}, index) =>
		Object.keys(without(end, ...sayable, ...(index === 0 ? [] : ['DriverOpts']))).map(
			name => `${name} of the network ${network}`,
		),
	);
	if (isSeveral && (more.length > 0 || 'DriverOpts' in settings || 'GwPriority' in settings))
		return {words: networks.flatMap(end => ['--network', longNetwork(end)]), unsaid};
	const words = [
		...(isPlainMode(mode) ? [] : ['--network', mode]),
		...(isOwnNetwork(mode) ? runWords(settings) : []),
	];
	return {words, unsaid};
};

const addresses = (settings: Fields) => record(settings.IPAMConfig);

const runWords = (settings: Fields): readonly string[] => [
	...texts(settings.Aliases).flatMap(alias => ['--network-alias', alias]),
	...optional('--ip', text(addresses(settings).IPv4Address)),
	...optional('--ip6', text(addresses(settings).IPv6Address)),
	...texts(addresses(settings).LinkLocalIPs).flatMap(ip => ['--link-local-ip', ip]),
	...texts(settings.Links).flatMap(link => ['--link', link]),
	...optional('--mac-address', text(settings.MacAddress)),
];

/** The end of a further network, for `docker network connect`. */
export const connectWords = (settings: Fields): readonly string[] => [
	...texts(settings.Aliases).flatMap(alias => ['--alias', alias]),
	...optional('--ip', text(addresses(settings).IPv4Address)),
	...optional('--ip6', text(addresses(settings).IPv6Address)),
	...texts(addresses(settings).LinkLocalIPs).flatMap(ip => ['--link-local-ip', ip]),
	...texts(settings.Links).flatMap(link => ['--link', link]),
	...Object.entries(record(settings.DriverOpts)).flatMap(([key, value]) => [
		'--driver-opt',
		`${key}=${text(value)}`,
	]),
];

const optional = (flag: string, value: string): readonly string[] => (value === '' ? [] : [flag, value]);

/** `name=front,alias=web,ip=10.0.0.5`: all that one end has. */
const longNetwork = ({network, settings}: NetworkEnd): string => {
	const fields = [
		`name=${network}`,
		...texts(settings.Aliases).map(alias => `alias=${alias}`),
		...[text(addresses(settings).IPv4Address)].filter(Boolean).map(ip => `ip=${ip}`),
		...[text(addresses(settings).IPv6Address)].filter(Boolean).map(ip => `ip6=${ip}`),
		...texts(addresses(settings).LinkLocalIPs).map(ip => `link-local-ip=${ip}`),
		...[text(settings.MacAddress)].filter(Boolean).map(mac => `mac-address=${mac}`),
		...Object.entries(record(settings.DriverOpts)).map(([key, value]) => `driver-opt=${key}=${text(value)}`),
		...('GwPriority' in settings ? [`gw-priority=${String(settings.GwPriority)}`] : []),
	];
	return fields.length === 1 ? network : csv(fields);
};
