import {mkdirSync, writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {join} from 'node:path';
import {startDetached} from './processes.ts';
import {eventually} from './shell.ts';

/** The account of the registry that asks for one; nothing of value is behind it. */
export const registryAccount = {user: 'gantry', password: 'lighthouse'} as const;

/** `htpasswd -Bbn gantry lighthouse`: the registry reads bcrypt only. */
const htpasswd = 'gantry:$2y$05$ulXwaPIIijpKzyk6YTVapuRq0XLvE5Xh7.xqzqFzDytA6DjgVI2Q.\n';

type RegistryOptions = {
	readonly needsAccount: boolean;
	/** Of its configuration, as docker-registry has them. */
	readonly tls?: {readonly certificate: string; readonly key: string};
	readonly auth?: object;
	readonly mayDelete?: boolean;
};

/** Starts a registry on a free port of the loopback interface. @returns its `host:port`, and its process id. */
export async function startRegistry(
	folder: string,
	{needsAccount, tls, auth, mayDelete = true}: RegistryOptions,
): Promise<{readonly address: string; readonly pid: number}> {
	mkdirSync(folder, {recursive: true});
	const address = `127.0.0.1:${await freePort()}`;
	const accounts = join(folder, 'htpasswd');
	if (needsAccount) writeFileSync(accounts, htpasswd);
	const configuration = {
		version: 0.1,
		log: {level: 'error', accesslog: {disabled: true}},
		storage: {filesystem: {rootdirectory: join(folder, 'data')}, delete: {enabled: mayDelete}},
		http: {addr: address, ...(tls && {tls})},
		...(auth && {auth}),
		...(needsAccount && {auth: {htpasswd: {realm: 'gantry', path: accounts}}}),
	};
	const file = join(folder, 'registry.yml');
	// JSON is YAML.
	writeFileSync(file, JSON.stringify(configuration));
	const pid = startDetached('docker-registry', ['serve', file], join(folder, 'registry.log'));
	await eventually(() => listens(address), 10_000);
	return {address, pid};
}

/** @throws where nobody does */
function listens(address: string): Promise<void> {
	const [host = '', port = ''] = address.split(':');
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), host, () => {
			socket.end();
			resolve();
		});
		socket.once('error', reject);
	});
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => {
				if (address !== null && typeof address === 'object') resolve(address.port);
				else reject(new Error('no free port'));
			});
		});
	});
}
