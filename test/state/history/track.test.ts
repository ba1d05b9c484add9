import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {beginningOf, columnsOf, endOf, recentOf, summaryOf} from '../../../source/state/history/past.ts';
import {bytesOfTrack, createTrack, record, type Track} from '../../../source/state/history/track.ts';

const start = Date.UTC(2026, 0, 1);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** One channel, a reading each second that says what `valueAt` does. */
const read = (track: Track, seconds: number, valueAt: (second: number) => number, from = 0): Track => {
	for (let at = from; at < from + seconds; at += 1)
		record(track, [valueAt(at)], start + (at + 1) * second, at === from ? 0 : second);
	return track;
};

const rounded = (values: ArrayLike<number>): readonly (number | undefined)[] =>
	Array.from(values, value => (Number.isNaN(value) ? undefined : Math.round(value * 10) / 10));

suite('a track', () => {
	test('gives back each reading of the last five minutes', () => {
		const track = read(createTrack(1, start), 300, n => n);
		const {mean, most} = columnsOf(track, 0, {from: start, to: start + 5 * minute}, 300);
		assert.deepEqual(
			rounded(mean).slice(1),
			Array.from({length: 299}, (_, n) => n + 1),
		);
		assert.deepEqual(mean, most);
	});

	test('tells least, mean and most of a period, of each age', () => {
		const track = read(createTrack(1, start), 2 * 3600, n => n % 10);
		const now = start + 2 * hour;
		for (const length of [5 * minute, 30 * minute, 2 * hour]) {
			const {least, mean, most} = summaryOf(track, 0, {from: now - length, to: now});
			assert.deepEqual([least, most], [0, 9], `${length}`);
			assert.ok(Math.abs(mean - 4.5) < 0.05, `${length}: ${mean}`);
		}
	});

	test('keeps a short peak of hours ago as the most', () => {
		const track = read(createTrack(1, start), 6 * 3600, n => (n === 1000 ? 99 : 1));
		const period = {from: start, to: start + 6 * hour};
		assert.equal(summaryOf(track, 0, period).most, 99);
		const {mean, most} = columnsOf(track, 0, period, 60);
		const peak = [...most].indexOf(99);
		assert.ok(Math.abs(peak - Math.floor(1000 / 360)) <= 1, `${peak}`);
		assert.ok((mean[peak] ?? 99) < 5);
	});

	test('has gaps where nothing was read: no zeros, nothing between', () => {
		const track = read(createTrack(1, start), 60, () => 7);
		read(track, 60, () => 3, 180);
		const {mean} = columnsOf(track, 0, {from: start, to: start + 5 * minute}, 10);
		const gap = undefined;
		assert.deepEqual(rounded(mean), [7, 7, gap, gap, gap, gap, 3, 3, gap, gap]);
		assert.equal(summaryOf(track, 0, {from: start + 70 * second, to: start + 170 * second}).mean, Number.NaN);
	});

	test('knows gaps of an hour in the past of a day', () => {
		const track = read(createTrack(1, start), 3600, () => 1);
		read(track, 3600, () => 1, 3 * 3600);
		read(track, 3600, () => 1, 6 * 3600);
		const {mean} = columnsOf(track, 0, {from: start, to: start + 8 * hour}, 8);
		const gap = undefined;
		assert.deepEqual(rounded(mean), [1, gap, gap, 1, gap, gap, 1, gap]);
	});

	test('lets a reading stand for the time since the one before, for half a minute at most', () => {
		const track = createTrack(1, start);
		record(track, [5], start + second, 0);
		record(track, [5], start + 16 * second, 15 * second);
		record(track, [5], start + 120 * second, 104 * second);
		const {mean} = columnsOf(track, 0, {from: start, to: start + 120 * second}, 12);
		const gap = undefined;
		assert.deepEqual(rounded(mean), [5, 5, gap, gap, gap, gap, gap, gap, gap, 5, 5, 5]);
	});

	test('takes what is not known for a gap of its channel alone', () => {
		const track = createTrack(2, start);
		record(track, [Number.NaN, 10], start + second, 0);
		record(track, [50, 20], start + 2 * second, second);
		const period = {from: start, to: start + minute};
		assert.deepEqual(summaryOf(track, 0, period), {least: 50, mean: 50, most: 50});
		assert.deepEqual(summaryOf(track, 1, period).least, 10);
	});

	test('is bounded, whatever its age and however it was read', () => {
		const limit = 40 * 1024;
		for (const pause of [1, 5, 15, 200]) {
			const track = createTrack(7, start);
			for (let at = 1; at < 3 * 86_400; at += pause)
				record(track, [1, 2, 3, 4, 5, 6, 7], start + at * second, pause * second);
			assert.ok(bytesOfTrack(track) <= limit, `every ${pause} s: ${bytesOfTrack(track)}`);
			assert.equal(beginningOf(track), start);
			assert.ok(Math.abs((endOf(track) ?? 0) - (start + 3 * 24 * hour)) <= pause * second);
		}
	});

	test('is small while there is little in it', () => {
		assert.ok(bytesOfTrack(read(createTrack(7, start), 1, () => 1)) < 800);
	});

	test('is bounded with a gap after each reading', () => {
		const track = createTrack(1, start, 24);
		for (let hours = 0; hours < 500; hours += 1) record(track, [hours], start + hours * hour, 0);
		assert.ok(bytesOfTrack(track) < 10_000);
		assert.deepEqual(summaryOf(track, 0, {from: start - hour, to: start + 500 * hour}).least, 0);
		assert.deepEqual(summaryOf(track, 0, {from: start - hour, to: start + 500 * hour}).most, 499);
	});

	test('begins anew when the clock is put back, and stays in order when it is by little', () => {
		const track = read(createTrack(1, start), 100, n => n);
		record(track, [500], start + 90 * second, second);
		assert.equal(endOf(track), start + 100 * second);
		record(track, [7], start - hour, second);
		assert.deepEqual(recentOf(track, 0, 9), [7]);
		record(track, [8], start - hour + second, second);
		assert.deepEqual(recentOf(track, 0, 9), [7, 8]);
	});

	test('tells the newest readings since the last gap', () => {
		const track = read(createTrack(1, start), 10, n => n);
		assert.deepEqual(recentOf(track, 0, 3), [7, 8, 9]);
		read(track, 2, n => n, 60);
		assert.deepEqual(recentOf(track, 0, 5), [60, 61]);
	});
});
