import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {createRequest} from '../../../source/engine/blueprint/create-request.ts';
import {withItsVolumes} from '../../../source/engine/blueprint/fresh-volumes.ts';
import {likenessOf, likeWith} from '../../../source/engine/blueprint/likeness.ts';
import {readBlueprint} from '../../../source/engine/blueprint/read.ts';
import {runLine} from '../../../source/engine/blueprint/run-line.ts';
import type {EngineDefaults} from '../../../source/engine/blueprint/types.ts';
import {createBody} from '../../../source/engine/run-spec.ts';
import {recorded} from '../fixtures.ts';

const docker20: EngineDefaults = {
	hostname: 'vm',
	logDriver: 'json-file',
	runtime: 'runc',
	cgroupVersion: '1',
	platform: 'linux/amd64',
	isPodman: false,
};
const docker28: EngineDefaults = {...docker20, cgroupVersion: '2'};
const podman: EngineDefaults = {
	...docker20,
	cgroupVersion: '2',
	runtime: 'crun',
	isPodman: true,
	logDriver: '',
};

const id = 'e'.repeat(64);
type Parts = Readonly<Record<string, unknown>>;

/** An inspect with these settings; everything else as an engine fills it in. */
const inspected = (config: Parts, host: Parts = {}, more: Parts = {}): unknown => ({
	Id: id,
	Name: '/web',
	Image: 'sha256:1',
	State: {Status: 'running'},
	Config: {Hostname: id.slice(0, 12), Image: 'busy:1', Env: null, Cmd: ['sh'], Labels: {}, ...config},
	HostConfig: {
		NetworkMode: 'default',
		RestartPolicy: {Name: 'no', MaximumRetryCount: 0},
		LogConfig: {Type: 'json-file', Config: {}},
		ShmSize: 67_108_864,
		IpcMode: 'private',
		Runtime: 'runc',
		CgroupnsMode: 'private',
		MemorySwappiness: null,
		OomKillDisable: null,
		PidsLimit: null,
		ConsoleSize: [30, 120],
		MaskedPaths: ['/proc/acpi', '/proc/kcore'],
		ReadonlyPaths: ['/proc/bus', '/proc/sys'],
		...host,
	},
	NetworkSettings: {
		Networks: {bridge: {Aliases: null, MacAddress: '02:42:ac:11:00:02', NetworkID: 'b'.repeat(64)}},
	},
	...more,
});

const image = (config: Parts = {}): unknown => ({
	Id: 'sha256:1',
	Os: 'linux',
	Architecture: 'amd64',
	Config: {Cmd: ['sh'], ...config},
});

const read = (container: unknown, its: unknown = image(), defaults = docker28, now: unknown = its) =>
	readBlueprint({container, imageRan: its, imageNow: now, defaults});

const lineOf = (container: unknown, its: unknown = image(), apiVersion = '1.51', defaults = docker28) =>
	runLine(read(container, its, defaults), apiVersion);

