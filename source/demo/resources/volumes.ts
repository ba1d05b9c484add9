import {createHash} from 'node:crypto';
import {DemoError, type DemoRoute} from '../contract.ts';
import {booleanFilter} from '../filter-values.ts';
import {filters, hasLabels} from '../http/query.ts';
import type {ContainersOfResources} from './resource-types.ts';

type Volume = {
	readonly name: string;
	readonly sizeBytes: number;
	readonly labels: Readonly<Record<string, string>>;
};

/** Those that are there before any container uses them; the last one was forgotten by its container. */
const kept: ReadonlyMap<string, number> = new Map([
	['shop_db-data', 1_284_000_000],
	['shop_cache-data', 9_400_000],
	['monitoring_grafana-data', 41_700_000],
	[createHash('sha256').update('forgotten volume').digest('hex'), 212_000_000],
]);

/** What a volume holds that only a container knows. */
const usualBytes = 1_300_000;

/** `GET /volumes` and `GET /volumes/{name}`. @param createdAt epoch milliseconds */
export const volumeRoutes = (containers: ContainersOfResources, createdAt: number): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/volumes$/,
		handle({query}) {
			const wanted = filters(query, ['dangling', 'driver', 'label', 'name']);
			const dangling = booleanFilter(wanted, 'dangling');
			const has = (name: string, matches: (value: string) => boolean) =>
				wanted.get(name)?.some(matches) ?? true;
			const users = volumeUsers(containers);
			const found = volumesOf(users).filter(
				({name, labels}) =>
					has('name', value => name.includes(value)) &&
					has('driver', value => value === 'local') &&
					hasLabels(labels, wanted.get('label')) &&
					(dangling === undefined || dangling === !users.has(name)),
			);
			return {
				status: 200,
				json: {Volumes: found.map(volume => wireVolume(volume, createdAt)), Warnings: null},
			};
		},
	},
	{
		method: 'GET',
		path: /^\/volumes\/([^/]+)$/,
		handle(_request, [name = '']) {
			const volume = volumesOf(volumeUsers(containers)).find(known => known.name === name);
			if (volume === undefined) throw new DemoError(404, `get ${name}: no such volume`);
			return {status: 200, json: wireVolume(volume, createdAt)};
		},
	},
];

/** With what each holds and how many containers use it: the volumes of `GET /system/df`. */
export const volumeUsage = (containers: ContainersOfResources, createdAt: number): readonly object[] => {
	const users = volumeUsers(containers);
	return volumesOf(users).map(volume => ({
		...wireVolume(volume, createdAt),
		UsageData: {RefCount: users.get(volume.name) ?? 0, Size: volume.sizeBytes},
	}));
};

const volumeUsers = (containers: ContainersOfResources): ReadonlyMap<string, number> => {
	const users = new Map<string, number>();
	for (const {volumes} of containers())
		for (const name of volumes) users.set(name, (users.get(name) ?? 0) + 1);
	return users;
};

const volumesOf = (users: ReadonlyMap<string, number>): readonly Volume[] =>
	[...new Set([...kept.keys(), ...users.keys()])]
		.sort()
		.map(name => ({name, sizeBytes: kept.get(name) ?? usualBytes, labels: labelsOf(name)}));

/** Compose calls a volume of a project `PROJECT_NAME`. */
const labelsOf = (name: string): Readonly<Record<string, string>> => {
	const [, project, volume] = /^([^_]+)_(.+)$/.exec(name) ?? [];
	if (project !== undefined && volume !== undefined)
		return {'com.docker.compose.project': project, 'com.docker.compose.volume': volume};
	return /^[\da-f]{64}$/.test(name) ? {'com.docker.volume.anonymous': ''} : {};
};

const wireVolume = ({name, labels}: Volume, createdAt: number) => ({
	CreatedAt: new Date(createdAt).toISOString().replace(/\.\d+/, ''),
	Driver: 'local',
	Labels: labels,
	Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
	Name: name,
	Options: null,
	Scope: 'local',
});
