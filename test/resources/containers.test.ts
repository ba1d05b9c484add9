import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Column} from '../../source/resources/column.ts';
import {containerColumns} from '../../source/resources/container-columns.ts';
import type {ContainerRow} from '../../source/resources/container-row.ts';
import {statusAge} from '../../source/resources/status-age.ts';
import {asciiGlyphs} from '../../source/theme/glyphs.ts';
import {context, details, group, HOUR, limited, NOW, row, sample} from './rows.ts';

const column = (id: string): Column<ContainerRow> => {
	const found = containerColumns.find(each => each.id === id);
	assert.ok(found, id);
	return found;
};

const states: readonly [string, ContainerRow, string, string | undefined][] = [
	['running', row(), '● up 3d', 'good'],
	['by its inspect', row({details: details({startedAt: NOW - 2 * HOUR})}), '● up 2h', 'good'],
	['healthy', row({health: 'healthy'}), '● up 3d ♥', 'good'],
	['unhealthy', row({health: 'unhealthy'}), '● up 3d !unhealthy', 'trouble'],
	[
		'in a crash loop',
		row({state: 'restarting'}, {alarms: [{kind: 'crash-loop', restarts: 4, withinMs: 300_000, exitCode: 1}]}),
		'↻ crash loop 4×/5m, exit 1',
		'trouble',
	],
	[
		'given up after a crash loop',
		row({state: 'exited', exitCode: 1}, {alarms: [{kind: 'crash-loop', restarts: 3, withinMs: 300_000}]}),
		'○ exited 1 ↻3×/5m',
		'trouble',
	],
	[
		'up again after a kill for memory',
		row(
			{details: details({startedAt: NOW - 5000})},
			{alarms: [{kind: 'oom', at: NOW - 120_000, kills: 1, limitBytes: 0}]},
		),
		'● up 5s !OOM 2m',
		'trouble',
	],
	[
		'health starting',
		row({health: 'starting', statusText: 'Up 2 seconds (health: starting)'}),
		'● up 2s …',
		'watch',
	],
	['paused', row({state: 'paused', statusText: 'Up 5 minutes (Paused)'}), '◐ paused 5m', 'watch'],
	['restarting', row({state: 'restarting', exitCode: 1}), '↻ restarting 1', 'watch'],
	[
		'exited well',
		row({state: 'exited', exitCode: 0, statusText: 'Exited (0) 2 days ago'}),
		'○ exited 0 2d',
		'dim',
	],
	[
		'out of memory',
		row({state: 'exited', details: details({exitCode: 137, isOomKilled: true, finishedAt: NOW - 2 * HOUR})}),
		'○ exited 137 OOM 2h',
		'trouble',
	],
	['exited, nothing known', row({state: 'exited', statusText: ''}), '○ exited', 'dim'],
	['created', row({state: 'created'}), '◌ created 3d', 'dim'],
	[
		'failed to start',
		row({state: 'created', details: details({error: 'no such file'})}),
		'◌ start failed 3d',
		'trouble',
	],
	['removing', row({state: 'removing'}), '⌫ removing', 'watch'],
	['dead', row({state: 'dead'}), '✖ dead', 'trouble'],
	['unknown', row({state: 'unknown', statusText: 'Odd\x1b[2J'}), '? Odd', 'watch'],
	['busy', row({}, {busyVerb: 'stopping'}), '⠋ stopping', 'info'],
	['a group all up', group(), '5 up', 'good'],
	['a group in part', group({up: 3, unhealthy: 1}), '3/5 up 1 unhealthy', 'trouble'],
	[
		'a group with different alarms',
		group({
			alarms: [
				{kind: 'unhealthy', output: ''},
				{kind: 'oom', kills: 1, limitBytes: 0},
			],
		}),
		'5 up 2 alarms',
		'trouble',
	],
	['a group down', group({up: 0}), '0/5 up', 'dim'],
];

for (const [name, of, text, tone] of states)
	test(`state: ${name}`, () => {
		const cell = column('state').cell(of, context, 30);
		assert.deepEqual([cell.text, cell.tone], [text, tone]);
	});

