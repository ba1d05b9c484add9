import {isAtLeast} from './api-version.ts';
import type {EngineClient} from './engine-client.ts';
import {EngineError} from './errors.ts';

const since = '1.32';

/** @throws EngineError `unsupported`: an older engine would take its own platform, and say nothing */
export const platformFor = (client: EngineClient, platform: string): string => {
	const version = client.apiVersion();
	if (version === '' || isAtLeast(version, since)) return platform;
	throw new EngineError('unsupported', `this engine (API ${version}) takes no platform`);
};
