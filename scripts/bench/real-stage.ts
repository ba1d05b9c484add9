import {readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {processesOf} from '../engine/processes.ts';
import type {ThrowawayEngine} from '../engine/throwaway.ts';
import {engineApi} from './engine-api.ts';
import type {Stage} from './stage.ts';

export type RealStage = Stage & {
	/** Starts containers until this many run. */
	readonly growTo: (count: number, signal: AbortSignal) => Promise<void>;
};

type Plan = {
	readonly name: string;
	readonly project: string;
	readonly service: string;
	readonly image: string;
};

/** About 2 % of a CPU, in ten pieces a second, and a line of log in each second. */
const busyScript =
	't=0; while :; do i=0; while [ $i -lt 600 ]; do i=$((i+1)); done; ' +
	't=$((t+1)); [ $((t%10)) -eq 0 ] && echo tick $t; sleep 0.1; done';

const image = 'gantry-test/busy:1';
const images = ['registry.example.com/atlas/api:1.4.2', 'postgres:17.2', 'redis:7.4', 'nginx:1.29'] as const;

const busyServices = ['api', 'cache', 'db', 'worker'] as const;
const projects = ['billing', 'catalog', 'gateway', 'ledger', 'mail', 'search'] as const;
const services = ['api', 'db', 'cache', 'worker', 'web'] as const;

/** The four busy ones come first by name and by number. */
function planOf(index: number): Plan {
	const tag = images[index % images.length] ?? image;
	const busy = busyServices[index];
	if (busy !== undefined) return {name: `atlas-${busy}-1`, project: 'atlas', service: busy, image: tag};
	const project = projects[index % projects.length] ?? '';
	const round = Math.floor(index / projects.length);
	const service = services[round % services.length] ?? '';
	const number = Math.floor(round / services.length) + 1;
	return {name: `${project}-${service}-${number}`, project, service, image: tag};
}

/** Containers as they are found in life, most of them in compose projects, on a throwaway engine. */
export async function openRealStage(engine: ThrowawayEngine): Promise<RealStage> {
	const socketPath = engine.host.replace('unix://', '');
	const api = engineApi(socketPath);
	for (const tag of images) {
		const [repository = '', version = ''] = tag.split(/:(?=[^:]+$)/);
		await api.call('POST', `/images/${image}/tag?repo=${repository}&tag=${version}`);
	}
	let count = 0;
	return {
		host: engine.host,
		api,
		firstNames: busyServices.map(service => `atlas-${service}-1`),
		engineProcesses: () => processesOf(dirname(socketPath)).filter(isEngineProgram),
		async growTo(wanted, signal) {
			for (; count < wanted; count += 1) {
				signal.throwIfAborted();
				await start(planOf(count), count);
			}
		},
	};

	async function start(plan: Plan, index: number): Promise<void> {
		const isBusy = index < busyServices.length;
		const isAlone = index % 10 === 9;
		const labels = {
			'com.docker.compose.project': plan.project,
			'com.docker.compose.service': plan.service,
			'com.docker.compose.container-number': '1',
		};
		const body = {
			Image: plan.image,
			Cmd: isBusy ? ['sh', '-c', busyScript] : ['sleep', '100000'],
			StopTimeout: 1,
			Labels: isAlone ? {} : labels,
			...(index % 3 === 0 && {HostConfig: {Memory: 256 * 1024 * 1024}}),
		};
		const created = await api.call('POST', `/containers/create?name=${plan.name}`, body);
		const {Id: id}: {readonly Id: string} = JSON.parse(created);
		await api.call('POST', `/containers/${id}/start`);
	}
}

/** The registries beside the engine are not part of it. */
function isEngineProgram(pid: number): boolean {
	try {
		return !readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('docker-registry');
	} catch {
		return false;
	}
}
