import {list, record, text, texts} from '../decode/read.ts';
import {said, without} from './compare.ts';
import type {Blueprint} from './types.ts';

/** Volumes that nobody named have 64 digits; a container that took one over names it in a bind. */
const isNamelessVolume = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** The same with new volumes where it has some without a name: what is in those belongs to one container. */
export const withFreshVolumes = (blueprint: Blueprint): Blueprint => {
	const {config, host} = blueprint;
	const binds = texts(host.Binds);
	const nameless = binds.filter(bind => isNamelessVolume(bind.split(':')[0] ?? ''));
	const volumes = Object.fromEntries(nameless.map(bind => [bind.split(':')[1] ?? '', {}]));
	return {
		...blueprint,
		config: said({...config, Volumes: {...record(config.Volumes), ...volumes}}, Object.keys(config)),
		host: said(
			{
				...host,
				Binds: binds.filter(bind => !nameless.includes(bind)),
				Mounts: list(host.Mounts)
					.map(record)
					.map(mount => (isNamelessVolume(text(mount.Source)) ? without(mount, 'Source') : mount)),
			},
			Object.keys(without(host, 'Binds', 'Mounts')),
		),
		anonymousVolumes: [],
	};
};

/** The same with its anonymous volumes given by name, so that the next container goes on with what is in them. */
export const withItsVolumes = (blueprint: Blueprint): Blueprint => {
	const {host, anonymousVolumes} = blueprint;
	const mounts = list(host.Mounts).map(record);
	const mounted = new Set(mounts.map(mount => text(mount.Target)));
	const bound = anonymousVolumes.filter(({target}) => !mounted.has(target));
	const nameOf = (target: string) => anonymousVolumes.find(volume => volume.target === target)?.name;
	return {
		...blueprint,
		host: said(
			{
				...host,
				Binds: [
					...texts(host.Binds),
					...bound.map(({name, target, isReadOnly}) => `${name}:${target}${isReadOnly ? ':ro' : ''}`),
				],
				Mounts: mounts.map(mount => {
					const name = nameOf(text(mount.Target));
					return text(mount.Source) !== '' || name === undefined ? mount : {...mount, Source: name};
				}),
			},
			Object.keys(without(host, 'Binds', 'Mounts')),
		),
	};
};
