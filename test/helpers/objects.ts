import type {Blueprint} from '../../source/engine/blueprint/types.ts';
import {containerId, imageId} from '../../source/engine/decode/ids.ts';
import type {ImageFacts} from '../../source/engine/image-types.ts';
import type {ContainerLimits} from '../../source/engine/run-types.ts';
import type {
	Container,
	ContainerDetails,
	ContainerId,
	EngineInfo,
	Image,
	StatsCounters,
} from '../../source/engine/types.ts';
import type {ImageConfig} from '../../source/layers/types.ts';

/** The id of the n-th container, 64 hexadecimal digits as an engine makes them. */
export const idOf = (n: number): ContainerId => containerId(n.toString(16).padStart(64, '0'));

export const detailsOf = (facts: Partial<ContainerDetails> = {}): ContainerDetails => ({
	isOomKilled: false,
	error: '',
	restartCount: 0,
	isTty: false,
	pid: 100,
	logDriver: 'json-file',
	memoryLimitBytes: 0,
	healthLog: [],
	volumes: [],
	isAutoRemove: false,
	...facts,
});

/** Nothing is set. */
export const limitsOf = (facts: Partial<ContainerLimits> = {}): ContainerLimits => ({
	memoryBytes: 0,
	reservationBytes: 0,
	memorySwapBytes: 0,
	nanoCpus: 0,
	cpuQuota: 0,
	cpuPeriod: 0,
	cpuShares: 0,
	cpuset: '',
	pidsLimit: 0,
	restart: {name: 'no'},
	...facts,
});

export const containerOf = (n: number, facts: Partial<Container> = {}): Container => ({
	id: idOf(n),
	name: `c${n}`,
	image: 'busy:1',
	imageId: imageId(`sha256:${'a'.repeat(64)}`),
	command: 'sleep 1000',
	createdAt: Date.UTC(2026, 0, 1),
	state: 'running',
	health: 'none',
	statusText: 'Up 1 minute',
	ports: [],
	labels: {},
	networks: ['bridge'],
	...facts,
});

/** What the container of these facts was asked to be: nothing special. */
export const blueprintOf = (facts: Partial<Blueprint> = {}): Blueprint => ({
	id: facts.id ?? idOf(1),
	name: facts.name ?? 'c1',
	image: facts.image ?? 'busy:1',
	imageId: facts.imageId ?? `sha256:${'a'.repeat(64)}`,
	imageIs: facts.imageIs ?? 'same',
	state: facts.state ?? 'running',
	config: facts.config ?? {},
	host: facts.host ?? {NetworkMode: 'default'},
	networks: facts.networks ?? [{network: 'bridge', settings: {}}],
	anonymousVolumes: facts.anonymousVolumes ?? [],
});

export const imageOf = (n: number, facts: Partial<Image> = {}): Image => ({
	id: imageId(`sha256:${n.toString(16).padStart(64, '0')}`),
	tags: [`image${n}:latest`],
	digests: [],
	createdAt: Date.UTC(2026, 0, 1),
	sizeBytes: 1_000_000 * n,
	labels: {},
	...facts,
});

export const infoOf = (facts: Partial<EngineInfo> = {}): EngineInfo => ({
	product: 'Docker',
	version: '20.10.24',
	apiVersion: '1.41',
	osType: 'linux',
	name: 'fake',
	cpus: 4,
	memoryBytes: 8 * 1024 ** 3,
	storageDriver: 'overlay2',
	insecureRegistries: [],
	cgroupVersion: '2',
	warnings: [],
	...facts,
});

/** Counters of a container that keeps half a core of four busy since 1970. */
export const countersAt = (readAt: number, facts: Partial<StatsCounters> = {}): StatsCounters => ({
	readAt,
	cpuTotalNs: readAt * 0.5e6,
	cpuSystemNs: readAt * 4e6,
	onlineCpus: 4,
	memoryBytes: 10_000_000,
	memoryLimitBytes: 0,
	netReceivedBytes: readAt,
	netSentBytes: readAt * 2,
	blockReadBytes: 0,
	blockWrittenBytes: 0,
	pids: 1,
	...facts,
});

/** An image's configuration of nothing special. */
export const configOf = (facts: Partial<ImageConfig> = {}): ImageConfig => ({
	architecture: 'amd64',
	os: 'linux',
	author: '',
	env: [],
	user: '',
	workingDirectory: '',
	exposedPorts: [],
	volumes: [],
	labels: {},
	stopSignal: '',
	shell: [],
	onBuild: [],
	diffIds: [],
	history: [],
	...facts,
});

/** What the engine tells of an image that is nothing special. */
export const imageFactsOf = (image: Image, facts: Partial<ImageFacts> = {}): ImageFacts => ({
	...configOf(),
	id: image.id,
	tags: image.tags,
	digests: image.digests,
	sizeBytes: image.sizeBytes,
	parentId: '',
	comment: '',
	builtWith: '',
	storageDriver: 'overlay2',
	...facts,
});
