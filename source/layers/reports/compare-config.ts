import type {HealthCheck, ImageConfig} from '../types.ts';

/** One thing that is set otherwise; absent on a side: not set there. Texts as the images have them, secrets too. */
export type ConfigDifference = {
	/** `env`, `label` and `shell` …: what kind of setting. */
	readonly field: string;
	/** The variable, label, port or volume, of fields that have several; else empty. */
	readonly name: string;
	readonly left?: string;
	readonly right?: string;
};

const words = (list: readonly string[] | undefined): string | undefined =>
	list === undefined || list.length === 0 ? undefined : JSON.stringify(list);

const text = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

const seconds = (ms: number): string => `${ms / 1000}s`;

const healthCheck = (check: HealthCheck | undefined): string | undefined => {
	if (check === undefined) return undefined;
	const times = [
		['interval', check.intervalMs],
		['timeout', check.timeoutMs],
		['start-period', check.startPeriodMs],
	] as const;
	return [
		...times.flatMap(([name, ms]) => (ms > 0 ? [`--${name}=${seconds(ms)}`] : [])),
		...(check.retries > 0 ? [`--retries=${check.retries}`] : []),
		JSON.stringify(check.test),
	].join(' ');
};

/** In the order in which a Dockerfile would have them. */
const single: readonly (readonly [field: string, read: (config: ImageConfig) => string | undefined])[] = [
	['os', ({os}) => text(os)],
	['architecture', ({architecture}) => text(architecture)],
	['variant', ({variant}) => text(variant)],
	['author', ({author}) => text(author)],
	['created', ({createdAt}) => (createdAt === undefined ? undefined : new Date(createdAt).toISOString())],
	['user', ({user}) => text(user)],
	['workdir', ({workingDirectory}) => text(workingDirectory)],
	['entrypoint', ({entrypoint}) => words(entrypoint)],
	['cmd', ({command}) => words(command)],
	['shell', ({shell}) => words(shell)],
	['stopsignal', ({stopSignal}) => text(stopSignal)],
	['healthcheck', check => healthCheck(check.healthCheck)],
	['onbuild', ({onBuild}) => words(onBuild)],
];

const byEquals = (entry: string): readonly [string, string] => {
	const at = entry.indexOf('=');
	return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
};

const present = (names: readonly string[]): ReadonlyMap<string, string> =>
	new Map(names.map(name => [name, name]));

const several: readonly (readonly [
	field: string,
	read: (config: ImageConfig) => ReadonlyMap<string, string>,
])[] = [
	['env', ({env}) => new Map(env.map(byEquals))],
	['expose', ({exposedPorts}) => present(exposedPorts)],
	['volume', ({volumes}) => present(volumes)],
	['label', ({labels}) => new Map(Object.entries(labels))],
];

const difference = (
	field: string,
	name: string,
	left: string | undefined,
	right: string | undefined,
): readonly ConfigDifference[] =>
	left === right
		? []
		: [{field, name, ...(left === undefined ? {} : {left}), ...(right === undefined ? {} : {right})}];

/** What two configurations set otherwise; what both set alike is left out. Layers and history are not compared. */
export const compareConfigs = (left: ImageConfig, right: ImageConfig): readonly ConfigDifference[] => [
	...single.flatMap(([field, read]) => difference(field, '', read(left), read(right))),
	...several.flatMap(([field, read]) => {
		const ours = read(left);
		const theirs = read(right);
		const names = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
		return names.flatMap(name => difference(field, name, ours.get(name), theirs.get(name)));
	}),
];
