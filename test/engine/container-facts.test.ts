import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeContainerFacts} from '../../source/engine/decode/container-facts.ts';
import {recorded} from './fixtures.ts';

const factsOf = (fixture: string) => decodeContainerFacts(recorded(fixture));

test('Docker 20.10: all that docker run was told', () => {
	const facts = factsOf('inspect-full-1.41');
	assert.deepEqual(facts.program.command.slice(0, 2), ['sh', '-c']);
	assert.deepEqual(
		[facts.program.hostname, facts.program.stopSignal, facts.program.stopGraceSeconds, facts.program.hasInit],
		['host漢字', 'SIGINT', 3, true],
	);
	assert.ok(facts.environment.includes('PLAIN=hello'));
	assert.equal(facts.labels['com.example.api-key'], 'k123');
	assert.deepEqual(
		[facts.life.restartPolicy, facts.life.maximumRetries, facts.life.exitCode],
		['on-failure', 3, undefined],
	);
	assert.deepEqual(facts.log, {driver: 'json-file', options: {'max-size': '1m'}});
	const {limits} = facts;
	assert.deepEqual([limits.memoryBytes, limits.cpus, limits.pids], [64 * 1024 ** 2, 0.5, 50]);
	assert.deepEqual(limits.ulimits, [{name: 'nofile', soft: 1024, hard: 2048}]);
	assert.deepEqual(facts.health?.test, ['CMD-SHELL', 'echo checked; true']);
	assert.equal(facts.health?.intervalMs, 3000);
	assert.equal(facts.health?.timeoutMs, undefined);
	assert.equal(facts.health?.probes.at(-1)?.output, 'checked\n');
	assert.deepEqual(facts.ports, [
		{privatePort: 80, protocol: 'tcp', publicPort: 18099, hostIp: '127.0.0.1'},
		{privatePort: 443, protocol: 'tcp'},
	]);
	assert.match(facts.networks[0]?.ipv4 ?? '', /^172\.\d+\.0\.2\/16$/);
	assert.ok(facts.networks[0]?.aliases.includes('web'));
	assert.deepEqual(
		facts.mounts.map(({type, target, isWritable}) => [type, target, isWritable]),
		[
			['volume', '/data', true],
			['bind', '/host-tmp', false],
			['tmpfs', '/scratch', true],
		],
	);
	assert.deepEqual(facts.names.extraHosts, ['db:10.0.0.9']);
	assert.deepEqual(facts.isolation.addedCapabilities, ['NET_ADMIN']);
	assert.deepEqual(facts.isolation.droppedCapabilities, ['MKNOD']);
	assert.deepEqual(facts.isolation.securityOptions, ['no-new-privileges']);
	assert.equal(facts.isolation.isRootReadOnly, true);
	assert.ok((facts.isolation.maskedPaths?.length ?? 0) > 5);
});

test('a newer Docker: DNS names, quotas, device requests; of what ended the exit code and the ports to be', () => {
	const facts = factsOf('inspect-1.51');
	assert.deepEqual(facts.networks[0]?.dnsNames, ['shop-web-1', 'web', '4f1c9d2f1c2b']);
	assert.deepEqual([facts.networks[0]?.ipv6, facts.networks[0]?.gateway6], ['fd00::5/64', 'fd00::1']);
	assert.equal(facts.networks[0]?.wanted, '172.30.0.5');
	assert.deepEqual([facts.life.exitCode, facts.life.isOomKilled, facts.life.restartCount], [137, true, 2]);
	assert.deepEqual(
		[facts.limits.cpus, facts.limits.memorySwapBytes, facts.limits.pids],
		[1.5, 'unlimited', undefined],
	);
	assert.deepEqual(facts.ports, [
		{privatePort: 80, protocol: 'tcp', publicPort: 8080},
		{privatePort: 443, protocol: 'tcp'},
	]);
	assert.deepEqual(
		[facts.health?.startPeriodMs, facts.health?.startIntervalMs, facts.health?.failingStreak],
		[5000, 500, 3],
	);
	assert.deepEqual(facts.isolation.devices, ['/dev/fuse rwm', 'nvidia all gpu']);
	assert.deepEqual(facts.isolation.addedCapabilities, ['SYS_ADMIN']);
	assert.deepEqual(facts.isolation.maskedPaths, []);
	assert.equal(facts.mounts[0]?.options, 'ro,z');
});

test('Podman: an entrypoint in one line, a numbered signal, its own names for health and namespaces', () => {
	const facts = factsOf('inspect-podman');
	assert.deepEqual(facts.program.entrypoint, ['/bin/entry', '--fast']);
	assert.equal(facts.program.stopSignal, '15');
	assert.equal(facts.image.name, 'docker.io/library/busybox:latest');
	assert.equal(facts.health?.status, 'healthy');
	assert.equal(facts.health?.probes[0]?.output, 'fine\n');
	assert.equal(facts.life.restartPolicy, 'no');
	assert.equal(facts.isolation.cgroupnsMode, 'private');
	assert.equal(facts.isolation.maskedPaths, undefined);
	assert.deepEqual(facts.limits.ulimits, [{name: 'RLIMIT_NOFILE', soft: -1, hard: -1}]);
	assert.equal(facts.mounts[0]?.options, 'nosuid,nodev');
});

test('the other recorded bodies, and nonsense, are decoded without complaint', () => {
	for (const fixture of ['inspect-running-1.41', 'inspect-exited-1.41', 'inspect-ports-1.41'])
		factsOf(fixture);
	for (const value of [
		null,
		7,
		'x',
		[],
		{},
		{HostConfig: null, Config: [], State: 3, Mounts: [null], NetworkSettings: {Networks: {a: null}}},
	])
		assert.equal(decodeContainerFacts(value).life.restartPolicy, 'no');
});
