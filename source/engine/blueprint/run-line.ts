import {shellLine} from '../../format/shell-line.ts';
import {isAtLeast} from '../api-version.ts';
import {type Fields, list, record, text, texts} from '../decode/read.ts';
import {said, without} from './compare.ts';
import {configSayings} from './config-sayings.ts';
import {withFreshVolumes} from './fresh-volumes.ts';
import {hostSayings} from './host-sayings.ts';
import {connectWords, sayNetworks} from './say-networks.ts';
import type {Blueprint, NetworkEnd, RunLine} from './types.ts';
import type {Saying} from './words.ts';

/** Since this API the client takes more than one network. */
const severalNetworksSince = '1.44';

/** Of no consequence to a container that runs in the background. */
const attachment = ['AttachStdin', 'AttachStdout', 'AttachStderr', 'StdinOnce'];

/**
 * The command line that makes an equivalent container, for a POSIX shell. Of anonymous volumes it has new ones.
 * On an API that creates in one network only, the others are connected by commands of their own.
 */
export const runLine = (given: Blueprint, apiVersion: string): RunLine => {
	const blueprint = withoutPublishedExposed(withFreshVolumes(given));
	const {config, host, networks} = blueprint;
	const name = ['--name', blueprint.name];
	const platform = blueprint.platform === undefined ? [] : ['--platform', blueprint.platform];
	const settings = saidOf(without(config, 'Entrypoint', 'Cmd', ...attachment), configSayings, '');
	const hostSettings = saidOf(withoutSpelled(host), hostSayings, 'HostConfig.');
	const isSeveral = isAtLeast(apiVersion, severalNetworksSince);
	const network = sayNetworks(text(host.NetworkMode), networks, isSeveral);
	const {entry, command} = sayCommand(config);
	const options = [...name, ...platform, ...settings.words, ...hostSettings.words, ...network.words];
	const words = [...options, ...systemPaths(host), ...entry, blueprint.image, ...command];
	const later = isSeveral ? [] : networks.slice(1);
	return {
		line:
			later.length === 0
				? shellLine('docker', 'run', '--detach', ...words)
				: inSteps(blueprint, words, later),
		unsaid: [...settings.unsaid, ...hostSettings.unsaid, ...network.unsaid],
	};
};

const inSteps = ({name}: Blueprint, words: readonly string[], later: readonly NetworkEnd[]): string =>
	[
		shellLine('docker', 'create', ...words),
		...later.map(({network, settings}) =>
			shellLine('docker', 'network', 'connect', ...connectWords(settings), network, name),
		),
		shellLine('docker', 'start', name),
	].join(' && ');

/** Says what has a saying, in the order of the sayings, and names the rest. */
const saidOf = (
	fields: Fields,
	sayings: Readonly<Record<string, Saying>>,
	prefix: string,
): {readonly words: readonly string[]; readonly unsaid: readonly string[]} => {
	const words: string[] = [];
	const unsaid = Object.keys(fields).filter(name => !(name in sayings));
	for (const [name, say] of Object.entries(sayings)) {
		if (!(name in fields)) continue;
		const part = say(fields[name]);
		if (part === undefined) unsaid.push(name);
		else words.push(...part);
	}
	return {words, unsaid: unsaid.map(name => `${prefix}${name}`)};
};

const withoutPublishedExposed = (blueprint: Blueprint): Blueprint => {
	const published = Object.keys(record(blueprint.host.PortBindings));
	const ports = without(record(blueprint.config.ExposedPorts), ...published);
	return {
		...blueprint,
		config: {...without(blueprint.config, 'ExposedPorts'), ...said({ExposedPorts: ports})},
	};
};

/** Fields of the host that are said elsewhere on the line. */
const withoutSpelled = (host: Fields): Fields => {
	const paths = systemPaths(host).length > 0 ? ['MaskedPaths', 'ReadonlyPaths'] : [];
	return without(host, 'NetworkMode', ...paths);
};

const systemPaths = (host: Fields): readonly string[] => {
	const isOpen = (value: unknown): boolean => Array.isArray(value) && list(value).length === 0;
	return isOpen(host.MaskedPaths) && isOpen(host.ReadonlyPaths)
		? ['--security-opt', 'systempaths=unconfined']
		: [];
};

const sayCommand = (
	config: Fields,
): {readonly entry: readonly string[]; readonly command: readonly string[]} => {
	const command = texts(config.Cmd);
	if (!('Entrypoint' in config)) return {entry: [], command};
	const [first = '', ...rest] = texts(config.Entrypoint);
	return {entry: ['--entrypoint', first], command: [...rest, ...command]};
};
