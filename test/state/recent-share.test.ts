import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {type CpuReading, keptReadings, readingOf, recentShares} from '../../source/state/recent-share.ts';

const readingAt = (readAt: number, cpuSeconds: Readonly<Record<number, number>>): CpuReading => ({
	readAt,
	cpuSeconds: new Map(Object.entries(cpuSeconds).map(([pid, seconds]) => [Number(pid), seconds])),
});

describe('the share of the last seconds', () => {
	it('is told over eight seconds and more, whatever a process did before', () => {
		const first = readingAt(0, {1: 5000, 2: 7});
		assert.deepEqual([...recentShares([first, readingAt(7000, {1: 5007, 2: 7})])], []);
		assert.deepEqual(
			[...recentShares([first, readingAt(10_000, {1: 5010, 2: 7})])],
			[
				[1, 100],
				[2, 0],
			],
		);
	});

	it('counts from when a process was first seen, and from the beginning when a number was given again', () => {
		const readings = [
			readingAt(0, {1: 50}),
			readingAt(4000, {1: 0, 2: 1}),
			readingAt(14_000, {1: 5, 2: 11, 3: 2}),
		];
		assert.deepEqual(
			[...recentShares(readings)],
			[
				[1, 50],
				[2, 100],
			],
		);
	});

	it('looks back twenty seconds and no further', () => {
		let readings: readonly CpuReading[] = [];
		for (let at = 0; at <= 60_000; at += 2000) readings = keptReadings(readings, readingAt(at, {1: 0}));
		assert.equal(readings[0]?.readAt, 40_000);
		assert.equal(readings.length, 11);
		assert.deepEqual(keptReadings(readings, readingAt(200_000, {})).length, 1);
	});

	it('is not told without CPU times', () => {
		const reading = readingOf([{pid: 1, user: '', state: '', command: 'x'}], 0);
		assert.equal(reading.cpuSeconds.size, 0);
		assert.deepEqual([...recentShares([])], []);
	});
});
