import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fittedLines} from '../../source/screens/overlays/fitted-lines.ts';

const lines = ['  ', 'what', 'effect', '  ', 'f force', '  ', 'enter'];
const cases: readonly (readonly [room: number, shown: readonly string[]])[] = [
	[9, lines],
	[7, lines],
	[6, ['what', 'effect', 'f force', 'enter']],
	[4, ['what', 'effect', 'f force', 'enter']],
	[3, ['what', 'f force', 'enter']],
	[2, ['what', 'enter']],
	[1, ['enter']],
];
for (const [room, shown] of cases) {
	test(`a dialog in ${room} rows`, () => {
		assert.deepEqual(fittedLines(lines, room), shown);
	});
}
