import type {ContainerMount, ContainerSpec, PublishedPort} from '../containers/container-types.ts';
import {namedMount} from '../containers/create-spec.ts';
import type {ServiceProgram} from '../containers/program.ts';
import {services} from './services.ts';
import type {WorldContainer} from './world-container.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const MiB = 1024 * 1024;

const always = {name: 'unless-stopped', maximumRetryCount: 0} as const;

/** Which services wait for which, as compose writes it: `service:condition:restart`. */
const dependencies: ReadonlyMap<string, string> = new Map([
	['proxy', 'web:service_healthy:true'],
	['web', 'api:service_started:false'],
	['api', 'cache:service_started:false,db:service_healthy:true'],
	['worker', 'db:service_healthy:true'],
	['payments', 'db:service_healthy:false'],
]);

/** Labels and network as compose gives them. */
const composed = (
	project: string,
	name: string,
	index = 1,
): Pick<ContainerSpec, 'labels' | 'network' | 'aliases'> => ({
	labels: {
		'com.docker.compose.project': project,
		'com.docker.compose.service': name,
		'com.docker.compose.container-number': String(index),
		'com.docker.compose.oneoff': 'False',
		'com.docker.compose.depends_on': dependencies.get(name) ?? '',
		'com.docker.compose.project.working_dir': `/srv/${project}`,
		'com.docker.compose.project.config_files': `/srv/${project}/compose.yaml`,
		'com.docker.compose.version': '2.40.3',
	},
	network: `${project}_default`,
	aliases: [name],
});

const published = (containerPort: number, hostPort: number, hostIp = ''): PublishedPort => ({
	containerPort,
	protocol: 'tcp',
	hostIp,
	hostPort,
});

/** With a health check that comes to this after a start. */
const checked = (program: ServiceProgram, status: 'healthy' | 'unhealthy'): ServiceProgram => ({
	...program,
	health: {status, afterMs: 6000},
});

type Composed = {
	readonly image: string;
	readonly program: ServiceProgram;
	readonly upMs: number;
	readonly index?: number;
	readonly health?: 'healthy' | 'unhealthy';
	readonly ports?: readonly PublishedPort[];
	readonly mounts?: readonly ContainerMount[];
	readonly memoryMiB?: number;
	readonly cpus?: number;
};

const upIn = (project: string, service: string, own: Composed): WorldContainer => ({
	name: `${project}-${service}-${own.index ?? 1}`,
	image: own.image,
	spec: {
		...composed(project, service, own.index),
		program: own.health === undefined ? own.program : checked(own.program, own.health),
		restart: always,
		ports: own.ports ?? [],
		mounts: own.mounts ?? [],
		memoryBytes: (own.memoryMiB ?? 0) * MiB,
		nanoCpus: (own.cpus ?? 0) * 1e9,
	},
	now: {status: 'running', upMs: own.upMs, ...(own.health === undefined ? {} : {health: own.health})},
});

const upMs = 3 * dayMs + 4 * hourMs;
const api = {image: 'shop/api:1.14.0', program: services.api, health: 'healthy', memoryMiB: 1024} as const;

/** A shop in compose, with what is wrong with it. */
export const shop: readonly WorldContainer[] = [
	upIn('shop', 'proxy', {
		image: 'nginx:1.27',
		program: services.nginx,
		upMs,
		ports: [published(80, 80), published(443, 443)],
	}),
	upIn('shop', 'web', {
		image: 'shop/web:2.4.1',
		program: services.node,
		upMs: 26 * hourMs,
		health: 'healthy',
		ports: [published(3000, 3000)],
		memoryMiB: 512,
	}),
	upIn('shop', 'api', {...api, upMs, ports: [published(8080, 8081, '127.0.0.1')]}),
	upIn('shop', 'api', {...api, upMs: upMs - 900, index: 2, ports: [published(8080, 8082, '127.0.0.1')]}),
	upIn('shop', 'worker', {
		image: 'shop/worker:1.14.0',
		program: services.worker,
		upMs,
		memoryMiB: 512,
		cpus: 1.5,
	}),
	upIn('shop', 'search', {
		image: 'shop/api:1.14.0',
		program: services.node,
		upMs: 5 * hourMs,
		health: 'unhealthy',
	}),
	upIn('shop', 'db', {
		image: 'postgres:17',
		program: services.postgres,
		upMs: upMs + 2200,
		health: 'healthy',
		mounts: [namedMount('shop_db-data', '/var/lib/postgresql/data')],
		memoryMiB: 2048,
	}),
	upIn('shop', 'cache', {
		image: 'redis:7-alpine',
		program: services.redis,
		upMs: upMs + 2400,
		mounts: [namedMount('shop_cache-data', '/data')],
		memoryMiB: 128,
	}),
	{
		name: 'shop-payments-1',
		image: 'shop/api:1.14.0',
		spec: {
			...composed('shop', 'payments'),
			program: services.faulty,
			restart: {name: 'always', maximumRetryCount: 0},
		},
		now: {status: 'looping', restartCount: 7},
		ageMs: 2 * hourMs,
	},
	upIn('monitoring', 'grafana', {
		image: 'grafana/grafana:11.3.0',
		program: services.grafana,
		upMs: 12 * dayMs,
		ports: [published(3000, 3001)],
		mounts: [namedMount('monitoring_grafana-data', '/var/lib/grafana')],
	}),
];
