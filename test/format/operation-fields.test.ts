import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseChanges} from '../../source/format/commit-fields.ts';
import {parseGrace} from '../../source/format/grace-time.ts';
import {
	bytesField,
	parseCpuset,
	parsePids,
	parseReservation,
	parseShares,
	parseSwap,
} from '../../source/format/limit-fields.ts';
import type {Parsed} from '../../source/format/parsed.ts';
import {describeSignal, parseSignal} from '../../source/format/signal-name.ts';

const value = <Value>(parsed: Parsed<Value>): Value => {
	assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
	return parsed.value;
};

const reason = (parsed: Parsed<unknown>): string => {
	assert.equal(parsed.ok, false);
	return parsed.ok ? '' : parsed.reason;
};

suite('a signal', () => {
	for (const [text, signal] of [
		['HUP', 'SIGHUP'],
		['sighup', 'SIGHUP'],
		[' SIGKILL ', 'SIGKILL'],
		['9', '9'],
		['64', '64'],
		['RTMIN', 'SIGRTMIN'],
		['rtmin+3', 'SIGRTMIN+3'],
		['SIGRTMAX-14', 'SIGRTMAX-14'],
		['POLL', 'SIGPOLL'],
	] as const)
		test(`${text} is sent as ${signal}`, () => assert.equal(value(parseSignal(text)), signal));

	for (const text of ['', 'FOO', 'SIGSIGHUP', '0', '65', '-9', '9.5', 'RTMIN+16', 'RTMAX-15', 'constructor'])
		test(`"${text}" is none, and is told with those there are`, () => {
			const told = reason(parseSignal(text));
			assert.ok(told.startsWith(`"${text}": no signal; there are HUP INT`), told);
			assert.match(told, /RTMIN\+1 to 15, RTMAX-1 to 14, or 1 to 64$/);
		});

	test('is named for people', () => {
		assert.deepEqual(['SIGHUP', '9', '60'].map(describeSignal), ['SIGHUP', '9 (SIGKILL)', '60']);
	});
});

test('a grace period is whole seconds', () => {
	assert.deepEqual(
		['0', '30', '30s', ' 5 S '].map(text => value(parseGrace(text))),
		[0, 30, 30, 5],
	);
	for (const text of ['', 'soon', '-1', '1.5', '86401', '5m'])
		assert.match(reason(parseGrace(text)), /a grace period is 0 to 86400 seconds/);
});

suite('limits', () => {
	test('bytes stand in the largest unit that says them exactly', () => {
		for (const [bytes, text] of [
			[0, ''],
			[-1, '-1'],
			[1, '1'],
			[6 * 1024 ** 2, '6m'],
			[1.5 * 1024 ** 3, '1536m'],
			[2 * 1024 ** 4, '2t'],
			[1_000_000, '1000000'],
		] as const)
			assert.equal(bytesField(bytes), text);
	});

	test('memory and swap together', () => {
		assert.equal(value(parseSwap('-1')), -1);
		assert.equal(value(parseSwap('128m')), 128 * 1024 ** 2);
		for (const text of ['much', '-2', '']) assert.match(reason(parseSwap(text)), /-1 for unlimited swap/);
	});

	test('a reservation', () => {
		assert.deepEqual(
			['', '0', '-1', '32m'].map(text => value(parseReservation(text))),
			[-1, -1, -1, 32 * 1024 ** 2],
		);
		assert.match(reason(parseReservation('1m')), /6m at least/);
	});

	test('shares', () => {
		assert.deepEqual(
			['2', '262144'].map(text => value(parseShares(text))),
			[2, 262_144],
		);
		for (const text of ['1', '262145', 'half']) assert.match(reason(parseShares(text)), /from 2 to 262144/);
	});

	test('cores', () => {
		assert.deepEqual(
			['0', '0-2', '0-2, 5', '1,3'].map(text => value(parseCpuset(text))),
			['0', '0-2', '0-2,5', '1,3'],
		);
		for (const text of ['x', '2-1', '0-', ',', '-1'])
			assert.match(reason(parseCpuset(text)), /such as 0-2,5/);
	});

	test('processes', () => {
		assert.deepEqual(
			['', '0', '-1', '100'].map(text => value(parsePids(text))),
			[0, 0, 0, 100],
		);
		for (const text of ['many', '1.5', '-2']) assert.match(reason(parsePids(text)), /0 takes it away/);
	});
});

suite('changes of a commit', () => {
	for (const [text, parts] of [
		['', []],
		['CMD ["a"]', ['CMD ["a"]']],
		['cmd ["sh", "-c", "a; b"] ; ENV A=b;c', ['cmd ["sh", "-c", "a; b"]', 'ENV A=b;c']],
		['USER www; EXPOSE 80;', ['USER www', 'EXPOSE 80']],
	] as const)
		test(`"${text}" are ${parts.length}`, () => assert.deepEqual(value(parseChanges(text)), parts));

	for (const text of ['RUN make', 'CMD', 'nonsense'])
		test(`"${text}" is refused`, () => {
			assert.match(reason(parseChanges(text)), /a change begins with CMD, ENTRYPOINT/);
		});
});
