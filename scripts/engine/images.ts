import {randomBytes} from 'node:crypto';
import {cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {registryAccount} from './registry.ts';
import {run} from './shell.ts';

/** Their `host:port`. */
export type Registries = {readonly open: string; readonly withAccount: string};

/** Runs the docker client against the throwaway engine. */
export type DockerClient = (...args: readonly string[]) => Promise<string>;

const applets = (
	'sh ls ps top cat sleep echo env stty kill tail head seq id hostname wc date true false vi mkdir rm yes ' +
	'httpd nc dd test grep sed sort touch ln mv cp chmod df du free uptime printf tr cut find wget tty'
).split(' ');

const layerMegabytes = [1, 2, 4, 6] as const;

/**
 * Makes the images that tests use, out of busybox and random bytes; nothing is downloaded.
 * - `gantry-test/busy:1`: a shell and its tools
 * - `gantry-test/web:1`: an HTTP server on port 80
 * - `REGISTRY/gantry-test/layers:1`: four layers of 13 MB together; in the open registry only, to be pulled
 * - `AUTH_REGISTRY/gantry-test/private:1`: busy, behind an account
 * @param registries `undefined`: there are none, and only the first two are made.
 */
export async function makeImages(
	docker: DockerClient,
	folder: string,
	registries: Registries | undefined,
): Promise<void> {
	await importBusy(docker, join(folder, 'busy'));
	await buildWeb(docker, join(folder, 'web'));
	if (registries === undefined) return;
	await pushLayers(docker, join(folder, 'layers'), `${registries.open}/gantry-test/layers:1`);
	await pushPrivate(docker, registries.withAccount);
}

async function importBusy(docker: DockerClient, folder: string): Promise<void> {
	const root = join(folder, 'root');
	for (const name of ['bin', 'etc', 'tmp', 'root']) mkdirSync(join(root, name), {recursive: true});
	cpSync((await run('sh', ['-c', 'command -v busybox'])).trim(), join(root, 'bin/busybox'), {
		dereference: true,
	});
	for (const applet of applets) symlinkSync('busybox', join(root, 'bin', applet));
	writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
	writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
	const archive = join(folder, 'busy.tar');
	await run('tar', ['--create', '--file', archive, '--directory', root, '.']);
	const changes = ['ENV PATH=/bin', 'CMD ["/bin/sh"]'].flatMap(change => ['--change', change]);
	await docker('import', ...changes, archive, 'gantry-test/busy:1');
}

async function buildWeb(docker: DockerClient, folder: string): Promise<void> {
	mkdirSync(folder);
	writeFileSync(join(folder, 'index.html'), 'gantry\n');
	writeFileSync(
		join(folder, 'Dockerfile'),
		`FROM gantry-test/busy:1
COPY index.html /www/
EXPOSE 80
CMD ["httpd", "-f", "-p", "80", "-h", "/www"]
`,
	);
	await docker('build', '--quiet', '--tag', 'gantry-test/web:1', folder);
}

async function pushLayers(docker: DockerClient, folder: string, image: string): Promise<void> {
	mkdirSync(folder);
	const copies = layerMegabytes.map((megabytes, index) => {
		writeFileSync(join(folder, `layer-${index}`), randomBytes(megabytes * 1024 * 1024));
		return `COPY layer-${index} /data/`;
	});
	writeFileSync(join(folder, 'Dockerfile'), ['FROM gantry-test/busy:1', ...copies, ''].join('\n'));
	await docker('build', '--quiet', '--tag', image, folder);
	await docker('push', '--quiet', image);
	// A pull of what is here already would show no progress.
	await docker('rmi', image);
	rmSync(folder, {recursive: true});
}

async function pushPrivate(docker: DockerClient, registry: string): Promise<void> {
	const {user, password} = registryAccount;
	const image = `${registry}/gantry-test/private:1`;
	await docker('login', '--username', user, '--password', password, registry);
	await docker('tag', 'gantry-test/busy:1', image);
	await docker('push', '--quiet', image);
	await docker('rmi', image);
	await docker('logout', registry);
}
