import {type Fields, record, text, texts} from '../decode/read.ts';
import {said} from './compare.ts';
import type {NetworkEnd} from './types.ts';

/** Networks that are not a user's: the engine makes the container's end of them by itself. */
export const isOwnNetwork = (mode: string): boolean =>
	!['', 'default', 'bridge', 'host', 'none', 'nat', 'private', 'slirp4netns', 'pasta'].includes(mode) &&
	!/^(container|ns|slirp4netns|pasta):/.test(mode);

/** The ends of `NetworkSettings.Networks` as they were asked for, the network of `NetworkMode` first. */
export const networkEnds = (
	id: string,
	mode: string,
	hostname: string,
	networks: Fields,
): readonly NetworkEnd[] => {
	if (/^(container:|host$|none$)/.test(mode)) return [];
	const ends = Object.entries(networks).map(([network, end]) => ({
		network,
		settings: settingsOf(id, hostname, record(end)),
		isFirst: isNamedBy(mode, network, text(record(end).NetworkID)),
	}));
	return ends
		.toSorted((one, other) => Number(other.isFirst) - Number(one.isFirst))
		.map(({network, settings}) => ({network, settings}));
};

const isNamedBy = (mode: string, network: string, networkId: string): boolean => {
	if (mode === network) return true;
	if (mode === 'default' || mode === '') return network === 'bridge';
	return /^[0-9a-f]{12,64}$/.test(mode) && networkId.startsWith(mode);
};

const settingsOf = (id: string, hostname: string, end: Fields): Fields => {
	// The engine adds these itself.
	const given = [id.slice(0, 12), hostname];
	const aliases = [...new Set(texts(end.Aliases))].filter(alias => !given.includes(alias));
	return said({
		IPAMConfig: said(record(end.IPAMConfig)),
		Links: texts(end.Links),
		Aliases: aliases,
		DriverOpts: record(end.DriverOpts),
		MacAddress: text(end.DesiredMacAddress),
		GwPriority: end.GwPriority,
	});
};
