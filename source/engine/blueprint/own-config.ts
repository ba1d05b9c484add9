import {type Fields, record, text, texts} from '../decode/read.ts';
import {entriesBeyond, isSame, said, without} from './compare.ts';
import type {EngineDefaults} from './types.ts';

/** Zero means "at once" to one of them, and nothing to the others. */
const meaningfulConfig = ['StopTimeout'];

/** What Podman adds to the environment of every container. */
const podmanVariables = /^(container=podman|HOSTNAME=|TERM=xterm$|HOME=)/;

/**
 * The `Config` of an inspect without what the image or the engine put there.
 * Source: the merge of both in moby's `runconfig`/`daemon/commit.go`, backwards.
 * @param image the `Config` of the image that it was made from; empty when that is gone
 */
export const ownConfig = (
	container: {readonly id: string; readonly config: Fields; readonly host: Fields},
	image: Fields,
	defaults: EngineDefaults,
): Fields => {
	const {config} = container;
	const imageVariables = new Set(texts(image.Env));
	const variables = texts(config.Env).filter(
		pair => !imageVariables.has(pair) && !(defaults.isPodman && podmanVariables.test(pair)),
	);
	const plain = without(
		config,
		'Image',
		'Env',
		'Cmd',
		'Entrypoint',
		'Hostname',
		'Healthcheck',
		'ArgsEscaped',
	);
	const own = Object.entries(plain).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
		if (key === 'Labels' || key === 'ExposedPorts' || key === 'Volumes')
			return [[key, entriesBeyond(record(value), record(image[key]))]];
		return isSame(value, image[key]) ? [] : [[key, value]];
	});
	return said(
		{
			...Object.fromEntries(own),
			Env: variables,
			Hostname: ownHostname(container, defaults),
			Healthcheck: entriesBeyond(said(record(config.Healthcheck)), record(image.Healthcheck)),
			...ownCommand(config, image),
		},
		meaningfulConfig,
	);
};

/** An entrypoint of one's own takes the image's command with it, so that both must be told then. */
const ownCommand = (config: Fields, image: Fields): Fields => {
	const [entrypoint, command] = [texts(config.Entrypoint), texts(config.Cmd)];
	const [imageEntrypoint, imageCommand] = [texts(image.Entrypoint), texts(image.Cmd)];
	const isSameEntry = isSame(entrypoint, imageEntrypoint);
	if (isSameEntry && isSame(command, imageCommand)) return {};
	if (isSameEntry && command.length > 0) return {Cmd: command};
	// An empty text is how the engine is told that there is none.
	return {Entrypoint: entrypoint.length === 0 ? [''] : entrypoint, Cmd: command};
};

/** The engine names a container after its id, and one in the host's network after the host. */
const ownHostname = (
	{id, config, host}: {readonly id: string; readonly config: Fields; readonly host: Fields},
	defaults: EngineDefaults,
): string => {
	const hostname = text(config.Hostname);
	const mode = text(host.NetworkMode);
	const isShared = mode.startsWith('container:') || text(host.UTSMode) === 'host';
	if (isShared || hostname === id.slice(0, 12)) return '';
	return mode === 'host' && hostname === defaults.hostname ? '' : hostname;
};
