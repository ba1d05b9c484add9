import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {decodeFileStat} from '../../source/engine/decode/file-stat.ts';
import {formatMode} from '../../source/format/file-mode.ts';

const header = (facts: object): string => Buffer.from(JSON.stringify(facts)).toString('base64');
const stat = (mode: number, linkTarget = '') =>
	decodeFileStat(header({name: 'x', size: 5, mode, mtime: '2026-11-22T06:47:01.41Z', linkTarget}));

describe("the engine's stat of a path", () => {
	it('has the kinds and modes of Go', () => {
		assert.deepEqual(stat(2_147_484_141), {
			name: 'x',
			kind: 'directory',
			sizeBytes: 5,
			mode: 0o755,
			modifiedAt: Date.UTC(2026, 10, 22, 6, 47, 1, 410),
		});
		assert.equal(stat(134_218_239, '/etc').kind, 'symlink');
		assert.equal(stat(134_218_239, '/etc').linkTarget, '/etc');
		assert.equal(stat(33_554_852).kind, 'fifo');
		assert.equal(stat(2 ** 26 + 2 ** 21 + 0o666).kind, 'character-device');
		assert.equal(stat(2 ** 23 + 0o755).mode, 0o4755);
		assert.equal(stat(2 ** 31 + 2 ** 20 + 0o777).mode, 0o1777);
	});

	it('is refused when it is none', () => {
		for (const bad of [undefined, '', '%%%', header({}), header([])])
			assert.throws(() => decodeFileStat(bad), /did not tell/);
	});
});

describe('a mode', () => {
	it('reads as ls writes it', () => {
		const table: readonly (readonly [number, string])[] = [
			[0o755, 'rwxr-xr-x'],
			[0o640, 'rw-r-----'],
			[0o4755, 'rwsr-xr-x'],
			[0o4644, 'rwSr--r--'],
			[0o2750, 'rwxr-s---'],
			[0o1777, 'rwxrwxrwt'],
			[0o1776, 'rwxrwxrwT'],
			[0, '---------'],
		];
		for (const [mode, text] of table) assert.equal(formatMode(mode), text);
	});
});