const ages: readonly [string, string][] = [
	['Up Less than a second', '0s'],
	['Up 1 second', '1s'],
	['Up About a minute', '1m'],
	['Up About an hour (healthy)', '1h'],
	['Exited (137) 5 weeks ago', '5w'],
	['Exited (0) 3 months ago', '12w'],
	['Up 2 years', '2y'],
	['Created', ''],
	['', ''],
];

for (const [text, age] of ages) test(`status age of "${text}"`, () => assert.equal(statusAge(text), age));

const cells: readonly [string, ContainerRow, number, string][] = [
	['name', group({isCollapsed: true}), 20, '▸ shop'],
	['name', row({project: 'shop'}, {depth: 1}), 20, '  api-1'],
	['name', row({name: 'shopper', project: 'shop'}, {depth: 1}), 20, '  shopper'],
	['name', row({name: 'shop', project: 'shop'}, {depth: 1}), 20, '  shop'],
	['cpu', row({}, {stats: sample()}), 5, ' 42.1'],
	['cpu', row({}, {stats: sample()}), 11, ' 42.1   ▁▄█'],
	['cpu', row(), 5, '    -'],
	['cpu', row({state: 'exited'}), 5, ''],
	['cpu', group({cpuPercent: 137}), 5, '  137'],
	['memory', row(limited, {stats: sample()}), 9, '212M/1.0G'],
	['memory', row({}, {stats: sample()}), 9, '212M'],
	[
		'memory',
		row(limited, {stats: sample({memoryBytes: 1023 * 1024 ** 2, memoryLimitBytes: 31.3 * 1024 ** 3})}),
		8,
		'1023M',
	],
	['memory', row({}, {stats: sample({memoryLimitBytes: 0})}), 9, '212M'],
	['memory', row({state: 'exited'}), 9, ''],
	['net', row({}, {stats: sample()}), 9, '1.2k/3.4k'],
	['block', row({}, {stats: sample()}), 9, '0/1.0M'],
	['pids', row({}, {stats: sample()}), 5, '12'],
	['id', row(), 12, 'c0ffeec0ffee'],
	['ports', row(), 8, '8080→80'],
	['ports', row(), 6, '8080'],
	['image', row({image: `sha256:${'e'.repeat(64)}`}), 20, 'e'.repeat(12)],
	['image', row({image: 'reg.example.com/team/api:1.4.2'}), 20, '…/api:1.4.2'],
	['net', group(), 9, ''],
];

for (const [id, of, width, text] of cells)
	test(`${id} in ${width} cells is ${JSON.stringify(text)}`, () =>
		assert.equal(column(id).cell(of, context, width).text, text));

test('memory near its limit is said in colour', () => {
	const tone = (share: number): string | undefined =>
		column('memory').cell(row(limited, {stats: sample({memoryBytes: share * 1024 ** 3})}), context, 9).tone;
	assert.deepEqual([tone(0.5), tone(0.85), tone(0.96)], [undefined, 'watch', 'trouble']);
});

test('in ASCII every cell is ASCII', () => {
	for (const each of containerColumns)
		for (const of of [row({health: 'healthy'}, {stats: sample()}), group()])
			assert.match(each.cell(of, {...context, glyphs: asciiGlyphs, spinner: '|'}, 30).text, /^[\x20-\x7e]*$/);
});

test('columns sort by what they mean, unknown numbers first', () => {
	const sorted = (id: string, rows: readonly ContainerRow[]): readonly string[] =>
		rows
			.toSorted(column(id).compare)
			.map(each => (each.kind === 'group' ? each.project : each.container.name));
	const named = (name: string, cpuPercent?: number): ContainerRow =>
		row({name}, cpuPercent === undefined ? {} : {stats: sample({cpuPercent})});
	assert.deepEqual(sorted('name', [named('web-10'), named('web-9'), named('Alpha')]), [
		'Alpha',
		'web-9',
		'web-10',
	]);
	assert.deepEqual(sorted('cpu', [named('a', 5), named('b'), named('c', 0), named('d')]), [
		'b',
		'd',
		'c',
		'a',
	]);
	const inState = (name: string, state: 'running' | 'exited' | 'dead'): ContainerRow => row({name, state});
	assert.deepEqual(sorted('state', [inState('a', 'dead'), inState('b', 'exited'), inState('c', 'running')]), [
		'c',
		'b',
		'a',
	]);
});
