import type {PortMapping, RunSpec, VolumeMapping} from './run-types.ts';

/** The body of `POST /containers/create` for what `docker run --detach` would be told. */
export const createBody = (spec: RunSpec): object => ({
	Image: spec.image,
	...(spec.command === undefined ? {} : {Cmd: spec.command}),
	Env: spec.env,
	Tty: spec.isTty,
	OpenStdin: spec.isInteractive,
	ExposedPorts: Object.fromEntries(spec.ports.map(port => [portKey(port), {}])),
	Volumes: Object.fromEntries(
		spec.volumes.filter(volume => !isMounted(volume)).map(volume => [volume.target, {}]),
	),
	HostConfig: {
		PortBindings: portBindings(spec.ports),
		Binds: spec.volumes.flatMap(({source, target, isReadOnly}) =>
			source === undefined ? [] : [`${source}:${target}${isReadOnly ? ':ro' : ''}`],
		),
		// Only a mount can be anonymous and read-only.
		Mounts: spec.volumes
			.filter(volume => isMounted(volume) && volume.source === undefined)
			.map(({target}) => ({Type: 'volume', Target: target, ReadOnly: true})),
		AutoRemove: spec.isAutoRemove,
		...(spec.restart === undefined
			? {}
			: {
					RestartPolicy: {
						Name: spec.restart.name,
						MaximumRetryCount: spec.restart.maximumRetryCount ?? 0,
					},
				}),
		...(spec.network === undefined ? {} : {NetworkMode: spec.network}),
		...(spec.memoryBytes === undefined ? {} : {Memory: spec.memoryBytes}),
		...(spec.cpus === undefined ? {} : {NanoCpus: Math.round(spec.cpus * 1e9)}),
	},
});

const isMounted = (volume: VolumeMapping): boolean => volume.source !== undefined || volume.isReadOnly;

const portKey = (port: PortMapping): string => `${port.containerPort}/${port.protocol}`;

/** Every binding of a port in one list; an empty host port lets the engine choose. */
const portBindings = (ports: readonly PortMapping[]): object =>
	Object.fromEntries(
		Object.entries(Object.groupBy(ports, portKey)).map(([key, bindings = []]) => [
			key,
			bindings.map(({hostIp = '', ...port}) => ({HostIp: hostIp, HostPort: hostPortText(port)})),
		]),
	);

const hostPortText = ({hostPort, lastHostPort}: Pick<PortMapping, 'hostPort' | 'lastHostPort'>): string => {
	if (hostPort === undefined) return '';
	return lastHostPort === undefined ? String(hostPort) : `${hostPort}-${lastHostPort}`;
};