suite('a recorded container of an engine 20.10', () => {
	const blueprint = read(recorded('inspect-asked-1.41'), image({Cmd: ['/bin/sh']}), docker20);

	test('keeps what it was asked for and nothing else', () => {
		assert.equal(blueprint.name, 'shop-probe');
		assert.deepEqual(blueprint.config, {
			Hostname: 'hh',
			ExposedPorts: {'80/tcp': {}, '90/udp': {}, '91/udp': {}, '92/udp': {}},
			Env: ['A=b c'],
			Cmd: ['sleep', '1000'],
			Healthcheck: {Test: ['CMD-SHELL', 'true x']},
			Volumes: {'/anon': {}},
		});
		assert.deepEqual(Object.keys(blueprint.host).toSorted(), [
			...['Binds', 'ExtraHosts', 'Memory', 'Mounts', 'NanoCpus', 'NetworkMode', 'PortBindings', 'Tmpfs'],
		]);
	});

	test('has its networks in their order, without the aliases that the engine gave', () => {
		assert.deepEqual(blueprint.networks, [
			{network: 'shop-net', settings: {Aliases: ['al'], IPAMConfig: {IPv4Address: '10.99.7.77'}}},
			{network: 'shop-net2', settings: {Aliases: ['x2']}},
		]);
	});

	test('is said as create, connect and start, as one line', () => {
		const {line, unsaid} = runLine(blueprint, '1.41');
		assert.deepEqual(unsaid, []);
		assert.equal(
			line,
			[
				"docker create --name shop-probe --hostname hh --env 'A=b c' --volume /anon --health-cmd 'true x'",
				'--publish 127.0.0.1::80 --publish 8100:90/udp --publish 8101:91/udp --publish 8102:92/udp',
				'--volume shopvol:/nv:ro --mount type=volume,target=/mm,volume-nocopy --tmpfs /run:size=1m',
				'--add-host a:1.2.3.4 --memory 64m --cpus 0.5 --network shop-net --network-alias al --ip 10.99.7.77',
				'busy:1 sleep 1000',
				'&& docker network connect --alias x2 shop-net2 shop-probe && docker start shop-probe',
			].join(' '),
		);
	});

	test('is said as one run where the engine takes several networks', () => {
		assert.match(
			runLine(blueprint, '1.44').line,
			/^docker run --detach .* --network name=shop-net,alias=al,ip=10\.99\.7\.77 --network name=shop-net2,alias=x2 busy:1/,
		);
	});

	test('hands its anonymous volumes over by name', () => {
		const {host} = withItsVolumes(blueprint);
		const [anonymous, mounted] = ['850a4539', 'e133a224'];
		assert.match(String(host.Binds), new RegExp(`^shopvol:/nv:ro,${anonymous}[0-9a-f]{56}:/anon$`));
		assert.match(JSON.stringify(host.Mounts), new RegExp(`"Source":"${mounted}[0-9a-f]{56}"`));
		assert.doesNotMatch(runLine(withItsVolumes(blueprint), '1.41').line, /850a4539|e133a224/);
	});

	test('is created in one network before 1.44 and in all of them since', () => {
		const old = createRequest(blueprint, 'x', '1.43');
		assert.deepEqual(
			old.laterNetworks.map(({network}) => network),
			['shop-net2'],
		);
		assert.match(JSON.stringify(old.body), /"EndpointsConfig":{"shop-net":{[^}]*}[^}]*}}/);
		const recent = createRequest(blueprint, 'x', '1.44');
		assert.deepEqual(recent.laterNetworks, []);
		assert.match(JSON.stringify(recent.body), /"shop-net2":{"Aliases":\["x2"\]}/);
	});
});

suite('what the image says is not said again', () => {
	const rich = image({
		Env: ['PATH=/bin', 'A=1'],
		Entrypoint: ['/entry'],
		Cmd: ['serve'],
		Labels: {from: 'image'},
		ExposedPorts: {'80/tcp': {}},
		Volumes: {'/data': {}},
		User: 'app',
		WorkingDir: '/srv',
		StopSignal: 'SIGQUIT',
		Healthcheck: {Test: ['CMD', 'check'], Interval: 30e9},
	});
	const same = {
		Env: ['PATH=/bin', 'A=1'],
		Entrypoint: ['/entry'],
		Cmd: ['serve'],
		Labels: {from: 'image'},
		ExposedPorts: {'80/tcp': {}},
		Volumes: {'/data': {}},
		User: 'app',
		WorkingDir: '/srv',
		StopSignal: 'SIGQUIT',
		Healthcheck: {Test: ['CMD', 'check'], Interval: 30e9},
	};
	const cases: readonly (readonly [what: string, own: Parts, said: string])[] = [
		['nothing of its own', {}, 'busy:1'],
		['a variable changed', {Env: ['PATH=/bin', 'A=2']}, '--env A=2 busy:1'],
		['a command', {Cmd: ['serve', '-v']}, 'busy:1 serve -v'],
		[
			'an entrypoint takes the command along',
			{Entrypoint: ['/sh'], Cmd: ['serve']},
			'--entrypoint /sh busy:1 serve',
		],
		['an entrypoint of several words', {Entrypoint: ['a', 'b'], Cmd: null}, '--entrypoint a busy:1 b'],
		['the entrypoint alone', {Cmd: null}, '--entrypoint /entry busy:1'],
		['no entrypoint', {Entrypoint: null, Cmd: ['ls']}, "--entrypoint '' busy:1 ls"],
		['a label', {Labels: {from: 'me', own: ''}}, '--label from=me --label own= busy:1'],
		['a user', {User: '0'}, '--user 0 busy:1'],
		[
			'a check at other times',
			{Healthcheck: {Test: ['CMD', 'check'], Interval: 90e9}},
			'--health-interval 90s busy:1',
		],
		['no check', {Healthcheck: {Test: ['NONE']}}, '--no-healthcheck busy:1'],
		['a check of words', {Healthcheck: {Test: ['CMD', 'a', 'b c']}}, `--health-cmd 'a '\\''b c'\\''' busy:1`],
		['no grace', {StopTimeout: 0}, '--stop-timeout 0 busy:1'],
	];
	for (const [what, own, said] of cases) {
		test(what, () => {
			const {line, unsaid} = lineOf(inspected({...same, ...own}), rich);
			assert.equal(line, `docker run --detach --name web ${said}`);
			assert.deepEqual(unsaid, []);
		});
	}

	test('when the image is gone, all of it is said', () => {
		const gone = readBlueprint({
			container: inspected(same),
			imageRan: undefined,
			imageNow: undefined,
			defaults: docker28,
		});
		assert.equal(gone.imageIs, 'gone');
		assert.match(runLine(gone, '1.51').line, /--user app .*--env PATH=\/bin .*busy:1 serve$/);
	});

	test('the tag that has moved on is told', () => {
		assert.equal(read(inspected({}), image(), docker28, {Id: 'sha256:2'}).imageIs, 'moved');
	});
});

