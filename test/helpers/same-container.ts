import {docker} from './docker.ts';

type Json = Readonly<Record<string, unknown>>;

type Parts = {
	readonly Config: Json;
	readonly HostConfig: Json;
	readonly Mounts: readonly Json[];
	readonly NetworkSettings: {readonly Networks: Readonly<Record<string, Json>>; readonly Ports: Json};
};

export type Inspection = {readonly id: string; readonly name: string; readonly facts: Json};

/** What `docker inspect` says of a container. */
export async function inspectionOf(name: string): Promise<Inspection> {
	const [facts] = JSON.parse(await docker('inspect', name)) as readonly Json[];
	return {id: String(facts?.Id), name, facts: facts ?? {}};
}

/** What each run of a container has of its own, and what a client says about itself. */
const ownFacts: ReadonlySet<string> = new Set([
	...[
		'.Id',
		'.Name',
		'.Created',
		'.State',
		'.RestartCount',
		'.ResolvConfPath',
		'.HostnamePath',
		'.HostsPath',
	],
	...['.LogPath', '.GraphDriver', '.NetworkSettings', '.ExecIDs'],
	...['.Config.AttachStdin', '.Config.AttachStdout', '.Config.AttachStderr', '.Config.StdinOnce'],
	...['.HostConfig.ContainerIDFile', '.HostConfig.ConsoleSize'],
]);

const anonymous = /\b[0-9a-f]{64}\b/g;

/**
 * Field by field, as `path: one ≠ other`; ids, times, generated names and addresses do not count.
 * @param volumes `same`: the very volumes, also those without a name; `alike`: volumes at the same places
 */
export function differences(
	one: Inspection,
	other: Inspection,
	{volumes = 'alike'}: {readonly volumes?: 'same' | 'alike'} = {},
): readonly string[] {
	return compare(plain(one, volumes), plain(other, volumes), '');
}

function plain({id, name, facts}: Inspection, volumes: 'same' | 'alike'): Json {
	const {
		Config: config,
		HostConfig: host,
		Mounts: mounts,
		NetworkSettings: network,
	} = facts as unknown as Parts;
	const neutral = (text: string): string =>
		text.replaceAll(id.slice(0, 12), '<id>').replaceAll(name, '<name>');
	const settings = JSON.parse(neutral(JSON.stringify({config, host})));
	const ends = Object.entries(network.Networks).map(([key, end]) => [
		key,
		{
			IPAMConfig: end.IPAMConfig,
			Links: end.Links,
			DriverOpts: end.DriverOpts,
			Aliases: (end.Aliases as string[] | null)?.map(neutral).toSorted(),
		},
	]);
	const {Env: variables, ...configured} = settings.config;
	// A volume without a name is bound by its id once another container has taken it over.
	const {Binds: binds, Mounts: wanted, ...hosted} = settings.host;
	const isNamed = (bind: string): boolean => bind.search(anonymous) !== 0;
	return {
		...(Object.fromEntries(
			Object.entries(facts).filter(([key]) => !/^(Config|HostConfig|Mounts)$/.test(key)),
		) as Json),
		Config: {...configured, Env: variables?.toSorted()},
		HostConfig: {
			...hosted,
			// The client has them in no order.
			Binds: binds?.filter(isNamed).toSorted(),
			Mounts: wanted?.map(({Source: source, ...mount}: Json) => ({
				...mount,
				...(typeof source === 'string' && isNamed(source) && {Source: source}),
			})),
		},
		Mounts: mounts
			.map(({Mode: _, ...mount}) => ({
				...mount,
				...(volumes === 'alike' && {
					Name: String(mount.Name).replace(anonymous, '<anonymous>'),
					Source: String(mount.Source).replace(anonymous, '<anonymous>'),
				}),
			}))
			.toSorted((a, b) => String(a['Destination' as never]).localeCompare(String(b['Destination' as never]))),
		Ends: Object.fromEntries(ends),
		PublishedPorts: Object.keys(network.Ports).toSorted(),
	};
}

/** Go writes nothing in several ways. */
const isNothing = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === false ||
	value === '' ||
	value === 'no' ||
	(typeof value === 'object' && Object.keys(value).length === 0);

function compare(one: unknown, other: unknown, path: string): readonly string[] {
	if (one === other || (isNothing(one) && isNothing(other))) return [];
	if (isObject(one) && isObject(other)) {
		const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
		return [...keys]
			.filter(key => !ownFacts.has(`${path}.${key}`))
			.flatMap(key => compare(one[key], other[key], `${path}.${key}`));
	}
	return [`${path}: ${JSON.stringify(one)} ≠ ${JSON.stringify(other)}`];
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
