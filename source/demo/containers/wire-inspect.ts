import type {DemoImageFacts} from '../contract.ts';
import {type Json, number} from '../http/read.ts';
import {stamp, stampOrNever} from '../timestamp.ts';
import type {DemoContainer} from './container-types.ts';
import {defaultHost} from './default-host.ts';
import {wireHealth} from './wire-health.ts';
import {portKey, wireEndpoints, wirePortMap} from './wire-network.ts';
import {wireMount} from './wire-summary.ts';

/** `GET /containers/{id}/json`. */
export const wireInspect = (
	container: DemoContainer,
	image: DemoImageFacts | undefined,
	now: number,
): Json => {
	const {id, spec} = container;
	const [path = '', ...args] = spec.argv;
	const folder = `/var/lib/docker/containers/${id}`;
	return {
		Id: id,
		Created: stamp(container.createdAt),
		Path: path,
		Args: args,
		State: wireState(container, now),
		Image: spec.imageId,
		ResolvConfPath: `${folder}/resolv.conf`,
		HostnamePath: `${folder}/hostname`,
		HostsPath: `${folder}/hosts`,
		LogPath: `${folder}/${id}-json.log`,
		Name: `/${container.name}`,
		RestartCount: container.restartCount,
		Driver: 'overlay2',
		Platform: 'linux',
		MountLabel: '',
		ProcessLabel: '',
		AppArmorProfile: 'docker-default',
		ExecIDs: null,
		HostConfig: wireHost(container),
		GraphDriver: wireLayers(id),
		Mounts: spec.mounts.map(wireMount),
		Config: wireConfig(container, image),
		NetworkSettings: wireNetworkSettings(container),
	};
};

const wireState = (container: DemoContainer, now: number): Json => {
	const {status, health} = container;
	return {
		Status: status,
		Running: status === 'running' || status === 'paused' || status === 'restarting',
		Paused: status === 'paused',
		Restarting: status === 'restarting',
		OOMKilled: container.isOomKilled,
		Dead: status === 'dead',
		Pid: container.pid,
		ExitCode: container.exitCode,
		Error: '',
		StartedAt: stampOrNever(container.startedAt),
		FinishedAt: stampOrNever(container.finishedAt),
		...(health === undefined ? {} : {Health: wireHealth(container, health, now)}),
	};
};

const wireHost = ({spec}: DemoContainer): Json => ({
	...defaultHost,
	...spec.rawHost,
	Binds: spec.mounts.length === 0 ? null : spec.mounts.map(bindOf),
	NetworkMode: spec.network,
	PortBindings: Object.fromEntries(
		Object.entries(Object.groupBy(spec.ports, portKey)).map(([key, ports = []]) => [
			key,
			ports.map(({hostIp, hostPort}) => ({HostIp: hostIp, HostPort: String(hostPort)})),
		]),
	),
	RestartPolicy: {Name: spec.restart.name, MaximumRetryCount: spec.restart.maximumRetryCount},
	AutoRemove: spec.isAutoRemove,
	Memory: spec.memoryBytes,
	MemorySwap: number(spec.rawHost?.MemorySwap) || 2 * spec.memoryBytes,
	NanoCpus: spec.nanoCpus,
});

const bindOf = ({name, source, destination, isReadOnly}: DemoContainer['spec']['mounts'][number]): string =>
	`${name ?? source}:${destination}:${isReadOnly ? 'ro' : 'rw'}`;

const wireConfig = ({id, spec}: DemoContainer, image: DemoImageFacts | undefined): Json => ({
	Domainname: '',
	AttachStdin: false,
	AttachStdout: false,
	AttachStderr: false,
	StdinOnce: false,
	Volumes: null,
	OnBuild: null,
	...spec.rawConfig,
	Hostname: spec.hostname === '' ? id.slice(0, 12) : spec.hostname,
	User: spec.user,
	...(spec.exposedPorts.length === 0
		? {}
		: {ExposedPorts: Object.fromEntries(spec.exposedPorts.map(port => [port, {}]))}),
	Tty: spec.isTty,
	OpenStdin: spec.isStdinOpen,
	Env: spec.environment,
	Cmd: spec.command ?? image?.command ?? null,
	Image: spec.image,
	WorkingDir: spec.workingDirectory,
	Entrypoint:
		spec.entrypoint ?? (image === undefined || image.entrypoint.length === 0 ? null : image.entrypoint),
	Labels: spec.labels,
});

const wireLayers = (id: string): Json => {
	const folder = `/var/lib/docker/overlay2/${id}`;
	return {
		Data: {
			ID: id,
			LowerDir: `${folder}-init/diff`,
			MergedDir: `${folder}/merged`,
			UpperDir: `${folder}/diff`,
			WorkDir: `${folder}/work`,
		},
		Name: 'overlay2',
	};
};

const wireNetworkSettings = (container: DemoContainer): Json => {
	const endpoints = wireEndpoints(container);
	// The default bridge alone is also told outside of the list, for clients from before there were others.
	const legacy = endpoints.bridge ?? {};
	const {EndpointID = '', Gateway = '', IPAddress = '', IPPrefixLen = 0, MacAddress = ''}: Json = {...legacy};
	return {
		Bridge: '',
		SandboxID: container.pid === 0 ? '' : container.id.split('').reverse().join(''),
		SandboxKey: container.pid === 0 ? '' : `/var/run/docker/netns/${container.id.slice(0, 12)}`,
		Ports: wirePortMap(container),
		HairpinMode: false,
		LinkLocalIPv6Address: '',
		LinkLocalIPv6PrefixLen: 0,
		SecondaryIPAddresses: null,
		SecondaryIPv6Addresses: null,
		EndpointID,
		Gateway,
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		IPAddress,
		IPPrefixLen,
		IPv6Gateway: '',
		MacAddress,
		Networks: endpoints,
	};
};
