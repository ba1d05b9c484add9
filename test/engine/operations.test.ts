import assert from 'node:assert/strict';
import {test} from 'node:test';
import {updateBody} from '../../source/engine/calls/operation-calls.ts';
import {decodeContainer} from '../../source/engine/decode/container.ts';
import {
	decodeCommitted,
	decodeImageSize,
	decodeLimits,
	decodeWarnings,
} from '../../source/engine/decode/operations.ts';
import {limitsOf} from '../helpers/objects.ts';

test('an update says what is changed and nothing else', () => {
	assert.deepEqual(updateBody({}), {});
	assert.deepEqual(updateBody({pidsLimit: 0, restart: {name: 'no'}}), {
		PidsLimit: 0,
		RestartPolicy: {Name: 'no', MaximumRetryCount: 0},
	});
	assert.deepEqual(
		updateBody({
			...limitsOf({
				memoryBytes: 1,
				reservationBytes: 2,
				memorySwapBytes: -1,
				nanoCpus: 3,
				cpuShares: 4,
				cpuset: '0',
			}),
			restart: {name: 'on-failure', maximumRetryCount: 5},
		}),
		{
			Memory: 1,
			MemoryReservation: 2,
			MemorySwap: -1,
			NanoCpus: 3,
			CpuQuota: 0,
			CpuPeriod: 0,
			CpuShares: 4,
			CpusetCpus: '0',
			PidsLimit: 0,
			RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 5},
		},
	);
});

test('limits of an inspect; what an engine leaves out was never set', () => {
	const HostConfig = {
		Memory: 64,
		MemorySwap: -1,
		NanoCpus: 5e8,
		CpusetCpus: '0-1',
		PidsLimit: null,
		RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 2},
	};
	assert.deepEqual(
		decodeLimits({HostConfig}),
		limitsOf({
			memoryBytes: 64,
			memorySwapBytes: -1,
			nanoCpus: 5e8,
			cpuset: '0-1',
			restart: {name: 'on-failure', maximumRetryCount: 2},
		}),
	);
	const nothing = limitsOf({restart: {name: 'no', maximumRetryCount: 0}});
	for (const value of [undefined, {}, {HostConfig: {RestartPolicy: {Name: ''}}}])
		assert.deepEqual(decodeLimits(value), nothing);
});

test('answers', () => {
	assert.deepEqual(decodeWarnings({Warnings: ['no swap']}), ['no swap']);
	assert.deepEqual([decodeWarnings({Warnings: null}), decodeWarnings(undefined)], [[], []]);
	assert.equal(decodeCommitted({Id: 'a'.repeat(64)}), `sha256:${'a'.repeat(64)}`);
	assert.throws(() => decodeCommitted({}), {kind: 'protocol'});
	assert.equal(decodeImageSize({Size: 5}), 5);
});

test("Podman's labels make a project too", () => {
	const labels = {'io.podman.compose.project': 'shop', 'io.podman.compose.service': 'db'};
	const {project, service} = decodeContainer({Id: 'x', Config: {Labels: labels}});
	assert.deepEqual([project, service], ['shop', 'db']);
});
