import type {Clock} from '../../clock.ts';
import type {ContainerStore} from '../containers/container-store.ts';
import type {DemoRoute} from '../contract.ts';
import type {EngineVersion} from '../http/engine-versions.ts';
import type {Json} from '../http/read.ts';
import {stamp} from '../timestamp.ts';
import {machine} from './machine.ts';

export type SystemParts = {
	readonly clock: Clock;
	readonly version: EngineVersion;
	readonly store: ContainerStore;
	/** How many images there are. */
	readonly imageCount: () => number;
	/** How many listen to the events. */
	readonly listenerCount: () => number;
};

const pingHeaders = {'Cache-Control': 'no-cache, no-store, must-revalidate', Pragma: 'no-cache'};

/** `_ping`, `version` and `info`. */
export const systemRoutes = (parts: SystemParts): readonly DemoRoute[] => {
	const ping = {
		status: 200,
		text: 'OK',
		headers: {...pingHeaders, 'Builder-Version': '2', Swarm: 'inactive'},
	};
	return [
		{method: 'GET', path: /^\/_ping$/, handle: () => ping},
		{method: 'HEAD', path: /^\/_ping$/, handle: () => ({...ping, text: ''})},
		{method: 'GET', path: /^\/version$/, handle: () => ({status: 200, json: wireVersion(parts.version)})},
		{method: 'GET', path: /^\/info$/, handle: () => ({status: 200, json: wireInfo(parts)})},
	];
};

const wireVersion = ({api, engine, oldestApi}: EngineVersion): Json => {
	const built = '2026-10-02T14:21:07.000000000+00:00';
	return {
		Platform: {Name: 'Gantry demo'},
		Components: [
			{
				Name: 'Engine',
				Version: engine,
				Details: {
					ApiVersion: api,
					Arch: 'amd64',
					BuildTime: built,
					Experimental: 'false',
					GitCommit: 'demo',
					GoVersion: 'none',
					KernelVersion: machine.kernel,
					MinAPIVersion: oldestApi,
					Os: 'linux',
				},
			},
		],
		Version: engine,
		ApiVersion: api,
		MinAPIVersion: oldestApi,
		GitCommit: 'demo',
		GoVersion: 'none',
		Os: 'linux',
		Arch: 'amd64',
		KernelVersion: machine.kernel,
		BuildTime: built,
	};
};

const wireInfo = ({clock, version, store, imageCount, listenerCount}: SystemParts): Json => {
	const containers = store.all();
	const running = containers.filter(({status}) => status === 'running' || status === 'restarting').length;
	const paused = containers.filter(({status}) => status === 'paused').length;
	return {
		ID: '6f1d2c1e-7a54-4c55-9a1b-0d5c3f8f7d10',
		Containers: containers.length,
		ContainersRunning: running,
		ContainersPaused: paused,
		ContainersStopped: containers.length - running - paused,
		Images: imageCount(),
		Driver: 'overlay2',
		DriverStatus: [
			['Backing Filesystem', 'extfs'],
			['Supports d_type', 'true'],
		],
		Plugins: {
			Volume: ['local'],
			Network: ['bridge', 'host', 'null'],
			Authorization: null,
			Log: ['json-file', 'local', 'none'],
		},
		...abilities,
		NFd: 64,
		NGoroutines: 80,
		SystemTime: stamp(clock.now()),
		NEventsListener: listenerCount(),
		CgroupDriver: 'systemd',
		CgroupVersion: version.apiMinor === 41 ? '1' : '2',
		KernelVersion: machine.kernel,
		OperatingSystem: 'Demo Linux',
		OSVersion: '12',
		OSType: 'linux',
		Architecture: 'x86_64',
		NCPU: machine.cpus,
		MemTotal: machine.memoryBytes,
		Name: machine.name,
		ServerVersion: version.engine,
		Warnings: null,
	};
};

/** What is the same for every engine of the demonstration. */
const abilities: Json = {
	MemoryLimit: true,
	SwapLimit: true,
	CpuCfsPeriod: true,
	CpuCfsQuota: true,
	CPUShares: true,
	CPUSet: true,
	PidsLimit: true,
	IPv4Forwarding: true,
	Debug: false,
	OomKillDisable: false,
	LoggingDriver: 'json-file',
	IndexServerAddress: 'https://index.docker.io/v1/',
	RegistryConfig: {
		InsecureRegistryCIDRs: ['127.0.0.0/8'],
		IndexConfigs: {'docker.io': {Name: 'docker.io', Mirrors: [], Secure: true, Official: true}},
		Mirrors: [],
	},
	GenericResources: null,
	DockerRootDir: '/var/lib/docker',
	HttpProxy: '',
	HttpsProxy: '',
	NoProxy: '',
	Labels: [],
	ExperimentalBuild: false,
	Runtimes: {runc: {path: 'runc'}},
	DefaultRuntime: 'runc',
	Swarm: {
		NodeID: '',
		NodeAddr: '',
		LocalNodeState: 'inactive',
		ControlAvailable: false,
		Error: '',
		RemoteManagers: null,
	},
	LiveRestoreEnabled: false,
	Isolation: '',
	InitBinary: 'docker-init',
	ContainerdCommit: {ID: 'demo', Expected: 'demo'},
	RuncCommit: {ID: 'demo', Expected: 'demo'},
	InitCommit: {ID: 'demo', Expected: 'demo'},
	SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
};
