import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import process from 'node:process';

/**
 * Where layers that were read are remembered (XDG Base Directory Specification: a relative path is none);
 * absent where there is no home.
 */
export const cacheFolder = (
	env: Readonly<Record<string, string | undefined>> = process.env,
	home: string = homedir(),
): string | undefined => {
	const {XDG_CACHE_HOME: said = ''} = env;
	const base = isAbsolute(said) ? said : home === '' ? undefined : join(home, '.cache');
	return base === undefined ? undefined : join(base, 'gantry', 'layers');
};
