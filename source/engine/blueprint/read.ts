import {requiredText} from '../decode/answer.ts';
import {containerState} from '../decode/container-state.ts';
import {containerId} from '../decode/ids.ts';
import {type Fields, list, record, text, texts} from '../decode/read.ts';
import {isOwnNetwork, networkEnds} from './networks.ts';
import {ownConfig} from './own-config.ts';
import {ownHost} from './own-host.ts';
import type {AnonymousVolume, Blueprint, EngineDefaults} from './types.ts';

export type BlueprintSources = {
	/** `GET /containers/{id}/json` */
	readonly container: unknown;
	/** `GET /images/{id}/json` of the image that it was made from; `undefined` when it is gone. */
	readonly imageRan: unknown;
	/** The same of what the image's name means now. */
	readonly imageNow: unknown;
	readonly defaults: EngineDefaults;
};

/** @throws EngineError `protocol` for an inspect without an id */
export const readBlueprint = ({container, imageRan, imageNow, defaults}: BlueprintSources): Blueprint => {
	const root = record(container);
	const id = requiredText(root, 'Id', 'container');
	const config = record(root.Config);
	const host = record(root.HostConfig);
	const imageId = text(root.Image);
	const mode = text(host.NetworkMode);
	const networks = networkEnds(
		id,
		mode,
		text(config.Hostname),
		record(record(root.NetworkSettings).Networks),
	);
	const platform = platformOf(imageRan);
	return {
		id: containerId(id),
		name: text(root.Name).replace(/^\//, ''),
		image: text(config.Image) || imageId,
		imageId,
		imageIs: imageNow === undefined ? 'gone' : text(record(imageNow).Id) === imageId ? 'same' : 'moved',
		state: containerState(text(record(root.State).Status)),
		config: ownConfig({id, config, host}, record(record(imageRan).Config), defaults),
		host: ownHost(inItsNetwork(host, mode, networks[0]?.network), defaults),
		networks,
		anonymousVolumes: anonymousVolumes(root, host),
		...(platform === '' || platform === defaults.platform ? {} : {platform}),
	};
};

/** Taken off the network that it was made in, it is made in the first of those that it is in. */
const inItsNetwork = (host: Fields, mode: string, first: string | undefined): Fields =>
	first === undefined || !isOwnNetwork(mode) || /^[0-9a-f]{64}$/.test(mode)
		? host
		: {...host, NetworkMode: first};

const platformOf = (image: unknown): string => {
	const {Os: os, Architecture: architecture, Variant: variant} = record(image);
	const parts = [text(os), text(architecture), text(variant)].filter(part => part !== '');
	return parts.length < 2 ? '' : parts.join('/');
};

/** Volumes mounted that neither a bind nor a mount names: the data in them belongs to this container alone. */
const anonymousVolumes = (root: Fields, host: Fields): readonly AnonymousVolume[] => {
	const bound = new Set(texts(host.Binds).map(bind => bind.split(':')[1]));
	const named = list(host.Mounts)
		.map(record)
		.filter(({Source: source}) => text(source) !== '');
	for (const mount of named) bound.add(text(mount.Target));
	// Others may come from the containers of `--volumes-from`, and do so again.
	const isOwn = texts(host.VolumesFrom).length === 0;
	const declared = new Set([
		...Object.keys(record(record(root.Config).Volumes)),
		...list(host.Mounts).map(mount => text(record(mount).Target)),
	]);
	return list(root.Mounts)
		.map(record)
		.filter(mount => mount.Type === 'volume' && !bound.has(text(mount.Destination)))
		.map(mount => ({
			name: text(mount.Name),
			target: text(mount.Destination),
			isReadOnly: mount.RW === false,
		}))
		.filter(({name, target}) => name !== '' && (isOwn || declared.has(target)));
};
