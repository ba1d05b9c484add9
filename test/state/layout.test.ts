import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type PaneId, paneIds} from '../../source/state/model.ts';
import {type Layout, listHeight, readerHeight, selectLayout} from '../../source/state/selectors/layout.ts';
import {listView} from '../../source/state/selectors/rows.ts';
import {containerOf} from '../helpers/objects.ts';
import {after, worldOf} from './world.ts';

const sizes: readonly (readonly [columns: number, rows: number, mode: Layout['mode'], panes: number])[] = [
	[250, 70, 'wide', 5],
	[160, 45, 'wide', 5],
	[120, 40, 'wide', 5],
	[120, 18, 'wide', 5],
	[120, 17, 'stacked', 2],
	[119, 40, 'stacked', 2],
	[100, 30, 'stacked', 2],
	[80, 24, 'stacked', 2],
	[60, 15, 'stacked', 2],
	[59, 24, 'single', 1],
	[80, 14, 'single', 1],
	[50, 14, 'single', 1],
	[30, 8, 'single', 1],
	[29, 24, 'tiny', 0],
	[80, 7, 'tiny', 0],
	[20, 6, 'tiny', 0],
	[1, 1, 'tiny', 0],
];

for (const [columns, rows, mode, panes] of sizes) {
	suite(`at ${columns}x${rows}`, () => {
		for (const focus of paneIds) {
			test(`with the focus on ${focus}`, () => {
				const state = after(worldOf({columns, rows}), {type: 'ui/pane-focused', pane: focus});
				const layout = selectLayout(state);
				assert.equal(layout.mode, mode);
				assert.equal(layout.bodyHeight, Math.max(0, rows - 2));
				assert.equal(layout.columns.flat().length, panes);
				fills(layout, columns);
				if (mode !== 'tiny') assert.ok(layout.columns.flat().some(({pane}) => pane === focus));
				for (const {pane} of layout.columns.flat())
					if (pane !== 'resources') assert.ok(listHeight(state, pane) >= 1, `${pane} has a row`);
			});
		}

		test('zoomed the focused pane has it all', () => {
			const state = after(worldOf({columns, rows}), {type: 'ui/zoom-set', isZoomed: true});
			const whole = {pane: 'containers' satisfies PaneId, width: columns, height: rows - 2};
			assert.deepEqual(selectLayout(state).columns, mode === 'tiny' ? [] : [[whole]]);
		});

		test('has room to read', () => {
			assert.ok(readerHeight(worldOf({columns, rows})) >= 1);
		});
	});
}

/** Panes are neither over nor beside one another, and leave no row or column of the body. */
const fills = ({mode, columns: stacks, bodyHeight}: Layout, columns: number): void => {
	if (mode === 'tiny') return;
	let width = 0;
	for (const stack of stacks) {
		assert.equal(
			stack.reduce((sum, {height}) => sum + height, 0),
			bodyHeight,
		);
		assert.equal(new Set(stack.map(size => size.width)).size, 1);
		width += stack[0]?.width ?? 0;
	}
	assert.equal(width, columns);
};

test('a list that has fewer rows than room shows them all', () => {
	const state = worldOf({containers: [containerOf(1), containerOf(2)]});
	assert.deepEqual(listView(state, 'containers'), {cursor: 0, offset: 0, height: 20, count: 2});
});
