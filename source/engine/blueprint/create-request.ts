import {isAtLeast} from '../api-version.ts';
import {text} from '../decode/read.ts';
import {isOwnNetwork} from './networks.ts';
import type {Blueprint, NetworkEnd} from './types.ts';

/** Since this API a container is created in all its networks at once; before it, only in one. */
const severalNetworksSince = '1.44';

export type CreateRequest = {
	readonly query: Readonly<Record<string, string>>;
	readonly body: object;
	/** To be connected once it is created, before it starts. */
	readonly laterNetworks: readonly NetworkEnd[];
};

/** What `POST /containers/create` is told. @param name empty: the engine invents one */
export const createRequest = (blueprint: Blueprint, name: string, apiVersion: string): CreateRequest => {
	const {config, host, networks, image, platform} = blueprint;
	const mode = text(host.NetworkMode);
	const [first, ...more] = networks;
	const atOnce = isAtLeast(apiVersion, severalNetworksSince) ? networks : networks.slice(0, 1);
	const ends = atOnce.map(({network, settings}): readonly [string, object] =>
		// The engine wants the network under the name that the mode has for it.
		network === first?.network && isOwnNetwork(mode) ? [mode, settings] : [network, settings],
	);
	return {
		query: {
			...(name === '' ? {} : {name}),
			...(platform === undefined ? {} : {platform}),
		},
		body: {
			...config,
			Image: image,
			HostConfig: host,
			...(ends.length === 0 ? {} : {NetworkingConfig: {EndpointsConfig: Object.fromEntries(ends)}}),
		},
		laterNetworks: atOnce.length === networks.length ? [] : more,
	};
};
