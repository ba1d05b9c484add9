import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, describe, it} from 'node:test';
import {createLocalStats} from '../../source/engine/cgroup/local-stats.ts';
import type {Container} from '../../source/engine/types.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';

const id = idOf(0xabc);
const pid = 4711;
const now = 1_795_000_000_000.25;
const host = {cpus: 8, memoryBytes: 32 * 1024 ** 3};

/** v1: recorded (kernel 6.18, Docker 20.10), but for the disks; v2: after the kernel's documentation. */
const recorded = (version: 'v1' | 'v2', name: string): string =>
	readFileSync(join(import.meta.dirname, '../fixtures/cgroup', version, name), 'utf8');

const ofV1 = {
	cpuTotalNs: 10_606_565_605,
	memoryBytes: 2_449_408 - 282_624,
	memoryLimitBytes: host.memoryBytes,
	blockReadBytes: 4096 + 1_048_576,
	blockWrittenBytes: 8192 + 20_971_520,
	pids: 2,
	netReceivedBytes: 1366,
	netSentBytes: 0,
};
const ofV2 = {
	cpuTotalNs: 8_210_432_000,
	memoryBytes: 7_340_032 - 3_145_728,
	memoryLimitBytes: host.memoryBytes,
	blockReadBytes: 5_439_488 + 4096,
	blockWrittenBytes: 4096 + 8192,
	pids: 5,
	netReceivedBytes: 1_234_567_900,
	netSentBytes: 4341,
};

type Tree = {
	readonly root: string;
	readonly write: (path: string, text: string) => void;
	readonly remove: (path: string) => void;
	/** Where the group's file of this name is. */
	readonly groupFile: (name: string) => string;
};

const roots: string[] = [];

const emptyTree = (): Omit<Tree, 'groupFile'> => {
	const root = mkdtempSync(join(tmpdir(), 'gantry-cgroup-'));
	roots.push(root);
	return {
		root,
		write(path, text) {
			mkdirSync(dirname(join(root, path)), {recursive: true});
			writeFileSync(join(root, path), text);
		},
		remove(path) {
			rmSync(join(root, path), {recursive: true});
		},
	};
};

const v1Files = [
	'cpuacct.usage',
	'memory.usage_in_bytes',
	'memory.limit_in_bytes',
	'memory.stat',
	'blkio.throttle.io_service_bytes',
	'pids.current',
];
const v2Files = ['cpu.stat', 'memory.current', 'memory.max', 'memory.stat', 'io.stat', 'pids.current'];

/** @param path the container's group. @param mountOf the mount point of a controller's hierarchy */
const v1Tree = (
	path: string,
	{
		mountinfo = recorded('v1', 'mountinfo'),
		mountOf = (controller: string) => `/sys/fs/cgroup/${controller}`,
		membership = ['cpuacct', 'memory', 'blkio', 'pids']
			.map((name, index) => `${index + 1}:${name}:${path}\n`)
			.join('')
			.concat(`0::${path}\n`),
	} = {},
): Tree => {
	const tree = emptyTree();
	const groupFile = (name: string): string => `${mountOf(name.split('.')[0] ?? '')}${path}/${name}`;
	tree.write('/proc/self/mountinfo', mountinfo);
	tree.write(`/proc/${pid}/cgroup`, membership);
	tree.write(`/proc/${pid}/net/dev`, recorded('v1', 'net-dev'));
	for (const name of v1Files) tree.write(groupFile(name), recorded('v1', name));
	return {...tree, groupFile};
};

const v2Tree = (path: string, membership = `0::${path}\n`): Tree => {
	const tree = emptyTree();
	const groupFile = (name: string): string => `/sys/fs/cgroup${path}/${name}`;
	tree.write('/proc/self/mountinfo', recorded('v2', 'mountinfo'));
	tree.write(`/proc/${pid}/cgroup`, membership);
	tree.write(`/proc/${pid}/net/dev`, recorded('v2', 'net-dev'));
	for (const name of v2Files) tree.write(groupFile(name), recorded('v2', name));
	return {...tree, groupFile};
};

const running = (facts: Partial<Container> = {}): Container =>
	containerOf(0, {id, details: detailsOf({pid}), ...facts});

const open = ({root}: Pick<Tree, 'root'>, container = running()) =>
	createLocalStats(host, {root, now: () => now})(container);

const readAll = (tree: Tree, container = running()) => open(tree, container)?.();

/** Without what is the same everywhere. */
const countersOf = (tree: Tree, container = running()) => {
	const {readAt, onlineCpus, ...counters} = readAll(tree, container) ?? assert.fail('cannot be read');
	assert.deepEqual([readAt, onlineCpus], [now, host.cpus]);
	return counters;
};

