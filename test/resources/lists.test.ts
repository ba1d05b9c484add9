import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Column} from '../../source/resources/column.ts';
import type {ImageRow, TagRow} from '../../source/resources/image-row.ts';
import {resources} from '../../source/resources/registry.ts';
import type {TransferRow} from '../../source/resources/transfer-row.ts';
import {transfersPane} from '../../source/resources/transfers-pane.ts';
import {context, event, image} from './rows.ts';

const cell = <Row>(columns: readonly Column<Row>[], id: string, row: Row, width = 40) => {
	const column = columns.find(each => each.id === id);
	assert.ok(column, id);
	return column.cell(row, context, width);
};

test('every list has an id of its own, unique columns and something to say when it is empty', () => {
	for (const [id, resource] of Object.entries(resources)) {
		assert.equal(resource.id, id);
		assert.match(resource.emptyMessage, /\.$/);
		const ids = resource.columns.map(column => column.id);
		assert.equal(new Set(ids).size, ids.length);
		if ('defaultSort' in resource) assert.ok(ids.includes(resource.defaultSort.columnId));
	}
});

test('images', () => {
	const {columns, search, rowId} = resources.images;
	const of = (facts: Partial<TagRow>): TagRow => ({
		kind: 'tag',
		image: image(),
		depth: 0,
		usedBy: [],
		isMarked: false,
		...facts,
	});
	const tagged = of({tag: 'nginx:1.27', usedBy: ['web', 'api']});
	const dangling = of({image: image({tags: []})});
	const untagged = of({image: image({tags: [], digests: ['reg.io/nginx@sha256:1']})});
	const texts = (row: ImageRow): readonly string[] =>
		columns.map(({cell: text}) => text(row, context, 40).text);
	assert.deepEqual(texts(tagged), [
		'nginx:1.27',
		'abcdef012345',
		'38.2MB',
		'',
		'',
		'5w',
		'',
		'',
		'web, api',
		'2',
	]);
	const measured = {...tagged, unique: {least: 0, most: 1_980_000}, platform: 'linux/arm64/v8'};
	assert.deepEqual(
		texts(measured).filter(text => text.startsWith('<') || text.startsWith('linux')),
		['<1.98MB', '<38.2MB', 'linux/arm64/v8'],
	);
	assert.deepEqual(cell(columns, 'reference', dangling), {
		text: '<none> abcdef012345 dangling',
		tone: 'watch',
	});
	assert.equal(cell(columns, 'reference', untagged).text, 'reg.io/nginx:<none> dangling');
	assert.deepEqual(cell(columns, 'reference', {...tagged, busyVerb: 'removing'}), {
		text: '⠋ removing nginx:1.27',
		tone: 'info',
	});
	assert.notEqual(rowId(tagged), rowId({...tagged, tag: 'nginx:latest'}));
	assert.deepEqual(search.fields.tag?.(tagged), ['1.27']);
	assert.deepEqual(search.fields.dangling?.(dangling), ['yes']);
});

test('events', () => {
	const {columns} = resources.events;
	const died = event({action: 'die', attributes: {name: 'web', image: 'nginx', exitCode: '137'}});
	assert.match(cell(columns, 'time', died).text, /^\d\d:\d\d:\d\d$/);
	assert.deepEqual(cell(columns, 'action', died), {text: 'die', tone: 'trouble'});
	assert.equal(cell(columns, 'detail', died).text, 'exit 137 nginx');
	assert.equal(cell(columns, 'action', event({action: 'die', attributes: {exitCode: '0'}})).tone, undefined);
	assert.equal(cell(columns, 'name', event({attributes: {}})).text, 'f'.repeat(12));
	assert.equal(
		cell(columns, 'name', event({type: 'image', actorId: 'nginx:1', attributes: {}})).text,
		'nginx:1',
	);
	assert.equal(
		cell(columns, 'detail', event({action: 'health_status', actionDetail: 'unhealthy'})).text,
		'unhealthy nginx',
	);
	assert.equal(cell(columns, 'name', event({attributes: {name: 'a\x1b[2Jb'}})).text, 'ab');
});

test('transfers', () => {
	const {columns} = transfersPane;
	const running: TransferRow = {
		id: '1',
		direction: 'pull',
		reference: 'nginx:1.27',
		state: 'running',
		fraction: 0.715,
		bytesPerSecond: 12_000_000,
		etaMs: 4000,
		status: 'Downloading',
	};
	const texts = (row: TransferRow): readonly string[] =>
		columns.map(({cell: text}) => text(row, context, 10).text);
	assert.deepEqual(texts(running), ['↓', 'nginx:1.27', '███████▏░░', '71%', '12MB/s 4s Downloading']);
	const {bytesPerSecond: _rate, etaMs: _eta, ...quiet} = running;
	assert.deepEqual(texts({...quiet, state: 'done', status: 'done'}), [
		'↓',
		'nginx:1.27',
		'██████████',
		'100%',
		'done',
	]);
	assert.equal(cell(columns, 'percent', {...running, fraction: 0.9999}).text, '99%');
	const {fraction: _, ...unknown} = running;
	assert.equal(cell(columns, 'percent', unknown).text, '');
	assert.equal(
		cell(columns, 'status', {...quiet, state: 'failed', status: 'no such host\x07'}).text,
		'no such host',
	);
	assert.equal(cell(columns, 'direction', {...running, direction: 'push', state: 'failed'}).tone, 'trouble');
});
