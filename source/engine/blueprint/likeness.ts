import {type Fields, list, number, record, text, texts} from '../decode/read.ts';
import type {PortMapping, RestartPolicy, RunSpec, VolumeMapping} from '../run-types.ts';
import {said, without} from './compare.ts';
import {withFreshVolumes} from './fresh-volumes.ts';
import type {Blueprint, Likeness} from './types.ts';

/** Names of variables whose values nobody else should read on the screen. */
const looksSecret = /pass(word|wd|phrase)?|secret|token|credential|private|api_?key|_key$|^key$|auth/i;

/** Compose knows its own by these; another container is none of them. */
const composeLabel = /^com\.docker\.compose\./;

/**
 * What the run form says of a container like this one, and the rest, which goes with it unseen. What belongs to one
 * container alone (addresses, anonymous volumes, its place in a compose project) is in neither.
 */
export const likenessOf = (blueprint: Blueprint): Likeness => {
	const fresh = withFreshVolumes(blueprint);
	const {config, host} = fresh;
	const variables = texts(config.Env);
	const isHidden = (pair: string): boolean => looksSecret.test(keyOf(pair)) || !pair.includes('=');
	const {sayable, other} = sortedBinds(texts(host.Binds));
	const command = texts(config.Cmd);
	const restart = restartOf(record(host.RestartPolicy));
	const network = text(host.NetworkMode);
	const memoryBytes = number(host.Memory);
	const nanoCpus = number(host.NanoCpus);
	const spec: RunSpec = {
		image: blueprint.image,
		ports: portsOf(record(host.PortBindings)),
		env: variables.filter(pair => !isHidden(pair)),
		volumes: [
			...sayable,
			...Object.keys(record(config.Volumes)).map(target => ({target, isReadOnly: false})),
		],
		isTty: config.Tty === true,
		isInteractive: config.OpenStdin === true,
		isAutoRemove: host.AutoRemove === true,
		...(command.length > 0 && {command}),
		...(restart !== undefined && {restart}),
		...(!['', 'default', 'bridge'].includes(network) && {network}),
		...(memoryBytes > 0 && {memoryBytes}),
		...(nanoCpus > 0 && {cpus: nanoCpus / 1e9}),
	};
	const published = new Set(Object.keys(record(host.PortBindings)));
	const rest: Blueprint = {
		...fresh,
		config: keeping(without(config, 'Cmd', 'Tty', 'OpenStdin', 'Volumes', 'MacAddress'), {
			Env: variables.filter(isHidden),
			ExposedPorts: only(record(config.ExposedPorts), port => !published.has(port)),
			Labels: only(record(config.Labels), label => !composeLabel.test(label)),
		}),
		host: keeping(
			without(host, 'PortBindings', 'AutoRemove', 'RestartPolicy', 'NetworkMode', 'Memory', 'NanoCpus'),
			{Binds: other},
		),
		networks: blueprint.networks.map(({network: name, settings}) => ({
			network: name,
			settings: without(settings, 'IPAMConfig', 'MacAddress'),
		})),
	};
	return {spec, rest, hiddenVariables: variables.filter(isHidden).map(keyOf)};
};

const keyOf = (pair: string): string => pair.split('=', 1)[0] ?? '';

const only = (fields: Fields, isWanted: (name: string) => boolean): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => isWanted(name)));

/** Replaces fields; those that say nothing any more go. */
const keeping = (fields: Fields, replaced: Fields): Fields => ({
	...without(fields, ...Object.keys(replaced)),
	...said(replaced),
});

/** The form knows read-only and nothing else. */
const sortedBinds = (
	binds: readonly string[],
): {readonly sayable: readonly VolumeMapping[]; readonly other: readonly string[]} => {
	const isSayable = (bind: string): boolean => /^[^:]+:\/[^:]+(?::r[ow])?$/.test(bind);
	return {
		sayable: binds.filter(isSayable).map(bind => {
			const [source = '', target = '', mode] = bind.split(':');
			return {source, target, isReadOnly: mode === 'ro'};
		}),
		other: binds.filter(bind => !isSayable(bind)),
	};
};

const restartOf = ({Name: name, MaximumRetryCount: count}: Fields): RestartPolicy | undefined => {
	if (name === 'always' || name === 'unless-stopped') return {name};
	if (name !== 'on-failure') return undefined;
	return number(count) > 0 ? {name, maximumRetryCount: number(count)} : {name};
};

const portsOf = (bindings: Fields): readonly PortMapping[] =>
	Object.entries(bindings).flatMap(([key, entries]) => {
		const [port = '', protocol] = key.split('/');
		return list(entries)
			.map(record)
			.map(({HostIp: ip, HostPort: host}): PortMapping => {
				const [first = '', last] = text(host).split('-');
				return {
					containerPort: Number(port),
					protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp',
					...(Number(first) > 0 && {hostPort: Number(first)}),
					...(Number(last) > Number(first) && {lastHostPort: Number(last)}),
					...(text(ip) !== '' && {hostIp: text(ip)}),
				};
			});
	});

/** The blueprint that a filled-in form asks for: what the form says over the rest of the one that it began with. */
export const likeWith = (rest: Blueprint, body: Fields): Blueprint => {
	const {HostConfig: hostWanted, Image: _, ...wanted} = body;
	const given = new Set(texts(wanted.Env).map(keyOf));
	const network = text(record(hostWanted).NetworkMode);
	const before = rest.networks[0]?.network ?? 'bridge';
	const isSameNetwork = (network === '' ? 'bridge' : network) === before;
	const isAlone = /^(host|none|container:)/.test(network);
	const others = isAlone ? [] : rest.networks.slice(1);
	return {
		...rest,
		config: {
			...rest.config,
			...said(wanted),
			Env: [...texts(rest.config.Env).filter(pair => !given.has(keyOf(pair))), ...texts(wanted.Env)],
			ExposedPorts: {...record(rest.config.ExposedPorts), ...record(wanted.ExposedPorts)},
		},
		host: {
			...rest.host,
			...said(record(hostWanted)),
			Binds: [...texts(rest.host.Binds), ...texts(record(hostWanted).Binds)],
			Mounts: [...list(rest.host.Mounts), ...list(record(hostWanted).Mounts)],
		},
		networks: isSameNetwork ? rest.networks : others.length === 0 ? [] : [{network, settings: {}}, ...others],
	};
};
