import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sanitise, sanitiseLog} from '../../source/format/sanitise.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {randomTexts} from './random-text.ts';

const lines: readonly [string, string, string][] = [
	['plain text stays', 'shop-api-1', 'shop-api-1'],
	['a colour', '\x1b[31mred\x1b[0m', 'red'],
	['cursor and erase', 'a\x1b[2J\x1b[10;5Hb', 'ab'],
	['a title', '\x1b]0;owned\x07name', 'name'],
	['the clipboard', '\x1b]52;c;QQ==\x1b\\name', 'name'],
	['a link', '\x1b]8;;http://evil\x1b\\name\x1b]8;;\x1b\\', 'name'],
	['a device control string', '\x1bPq#0;2\x1b\\name', 'name'],
	['application and privacy messages', '\x1b_x\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\name', 'name'],
	['8-bit introducers', '\x9b31mred\x9d0;t\x9cname', 'redname'],
	['an unfinished string hides nothing', '\x1b]0;visible', '0;visible'],
	['an unfinished CSI', 'a\x1b[31', 'a'],
	['a charset switch', '\x1b(0lqk\x1b(B', 'lqk'],
	['a lone escape', 'a\x1b', 'a'],
	['controls', 'a\x00\x07\x08\x7fb', 'ab'],
	['line breaks and tabs', 'a\r\nb\tc\u2028d\x85e', 'a b c d e'],
	['bidirectional overrides', 'abc\u202etxt.exe\u2066\u2069', 'abctxt.exe'],
	['zero width', 'a\u200bb\u200dc\ufeffd\u00ade\u2060', 'abcde'],
	['hangul fillers', 'a\u3164\u115fb', 'ab'],
	['right to left letters stay', 'שלום', 'שלום'],
	['composed where possible', 'e\u0301', 'é'],
	['a mark without a base', '\u0301abc', 'abc'],
	['piled marks', `a${'\u0323'.repeat(50)}`, 'ạ\u0323\u0323\u0323\u0323'],
	['joined emoji fall apart', '👩\u200d👧', '👩👧'],
	['skin tones', '👍🏽', '👍'],
	['an emoji selector', '❤\ufe0f', '❤'],
	['half a surrogate pair', '\ud83dx', '\ufffdx'],
	['flags stay', '🇩🇪', '🇩🇪'],
];

for (const [name, text, expected] of lines)
	test(`sanitise: ${name}`, () => assert.equal(sanitise(text), expected));

const RESET = '\x1b[0m';

const logs: readonly [string, string, string][] = [
	['plain', 'GET / 200', 'GET / 200'],
	['colours', '\x1b[31mred\x1b[39m plain', `\x1b[31mred\x1b[39m plain${RESET}`],
	['long colours', '\x1b[1;38;5;208mx\x1b[48;2;1;2;3my', `\x1b[1;38;5;208mx\x1b[48;2;1;2;3my${RESET}`],
	['a reset without number', '\x1b[mx', `\x1b[0mx${RESET}`],
	['an 8-bit colour', '\x9b32mx', `\x1b[32mx${RESET}`],
	['blink, conceal and inverse', '\x1b[5;8;7mx', 'x'],
	['parts of a style', '\x1b[5;31mx', `\x1b[31mx${RESET}`],
	['impossible colours', '\x1b[38;5;999mx\x1b[38;2;1mx', 'xx'],
	['private and colon forms', '\x1b[?25lx\x1b[>4;2my\x1b[4:3mz', 'xyz'],
	['cursor movement', 'a\x1b[5Ab\x1b[Kc', 'abc'],
	['the clipboard', '\x1b]52;c;QQ==\x07x', 'x'],
	['tabs', 'a\tb\t\tc', 'a       b               c'],
	['tabs behind wide glyphs and colours', '漢\x1b[31m\tb', `漢\x1b[31m      b${RESET}`],
	['the last of the progress', 'pull 10%\rpull 50%', 'pull 50%'],
	['a carriage return at the end', 'pull 10%\rpull 50%\r', 'pull 50%'],
	['a carriage return before an erase only', 'done\r\x1b[K', 'done'],
	['only carriage returns', '\r\r', ''],
];

for (const [name, text, expected] of logs)
	test(`sanitiseLog: ${name}`, () => assert.equal(sanitiseLog(text), expected));

test('a log line carries a bounded number of styles', () => {
	const line = sanitiseLog('\x1b[31mx'.repeat(10_000));
	assert.equal(withoutStyles(line).length, 10_000);
	assert.ok(line.length < 10_500);
});

const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

test('nothing that moves, hides or reorders comes through, and once is enough', () => {
	for (const text of randomTexts(10_000, 3)) {
		const safe = sanitise(text);
		assert.doesNotMatch(safe, FORBIDDEN, JSON.stringify(text));
		assert.equal(sanitise(safe), safe, JSON.stringify(text));
	}
});

test('of a log line only colours come through', () => {
	for (const text of randomTexts(10_000, 4)) {
		const safe = sanitiseLog(text);
		assert.doesNotMatch(withoutStyles(safe), FORBIDDEN, JSON.stringify(text));
		if (safe.includes('\x1b')) assert.ok(safe.endsWith(RESET), JSON.stringify(text));
	}
});

test('a flood of introducers costs linear time', () => {
	for (const flood of ['\x1b]', '\x9d', '\x1b[', '\x1b[1;', '\x1bP\x07', '\u0301', '\x1b]a\r']) {
		const started = performance.now();
		sanitise(flood.repeat(100_000));
		sanitiseLog(flood.repeat(100_000));
		assert.ok(performance.now() - started < 3000, JSON.stringify(flood));
	}
});
