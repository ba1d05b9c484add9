import type {
	ContainerFacts,
	EndpointFacts,
	HealthFacts,
	LifeFacts,
	MountFacts,
	NameFacts,
	ProbeFacts,
	ProgramFacts,
} from '../container-facts.ts';
import type {Port} from '../types.ts';
import {decodeIsolation} from './isolation.ts';
import {decodeLimits} from './limits.ts';
import {inspectedPorts} from './ports.ts';
import {
	type Fields,
	list,
	number,
	optionalNumber,
	record,
	text,
	textMap,
	texts,
	time,
	truth,
} from './read.ts';

const nsPerMs = 1e6;

/** Of `GET /containers/{id}/json` of Docker (API 1.24 and later) and of Podman. What is missing is left empty. */
export const decodeContainerFacts = (value: unknown): ContainerFacts => {
	const root = record(value);
	const config = record(root.Config);
	const host = record(root.HostConfig);
	const settings = record(root.NetworkSettings);
	const state = record(root.State);
	const health = healthOf(config, state);
	const logging = record(host.LogConfig);
	return {
		program: programOf(root, config, host),
		environment: texts(config.Env),
		labels: textMap(config.Labels),
		image: {
			// Podman keeps the name beside the settings.
			name: text(config.Image) || text(root.ImageName),
			id: text(root.Image),
			platform: text(root.Platform) || text(root.Os),
		},
		life: lifeOf(root, host, state),
		...(health !== undefined && {health}),
		limits: decodeLimits(host),
		log: {driver: text(logging.Type), options: textMap(logging.Config)},
		ports: portsOf(config, host, settings),
		networks: Object.entries(record(settings.Networks)).map(([name, end]) => endpointOf(name, record(end))),
		names: namesOf(host),
		mounts: [...list(root.Mounts).map(record).map(mountOf), ...temporaryMounts(root, host)],
		isolation: decodeIsolation(root, host),
	};
};

/** Docker writes a list; Podman before 5 a line. */
const words = (value: unknown): readonly string[] =>
	typeof value === 'string' ? value.split(' ').filter(word => word !== '') : texts(value);

const programOf = (root: Fields, config: Fields, host: Fields): ProgramFacts => {
	const grace = optionalNumber(config.StopTimeout);
	const signal = config.StopSignal;
	return {
		entrypoint: words(config.Entrypoint),
		command: config.Cmd === undefined ? texts(root.Args) : words(config.Cmd),
		user: text(config.User),
		workingDirectory: text(config.WorkingDir),
		hostname: text(config.Hostname),
		domainname: text(config.Domainname),
		isTty: truth(config.Tty),
		isStdinOpen: truth(config.OpenStdin),
		stopSignal: typeof signal === 'number' ? String(signal) : text(signal),
		...(grace !== undefined && {stopGraceSeconds: grace}),
		...(typeof host.Init === 'boolean' && {hasInit: host.Init}),
	};
};

const lifeOf = (root: Fields, host: Fields, state: Fields): LifeFacts => {
	const createdAt = time(root.Created);
	const startedAt = time(state.StartedAt);
	const finishedAt = time(state.FinishedAt);
	const policy = record(host.RestartPolicy);
	const hasEnded = startedAt !== undefined && !truth(state.Running);
	return {
		status: text(state.Status),
		...(createdAt !== undefined && {createdAt}),
		...(startedAt !== undefined && {startedAt}),
		...(finishedAt !== undefined && {finishedAt}),
		...(hasEnded && {exitCode: number(state.ExitCode)}),
		isOomKilled: truth(state.OOMKilled),
		error: text(state.Error),
		pid: number(state.Pid),
		restartPolicy: text(policy.Name) || 'no',
		maximumRetries: number(policy.MaximumRetryCount),
		restartCount: number(root.RestartCount),
		isAutoRemove: truth(host.AutoRemove),
	};
};

const milliseconds = (value: unknown): number | undefined => {
	const ns = optionalNumber(value);
	return ns === undefined || ns === 0 ? undefined : ns / nsPerMs;
};

