import {lstat, realpath, stat} from 'node:fs/promises';
import {isAbsolute, join, relative, sep} from 'node:path';
import {LocalFileError, localReason} from '../archive/local-error.ts';

/** Where a build is, on this machine; links resolved. */
export type BuildPlace = {
	/** Absolute path of the context. */
	readonly directory: string;
	/** Absolute path of the Dockerfile. */
	readonly dockerfile: string;
	/** Its path in the context, absent when it lies outside. */
	readonly inContext?: string;
};

const defaultName = 'Dockerfile';

/** Of a path that is not there: what was looked for. @param part what of the build is wrong */
export class BuildPlaceError extends LocalFileError {
	constructor(
		message: string,
		readonly part: 'directory' | 'dockerfile',
	) {
		super(message);
	}
}

const isThere = (path: string): Promise<boolean> =>
	lstat(path).then(
		() => true,
		() => false,
	);

const directoryAt = async (path: string): Promise<string> => {
	const found = await stat(path).catch((error: unknown) => {
		throw new BuildPlaceError(`${path}: ${localReason(error)}`, 'directory');
	});
	if (!found.isDirectory()) throw new BuildPlaceError(`${path} is no directory`, 'directory');
	return realpath(path);
};

/** A Dockerfile that is not named may be written small, as the docker CLI allows. */
const wanted = async (directory: string, dockerfile: string): Promise<string> => {
	if (dockerfile !== '') return isAbsolute(dockerfile) ? dockerfile : join(directory, dockerfile);
	const usual = join(directory, defaultName);
	const small = join(directory, defaultName.toLowerCase());
	return !(await isThere(usual)) && (await isThere(small)) ? small : usual;
};

/**
 * Finds context and Dockerfile as `docker build -f` does: the Dockerfile may lie outside of the context.
 * @param dockerfile absolute, or relative to the directory; empty: `Dockerfile` in it
 * @throws BuildPlaceError that names what was looked for
 */
export const findBuildPlace = async (path: string, dockerfile: string): Promise<BuildPlace> => {
	const directory = await directoryAt(path);
	const sought = await wanted(directory, dockerfile);
	const found = await realpath(sought).catch((error: unknown) => {
		throw new BuildPlaceError(`no Dockerfile: ${sought}: ${localReason(error)}`, 'dockerfile');
	});
	if (!(await stat(found)).isFile()) throw new BuildPlaceError(`${sought} is no file`, 'dockerfile');
	const inContext = relative(directory, found);
	const isOutside = inContext === '..' || inContext.startsWith(`..${sep}`) || isAbsolute(inContext);
	return {directory, dockerfile: found, ...(isOutside ? {} : {inContext: inContext.split(sep).join('/')})};
};
