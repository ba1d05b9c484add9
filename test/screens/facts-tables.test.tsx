import assert from 'node:assert/strict';
import {test} from 'node:test';
import {renderToString} from 'ink';
import stringWidth from 'string-width';
import {decodeContainerFacts} from '../../source/engine/decode/container-facts.ts';
import type {JsonValue} from '../../source/engine/types.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {FactsTables} from '../../source/screens/container/facts-tables.tsx';
import {selectFactsLayout} from '../../source/state/selectors/facts-layout.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {recorded} from '../engine/fixtures.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, worldOf} from '../state/world.ts';

const theme = createTheme({colours: 256, isUnicode: true});

const body = (entries: number): JsonValue => {
	const value = JSON.parse(JSON.stringify(recorded('inspect-full-1.41')));
	value.Config.Env.push(...Array.from({length: entries}, (_, n) => `NAME_${n}=wert 値 ${n}`));
	return value;
};

const layoutOf = (columns: number, entries = 300) => {
	const objectId = idOf(1);
	const value = body(entries);
	const state = after(
		worldOf({containers: [containerOf(1)], columns, rows: 24}),
		{type: 'ui/screen-opened', screen: {kind: 'container', containerId: objectId, tab: 'config'}},
		{type: 'engine/document-loaded', objectId, value, facts: decodeContainerFacts(value)},
	);
	const layout = selectFactsLayout(state);
	assert.ok(layout);
	return layout;
};

const draw = (
	layout: ReturnType<typeof layoutOf>,
	offset: number,
	width: number,
	height: number,
): readonly string[] =>
	withoutStyles(
		renderToString(
			<FactsTables layout={layout} offset={offset} width={width} height={height} theme={theme} />,
			{
				columns: width,
			},
		),
	).split('\n');

for (const columns of [80, 160])
	test(`every window of the tables is the part of the whole that it should be, in ${columns} columns`, () => {
		const layout = layoutOf(columns, 20);
		const width = columns - 2;
		const whole = draw(layout, 0, width, layout.height);
		assert.equal(whole.length, layout.height);
		for (let offset = 0; offset <= layout.height - 20; offset += 7)
			assert.deepEqual(
				draw(layout, offset, width, 20),
				whole.slice(offset, offset + 20),
				`from line ${offset}`,
			);
		assert.ok(whole.every(line => stringWidth(line) <= width));
	});

test('of 300 entries only those on the screen are drawn', () => {
	const layout = layoutOf(80);
	assert.ok(layout.height > 330);
	const begin = performance.now();
	const lines = draw(layout, 150, 78, 20);
	assert.ok(performance.now() - begin < 1000);
	assert.match(lines.join('\n'), /NAME_\d+ +│ wert 値 \d+/);
	assert.equal(lines.length, 20);
});
