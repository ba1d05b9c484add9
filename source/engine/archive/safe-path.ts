import {sep} from 'node:path';

/** Where in the target an archive's name leads, or why it leads nowhere. */
export type SafePath =
	| {readonly ok: true; readonly parts: readonly string[]}
	| {readonly ok: false; readonly reason: string};

const refused = (reason: string): SafePath => ({ok: false, reason});

/**
 * @param path a name in an archive, which anybody may have written
 * @param base what was asked for, or all of it: every name is that or beneath it
 */
export const safePath = (path: string, base: string | ReadonlySet<string>): SafePath => {
	if (path.startsWith('/')) return refused('its path is absolute');
	const parts = path.split('/').filter(part => part !== '' && part !== '.');
	if (parts.includes('..')) return refused('its path leaves the target');
	if (path.includes('\0')) return refused('its path has a NUL in it');
	if (sep !== '/' && parts.some(part => part.includes(sep) || part.includes(':')))
		return refused('this system does not take that name');
	const [top = ''] = parts;
	if (typeof base === 'string' ? top !== base : !base.has(top))
		return refused('it is not beneath what was asked for');
	return {ok: true, parts};
};
