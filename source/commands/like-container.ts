import type {PortMapping, RunSpec, VolumeMapping} from '../engine/run-types.ts';
import type {Container} from '../engine/types.ts';
import {exactBytes} from '../format/bytes.ts';
import {quoteWord} from '../format/shell-words.ts';
import type {State} from '../state/model.ts';
import {cursorContainer} from '../state/selectors/rows.ts';
import {isActive} from './container-states.ts';

/** The container that another one is to be like: the open one, or the one under the cursor of its list. */
export const likeTarget = (state: State): Container | undefined => {
	const {screen, focus} = state.ui;
	if (screen.kind === 'container') return state.containers.byId.get(screen.containerId);
	return screen.kind === 'dashboard' && focus === 'containers' ? cursorContainer(state) : undefined;
};

/** `web-2`, or with the next number when that is there already. */
const nextName = (state: State, name: string): string => {
	const taken = new Set([...state.containers.byId.values()].map(container => container.name));
	const stem = name.replace(/-\d{1,4}$/, '');
	let number = 2;
	while (taken.has(`${stem}-${number}`)) number += 1;
	return `${stem}-${number}`;
};

const portText = ({containerPort, protocol, hostPort, lastHostPort, hostIp}: PortMapping): string => {
	const container = protocol === 'tcp' ? String(containerPort) : `${containerPort}/${protocol}`;
	const host =
		hostPort === undefined ? '' : `${hostPort}${lastHostPort === undefined ? '' : `-${lastHostPort}`}`;
	const address = hostIp?.includes(':') ? `[${hostIp}]` : hostIp;
	if (address !== undefined) return `${address}:${host}:${container}`;
	return host === '' ? container : `${host}:${container}`;
};

const volumeText = ({source, target, isReadOnly}: VolumeMapping): string =>
	[...(source === undefined ? [] : [source]), target, ...(isReadOnly ? ['ro'] : [])].join(':');

/** A port of the host that the other one holds cannot be had twice: the engine picks one. */
const freePort = ({hostPort: _, lastHostPort, ...port}: PortMapping): PortMapping =>
	lastHostPort === undefined || _ === undefined ? port : {...port, hostPort: _, lastHostPort};

const words = (list: readonly string[]): string => list.map(quoteWord).join(' ');

/** The run form filled in with what makes a container like this one. */
export const proposalOf = (
	state: State,
	container: Container,
	spec: RunSpec,
): Readonly<Record<string, string>> => {
	const ports = isActive(container) ? spec.ports.map(freePort) : spec.ports;
	const retries = spec.restart?.maximumRetryCount;
	return {
		image: spec.image,
		name: nextName(state, container.name),
		command: words(spec.command ?? []),
		ports: ports.map(portText).join(' '),
		env: words(spec.env),
		volumes: words(spec.volumes.map(volumeText)),
		restart:
			spec.restart === undefined
				? ''
				: [spec.restart.name, ...(retries === undefined ? [] : [retries])].join(':'),
		network: spec.network ?? '',
		memory: spec.memoryBytes === undefined ? '' : exactBytes(spec.memoryBytes),
		cpus: spec.cpus === undefined ? '' : String(spec.cpus),
		tty: spec.isTty ? 'yes' : '',
		interactive: spec.isInteractive ? 'yes' : '',
		remove: spec.isAutoRemove ? 'yes' : '',
	};
};
