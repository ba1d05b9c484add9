import type {
	Container,
	ContainerId,
	EngineEvent,
	Image,
	ImageId,
	StatsSample,
} from '../../source/engine/types.ts';
import type {CellContext} from '../../source/resources/column.ts';
import type {ContainerOnlyRow, ContainerRow} from '../../source/resources/container-row.ts';
import {unicodeGlyphs} from '../../source/theme/glyphs.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
export const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const context: CellContext = {now: NOW, glyphs: unicodeGlyphs, spinner: '⠋'};

const container = (rest: Partial<Container> = {}): Container => ({
	id: 'c0ffee'.repeat(10).padEnd(64, '0') as ContainerId,
	name: 'shop-api-1',
	image: 'shop/api:1.4',
	imageId: `sha256:${'1'.repeat(64)}` as ImageId,
	command: 'serve',
	createdAt: NOW - 3 * DAY,
	state: 'running',
	health: 'none',
	statusText: 'Up 3 days',
	ports: [{privatePort: 80, publicPort: 8080, protocol: 'tcp'}],
	labels: {},
	networks: ['shop_default'],
	...rest,
});

export const details = (
	rest: Partial<NonNullable<Container['details']>> = {},
): NonNullable<Container['details']> => ({
	isOomKilled: false,
	error: '',
	restartCount: 0,
	isTty: false,
	pid: 0,
	logDriver: 'json-file',
	memoryLimitBytes: 0,
	healthLog: [],
	volumes: [],
	isAutoRemove: false,
	...rest,
});

/** Started with the container, under a memory limit of its own. */
export const limited: Pick<Container, 'details'> = {
	details: details({memoryLimitBytes: 1024 ** 3, startedAt: NOW - 3 * DAY}),
};

export const sample = (rest: Partial<StatsSample> = {}): StatsSample => ({
	readAt: NOW,
	intervalMs: 1000,
	cpuPercent: 42.1,
	memoryBytes: 212 * 1024 ** 2,
	memoryLimitBytes: 1024 ** 3,
	netReceivedBytes: 0,
	netSentBytes: 0,
	blockReadBytes: 0,
	blockWrittenBytes: 0,
	netReceiveRate: 1234,
	netSendRate: 3400,
	blockReadRate: 0,
	blockWriteRate: 999_999,
	pids: 12,
	...rest,
});

export const row = (rest: Partial<Container> = {}, more: Partial<ContainerOnlyRow> = {}): ContainerRow => ({
	kind: 'container',
	container: container(rest),
	cpuHistory: [1, 20, 42],
	isMarked: false,
	depth: 0,
	...more,
});

export const group = (rest: Partial<Extract<ContainerRow, {kind: 'group'}>> = {}): ContainerRow => ({
	kind: 'group',
	project: 'shop',
	up: 5,
	total: 5,
	unhealthy: 0,
	isCollapsed: false,
	...rest,
});

export const image = (rest: Partial<Image> = {}): Image => ({
	id: `sha256:${'abcdef012345'.padEnd(64, '0')}` as ImageId,
	tags: ['nginx:1.27'],
	digests: [],
	createdAt: NOW - 35 * DAY,
	sizeBytes: 38_240_000,
	labels: {},
	...rest,
});

export const event = (rest: Partial<EngineEvent> = {}): EngineEvent => ({
	type: 'container',
	action: 'start',
	actorId: 'f'.repeat(64),
	attributes: {name: 'web', image: 'nginx'},
	at: NOW,
	timeNano: '1',
	...rest,
});