suite('how a host setting is said', () => {
	const cases: readonly (readonly [host: Parts, said: string, defaults?: EngineDefaults])[] = [
		[{}, ''],
		[{Memory: 67_108_864, MemorySwap: 134_217_728}, '--memory 64m'],
		[{Memory: 1_500_000, MemorySwap: -1}, '--memory 1500000 --memory-swap -1'],
		[{MemorySwappiness: 0}, '--memory-swappiness 0'],
		[{Init: false}, '--init=false'],
		[
			{Privileged: true, SecurityOpt: ['label=disable'], MaskedPaths: null, ReadonlyPaths: null},
			'--privileged',
		],
		[{MaskedPaths: [], ReadonlyPaths: []}, '--security-opt systempaths=unconfined'],
		[{CgroupnsMode: 'host'}, '--cgroupns host'],
		[{CgroupnsMode: 'host'}, '', docker20],
		[{NetworkMode: 'host'}, '--network host'],
		[{NetworkMode: `container:${id}`}, `--network container:${id}`],
		[{Links: ['/db:/web/store']}, '--link db:store'],
		[{PortBindings: {'53/udp': [{HostIp: '::1', HostPort: '53'}]}}, "--publish '[::1]:53:53/udp'"],
		[{PortBindings: {'80/tcp': [{HostIp: '', HostPort: '0'}]}}, '--publish 80'],
		[{PortBindings: {'80/tcp': [{HostIp: '', HostPort: '8000-8009'}]}}, '--publish 8000-8009:80'],
		[{Devices: [{PathOnHost: '/a', PathInContainer: '/b', CgroupPermissions: 'r'}]}, '--device /a:/b:r'],
		[{DeviceRequests: [{Count: -1, Capabilities: [['gpu']]}]}, '--gpus all'],
		[
			{DeviceRequests: [{Count: 0, DeviceIDs: ['0', '1'], Capabilities: [['gpu', 'compute']]}]},
			`--gpus '"device=0,1",capabilities=compute'`,
		],
		[{DeviceRequests: [{Driver: 'cdi', DeviceIDs: ['v/c=d']}]}, '--device v/c=d'],
		[{BlkioDeviceReadBps: [{Path: '/dev/sda', Rate: 1_048_576}]}, '--device-read-bps /dev/sda:1048576'],
		[{Annotations: {'a.b': 'c'}}, '--annotation a.b=c'],
		[{LogConfig: {Type: 'local', Config: {'max-size': '1m'}}}, '--log-driver local --log-opt max-size=1m'],
		[{Binds: [`${'a'.repeat(64)}:/taken-over`]}, '--volume /taken-over'],
		[
			{Mounts: [{Type: 'bind', Source: '/a,b', Target: '/c', BindOptions: {NonRecursive: true}}]},
			`--mount 'type=bind,"source=/a,b",target=/c,bind-recursive=disabled'`,
		],
	];
	for (const [host, said, defaults] of cases) {
		test(said === '' ? JSON.stringify(host) : said, () => {
			const {line, unsaid} = lineOf(inspected({}, host), image(), '1.51', defaults);
			assert.equal(line, `docker run --detach --name web ${said === '' ? '' : `${said} `}busy:1`);
			assert.deepEqual(unsaid, []);
		});
	}

	test('another architecture is said', () => {
		const arm = {Id: 'sha256:1', Os: 'linux', Architecture: 'arm64', Variant: 'v8', Config: {Cmd: ['sh']}};
		assert.match(lineOf(inspected({}), arm).line, /--platform linux\/arm64\/v8 busy:1$/);
	});

	for (const [what, config, host, name] of [
		['a setting that nobody knows here', {}, {Novelty: {a: 1}}, 'HostConfig.Novelty'],
		['a seccomp profile', {}, {SecurityOpt: ['seccomp={"a":1}']}, 'HostConfig.SecurityOpt'],
		[
			'an option of a mount that is new',
			{},
			{Mounts: [{Type: 'volume', Target: '/x', New: 1}]},
			'HostConfig.Mounts',
		],
		['a variable without a value', {Env: ['HOME']}, {}, 'Env'],
		['a shell', {Shell: ['/bin/ash']}, {}, 'Shell'],
	] as const) {
		test(`${what} is named, and created all the same`, () => {
			const blueprint = read(inspected(config, host));
			assert.deepEqual(runLine(blueprint, '1.51').unsaid, [name]);
			const key = name.split('.').at(-1) ?? '';
			assert.match(JSON.stringify(createRequest(blueprint, '', '1.51').body), new RegExp(`"${key}":`));
		});
	}
});

