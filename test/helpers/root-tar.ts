import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** The tar of a small root file system, another one for each name. @returns its path in the folder. */
export function rootTar(folder: string, name: string): string {
	const root = join(folder, `${name}.root`);
	mkdirSync(join(root, 'etc'), {recursive: true});
	writeFileSync(join(root, 'etc/motd'), `hello from ${name}\n`);
	execFileSync('tar', ['--create', '--file', join(folder, name), '--directory', root, '.']);
	return join(folder, name);
}