const healthOf = (config: Fields, state: Fields): HealthFacts | undefined => {
	const check = record(config.Healthcheck);
	// Podman before 5 spells it Healthcheck.
	const told = record(state.Health ?? state.Healthcheck);
	const probes = list(told.Log).map(record).map(probeOf);
	const test = texts(check.Test);
	if (test.length === 0 && text(told.Status) === '' && probes.length === 0) return undefined;
	const intervalMs = milliseconds(check.Interval);
	const timeoutMs = milliseconds(check.Timeout);
	const startPeriodMs = milliseconds(check.StartPeriod);
	const startIntervalMs = milliseconds(check.StartInterval);
	const retries = optionalNumber(check.Retries);
	return {
		test,
		...(intervalMs !== undefined && {intervalMs}),
		...(timeoutMs !== undefined && {timeoutMs}),
		...(startPeriodMs !== undefined && {startPeriodMs}),
		...(startIntervalMs !== undefined && {startIntervalMs}),
		...(retries !== undefined && retries > 0 && {retries}),
		status: text(told.Status),
		failingStreak: number(told.FailingStreak),
		probes,
	};
};

const probeOf = (probe: Fields): ProbeFacts => {
	const startedAt = time(probe.Start);
	const endedAt = time(probe.End);
	return {
		...(startedAt !== undefined && {startedAt}),
		...(endedAt !== undefined && {endedAt}),
		exitCode: number(probe.ExitCode),
		output: text(probe.Output),
	};
};

/** What is bound now; of what does not run what will be; and what is only exposed. */
const portsOf = (config: Fields, host: Fields, settings: Fields): readonly Port[] => {
	const bound = record(settings.Ports);
	const known = Object.keys(bound).length > 0 ? bound : record(host.PortBindings);
	const exposed = Object.keys(record(config.ExposedPorts)).map(key => [key, null]);
	return inspectedPorts({...Object.fromEntries(exposed), ...known});
};

const withPrefix = (address: string, length: number): string =>
	address === '' || length === 0 ? address : `${address}/${length}`;

const endpointOf = (network: string, end: Fields): EndpointFacts => {
	const wanted = record(end.IPAMConfig);
	return {
		network,
		networkId: text(end.NetworkID),
		ipv4: withPrefix(text(end.IPAddress), number(end.IPPrefixLen)),
		gateway: text(end.Gateway),
		ipv6: withPrefix(text(end.GlobalIPv6Address), number(end.GlobalIPv6PrefixLen)),
		gateway6: text(end.IPv6Gateway),
		mac: text(end.MacAddress),
		aliases: texts(end.Aliases),
		dnsNames: texts(end.DNSNames),
		wanted: [text(wanted.IPv4Address), text(wanted.IPv6Address)].filter(part => part !== '').join(' '),
	};
};

const namesOf = (host: Fields): NameFacts => ({
	servers: texts(host.Dns),
	search: texts(host.DnsSearch),
	options: texts(host.DnsOptions),
	extraHosts: texts(host.ExtraHosts),
	links: texts(host.Links),
});

const mountOf = (mount: Fields): MountFacts => ({
	type: text(mount.Type),
	name: text(mount.Name),
	source: text(mount.Source),
	target: text(mount.Destination),
	isWritable: truth(mount.RW),
	options: [text(mount.Mode), ...texts(mount.Options)].filter(part => part !== '').join(','),
	propagation: text(mount.Propagation),
	driver: text(mount.Driver),
});

/** `--tmpfs` is told apart from the mounts. */
const temporaryMounts = (root: Fields, host: Fields): readonly MountFacts[] => {
	const told = new Set(
		list(root.Mounts)
			.map(record)
			.map(mount => text(mount.Destination)),
	);
	return Object.entries(textMap(host.Tmpfs))
		.filter(([target]) => !told.has(target))
		.map(([target, options]) => ({
			type: 'tmpfs',
			name: '',
			source: '',
			target,
			isWritable: !options.split(',').includes('ro'),
			options,
			propagation: '',
			driver: '',
		}));
};
