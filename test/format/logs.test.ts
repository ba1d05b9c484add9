import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {foldStyled, highlighted} from '../../source/format/fold-styled.ts';
import {prettyJson} from '../../source/format/json-log.ts';
import {parsePattern} from '../../source/format/pattern.ts';

suite('a pattern', () => {
	const refused = ['(', '[a', '(a+)+$', '(a|b)*c', '(x{2,})*', '(.)\\1', '.*.*.*.*'];
	for (const text of refused) {
		test(`${text} is refused with a reason`, () => {
			const parsed = parsePattern(text);
			assert.equal(parsed.ok, false);
			assert.ok(!parsed.ok && parsed.reason.length > 5);
		});
	}
	const cases: readonly (readonly [pattern: string, text: string, isFound: boolean])[] = [
		['error', 'an ERROR', true],
		['Error', 'an ERROR', false],
		['\\d+ms', '12ms', true],
		['\\S', 'x', true],
		['a|b', 'xb', true],
		['(ab)+', 'abab', true],
		['status=5\\d\\d', 'status=503', true],
	];
	for (const [pattern, text, isFound] of cases) {
		test(`${pattern} in ${text}: ${isFound}`, () => {
			const parsed = parsePattern(pattern);
			assert.ok(parsed.ok);
			assert.equal(parsed.value?.test(text), isFound);
		});
	}
	test('nothing typed is nothing sought', () => {
		assert.deepEqual(parsePattern(''), {ok: true, value: undefined});
	});
});

suite('folding', () => {
	const cases: readonly (readonly [text: string, width: number, rows: readonly string[]])[] = [
		['', 4, ['']],
		['abcd', 4, ['abcd']],
		['abcdef', 4, ['abcd', 'ef']],
		['漢字漢', 4, ['漢字', '漢']],
		['a漢字', 4, ['a漢', '字']],
		['\x1b[31mabcdef\x1b[0mgh', 4, ['\x1b[31mabcd\x1b[0m', '\x1b[31mef\x1b[0mgh']],
	];
	for (const [text, width, rows] of cases) {
		test(`${JSON.stringify(text)} in ${width}`, () => {
			assert.deepEqual(foldStyled(text, width), rows);
		});
	}
});

suite('highlighting', () => {
	const cases: readonly (readonly [text: string, pattern: RegExp, shown: string])[] = [
		['abc', /x/, 'abc'],
		['abcabc', /b/, 'a\x1b[7mb\x1b[27mca\x1b[7mb\x1b[27mc'],
		['abc', /abc/, '\x1b[7mabc\x1b[27m'],
		['a\x1b[31mbc\x1b[0md', /ab/, '\x1b[7ma\x1b[31m\x1b[7mb\x1b[27mc\x1b[0md'],
		['ab\x1b[0mcd', /cd/, 'ab\x1b[0m\x1b[7mcd\x1b[27m'],
		['abc', /x*/, 'abc'],
	];
	for (const [text, pattern, shown] of cases) {
		test(`${String(pattern)} in ${JSON.stringify(text)}`, () => {
			assert.equal(highlighted(text, pattern), shown);
		});
	}
});

suite('JSON lines', () => {
	const plain = (text: string): string => prettyJson(text).replaceAll(/\x1b\[[\d;]*m/g, '');
	const cases: readonly (readonly [text: string, told: string])[] = [
		['plain', 'plain'],
		['{"a":1', '{"a":1'],
		['[1]', '[1]'],
		['{"level":"warn","msg":"low disk","free":3}', 'WARN  low disk free=3'],
		['{"level":50,"msg":"failed","time":1,"err":{"code":2}}', 'ERROR failed err={"code":2} time=1'],
		['{"message":"m","path":"a b"}', 'm path="a b"'],
	];
	for (const [text, told] of cases) test(text, () => assert.equal(plain(text), told));
	test('the level has its colour', () => {
		assert.match(prettyJson('{"level":"error","msg":"x"}'), /^\x1b\[31mERROR\x1b\[0m x$/);
	});
});
