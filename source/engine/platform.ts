import {isAtLeast} from './api-version.ts';
import type {EngineClient} from './engine-client.ts';
import {EngineError} from './errors.ts';

const since = '1.32';
/** Before, an engine pushes what it has. */
const pushedSince = '1.46';

/** @throws EngineError `unsupported`: an older engine would take its own platform, and say nothing */
export const platformFor = (client: EngineClient, platform: string): string => {
	const version = client.apiVersion();
	if (version === '' || isAtLeast(version, since)) return platform;
	throw new EngineError('unsupported', `this engine (API ${version}) takes no platform`);
};

/**
 * Which of an image's platforms is pushed, as the engine takes it: an OCI platform.
 * @throws EngineError `unsupported`: an older engine would push another one, and say nothing
 */
export const pushedPlatform = (client: EngineClient, platform: string): string => {
	const version = client.apiVersion();
	if (version !== '' && !isAtLeast(version, pushedSince))
		throw new EngineError('unsupported', `this engine (API ${version}) pushes no single platform`);
	const [os, architecture, variant] = platform.split('/');
	return JSON.stringify({os, architecture, variant});
};
