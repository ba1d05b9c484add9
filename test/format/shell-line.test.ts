import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {suite, test} from 'node:test';
import {shellLine} from '../../source/format/shell-line.ts';
import {randomTexts} from './random-text.ts';

const readBack = (line: string): readonly string[] => {
	const {stdout} = spawnSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`]);
	return stdout.toString('utf8').split('\0').slice(0, -1);
};

suite('a line for a shell', () => {
	const cases: readonly (readonly [words: readonly string[], line: string])[] = [
		[['docker', 'run'], 'docker run'],
		[[''], "''"],
		[['a b'], "'a b'"],
		[["it's"], `'it'\\''s'`],
		[['$HOME', '`id`', '!x', '*', '~'], "'$HOME' '`id`' '!x' '*' '~'"],
		[['a\nb'], "'a\nb'"],
		[['\u001B[31m'], `"$(printf '\\033')"'[31m'`],
		[['a\tb'], `a"$(printf '\\011')"b`],
		[['\u009B1m'], `"$(printf '\\302\\233')"1m`],
		[['日本', '-x'], "'日本' -x"],
	];
	for (const [words, line] of cases) {
		test(JSON.stringify(words), () => {
			assert.equal(shellLine(...words), line);
			assert.deepEqual(readBack(line), words);
		});
	}

	test('gives a shell back what it was made of, whatever that was', () => {
		const words = [...randomTexts(100)].map(text => text.replaceAll('\0', '').toWellFormed());
		const line = shellLine(...words);
		assert.deepEqual(readBack(line), words);
		assert.doesNotMatch(line, /[\0-\x09\x0b-\x1f\x7f-\x9f]/);
	});
});
