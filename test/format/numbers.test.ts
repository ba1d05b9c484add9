import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatMemory, formatRate, formatSize, parseBytes} from '../../source/format/bytes.ts';
import {formatAge, formatClock, formatEta} from '../../source/format/duration.ts';
import {formatPercent} from '../../source/format/percent.ts';

const KIB = 1024;
const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const table = <Value>(
	name: string,
	format: (value: Value) => unknown,
	cases: readonly (readonly [Value, unknown])[],
): void => {
	for (const [value, expected] of cases)
		test(`${name}(${String(value)}) is ${String(expected)}`, () => assert.equal(format(value), expected));
};

table('formatMemory', formatMemory, [
	[0, '0B'],
	[1, '1B'],
	[1023, '1023B'],
	[1024, '1.0K'],
	[10_188, '9.9K'],
	[10_189, '10K'],
	[12 * KIB, '12K'],
	[1023.4 * KIB, '1023K'],
	[1023.5 * KIB, '1.0M'],
	[212 * KIB ** 2, '212M'],
	[1.1 * KIB ** 3, '1.1G'],
	[1023.99 * KIB ** 3, '1.0T'],
	[Number.MAX_VALUE, `${Math.round(Number.MAX_VALUE / KIB ** 6)}E`],
	[Number.NaN, '-'],
	[-1, '-'],
	[Number.POSITIVE_INFINITY, '-'],
]);

table('formatSize', formatSize, [
	[0, '0B'],
	[999, '999B'],
	[1000, '1kB'],
	[1_984_000, '1.98MB'],
	[38_240_000_000, '38.2GB'],
	[133_000_000, '133MB'],
	[999_499, '999kB'],
	[999_500, '1MB'],
	[Number.NaN, '-'],
	[-5, '-'],
]);

table('formatRate', formatRate, [
	[0, '0'],
	[340.4, '340'],
	[999.6, '1.0k'],
	[1234, '1.2k'],
	[12_000_000, '12M'],
	[999_600, '1.0M'],
	[Number.NaN, '-'],
]);

table('parseBytes', parseBytes, [
	['512m', 512 * KIB ** 2],
	['1.5g', 1.5 * KIB ** 3],
	['64MiB', 64 * KIB ** 2],
	['1048576', 1_048_576],
	['100b', 100],
	['2 GB', 2 * KIB ** 3],
	['0', 0],
	['', undefined],
	['m', undefined],
	['12x', undefined],
	['-5m', undefined],
	['1e3', undefined],
	['9999999999p', undefined],
]);

table('formatPercent', formatPercent, [
	[42.14, ' 42.1'],
	[0, '  0.0'],
	[99.94, ' 99.9'],
	[99.96, '  100'],
	[137.4, '  137'],
	[6400, ' 6400'],
	[1e9, '99999'],
	[-1, '  0.0'],
	[Number.NaN, '    -'],
	[undefined, '    -'],
]);

table('formatAge', formatAge, [
	[-5000, '0s'],
	[0, '0s'],
	[59_999, '59s'],
	[60_000, '1m'],
	[59.9 * 60_000, '59m'],
	[HOUR, '1h'],
	[DAY - 1, '23h'],
	[DAY, '1d'],
	[14 * DAY - 1, '13d'],
	[14 * DAY, '2w'],
	[35 * DAY, '5w'],
	[364 * DAY, '52w'],
	[365 * DAY, '1y'],
	[800 * DAY, '2y'],
	[Number.NaN, '-'],
]);

table('formatEta', formatEta, [
	[undefined, '-'],
	[-1, '-'],
	[Number.POSITIVE_INFINITY, '-'],
	[0, '0s'],
	[3200, '4s'],
	[80 * SECOND, '1m20s'],
	[12 * 60 * SECOND, '12m'],
	[2 * HOUR + 5 * 60 * SECOND, '2h05m'],
	[11 * HOUR, '11h'],
	[DAY, '>1d'],
]);

test('formatClock gives the local time of day', () => {
	assert.equal(formatClock(new Date(2026, 0, 2, 3, 4, 5).getTime()), '03:04:05');
	assert.equal(formatClock(Number.NaN), '--:--:--');
});
