import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {gaugeLine} from '../../source/components/gauge.ts';
import {keyHintsLine} from '../../source/components/key-hints.ts';
import {type TableColumn, tableHeader, tableLine, tableLines} from '../../source/components/list-table.ts';
import {type PaneContent, paneLines} from '../../source/components/pane-lines.ts';
import {spinnerFrame} from '../../source/components/spinner.ts';
import {textFieldLine} from '../../source/components/text-field.ts';
import {treePrefix} from '../../source/components/tree.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {createTheme} from '../../source/theme/theme.ts';

const theme = createTheme({colours: 16, isUnicode: true});
const ascii = createTheme({colours: 'none', isUnicode: false});

const pane = (rest: Partial<PaneContent> = {}): PaneContent => ({
	width: 30,
	height: 4,
	title: '1 Containers',
	badges: ['48/60', '/web'],
	isFocused: false,
	lines: ['a'.padEnd(28)],
	theme,
	...rest,
});

test('a pane has its title and badges in the border', () => {
	assert.deepEqual(paneLines(pane({hasMoreAbove: true, hasMoreBelow: true})).map(withoutStyles), [
		'╭ 1 Containers 48/60  /web ─↑╮',
		`│${'a'.padEnd(28)}│`,
		`│${' '.repeat(28)}│`,
		`╰${'─'.repeat(27)}↓╯`,
	]);
});

test('a pane keeps its size at any width, and its title longer than its badges', () => {
	for (const title of ['1 Containers', '漢字 👍 pane', ''])
		for (let width = 0; width < 40; width++)
			for (const height of [0, 1, 2, 5]) {
				const lines = paneLines(pane({width, height, title, lines: []}));
				assert.equal(lines.length, height);
				for (const line of lines) assert.equal(stringWidth(line), width, JSON.stringify({title, width}));
			}
});

test('a badge that does not fit is left out rather than cut: half a number is a wrong one', () => {
	const title = (width: number): string => withoutStyles(paneLines(pane({width}))[0] ?? '');
	assert.equal(title(25), '╭ 1 Containers 48/60 ───╮');
	assert.equal(title(20), '╭ 1 Containers ────╮');
	assert.equal(title(12), '╭ 1 Cont… ─╮');
});

test('a pane in ASCII is ASCII', () => {
	for (const line of paneLines(pane({theme: ascii, title: '1 Größe'})))
		assert.match(withoutStyles(line), /^[\x20-\x7e]*$/);
});

const columns: readonly TableColumn[] = [
	{header: 'NAME', width: 8, align: 'left'},
	{header: 'SIZE', width: 5, align: 'right'},
];
const options = {columns, width: 20, theme};

test('a table line aligns its cells whatever is in them', () => {
	for (const name of ['web', 'a-very-long-name', '漢字漢字漢字', '👍👍👍👍👍', 'é'])
		for (const cursor of ['none', 'focused', 'idle'] as const) {
			const line = tableLine({cells: [{text: name, tone: 'good'}, {text: '1.2G'}]}, options, cursor);
			assert.equal(stringWidth(line), 20);
			assert.ok(withoutStyles(line).endsWith(' 1.2G   '), withoutStyles(line));
		}
});

test('the row under the cursor is one inverse band', () => {
	const row = {cells: [{text: 'web', tone: 'good'} as const, {text: '1'}], isMarked: true};
	assert.equal(tableLine(row, options, 'focused'), `\x1b[7m✓ web           1   \x1b[27m`);
	assert.match(tableLine(row, options), /\x1b\[36m✓/);
	assert.match(tableLine(row, options), /\x1b\[32mweb/);
});

test('a stale row is faint as a whole', () =>
	assert.equal(
		tableLine({cells: [{text: 'web', tone: 'good'}], isStale: true}, options),
		`\x1b[2m  web               \x1b[22m`,
	));

test('the header stands over its columns and shows the sort', () => {
	assert.equal(withoutStyles(tableHeader(options)), '  NAME       SIZE   ');
	assert.equal(withoutStyles(tableHeader(options, {index: 1, isDescending: true})), '  NAME      SIZE▾   ');
});

test('only the row at the cursor is selected', () => {
	const rows = ['a', 'b', 'c'].map(text => ({cells: [{text}]}));
	const inverse = tableLines(rows, {...options, cursor: 1, isFocused: true}).map(line =>
		line.includes('\x1b[7m'),
	);
	assert.deepEqual(inverse, [false, true, false]);
});

test('a gauge keeps its width and gives up the bar last', () => {
	const gauge = {label: 'MEM', fraction: 0.5, text: '212M/1.0G', theme};
	assert.equal(withoutStyles(gaugeLine({...gauge, width: 20})), 'MEM ███▌░░ 212M/1.0G'.replace('▌', '░'));
	for (let width = 0; width < 30; width++) assert.equal(stringWidth(gaugeLine({...gauge, width})), width);
});

const fields: readonly [string, number, number, string][] = [
	['abc', 3, 6, 'abc_  '],
	['abc', 1, 6, 'a[b]c   '],
	['abcdefgh', 8, 5, '…fgh_'],
	['abcdefgh', 0, 5, '[a]bcd…'],
	['漢字漢字', 4, 6, '…漢字_'],
	['漢字', 0, 5, '[漢]字 '],
	['', 0, 4, '_hos'],
];

for (const [value, cursor, width, expected] of fields)
	test(`a text field ${width} wide shows ${JSON.stringify(value)} at ${cursor}`, () => {
		const line = textFieldLine({value, cursor, width, isFocused: true, placeholder: 'host', theme});
		assert.equal(stringWidth(line), width);
		const shown = withoutStyles(
			line.replace(/\x1b\[7m ?(.*?) ?\x1b\[27m/, (_, under) => (under ? `[${under}]` : '_')),
		);
		assert.equal(shown.replace('ho…', 'hos'), expected);
	});

test('a text field shows escapes from the clipboard as text', () => {
	const line = textFieldLine({value: 'a\x1b[31mb\nc', cursor: 0, width: 10, isFocused: false, theme});
	assert.equal(line, 'ab c      ');
});

test('key hints are cut by whole entries', () => {
	const hints = ['stop', 'up', 'restart'].map(label => ({
		key: label.charAt(0),
		label,
		isEnabled: label !== 'up',
	}));
	assert.equal(withoutStyles(keyHintsLine(hints, 30, theme)), ' s stop  u up  r restart      ');
	assert.equal(withoutStyles(keyHintsLine(hints, 22, theme)), ' s stop  u up         ');
	assert.equal(withoutStyles(keyHintsLine(hints, 3, theme)), '   ');
	assert.match(keyHintsLine(hints, 30, theme), /\x1b\[2mu up\x1b\[22m/);
});

test('the spinner turns with the clock', () => {
	const frames = new Set(Array.from({length: 20}, (_, tick) => spinnerFrame(theme.glyphs, tick * 120)));
	assert.equal(frames.size, theme.glyphs.spinner.length);
});

test('a tree prefix', () => {
	assert.equal(treePrefix([], theme.glyphs), '');
	assert.equal(treePrefix([false], theme.glyphs), '├ ');
	assert.equal(treePrefix([false, true], theme.glyphs), '│ └ ');
	assert.equal(treePrefix([true, false], theme.glyphs), '  ├ ');
});
