import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {addBridge, removeLink} from './bridge.ts';
import {type Daemon, isRunning, killDaemon, socketOf, startDaemon, stopDaemon} from './daemon.ts';
import {ensureTools, whyNoEngine} from './host-tools.ts';
import {type DockerClient, makeImages, type Registries} from './images.ts';
import {end, isAlive, kill, processesOf} from './processes.ts';
import {
	type EngineAddresses,
	type EngineRecord,
	engineNames,
	home,
	makeHome,
	readRecord,
	writeRecord,
} from './record.ts';
import {registryAccount, startRegistry} from './registry.ts';
import {run} from './shell.ts';

export type ThrowawayEngine = EngineAddresses & {
	readonly user: string;
	readonly password: string;
	/** Ends dockerd politely (its containers stop) and starts it again. */
	readonly restart: () => Promise<void>;
	/** Ends dockerd as a crash would; `startDaemon` brings it back. */
	readonly killDaemon: () => Promise<void>;
	readonly startDaemon: () => Promise<void>;
	/** Stops and removes everything that was started and made. */
	readonly stop: () => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const sharedName = 'shared';

export type EngineOptions = {
	/** Whether it has two, with images in them, which takes as long as all the rest. @default true */
	readonly hasRegistries?: boolean;
};

/**
 * Starts a real engine of its own with two registries and a few small images.
 * It belongs to this process: what a killed owner left behind is removed at the next start.
 * @throws with the reason, when none can run here or it does not start.
 */
export async function startEngine(options: EngineOptions = {}): Promise<ThrowawayEngine> {
	const id = randomBytes(3).toString('hex');
	const record = await start(id, process.pid, options);
	const daemon = daemonOf(id, record);
	const stop = () => tearDown(id);
	return {
		host: record.host,
		registry: record.registry,
		authRegistry: record.authRegistry,
		...registryAccount,
		restart: async () => {
			await stopDaemon(daemon);
			await startDaemon(daemon);
		},
		killDaemon: () => killDaemon(daemon),
		startDaemon: () => startDaemon(daemon),
		stop,
		[Symbol.asyncDispose]: stop,
	};
}

/** The engine of `npm run engine`, which outlives this process. Started when it is not up. */
export async function startSharedEngine(): Promise<EngineAddresses & {readonly wasUp: boolean}> {
	const known = readRecord(sharedName);
	if (known !== undefined && isRunning(daemonOf(sharedName, known))) return {...known, wasUp: true};
	if (existsSync(join(home, sharedName))) await tearDown(sharedName);
	return {...(await start(sharedName, null)), wasUp: false};
}

/** Stops the engine of `npm run engine`. @returns whether there was one. */
export async function stopSharedEngine(): Promise<boolean> {
	await removeAbandonedEngines();
	const isThere = existsSync(join(home, sharedName));
	if (isThere) await tearDown(sharedName);
	return isThere;
}

/** Removes the engines whose owner has ended without stopping them. */
export async function removeAbandonedEngines(): Promise<void> {
	for (const name of engineNames().filter(isAbandoned)) await tearDown(name);
}

/**
 * Installs what engines are made of, and removes what others have left behind. Engines that are to start at the
 * same time leave it to one: what is done already takes no time.
 * @throws with the reason, when no engine can run here.
 */
export async function prepareMachine(): Promise<void> {
	const obstacle = whyNoEngine();
	if (obstacle !== undefined) throw new Error(obstacle);
	await ensureTools();
	makeHome();
	await removeAbandonedEngines();
}

async function start(
	name: string,
	owner: number | null,
	{hasRegistries = true}: EngineOptions = {},
): Promise<EngineRecord> {
	await prepareMachine();
	const folder = join(home, name);
	mkdirSync(folder);
	const bridge = bridgeOf(name);
	try {
		writeRecord(name, {host: '', registry: '', authRegistry: '', bridge, network: 0, owner});
		const network = await addBridge(bridge);
		const [registries] = await Promise.all([
			hasRegistries ? startRegistries(folder) : undefined,
			startDaemon({folder, bridge, network}),
		]);
		const images = join(folder, 'images');
		await makeImages(dockerOf(folder), images, registries);
		rmSync(images, {recursive: true});
		const record = {
			host: `unix://${socketOf({folder})}`,
			registry: registries?.open ?? '',
			authRegistry: registries?.withAccount ?? '',
			bridge,
			network,
			owner,
		};
		writeRecord(name, record);
		return record;
	} catch (error) {
		await tearDown(name);
		throw error;
	}
}

async function startRegistries(folder: string): Promise<Registries> {
	const [open, withAccount] = await Promise.all([
		startRegistry(join(folder, 'registry'), {needsAccount: false}),
		startRegistry(join(folder, 'auth-registry'), {needsAccount: true}),
	]);
	return {open: open.address, withAccount: withAccount.address};
}

/** Removes an engine with all it has, whatever state it is in. */
async function tearDown(name: string): Promise<void> {
	const folder = join(home, name);
	const {bridge, network} = readRecord(name) ?? {bridge: bridgeOf(name), network: 0};
	const daemon = {folder, bridge, network};
	await removeContainers(daemon);
	await stopDaemon(daemon);
	for (const pid of processesOf(folder)) await end(pid, folder, 3000);
	for (const pid of processesOf(folder)) await kill(pid, folder);
	for (const mount of mountsBelow(folder)) await run('umount', ['--lazy', mount]).catch(() => {});
	await removeLink(bridge);
	rmSync(folder, {recursive: true, force: true});
}

/** Containers and networks outlive dockerd, and only dockerd knows how to remove them: a dead one is revived. */
async function removeContainers(daemon: Daemon): Promise<void> {
	const docker = dockerOf(daemon.folder);
	try {
		if (!isRunning(daemon)) {
			if (!existsSync(join(daemon.folder, 'data'))) return;
			await startDaemon(daemon);
		}

		const containers = (await docker('ps', '--all', '--quiet')).split('\n').filter(Boolean);
		if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers);
		await docker('network', 'prune', '--force');
	} catch {
		// What could not be removed politely is ended with the processes below.
	}
}

function mountsBelow(folder: string): readonly string[] {
	return readFileSync('/proc/self/mounts', 'utf8')
		.split('\n')
		.map(line => line.split(' ')[1] ?? '')
		.filter(path => path.startsWith(`${folder}/`))
		.reverse();
}

function dockerOf(folder: string): DockerClient {
	const env = {
		DOCKER_HOST: `unix://${socketOf({folder})}`,
		DOCKER_CONFIG: join(folder, 'client'),
		DOCKER_BUILDKIT: '0',
	};
	return (...args) => run('docker', args, {env});
}

const bridgeOf = (name: string) => `gantry-${name}`;

const daemonOf = (name: string, {bridge, network}: EngineRecord): Daemon => ({
	folder: join(home, name),
	bridge,
	network,
});

const isAbandoned = (name: string): boolean => {
	const owner = readRecord(name)?.owner;
	return typeof owner === 'number' && !isAlive(owner);
};
