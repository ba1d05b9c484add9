import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sampleOf} from '../../source/engine/stats.ts';
import type {StatsCounters} from '../../source/engine/types.ts';

const first: StatsCounters = {
	readAt: 10_000,
	cpuTotalNs: 1e9,
	cpuSystemNs: 100e9,
	onlineCpus: 4,
	memoryBytes: 5,
	memoryLimitBytes: 10,
	netReceivedBytes: 1000,
	netSentBytes: 2000,
	blockReadBytes: 3000,
	blockWrittenBytes: 4000,
	pids: 2,
};
const later = (change: Partial<StatsCounters>): StatsCounters => ({...first, readAt: 12_000, ...change});
const {cpuSystemNs: _, ...withoutSystem} = first;

test('CPU by the formula of docker stats', () => {
	const table = [
		['half a core of four', {cpuTotalNs: 2e9, cpuSystemNs: 108e9}, 50],
		['all four cores', {cpuTotalNs: 9e9, cpuSystemNs: 108e9}, 400],
		['nothing used', {cpuSystemNs: 108e9}, 0],
		['host time stood still', {cpuTotalNs: 2e9}, 0],
		['host time ran backwards', {cpuTotalNs: 2e9, cpuSystemNs: 90e9}, 0],
	] as const;
	for (const [name, change, percent] of table) {
		assert.equal(sampleOf(first, later(change)).cpuPercent, percent, name);
	}
});

test('CPU by the wall clock where the host’s CPU time is not known', () => {
	const next = {...withoutSystem, readAt: 12_000, cpuTotalNs: 4e9};
	assert.equal(sampleOf(withoutSystem, next).cpuPercent, 150);
	assert.equal(sampleOf(first, next).cpuPercent, 150);
});

test('rates are bytes per second; one counter that ran backwards is 0', () => {
	const change = {netReceivedBytes: 3000, netSentBytes: 1999, blockReadBytes: 3001, blockWrittenBytes: 8000};
	const sample = sampleOf(first, later(change));
	const rates = [sample.netReceiveRate, sample.netSendRate, sample.blockReadRate, sample.blockWriteRate];
	assert.deepEqual(rates, [1000, 0, 0.5, 2000]);
});

test('each core, and the share of periods that were throttled', () => {
	const before = {
		...first,
		coreNs: [1e9, 0],
		throttling: {periods: 10, throttledPeriods: 1, throttledNs: 5},
	};
	const after = later({
		coreNs: [2e9, 2e9],
		throttling: {periods: 30, throttledPeriods: 6, throttledNs: 50},
		oomKills: 1,
	});
	const sample = sampleOf(before, after);
	assert.deepEqual(sample.corePercents, [50, 100]);
	assert.equal(sample.throttledPercent, 25);
	assert.deepEqual([sample.intervalMs, sample.oomKills, sample.throttling?.periods], [2000, 1, 30]);
	const still = sampleOf(after, {...after, readAt: 13_000});
	assert.equal(still.throttledPercent, 0);
	assert.equal(sampleOf(first, after).corePercents, undefined);
});

test('without a usable predecessor there is no CPU and no rate, but all the rest', () => {
	const restarted = later({cpuTotalNs: 5, netReceivedBytes: 9999});
	for (const previous of [undefined, first, restarted, {...restarted, readAt: 13_000}]) {
		const sample = sampleOf(previous, restarted);
		assert.equal('cpuPercent' in sample, false);
		assert.deepEqual([sample.netReceiveRate, sample.netReceivedBytes], [0, 9999]);
		assert.deepEqual([sample.memoryBytes, sample.memoryLimitBytes, sample.pids], [5, 10, 2]);
	}
});