after(() => {
	for (const root of roots) rmSync(root, {recursive: true});
});

describe('a container’s counters without the engine', () => {
	const systemdMounts = `
31 23 0:27 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate
33 25 0:29 / /sys/fs/cgroup/systemd rw,nosuid shared:10 - cgroup cgroup rw,xattr,name=systemd
36 25 0:32 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:15 - cgroup cgroup rw,cpu,cpuacct
37 25 0:33 / /sys/fs/cgroup/memory rw,nosuid shared:16 - cgroup cgroup rw,memory
38 25 0:34 / /sys/fs/cgroup/blkio rw,nosuid shared:17 - cgroup cgroup rw,blkio
39 25 0:35 / /sys/fs/cgroup/pids rw,nosuid shared:18 - cgroup cgroup rw,pids
`;
	const scope = `/system.slice/docker-${id}.scope`;
	const user = '/user.slice/user-1000.slice/user@1000.service/user.slice';
	const table: readonly (readonly [string, Tree, typeof ofV1])[] = [
		['version 1, cgroupfs driver', v1Tree(`/docker/${id}`), ofV1],
		[
			'version 1, systemd driver, hierarchies shared by controllers',
			v1Tree(scope, {
				mountinfo: systemdMounts,
				mountOf: name => `/sys/fs/cgroup/${name === 'cpuacct' ? 'cpu,cpuacct' : name}`,
				membership: `4:cpu,cpuacct:${scope}\n3:memory:${scope}\n2:blkio:${scope}\n1:pids:${scope}\n0::${scope}\n`,
			}),
			ofV1,
		],
		['version 2, cgroupfs driver', v2Tree(`/docker/${id}`), ofV2],
		['version 2, systemd driver', v2Tree(scope), ofV2],
		['version 2, rootless', v2Tree(`${user}/docker-${id}.scope`), ofV2],
		[
			'version 2, Podman, whose process is a group deeper',
			v2Tree(`/machine.slice/libpod-${id}.scope`, `0::/machine.slice/libpod-${id}.scope/container\n`),
			ofV2,
		],
		['version 2, below a parent of one’s own', v2Tree(`/shop/front/${id}`), ofV2],
	];
	for (const [name, tree, expected] of table) {
		it(name, () => {
			assert.deepEqual(countersOf(tree), expected);
		});
	}

	it('have the limit of the container when it is below the host’s memory', () => {
		const old = v1Tree(`/docker/${id}`);
		old.write(old.groupFile('memory.limit_in_bytes'), '134217728\n');
		assert.equal(countersOf(old).memoryLimitBytes, 128 * 1024 ** 2);
		const young = v2Tree(`/docker/${id}`);
		young.write(young.groupFile('memory.max'), '67108864\n');
		assert.equal(countersOf(young).memoryLimitBytes, 64 * 1024 ** 2);
	});

	it('tell cores, throttling and kills when they are asked for in detail', () => {
		const old = v1Tree(`/docker/${id}`, {
			membership: ['cpu', 'cpuacct', 'memory', 'blkio', 'pids']
				.map((name, index) => `${index + 1}:${name}:/docker/${id}\n`)
				.join(''),
		});
		old.write(old.groupFile('cpuacct.usage_percpu'), '4000 6000 \n');
		old.write(old.groupFile('cpu.stat'), 'nr_periods 10\nnr_throttled 4\nthrottled_time 900\n');
		old.write(old.groupFile('memory.oom_control'), 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n');
		old.write(old.groupFile('memory.failcnt'), '77\n');
		const throttling = {periods: 10, throttledPeriods: 4, throttledNs: 900};
		const detailed = open(old)?.(true);
		assert.deepEqual(
			[detailed?.coreNs, detailed?.throttling, detailed?.oomKills, detailed?.memoryLimitHits],
			[[4000, 6000], throttling, 2, 77],
		);
		assert.deepEqual(countersOf(old), ofV1, 'and cost nothing when they are not');
		const young = v2Tree(`/docker/${id}`);
		young.write(young.groupFile('memory.events'), 'low 0\nhigh 0\nmax 12\noom 3\noom_kill 1\n');
		young.write(
			young.groupFile('cpu.stat'),
			'usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_periods 10\nnr_throttled 4\nthrottled_usec 9\n',
		);
		const other = open(young)?.(true);
		assert.deepEqual(
			[other?.coreNs, other?.throttling, other?.oomKills, other?.memoryLimitHits],
			[undefined, {...throttling, throttledNs: 9000}, 1, 12],
		);
	});

	it('are 0 for what its group keeps no account of', () => {
		const tree = v2Tree(`/docker/${id}`);
		tree.remove(tree.groupFile('io.stat'));
		tree.remove(tree.groupFile('pids.current'));
		assert.deepEqual(countersOf(tree), {...ofV2, blockReadBytes: 0, blockWrittenBytes: 0, pids: 0});
	});

	it('are read in whole when a file is longer than the kernel hands out at once', () => {
		const tree = v2Tree(`/docker/${id}`);
		const line = '259:1 rbytes=1000 wbytes=1 rios=1 wios=1 dbytes=0 dios=0\n';
		tree.write(tree.groupFile('io.stat'), line.repeat(500));
		assert.equal(countersOf(tree).blockReadBytes, 500_000);
	});

	it('are new with each reading', () => {
		const tree = v2Tree(`/docker/${id}`);
		const read = open(tree);
		assert.equal(read?.()?.cpuTotalNs, ofV2.cpuTotalNs);
		tree.write(tree.groupFile('cpu.stat'), 'usage_usec 9000000\n');
		assert.equal(read?.()?.cpuTotalNs, 9e9);
	});
});

describe('a container’s network without the engine', () => {
	const quiet = {...ofV2, netReceivedBytes: 0, netSentBytes: 0};

	it('counts nothing without one, and nothing of the host’s', () => {
		const tree = v2Tree(`/docker/${id}`);
		for (const network of ['none', 'host'])
			assert.deepEqual(countersOf(tree, running({networks: [network]})), quiet);
	});

	it('is another container’s when that is shared, unless it is the host’s', () => {
		const tree = v2Tree(`/docker/${id}`);
		assert.deepEqual(countersOf(tree, running({networks: []})), ofV2);
		mkdirSync(join(tree.root, '/proc/self/net'));
		symlinkSync(`../../${pid}/net/dev`, join(tree.root, '/proc/self/net/dev'));
		assert.deepEqual(countersOf(tree, running({networks: []})), quiet);
	});

	it('is left to the engine when its interfaces have other names', () => {
		const tree = v2Tree(`/docker/${id}`);
		tree.write(`/proc/${pid}/net/dev`, recorded('v2', 'net-dev').replaceAll('eth', 'ens'));
		assert.equal(open(tree), undefined);
	});

	it('may be taken from it later', () => {
		const tree = v2Tree(`/docker/${id}`);
		const read = open(tree);
		tree.write(`/proc/${pid}/net/dev`, recorded('v2', 'net-dev').replace(/ *eth.*\n/g, ''));
		assert.deepEqual(read?.()?.netReceivedBytes, 0);
	});
});

describe('what cannot be read here is not taken for something else', () => {
	const path = `/docker/${id}`;
	const refused: readonly (readonly [string, () => readonly [Pick<Tree, 'root'>, Container]])[] = [
		['a container that was not inspected', () => [v2Tree(path), containerOf(0, {id})]],
		['one that does not run', () => [v2Tree(path), running({details: detailsOf({pid: 0})})]],
		['a process that is not here', () => [v2Tree(path), running({details: detailsOf({pid: 1})})]],
		['another container’s process', () => [v2Tree(`/docker/${idOf(1)}`), running()]],
		['a process in no container', () => [v2Tree('/user.slice'), running()]],
		['a process of the same number on this machine', () => [v2Tree(path, '0::/\n'), running()]],
		['a shortened id', () => [v2Tree(path), running({id: id.slice(0, 12) as Container['id']})]],
		[
			'a group that is not where the process says',
			() => [v2Tree(`/moved${path}`, `0::${path}\n`), running()],
		],
		[
			'a group without account of memory',
			() => {
				const tree = v2Tree(path);
				tree.remove(tree.groupFile('memory.current'));
				return [tree, running()];
			},
		],
		[
			'hierarchies that are seen from below their root',
			() => [
				v1Tree(path, {mountinfo: recorded('v1', 'mountinfo').replaceAll(' / ', ' /docker/me ')}),
				running(),
			],
		],
	];
	for (const [name, setUp] of refused) {
		it(name, () => {
			const [tree, container] = setUp();
			assert.equal(open(tree, container), undefined);
		});
	}

	it('an ended run', () => {
		const tree = v2Tree(path);
		const read = open(tree);
		tree.remove(`/sys/fs/cgroup${path}`);
		assert.equal(read?.(), undefined);
	});

	it('a run whose process number was given to somebody else', () => {
		const tree = v2Tree(path);
		const read = open(tree);
		tree.write(`/proc/${pid}/cgroup`, `0::/docker/${idOf(1)}\n`);
		assert.equal(read?.(), undefined);
	});
});
