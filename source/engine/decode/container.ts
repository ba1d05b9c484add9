import type {Container, ContainerDetails} from '../types.ts';
import {answeredList, requiredText} from './answer.ts';
import {containerState, exitCodeInStatus, healthInStatus, healthOf, statusTextOf} from './container-state.ts';
import {containerId, imageId} from './ids.ts';
import {inspectedPorts, listedPorts} from './ports.ts';
import {type Fields, list, number, record, text, textMap, texts, time, truth} from './read.ts';

/** `GET /containers/json`. Entries without an id are left out: nothing could be done with them. */
export const decodeContainerList = (value: unknown): readonly Container[] =>
	answeredList(value, 'container list')
		.filter(entry => text(entry.Id) !== '')
		.map(listedContainer);

const listedContainer = (entry: Fields): Container => {
	const statusText = text(entry.Status);
	const labels = textMap(entry.Labels);
	const listedHealth = text(record(entry.Health).Status);
	const exitCode = exitCodeInStatus(statusText);
	return {
		id: containerId(text(entry.Id)),
		name: ownName(texts(entry.Names)),
		image: text(entry.Image),
		imageId: imageId(text(entry.ImageID)),
		command: text(entry.Command),
		createdAt: number(entry.Created) * 1000,
		state: containerState(text(entry.State)),
		health: listedHealth === '' ? healthInStatus(statusText) : healthOf(listedHealth),
		statusText,
		...(exitCode === undefined ? {} : {exitCode}),
		ports: listedPorts(entry.Ports),
		labels,
		...composeOf(labels),
		networks: Object.keys(record(record(entry.NetworkSettings).Networks)),
	};
};

/**
 * `GET /containers/{id}/json`.
 * @throws EngineError `protocol` when it has no id
 */
export const decodeContainer = (value: unknown): Container => {
	const root = record(value);
	const state = record(root.State);
	const config = record(root.Config);
	const network = record(root.NetworkSettings);
	const labels = textMap(config.Labels);
	const word = containerState(text(state.Status));
	// Podman before 5 spells it Healthcheck.
	const checks = record(state.Health ?? state.Healthcheck);
	const health = healthOf(text(checks.Status));
	const details = detailsOf(root, state, config, checks);
	const exitCode =
		word === 'exited' || word === 'dead' || word === 'restarting' ? details.exitCode : undefined;
	return {
		id: containerId(requiredText(root, 'Id', 'container')),
		name: withoutSlash(text(root.Name)),
		image: text(config.Image),
		imageId: imageId(text(root.Image)),
		command: commandOf(text(root.Path), texts(root.Args)),
		// The list has whole seconds; one container must not have two creation times.
		createdAt: Math.floor((time(root.Created) ?? 0) / 1000) * 1000,
		state: word,
		health,
		statusText: statusTextOf(word, health, exitCode),
		...(exitCode === undefined ? {} : {exitCode}),
		ports: inspectedPorts(network.Ports),
		labels,
		...composeOf(labels),
		networks: Object.keys(record(network.Networks)),
		details,
	};
};

const detailsOf = (root: Fields, state: Fields, config: Fields, checks: Fields): ContainerDetails => {
	const host = record(root.HostConfig);
	const startedAt = time(state.StartedAt);
	const finishedAt = time(state.FinishedAt);
	return {
		...(startedAt === undefined ? {} : {startedAt, exitCode: number(state.ExitCode)}),
		...(finishedAt === undefined ? {} : {finishedAt}),
		isOomKilled: truth(state.OOMKilled),
		error: text(state.Error),
		restartCount: number(root.RestartCount),
		isTty: truth(config.Tty),
		pid: number(state.Pid),
		logDriver: text(record(host.LogConfig).Type),
		memoryLimitBytes: number(host.Memory),
		...limitsOf(host),
		healthLog: list(checks.Log)
			.map(record)
			.map(probe => ({
				exitCode: number(probe.ExitCode),
				output: text(probe.Output),
				endedAt: time(probe.End) ?? 0,
			})),
		volumes: list(root.Mounts)
			.map(record)
			.filter(mount => mount.Type === 'volume')
			.map(mount => text(mount.Name)),
		isAutoRemove: truth(host.AutoRemove),
	};
};

/** The CLI's `--cpus` is `NanoCpus`; compose and older clients give a quota per period. */
const limitsOf = (host: Fields): Pick<ContainerDetails, 'cpuLimit' | 'pidsLimit' | 'isRestarted'> => {
	const quota = number(host.CpuQuota) > 0 ? number(host.CpuQuota) / (number(host.CpuPeriod) || 100_000) : 0;
	const cpuLimit = number(host.NanoCpus) > 0 ? number(host.NanoCpus) / 1e9 : quota;
	const pidsLimit = number(host.PidsLimit);
	const policy = text(record(host.RestartPolicy).Name);
	return {
		...(cpuLimit > 0 ? {cpuLimit} : {}),
		...(pidsLimit > 0 ? {pidsLimit} : {}),
		...(policy !== '' && policy !== 'no' ? {isRestarted: true} : {}),
	};
};

/** As the engine writes it in its list. */
const commandOf = (path: string, args: readonly string[]): string =>
	[path, ...args.map(arg => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ');

const withoutSlash = (name: string): string => name.replace(/^\//, '');

/** Links give a container further names of the form `/other/alias`. */
const ownName = (names: readonly string[]): string =>
	withoutSlash(names.find(name => name.lastIndexOf('/') <= 0) ?? names[0] ?? '');

const composeOf = (labels: Container['labels']): {readonly project?: string; readonly service?: string} => {
	const project = labels['com.docker.compose.project'] || labels['io.podman.compose.project'];
	const service = labels['com.docker.compose.service'] || labels['io.podman.compose.service'];
	return {...(project ? {project} : {}), ...(service ? {service} : {})};
};
