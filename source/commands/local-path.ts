import {homedir} from 'node:os';
import {join, resolve} from 'node:path';

/** `~` and `~/…` as a shell takes them; all else as it is. */
export const withHome = (path: string): string =>
	path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

/** A path of this machine as it was typed, from the root on. */
export const localPath = (path: string): string => resolve(withHome(path));
