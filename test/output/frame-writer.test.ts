import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createFrameWriter} from '../../source/output/frame-writer.ts';

const size = {columns: 80, rows: 24};
const mark = '\x1b[?2026h'.length + '\x1b[?2026l'.length;

/** What takes a terminal from one line in its fifth row to another, without the marks of the update. */
const change = (before: string, after: string): string => {
	const writer = createFrameWriter();
	const frame = (line: string): string => `first\n\n\n\n${line}\nlast`;
	writer.draw(frame(before), size);
	const output = writer.draw(frame(after), size);
	return output.slice('\x1b[?2026h'.length, -'\x1b[?2026l'.length);
};

const green = (text: string): string => `\x1b[32m${text}\x1b[39m`;
const bold = (text: string): string => `\x1b[1m${text}\x1b[22m`;

const changes: readonly (readonly [what: string, before: string, after: string, output: string])[] = [
	['a digit', 'CPU 41.2 %', 'CPU 41.3 %', '\x1b[5;8H3'],
	['the first cell', 'a', 'b', '\x1b[5Hb'],
	['a coloured digit', green('12'), green('13'), '\x1b[5;2H\x1b[32m3\x1b[m'],
	['only a style', 'ab', `a${bold('b')}`, '\x1b[5;2H\x1b[1mb\x1b[m'],
	['cells close together, by what is between them', 'a1bc2', 'a3bc4', '\x1b[5;2H3bc4'],
	['cells far apart, by a jump', 'a1......2', 'a3......4', '\x1b[5;2H3\x1b[6C4'],
	['styled cells close together, by a jump', `1${bold('-')}2`, `3${bold('-')}4`, '\x1b[5H3\x1b[C4'],
	['a line that ends sooner', 'abcdefgh', 'ab', '\x1b[5;3H\x1b[K'],
	['a line that ends a little sooner', 'abcde', 'abc', '\x1b[5;4H  '],
	[
		'a line that ends in a background',
		'abcdefgh',
		'ab\x1b[41m     \x1b[49m',
		'\x1b[5;3H\x1b[41m     \x1b[m ',
	],
	['one of two colours', '\x1b[31;44mx', '\x1b[32;44mx', '\x1b[5H\x1b[32;44mx\x1b[m'],
	['half of a wide glyph', '漢x', 'a x', '\x1b[5Ha '],
	['what comes after a wide glyph', '漢1', '漢2', '\x1b[5;3H2'],
	['what comes before an emoji', '1👍', '2👍', '\x1b[5H2'],
	['what comes after an emoji, with it', 'x👍1', 'x👍2', '\x1b[5;2H\x1b[K👍\x1b[5;4H2'],
	[
		'a line with a link, as it is',
		'x',
		'\x1b]8;;a\x07x\x1b]8;;\x07',
		'\x1b[5H\x1b[K\x1b]8;;a\x07x\x1b]8;;\x07\x1b[m',
	],
];

for (const [what, before, after, output] of changes)
	test(`draws ${what}`, () => {
		assert.equal(change(before, after), output);
	});

test('goes down a column by a byte a row', () => {
	const writer = createFrameWriter();
	writer.draw('a1\nb2\nc3', size);
	assert.equal(writer.draw('a4\nb5\nc6', size), '\x1b[?2026h\x1b[1;2H4\v\b5\v\b6\x1b[?2026l');
});

test('a frame that shows the same costs nothing', () => {
	const writer = createFrameWriter();
	const frame = `${green('●')} web-1   ${bold('42.1')}`;
	assert.notEqual(writer.draw(frame, size), '');
	assert.equal(writer.draw(frame, size), '');
	assert.equal(writer.draw(`${frame}   \n\n`, size), '');
	assert.equal(writer.draw(`\x1b[32;1m\x1b[22m●\x1b[0m web-1   \x1b[1m42.1`, size), '');
});

test('a number in each of 40 rows costs a few bytes each', () => {
	const writer = createFrameWriter();
	const table = (load: string): string =>
		Array.from({length: 40}, (_, row) => ` web-${row}`.padEnd(30) + green(load).padStart(20)).join('\n');
	const large = {columns: 160, rows: 45};
	writer.draw(table(' 1.25'), large);
	const output = writer.draw(table(' 1.26'), large);
	assert.ok(output.length <= mark + 40 * 4, `${output.length} bytes`);
});

test('draws everything after something else did, and for another size', () => {
	const writer = createFrameWriter();
	const whole = writer.draw('one\ntwo', size);
	assert.match(whole, /\x1b\[J.*one.*two/s);
	writer.forget();
	assert.equal(writer.draw('one\ntwo', size), whole);
	assert.equal(writer.draw('one\ntwo', {columns: 80, rows: 25}), whole);
});

test('leaves out what has no room', () => {
	const writer = createFrameWriter();
	const output = writer.draw('abc漢d\nsecond\nthird', {columns: 4, rows: 2});
	assert.match(output, /abc(?!漢|d)/);
	assert.match(output, /seco(?!n)/);
	assert.doesNotMatch(output, /thir/);
});
