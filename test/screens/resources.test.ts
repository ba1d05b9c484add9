import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {sampleOf} from '../../source/engine/stats.ts';
import {cellWidth} from '../../source/format/cells.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {resourcesContent} from '../../source/screens/panes/resources-content.ts';
import type {Message} from '../../source/state/messages.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {containerOf, countersAt, idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from '../state/world.ts';

const theme = createTheme({colours: 'none', isUnicode: true});
const sampled: Message = {
	type: 'engine/stats-sampled',
	samples: [{id: idOf(0), sample: sampleOf(countersAt(now - 1000), countersAt(now))}],
	at: now,
};

const linesOf = (height: number, ...messages: readonly Message[]): readonly string[] => {
	const state = after(worldOf({containers: [containerOf(0)]}), sampled, ...messages);
	return resourcesContent(state, {pane: 'resources', width: 40, height}, theme).lines.map(withoutStyles);
};

describe('the resources pane', () => {
	const from = (local: number, api: number): Message => ({type: 'engine/stats-source', local, api});
	const table = [
		[[from(48, 2)], ' statistics: cgroupfs 48, API 2'],
		[[from(48, 0)], ' statistics: cgroupfs 48'],
		[[from(48, 2), from(0, 50)], ' statistics: API 50'],
	] as const;
	for (const [messages, expected] of table) {
		it(`ends with who counts:${expected}`, () => {
			for (const height of [14, 17, 18, 21, 40]) {
				const lines = linesOf(height, ...messages);
				assert.equal(lines.length, height - 2, `height ${height}`);
				assert.equal(lines.at(-1)?.trimEnd(), expected, `height ${height}`);
				for (const line of lines) assert.equal(cellWidth(line), 38);
				for (const label of ['CPU', 'MEM', 'NET', 'BLK']) {
					assert.equal(lines.filter(line => line.includes(` ${label} `)).length, 1);
				}
			}
		});
	}

	it('leaves it out where the graphs need every row, and when nothing is counted', () => {
		for (const lines of [linesOf(13, from(1, 1)), linesOf(30, from(0, 0)), linesOf(30)]) {
			assert.doesNotMatch(lines.join('\n'), /statistics/);
		}
	});
});
