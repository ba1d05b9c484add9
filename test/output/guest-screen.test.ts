import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createGuestScreen} from '../../source/output/guest-screen.ts';

/** What reaches the terminal of chunks that a program with a terminal has written. */
const passed = (...chunks: readonly string[]): string => {
	const guest = createGuestScreen();
	return chunks.map(chunk => Buffer.from(guest.pass(Buffer.from(chunk), true)).toString()).join('|');
};

const closing = (output: string): string => {
	const guest = createGuestScreen();
	guest.pass(Buffer.from(output), true);
	return guest.close();
};

const empty = '\x1b[m\x1b[r\x1b[2J\x1b[H';

for (const [what, chunks, expected] of [
	['text and colours', ['h\u00E9llo \x1b[31m漢\x1b[m\r\n'], 'h\u00E9llo \x1b[31m漢\x1b[m\r\n'],
	['a bare line feed moves down only', ['a\nb\r\nc\n\n'], 'a\vb\r\nc\v\v'],
	['a line end cut in two', ['a\r', '\nb'], 'a\r|\nb'],
	['the other screen is the guest\u2019s own', ['\x1b[?1049hvi\x1b[?1049l'], `${empty}vi${empty}`],
	['the other screen among other modes', ['\x1b[?1;1049;25h'], `\x1b[?1;25h${empty}`],
	['a sequence cut in two', ['x\x1b[?10', '49hy'], `x|${empty}y`],
	['a lone escape waits for what follows', ['x\x1b', '[31my'], 'x|\x1b[31my'],
	['a sequence without end is let go', [`\x1b[${'1;'.repeat(60)}`, 'm'], `\x1b[${'1;'.repeat(60)}|m`],
	['other modes', ['\x1b[?1000h\x1b[4h'], '\x1b[?1000h\x1b[4h'],
	['nothing', [''], ''],
] as const)
	test(what, () => {
		assert.equal(passed(...chunks), expected);
	});

test('without a terminal line feeds are the kernel\u2019s to complete', () => {
	const guest = createGuestScreen();
	assert.equal(Buffer.from(guest.pass(Buffer.from('a\nb\n'), false)).toString(), 'a\nb\n');
});

test('every byte that is no line feed passes unchanged', () => {
	const bytes = Uint8Array.from({length: 256}, (_, byte) => byte).filter(
		byte => byte !== 0x0a && byte !== 0x1b,
	);
	assert.deepEqual(Uint8Array.from(createGuestScreen().pass(bytes, true)), bytes);
});

test('what was set is set back, and nothing more than that and the usual', () => {
	const usual = closing('');
	assert.match(usual, /^\x1b\[!p/);
	assert.equal(closing('\x1b[?1003;1006h\x1b[?1006l'), `\x1b[?1003l${usual}`);
	assert.equal(closing('\x1b[5 q'), `\x1b[0 q${usual}`);
	assert.equal(closing('\x1b[>1u'), `\x1b[<99u\x1b[=0u${usual}`);
	assert.equal(closing('\x1b[>4;2m'), `\x1b[>4m${usual}`);
	assert.equal(closing('\x1b]11;#000000\x07'), `\x1b]111\x07${usual}`);
	assert.equal(closing('\x1b]11;?\x07\x1b]4;1;?\x07\x1b[?u\x1b[2J\x1b[?1049h\x1b[?2026h\x1b[?2026l'), usual);
});

test('a megabyte without line ends or with many escapes takes no time', () => {
	const guest = createGuestScreen();
	const from = performance.now();
	for (const piece of ['x', '\x1b', '\x1b[', '\n', '\x1b[31m', '\x1b]4;'])
		guest.pass(Buffer.from(piece.repeat(200_000)), true);
	assert.ok(performance.now() - from < 3000);
});
