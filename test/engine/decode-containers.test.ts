import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeContainer, decodeContainerList} from '../../source/engine/decode/container.ts';
import {decodeImageList} from '../../source/engine/decode/image.ts';
import {recorded} from './fixtures.ts';

const listed = decodeContainerList(recorded('containers-1.41'));
const named = (name: string) => {
	const container = listed.find(each => each.name === name);
	assert.ok(container, name);
	return container;
};

test('the list gives name, state, health, exit code and compose names', () => {
	assert.equal(listed.length, 4);
	const web = named('demo-web');
	assert.equal(web.state, 'running');
	assert.equal(web.health, 'healthy');
	assert.equal(web.exitCode, undefined);
	assert.deepEqual([web.project, web.service], ['shop', 'web']);
	assert.deepEqual(web.networks, ['none']);
	assert.match(web.imageId, /^sha256:[0-9a-f]{64}$/);
	assert.equal(named('demo-gone').exitCode, 137);
	assert.equal(named('demo-gone').state, 'exited');
	assert.equal(named('demo-new').state, 'created');
});

test('ports come in one order and keep their addresses', () => {
	assert.deepEqual(named('demo-net1').ports, [
		{privatePort: 53, protocol: 'udp', publicPort: 53, hostIp: '0.0.0.0'},
		{privatePort: 53, protocol: 'udp', publicPort: 53, hostIp: '::'},
		{privatePort: 80, protocol: 'tcp', publicPort: 18081, hostIp: '127.0.0.1'},
	]);
});

for (const [fixture, name] of [
	['inspect-running-1.41', 'demo-web'],
	['inspect-exited-1.41', 'demo-gone'],
	['inspect-ports-1.41', 'demo-net1'],
] as const) {
	test(`an inspect says the same of ${name} as the list`, () => {
		const {details, statusText, ...inspected} = decodeContainer(recorded(fixture));
		const {statusText: listedStatus, ...rest} = named(name);
		assert.ok(details);
		assert.deepEqual(inspected, rest);
		assert.ok(listedStatus.startsWith(statusText.split(' ')[0] ?? '?'));
	});
}

test('an inspect gives what only it knows', () => {
	const {details} = decodeContainer(recorded('inspect-running-1.41'));
	assert.equal(details?.memoryLimitBytes, 64 * 1024 * 1024);
	assert.equal(details?.logDriver, 'json-file');
	assert.deepEqual(details?.volumes, ['demo-vol']);
	assert.equal(details?.healthLog[0]?.exitCode, 0);
	assert.ok((details?.pid ?? 0) > 0);
	const gone = decodeContainer(recorded('inspect-exited-1.41')).details;
	assert.equal(gone?.exitCode, 137);
	assert.ok((gone?.finishedAt ?? 0) >= (gone?.startedAt ?? Number.POSITIVE_INFINITY));
});

test('status texts', () => {
	const table = [
		['Exited (137) 2 hours ago', 137, 'none'],
		['Exited (-1) 1 second ago', -1, 'none'],
		['Restarting (1) 5 seconds ago', 1, 'none'],
		['Up 2 hours (healthy)', undefined, 'healthy'],
		['Up 2 seconds (health: starting)', undefined, 'starting'],
		['Up 3 days (unhealthy)', undefined, 'unhealthy'],
		['Up 3 days (Paused)', undefined, 'none'],
		['Created', undefined, 'none'],
	] as const;
	for (const [Status, exitCode, health] of table) {
		const [container] = decodeContainerList([{Id: 'a', Names: ['/a'], Status, State: 'exited'}]);
		assert.equal(container?.exitCode, exitCode, Status);
		assert.equal(container?.health, health, Status);
	}
});

test('API 1.52 lists health by itself, links add names, Podman has its own states', () => {
	const [container] = decodeContainerList([
		{
			Id: 'a',
			Names: ['/other/db', '/own'],
			State: 'configured',
			Health: {Status: 'unhealthy', FailingStreak: 3},
		},
	]);
	assert.equal(container?.health, 'unhealthy');
	assert.equal(container?.name, 'own');
	assert.equal(container?.state, 'created');
});

test('a container that never ran has no exit code, one that could not start has its reason', () => {
	const {details, exitCode} = decodeContainer({
		Id: 'a',
		State: {Status: 'created', ExitCode: 127, Error: 'no such file', StartedAt: '0001-01-01T00:00:00Z'},
	});
	assert.equal(exitCode, undefined);
	assert.equal(details?.exitCode, undefined);
	assert.equal(details?.startedAt, undefined);
	assert.equal(details?.error, 'no such file');
});

test('foreign and missing fields do no harm; what is no list and no container is said', () => {
	assert.deepEqual(decodeContainerList(null), []);
	const [odd] = decodeContainerList([
		{Id: 'a', Names: 7, Ports: 'x', Labels: null, Created: 'never', New: {}},
		5,
	]);
	assert.deepEqual(odd, {
		id: 'a',
		name: '',
		image: '',
		imageId: '',
		command: '',
		createdAt: 0,
		state: 'unknown',
		health: 'none',
		statusText: '',
		ports: [],
		labels: {},
		networks: [],
	});
	assert.throws(() => decodeContainerList({message: 'no'}), {kind: 'protocol'});
	assert.throws(() => decodeContainer({Name: '/x'}), {kind: 'protocol'});
});

test('images: untagged in every spelling, sizes that were not computed, no id', () => {
	const [first] = decodeImageList(recorded('images-1.41'));
	assert.deepEqual([first?.tags, first?.digests, first?.sharedBytes], [['busy:1'], [], undefined]);
	const images = decodeImageList(recorded('images-1.51'));
	assert.deepEqual(
		images.map(image => [image.tags.length, image.digests.length, image.sharedBytes]),
		[
			[2, 1, 4096],
			[0, 0, undefined],
			[0, 0, undefined],
		],
	);
	assert.equal(images[0]?.createdAt, 1_700_000_000_000);
	assert.deepEqual(decodeImageList(null), []);
});