suite('newer engines and Podman', () => {
	test('an address that the engine made up is not asked for, one that was asked for is', () => {
		const ends = (end: Parts) =>
			inspected({}, {NetworkMode: 'front'}, {NetworkSettings: {Networks: {front: {NetworkID: 'f', ...end}}}});
		const made = {
			MacAddress: '7a:11:22:33:44:55',
			IPAddress: '172.18.0.2',
			DNSNames: ['web', id.slice(0, 12)],
		};
		assert.match(lineOf(ends(made)).line, /--network front busy:1$/);
		assert.match(
			lineOf(ends({...made, Aliases: ['api', id.slice(0, 12)], GwPriority: 5})).line,
			/--network name=front,alias=api,gw-priority=5 busy:1$/,
		);
	});

	test("what Podman fills in is nobody's wish", () => {
		const {line, unsaid} = lineOf(
			inspected(
				{Env: ['container=podman', 'HOSTNAME=e', 'OWN=1'], StopSignal: ''},
				{
					NetworkMode: 'bridge',
					IpcMode: 'shareable',
					PidMode: 'private',
					UTSMode: 'private',
					Runtime: 'oci',
					PidsLimit: 2048,
					ShmSize: 65_536_000,
					LogConfig: {Type: '', Config: null},
					Ulimits: [{Name: 'RLIMIT_NOFILE', Soft: 1, Hard: 1}],
					Annotations: {'io.container.manager': 'libpod'},
					CapAdd: ['NET_ADMIN'],
				},
			),
			image(),
			'1.41',
			podman,
		);
		assert.equal(
			line,
			'docker run --detach --name web --env OWN=1 --ulimit nofile=1 --cap-add NET_ADMIN busy:1',
		);
		assert.deepEqual(unsaid, []);
	});

	test('an inspect of nothing but an id is a blueprint, too', () => {
		assert.match(
			lineOf({Id: id, Name: '/x', Config: {Image: 'y'}}).line,
			/docker run --detach --name x .*y$/,
		);
		assert.throws(() => read({}), /has no Id/);
	});
});

suite('another like it', () => {
	const {spec, rest, hiddenVariables} = likenessOf(
		read(
			inspected(
				{
					Env: ['A=1', 'API_TOKEN=t'],
					Cmd: ['serve'],
					Labels: {'com.docker.compose.project': 'shop', own: '1'},
				},
				{
					NetworkMode: 'front',
					CapAdd: ['NET_ADMIN'],
					Binds: ['/a:/b:ro', '/c:/d:z', `${'a'.repeat(64)}:/e`],
					PortBindings: {'80/tcp': [{HostIp: '127.0.0.1', HostPort: '8080'}]},
				},
				{
					NetworkSettings: {
						Networks: {
							front: {IPAMConfig: {IPv4Address: '10.0.0.5'}, Aliases: ['api']},
							back: {Aliases: null},
						},
					},
				},
			),
		),
	);

	test('says in the form what the form can say', () => {
		assert.deepEqual(spec, {
			image: 'busy:1',
			command: ['serve'],
			env: ['A=1'],
			ports: [{containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '127.0.0.1'}],
			volumes: [
				{source: '/a', target: '/b', isReadOnly: true},
				{target: '/e', isReadOnly: false},
			],
			network: 'front',
			isTty: false,
			isInteractive: false,
			isAutoRemove: false,
		});
		assert.deepEqual(hiddenVariables, ['API_TOKEN']);
	});

	test('takes the rest along, but not what belongs to one container alone', () => {
		const body = JSON.stringify(
			createRequest(likeWith(rest, {...createBody({...spec, env: ['A=2']})}), '', '1.51').body,
		);
		for (const kept of [
			'"NET_ADMIN"',
			'"/c:/d:z"',
			'API_TOKEN=t',
			'A=2',
			'"own":"1"',
			'"Aliases":["api"]',
			'"back"',
		])
			assert.ok(body.includes(kept), kept);
		for (const dropped of ['compose', '10.0.0.5', 'A=1', 'aaaaaaaa'])
			assert.ok(!body.includes(dropped), dropped);
	});

	test('in another network has nothing of the old one', () => {
		const body = JSON.stringify(
			createRequest(likeWith(rest, {...createBody({...spec, network: 'host'})}), '', '1.51').body,
		);
		assert.ok(body.includes('"NetworkMode":"host"'));
		assert.ok(!body.includes('EndpointsConfig'));
	});
});
