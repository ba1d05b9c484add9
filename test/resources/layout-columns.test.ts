import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {type TableOptions, tableHeader, tableLine} from '../../source/components/list-table.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {COLUMN_GAP, MARK_GUTTER} from '../../source/format/table-metrics.ts';
import type {Column} from '../../source/resources/column.ts';
import {layoutColumns, rowCells} from '../../source/resources/layout-columns.ts';
import {resources} from '../../source/resources/registry.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {context, event, group, image, limited, row, sample} from './rows.ts';

const shown = (width: number): readonly string[] =>
	layoutColumns(resources.containers.columns, width).map(({column}) => column.id);

test('at 80x24 the containers show what matters most', () => {
	for (const id of ['name', 'state', 'cpu', 'memory']) assert.ok(shown(78).includes(id), id);
});

test('in the left pane at 160 columns they show everything up to the ports', () => {
	for (const width of [98, 103, 108])
		assert.deepEqual(shown(width), ['name', 'image', 'state', 'cpu', 'memory', 'net', 'ports']);
});

test('the sparkline has room there', () => {
	const cpu = layoutColumns(resources.containers.columns, 103).find(({column}) => column.id === 'cpu');
	assert.ok((cpu?.width ?? 0) >= 9);
});

test('very wide terminals show the rest', () => {
	assert.ok(shown(158).includes('block'));
	assert.deepEqual(shown(248).slice(-3), ['block', 'pids', 'id']);
});

test('the lowest priority goes first, and no column comes back on the way down', () => {
	for (const {columns} of Object.values(resources)) {
		let before = Number.POSITIVE_INFINITY;
		for (let width = 260; width >= 0; width--) {
			const list: readonly Pick<Column<never>, 'id' | 'priority'>[] = layoutColumns<never>(
				columns as readonly Column<never>[],
				width,
			).map(({column}) => column);
			const priorities = list.map(({priority}) => priority).sort((a, b) => a - b);
			assert.deepEqual(
				priorities,
				priorities.map((_, index) => index + 1),
				`a gap at ${width}`,
			);
			assert.ok(list.length <= before);
			before = list.length;
		}
	}
});

test('columns never exceed the line and take the whole of it while one can grow', () => {
	for (let width = 0; width <= 260; width++) {
		const columns = layoutColumns(resources.containers.columns, width);
		const used =
			columns.reduce((sum, column) => sum + column.width, MARK_GUTTER) +
			COLUMN_GAP * Math.max(columns.length - 1, 0);
		assert.ok(used <= Math.max(width, MARK_GUTTER), `${used} in ${width}`);
		if (width > MARK_GUTTER + 14 && width < 200) assert.ok(width - used <= 30, `${used} in ${width}`);
	}
});

const theme = createTheme({colours: 16, isUnicode: true});
const names = [
	'shop-api-1',
	'漢字漢字漢字漢字漢字漢字',
	'👍👩\u200d👧-emoji-👍🏽-name-that-is-long',
	'e\u0301'.repeat(30),
	'שלום',
	'\x1b[2J\x1b]0;x\x07evil\u202e',
	'',
];

test('every list keeps its columns aligned at any width, whatever is in the cells', () => {
	const check = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void => {
		for (const width of [30, 58, 78, 98, 103, 118, 158, 248]) {
			const laidOut = layoutColumns(columns, width);
			const options: TableOptions = {columns: laidOut, width, theme};
			assert.equal(stringWidth(tableHeader(options)), width);
			for (const each of rows) {
				const line = tableLine({cells: rowCells(laidOut, each, context)}, options);
				assert.equal(stringWidth(line), width, line);
				assert.doesNotMatch(withoutStyles(line), /\p{Cc}/u);
			}
		}
	};
	check(resources.containers.columns, [
		...names.flatMap(name => [
			row({name, image: name}, {stats: sample()}),
			row({name, project: name, state: 'exited', exitCode: 137}, {depth: 1, busyVerb: 'removing'}),
			row({
				name,
				ports: Array.from({length: 30}, (_, index) => ({privatePort: index * 7 + 1, protocol: 'udp'})),
			}),
		]),
		group({project: names[1] ?? '', up: 3, unhealthy: 2, cpuPercent: 4000, memoryBytes: 1e13}),
	]);
	check(
		resources.images.columns,
		names.flatMap(tag => [
			{kind: 'tag' as const, image: image(), tag, depth: 0 as const, usedBy: [tag, tag], isMarked: false},
			{kind: 'tag' as const, image: image(), depth: 1 as const, usedBy: [], platform: tag, isMarked: true},
			{
				kind: 'repository' as const,
				repository: tag,
				tagCount: 12_345,
				createdAt: 0,
				usedBy: [tag],
				isCollapsed: true,
				unique: {least: 0, most: 1e15},
			},
		]),
	);
	check(
		resources.events.columns,
		names.map(name => event({action: name, attributes: {name, image: name}})),
	);
	check(
		resources.transfers.columns,
		names.map(reference => ({
			id: '1',
			direction: 'pull',
			reference,
			state: 'running',
			fraction: 0.5,
			status: reference,
		})),
	);
});

test('the dashboard of the design', () => {
	const rows = [
		group(),
		row({...limited, project: 'shop', health: 'healthy'}, {depth: 1, stats: sample()}),
		row({
			name: 'old-job',
			image: 'busybox',
			state: 'exited',
			exitCode: 137,
			ports: [],
			statusText: 'Exited (137) 2 hours ago',
		}),
	];
	const laidOut = layoutColumns(resources.containers.columns, 103);
	const options: TableOptions = {columns: laidOut, width: 103, theme};
	const lines = [
		tableHeader(options),
		...rows.map(each => tableLine({cells: rowCells(laidOut, each, context)}, options)),
	];
	assert.deepEqual(
		lines.map(line => withoutStyles(line).trimEnd()),
		[
			'  NAME             IMAGE            STATE                 CPU%                MEM    NET I/O  PORTS',
			'  ▾ shop                            5 up',
			'    api-1          shop/api:1.4     ● up 3d ♥             42.1   ▁▄█    212M/1.0G  1.2k/3.4k  8080→80',
			'  old-job          busybox          ○ exited 137 2h',
		],
	);
});
