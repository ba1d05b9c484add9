import {DemoError, type DemoImageFacts} from '../contract.ts';
import {type Json, number, object, text, textMap, texts, textsOrNone, truth} from '../http/read.ts';
import type {ContainerMount, ContainerSpec, PublishedPort, RestartPolicy} from './container-types.ts';
import {programFor} from './program-for.ts';

/** Where host ports begin that the engine chooses. */
const firstFreePort = 32_768;

/**
 * What a body of `POST /containers/create` asks for, over what its image says.
 * @param takenPorts host ports in use
 * @throws DemoError 400 without a command
 */
export const createSpec = (
	body: Json,
	image: DemoImageFacts,
	takenPorts: ReadonlySet<number>,
	anonymousVolume: () => string,
): ContainerSpec => {
	const host = object(body.HostConfig);
	const entrypoint = textsOrNone(body.Entrypoint);
	const command = textsOrNone(body.Cmd);
	const hasEntrypoint = entrypoint !== undefined && entrypoint.length > 0;
	const ownCommand = command !== undefined && command.length > 0 ? command : undefined;
	// An entrypoint of one's own takes the image's command with it.
	const usedCommand = ownCommand ?? (hasEntrypoint ? [] : image.command);
	const argv = [...(hasEntrypoint ? entrypoint : image.entrypoint), ...usedCommand].filter(
		part => part !== '',
	);
	if (argv.length === 0) throw new DemoError(400, 'no command specified');
	const reference = text(body.Image) ?? '';
	const exposed = [...image.exposedPorts, ...Object.keys(object(body.ExposedPorts))];
	const network = text(host.NetworkMode) ?? '';
	return {
		image: reference,
		imageId: image.id,
		argv,
		command: ownCommand,
		entrypoint: hasEntrypoint ? entrypoint : undefined,
		environment: merged(image.environment, texts(body.Env)),
		labels: {...image.labels, ...textMap(body.Labels)},
		workingDirectory: text(body.WorkingDir) || image.workingDirectory,
		user: text(body.User) || image.user,
		hostname: text(body.Hostname) ?? '',
		isTty: truth(body.Tty),
		isStdinOpen: truth(body.OpenStdin),
		exposedPorts: [...new Set(exposed)],
		ports: publishedPorts(object(host.PortBindings), takenPorts),
		mounts: [
			...texts(host.Binds).map(bindMount),
			...(Array.isArray(host.Mounts) ? host.Mounts : []).map(item =>
				objectMount(object(item), anonymousVolume),
			),
			...Object.keys(object(body.Volumes)).map(path => namedMount(anonymousVolume(), path, false)),
		],
		restart: restartOf(object(host.RestartPolicy)),
		isAutoRemove: truth(host.AutoRemove),
		network: network === '' || network === 'default' ? 'bridge' : network,
		aliases: texts(object(object(object(body.NetworkingConfig).EndpointsConfig)[network]).Aliases),
		memoryBytes: number(host.Memory) ?? 0,
		nanoCpus: number(host.NanoCpus) ?? 0,
		rawConfig: withoutNotConfig(body),
		rawHost: host,
		program: programFor(reference, argv, hasEntrypoint || ownCommand !== undefined),
	};
};

const withoutNotConfig = ({HostConfig: _host, NetworkingConfig: _network, ...config}: Json): Json => config;

/** Later names win. */
const merged = (base: readonly string[], more: readonly string[]): readonly string[] => {
	const byName = new Map([...base, ...more].map(pair => [pair.split('=')[0], pair]));
	return [...byName.values()];
};

const publishedPorts = (bindings: Json, taken: ReadonlySet<number>): readonly PublishedPort[] => {
	let free = firstFreePort;
	const choose = (): number => {
		while (taken.has(free)) free += 1;
		free += 1;
		return free - 1;
	};
	return Object.entries(bindings).flatMap(([key, list]) => {
		const [port = '', protocol = 'tcp'] = key.split('/');
		return (Array.isArray(list) ? list : []).map(item => {
			const {HostIp, HostPort} = object(item);
			const hostPort = Number.parseInt(text(HostPort) ?? '', 10);
			return {
				containerPort: Number.parseInt(port, 10),
				protocol,
				hostIp: text(HostIp) ?? '',
				hostPort: hostPort > 0 ? hostPort : choose(),
			};
		});
	});
};

const bindMount = (bind: string): ContainerMount => {
	const [source = '', destination = '', mode = ''] = bind.split(':');
	const isReadOnly = mode.split(',').includes('ro');
	if (!source.startsWith('/')) return namedMount(source, destination, isReadOnly);
	return {type: 'bind', source, destination, isReadOnly};
};

const objectMount = (mount: Json, anonymousVolume: () => string): ContainerMount => {
	const destination = text(mount.Target) ?? '';
	const isReadOnly = truth(mount.ReadOnly);
	const source = text(mount.Source) ?? '';
	if (mount.Type === 'bind') return {type: 'bind', source, destination, isReadOnly};
	if (mount.Type === 'tmpfs') return {type: 'tmpfs', source: '', destination, isReadOnly};
	return namedMount(source === '' ? anonymousVolume() : source, destination, isReadOnly);
};

export const namedMount = (name: string, destination: string, isReadOnly = false): ContainerMount => ({
	type: 'volume',
	name,
	source: `/var/lib/docker/volumes/${name}/_data`,
	destination,
	isReadOnly,
});

export const restartOf = (policy: Json): RestartPolicy => {
	const {Name: name} = policy;
	const isKnown = name === 'always' || name === 'unless-stopped' || name === 'on-failure';
	return {name: isKnown ? name : 'no', maximumRetryCount: number(policy.MaximumRetryCount) ?? 0};
};
