import {existsSync, readFileSync, rmSync} from 'node:fs';
import {request} from 'node:http';
import {join} from 'node:path';
import {end, isOf, kill, startDetached} from './processes.ts';
import {eventually} from './shell.ts';

/** dockerd of one throwaway engine; all it has lies in `folder`. containerd is its child. */
export type Daemon = {
	readonly folder: string;
	readonly bridge: string;
	/** Its user-defined networks come out of 172.30.N.0/24: engines side by side would else choose the same. */
	readonly network: number;
};

export const socketOf = ({folder}: Pick<Daemon, 'folder'>) => join(folder, 'docker.sock');

/** Starts dockerd and waits until it answers. Touches no packet filter: published ports go through its proxy. */
export async function startDaemon(daemon: Daemon): Promise<void> {
	const {folder, bridge, network} = daemon;
	const log = join(folder, 'dockerd.log');
	removeStalePidFiles(folder);
	const options = {
		'data-root': join(folder, 'data'),
		'exec-root': join(folder, 'exec'),
		pidfile: join(folder, 'dockerd.pid'),
		host: `unix://${socketOf(daemon)}`,
		bridge,
		'default-address-pool': `base=172.30.${network}.0/24,size=28`,
		iptables: 'false',
		ip6tables: 'false',
		'ip-masq': 'false',
		'shutdown-timeout': '2',
		'log-level': 'warn',
	};
	const pid = startDetached(
		'dockerd',
		Object.entries(options).map(([name, value]) => `--${name}=${value}`),
		log,
	);
	try {
		await eventually(() => answer(socketOf(daemon)), 30_000);
	} catch {
		const ended = isOf(pid, folder) ? 'does not answer' : 'ended';
		throw new Error(`dockerd ${ended}: ${readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n')}`);
	}
}

/** Lets dockerd stop its containers and end. */
export async function stopDaemon({folder}: Daemon): Promise<void> {
	await end(pidOf(folder), folder, 20_000);
}

/** Kills dockerd as a crash would; containerd dies with it, the containers stay. */
export async function killDaemon({folder}: Daemon): Promise<void> {
	for (const file of Object.values(pidFilesOf(folder))) await kill(readPid(file), folder);
}

export function isRunning({folder}: Daemon): boolean {
	return isOf(pidOf(folder), folder);
}

const pidFilesOf = (folder: string) => ({
	dockerd: join(folder, 'dockerd.pid'),
	containerd: join(folder, 'exec/containerd/containerd.pid'),
});

function pidOf(folder: string): number {
	return readPid(pidFilesOf(folder).dockerd);
}

/** dockerd takes a killed process that nobody has reaped yet for a running one, and waits for it in vain. */
function removeStalePidFiles(folder: string): void {
	for (const file of Object.values(pidFilesOf(folder))) {
		if (!isOf(readPid(file), folder)) rmSync(file, {force: true});
	}
}

function readPid(file: string): number {
	return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

function answer(socketPath: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const ping = request({socketPath, path: '/_ping', timeout: 2000}, response => {
			response.resume();
			if (response.statusCode === 200) resolve();
			else reject(new Error(`answered ${response.statusCode}`));
		});
		ping.once('timeout', () => ping.destroy(new Error('no answer')));
		ping.once('error', reject);
		ping.end();
	});
}
