import {access, constants} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import process from 'node:process';

const isOnPath = async (program: string, path: string): Promise<boolean> => {
	for (const folder of path.split(delimiter)) {
		if (folder === '') continue;
		try {
			await access(join(folder, program), constants.X_OK);
			return true;
		} catch {
			// In the next one, perhaps.
		}
	}
	return false;
};

/**
 * The helper that docker takes on this machine where the configuration knows no account and no helper; nothing when
 * it is not installed. Source: docker/cli, cli/config/credentials.
 */
export const defaultHelper = async (
	env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> => {
	const path = env.PATH ?? '';
	const name =
		process.platform === 'darwin'
			? 'osxkeychain'
			: process.platform === 'win32'
				? 'wincred'
				: (await isOnPath('pass', path))
					? 'pass'
					: 'secretservice';
	return (await isOnPath(`docker-credential-${name}`, path)) ? name : undefined;
};
