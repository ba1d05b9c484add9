import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.ts';
import {formatPorts, type PortLike} from '../../source/format/ports.ts';
import {quoteWord, splitWords} from '../../source/format/shell-words.ts';
import {wrap} from '../../source/format/wrap.ts';

const tcp = (privatePort: number, publicPort?: number): PortLike => ({
	privatePort,
	protocol: 'tcp',
	...(publicPort !== undefined && {publicPort}),
});

const ports: readonly [string, readonly PortLike[], string, string][] = [
	['none', [], '', ''],
	['published', [tcp(80, 8080)], '8080→80', '8080'],
	['exposed only', [tcp(443)], '443', ''],
	['both families', [tcp(80, 8080), tcp(80, 8080)], '8080→80', '8080'],
	['published first', [tcp(443), tcp(80, 8080)], '8080→80, 443', '8080'],
	['udp', [{privatePort: 53, publicPort: 53, protocol: 'udp'}], '53→53/udp', '53/udp'],
	['a range', [tcp(80, 8000), tcp(81, 8001), tcp(82, 8002)], '8000-8002→80-82', '8000-8002'],
	['no range over a gap', [tcp(80, 8000), tcp(82, 8001)], '8000→80, 8001→82', '8000,8001'],
	['an exposed range', [tcp(7001), tcp(7000)], '7000-7001', ''],
];

for (const [name, list, long, short] of ports)
	test(`formatPorts: ${name}`, () => {
		assert.equal(formatPorts(list), long);
		assert.equal(formatPorts(list, {isShort: true}), short);
	});

const commands: readonly [string, readonly string[]][] = [
	['', []],
	['  ', []],
	["sh -c 'a b'", ['sh', '-c', 'a b']],
	['a\\ b "c \\" d" e', ['a b', 'c " d', 'e']],
	[`x''y "" z`, ['xy', '', 'z']],
	['"a\\nb"', ['a\\nb']],
	['a\n\tb', ['a', 'b']],
	['漢 字', ['漢', '字']],
];

for (const [text, words] of commands)
	test(`splitWords ${JSON.stringify(text)}`, () =>
		assert.deepEqual(splitWords(text), {ok: true, value: words}));

for (const text of [`sh -c 'a`, '"b', 'c\\'])
	test(`splitWords refuses ${text}`, () => assert.equal(splitWords(text).ok, false));

test('a quoted word is read back as it was', () => {
	for (const word of ['plain', 'two words', "it's", '$HOME "x"', '', 'a\\b', '漢'])
		assert.deepEqual(splitWords(quoteWord(word)), {ok: true, value: [word]});
});

test('wrap breaks between words and never exceeds the width', () => {
	assert.deepEqual(wrap('the quick brown fox', 9), ['the quick', 'brown fox']);
	assert.deepEqual(wrap('the quick brown fox', 9, 1), ['the quic…']);
	assert.deepEqual(wrap('incomprehensible', 6), ['incom…']);
	assert.deepEqual(wrap('', 5), []);
	assert.deepEqual(wrap('a', 0), []);
	for (const line of wrap('漢字 漢字漢字 字 abc', 5)) assert.ok(cellWidth(line) <= 5);
});
