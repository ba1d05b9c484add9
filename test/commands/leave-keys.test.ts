import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {createLeaveKeys, createLineInput} from '../../source/commands/leave-keys.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

suite('ctrl-p ctrl-q', () => {
	for (const [what, typed, sent, hasLeft] of [
		['other keys pass', ['ls\r'], 'ls\r', false],
		['together', ['\x10\x11'], '', true],
		['one after the other', ['\x10', '\x11'], '', true],
		['what came before is sent', ['ls\x10\x11more'], 'ls', true],
		['ctrl-p alone goes with the next key', ['\x10', 'a'], '\x10a', false],
		['ctrl-p twice', ['\x10', '\x10', '\x11'], '\x10', true],
		['ctrl-q alone passes', ['\x11'], '\x11', false],
		['every byte', ['\xff\x80\x00'], '\xff\x80\x00', false],
	] as const)
		test(what, () => {
			const keys = createLeaveKeys();
			const results = typed.map(each => keys(Buffer.from(each, 'latin1')));
			assert.equal(results.map(({send}) => text(send)).join(''), sent);
			assert.equal(results.at(-1)?.hasLeft, hasLeft);
		});
});

suite('a line for a process without a terminal', () => {
	for (const [what, typed, sent, echo, hasLeft] of [
		['is sent when it is done', ['a', 'b', '\r'], 'ab\n', 'ab\n', false],
		['not before', ['ab'], '', 'ab', false],
		[
			'backspace takes a character with all its bytes',
			['h\u00E9', '\x7f', 'i\r'],
			'hi\n',
			'h\u00E9\b \bi\n',
			false,
		],
		['backspace on nothing', ['\x7f\r'], '\n', '\n', false],
		['ctrl-u takes all', ['abc\x15d\r'], 'd\n', `abc${'\b \b'.repeat(3)}d\n`, false],
		['a paste of several lines', ['a\nb\n'], 'a\nb\n', 'a\nb\n', false],
		['other control keys are left out', ['a\x1bb\x01\r'], 'ab\n', 'ab\n', false],
		['ctrl-c leaves', ['a\r\x03b'], 'a\n', 'a\n', true],
		['ctrl-d leaves', ['\x04'], '', '', true],
		['ctrl-p ctrl-q leaves', ['x\r\x10', '\x11'], 'x\n', 'x\n', true],
	] as const)
		test(what, () => {
			const input = createLineInput();
			const results = typed.map(each => input(Buffer.from(each)));
			assert.equal(results.map(({send}) => Buffer.from(send).toString()).join(''), sent);
			assert.equal(results.map(each => each.echo).join(''), echo);
			assert.equal(results.at(-1)?.hasLeft, hasLeft);
		});
});
