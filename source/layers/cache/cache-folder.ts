import {homedir} from 'node:os';
import {join} from 'node:path';

/** Where layers are remembered: `$XDG_CACHE_HOME/gantry/layers/v1`, else the system's own place for such. */
export const layerCacheFolder = (
	environment: Readonly<Record<string, string | undefined>>,
	platform: string,
): string => {
	const {XDG_CACHE_HOME: chosen, LOCALAPPDATA: local} = environment;
	return join(chosen || userCache(platform, local), 'gantry', 'layers', 'v1');
};

const userCache = (platform: string, local: string | undefined): string => {
	if (platform === 'win32') return local ?? join(homedir(), 'AppData', 'Local');
	return platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
};
