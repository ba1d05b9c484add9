import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeImageFacts, decodeImageHistory} from '../../source/engine/decode/image-facts.ts';
import {recorded} from './fixtures.ts';

test('an image of Docker 20.10 with everything that a Dockerfile can say', () => {
	const facts = decodeImageFacts(recorded('image-inspect-1.41'));
	assert.equal(facts.id, 'sha256:deef2d7de58e3f9b1f7d1ecfebff91f7fde82b961917b8b41a971ebe268c19b3');
	assert.deepEqual(facts.tags, ['images-full:1']);
	assert.deepEqual([facts.os, facts.architecture, facts.variant], ['linux', 'amd64', undefined]);
	assert.equal(facts.author, 'Ada Example <ada@example.com>');
	assert.deepEqual(facts.env, ['PATH=/usr/bin:/bin', 'API_TOKEN=s3cret']);
	assert.deepEqual(facts.entrypoint, ['/bin/sh', '-c']);
	assert.deepEqual(facts.command, ['echo hi']);
	assert.deepEqual([facts.user, facts.workingDirectory], ['1000:1000', '/srv/app']);
	assert.deepEqual(facts.exposedPorts, ['53/udp', '80/tcp']);
	assert.deepEqual(facts.volumes, ['/data']);
	assert.deepEqual(facts.labels, {'org.example.vendor': 'Example & Co'});
	assert.deepEqual(facts.shell, ['/bin/sh', '-e', '-c']);
	assert.deepEqual(facts.onBuild, ['RUN echo built']);
	assert.equal(facts.stopSignal, 'SIGQUIT');
	assert.deepEqual(facts.healthCheck, {
		test: ['CMD-SHELL', 'wget -q http://localhost/ || exit 1'],
		intervalMs: 5000,
		timeoutMs: 3000,
		startPeriodMs: 0,
		retries: 4,
	});
	assert.equal(facts.diffIds.length, 5);
	assert.equal(facts.sizeBytes, 2_289_649);
	assert.deepEqual([facts.storageDriver, facts.builtWith], ['overlay2', '20.10.24+dfsg1']);
	assert.match(facts.parentId, /^sha256:519203dc9ea1/);
	assert.equal(facts.lastTaggedAt, Date.parse('2026-11-22T10:02:41.648Z'));
});

test('of Podman: no last tag time, no health check, the names it keeps', () => {
	const facts = decodeImageFacts(recorded('image-inspect-podman'));
	assert.deepEqual(facts.tags, ['localhost/images-full:1']);
	assert.equal(facts.digests.length, 1);
	assert.equal(facts.diffIds.length, 5);
	assert.deepEqual(
		[facts.lastTaggedAt, facts.healthCheck, facts.storageDriver],
		[undefined, undefined, 'vfs'],
	);
});

test('of Docker 28 with the containerd store: its id is that of the manifest', () => {
	const facts = decodeImageFacts(recorded('image-inspect-containerd-1.51'));
	assert.deepEqual(facts.tags, ['shop/api:1.4']);
	assert.equal(facts.digests[0], `shop/api@${facts.id}`);
	assert.deepEqual([facts.architecture, facts.variant], ['arm64', 'v8']);
	assert.deepEqual([facts.parentId, facts.author, facts.entrypoint], ['', '', undefined]);
	assert.deepEqual(facts.command, ['serve']);
	assert.equal(facts.storageDriver, 'overlayfs');
});

test('of Docker 28 with a graph driver: an image of nothing, made at no time', () => {
	const facts = decodeImageFacts(recorded('image-inspect-overlay2-1.51'));
	assert.deepEqual([facts.createdAt, facts.lastTaggedAt, facts.command], [undefined, undefined, undefined]);
	assert.deepEqual([facts.tags, facts.env, facts.diffIds], [[], [], []]);
	assert.deepEqual(facts.labels, {});
});

test('what is no image is refused', () => {
	for (const value of [null, [], {}, 'text', {Id: ''}])
		assert.throws(() => decodeImageFacts(value), {kind: 'protocol'});
});

test('the history of Docker 20.10, newest first, with the images of the steps', () => {
	const steps = decodeImageHistory(recorded('image-history-1.41'));
	assert.equal(steps.length, 19);
	const [newest] = steps;
	assert.match(newest?.createdBy ?? '', /CMD \["echo hi"\]/);
	assert.deepEqual(newest?.tags, ['images-full:1']);
	assert.equal(steps.at(-1)?.comment, 'Imported from -');
	assert.equal(steps.at(-1)?.createdAt, Date.parse('2026-11-22T00:03:02Z'));
	assert.equal(
		steps.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		2_289_649,
	);
});

test('the history of Podman, and strange ones', () => {
	const steps = decodeImageHistory(recorded('image-history-podman'));
	assert.equal(steps.length, 19);
	assert.equal(steps[1]?.id, '<missing>');
	assert.deepEqual(decodeImageHistory(null), []);
	assert.deepEqual(decodeImageHistory([{Created: -62_135_596_800, Size: -1}]), [
		{createdAt: 0, createdBy: '', sizeBytes: 0, comment: '', tags: [], id: '<missing>'},
	]);
	assert.throws(() => decodeImageHistory({message: 'no'}), {kind: 'protocol'});
});
