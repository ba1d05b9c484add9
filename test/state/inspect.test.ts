import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {decodeContainerFacts} from '../../source/engine/decode/container-facts.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {JsonValue} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {factsView, selectFactsLayout} from '../../source/state/selectors/facts-layout.ts';
import {inspectCursor} from '../../source/state/selectors/inspect-cursor.ts';
import {selectInspectRows} from '../../source/state/selectors/inspect-rows.ts';
import {listView} from '../../source/state/selectors/rows.ts';
import {recorded} from '../engine/fixtures.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from './world.ts';

const objectId = idOf(1);
const loaded = (value: JsonValue): Message => ({
	type: 'engine/document-loaded',
	objectId,
	value,
	facts: decodeContainerFacts(value),
});
const open = (tab: 'inspect' | 'config' | 'network'): Message => ({
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: objectId, tab},
	title: 'c1',
});
const find = (text: string): readonly Message[] => [
	{type: 'document/find-began', path: '.Id'},
	{type: 'ui/query-opened', id: 'inspect.find'},
	...[...text].map((letter): Message => ({type: 'ui/query-edited', edit: {kind: 'insert', text: letter}})),
];

const large = (value: string) =>
	Object.fromEntries(Array.from({length: 20}, (_, n) => [`k${n}`, `${value}${n}`]));
const document = {
	Id: 'abc',
	Small: {a: 1},
	Config: {Deep: large('deep'), Env: ['A=1', 'TOKEN=abc']},
	Host: large('host'),
};
const world = (columns = 120, rows = 40): State => worldOf({containers: [containerOf(1)], columns, rows});
const inspecting = (value: JsonValue = document): State => after(world(), open('inspect'), loaded(value));
const labels = (state: State): readonly string[] =>
	selectInspectRows(state).map(({node, line}) => line ?? node.label);
const path = (state: State): string | undefined => inspectCursor(state)?.node.path;
const land = (key: string): Message => ({type: 'ui/landed', list: 'inspect', key});
const unfold = (...paths: readonly string[]): Message => ({
	type: 'document/unfolded',
	unfolded: new Set(paths),
});

suite('the tree', () => {
	test('begins with its small branches open', () => {
		assert.deepEqual(labels(inspecting()), ['Id', 'Small', 'a', 'Config', 'Host']);
	});

	test('keeps what is open, and its cursor on its path, over a reload that moves rows', () => {
		const before = after(inspecting(), unfold('.Config', '.Config.Env'), land('.Config.Env[1]'));
		const next = after(before, loaded({First: 1, Second: {b: 2}, ...document}));
		assert.equal(path(next), '.Config.Env[1]');
		assert.ok(labels(next).includes('First'));
		// What is new is folded: what was there has not moved by more than its row.
		assert.ok(!labels(next).includes('b'));
	});

	test('is kept when a later load fails, and dropped for another object', () => {
		const fault = {kind: 'not-found', message: 'No such container', at: now} as const;
		const failed = after(inspecting(), {type: 'engine/document-failed', objectId, fault});
		assert.deepEqual(labels(failed), labels(inspecting()));
		assert.equal(
			new EngineError('not-found', fault.message).kind,
			failed.document?.loading.status === 'failed' ? failed.document.loading.fault.kind : '',
		);
		const other: Message = {
			type: 'ui/screen-opened',
			screen: {kind: 'container', containerId: idOf(2), tab: 'inspect'},
		};
		assert.equal(after(failed, other).document?.value, undefined);
	});

	test('shows a long text line by line when it is unfolded, none of it lost', () => {
		const text = `${'word '.repeat(100)}\nlast line`;
		const state = after(inspecting({Id: 'x', Text: text}), unfold('.Text'));
		const rows = selectInspectRows(state).filter(({line}) => line !== undefined);
		assert.ok(rows.length > 3);
		assert.equal(rows.at(-1)?.line, 'last line');
		assert.equal(
			rows
				.map(({line}) => line)
				.join(' ')
				.replaceAll(/\s+/g, ''),
			text.replaceAll(/\s+/g, ''),
		);
		assert.ok(rows.every(({line}) => (line ?? '').length <= 116));
	});

	test('leaves its last line to the path of the cursor', () => {
		const state = inspecting(Object.fromEntries(Array.from({length: 100}, (_, n) => [`k${n}`, n])));
		assert.equal(listView(state, 'inspect').height, 40 - 2 - 1 - 2 - 1);
	});
});

suite('finding', () => {
	test('goes to the first match as it is typed, and unfolds what is around it', () => {
		const state = after(inspecting(), ...find('deep7'));
		assert.equal(path(state), '.Config.Deep.k7');
		assert.ok(labels(state).includes('k19'));
	});

	test('goes back where it began when it is dropped, and stays when it is kept', () => {
		const found = after(inspecting(), ...find('host3'));
		assert.equal(path(after(found, {type: 'ui/query-closed', isKept: true})), '.Host.k3');
		assert.equal(path(after(found, {type: 'ui/query-closed', isKept: false})), '.Id');
	});

	test('finds nothing in what is masked', () => {
		assert.equal(path(after(inspecting(), ...find('abc'))), '.Id');
		const secret = after(inspecting(), land('.Small'), ...find('TOKEN='));
		assert.equal(path(secret), '.Config.Env[1]');
		assert.equal(path(after(inspecting({Id: 'x', A: {TOKEN: 'zebra'}}), ...find('zebra'))), '.Id');
		const shown = after(
			inspecting({Id: 'x', A: {TOKEN: 'zebra'}}),
			{type: 'document/secrets-toggled'},
			...find('zebra'),
		);
		assert.equal(path(shown), '.A.TOKEN');
	});
});

suite('the tables', () => {
	const value = JSON.parse(JSON.stringify(recorded('inspect-full-1.41')));
	const reading = (tab: 'config' | 'network', columns: number, rows: number): State =>
		after(world(columns, rows), open(tab), loaded(value));
	const scroll = (movement: Extract<Message, {type: 'ui/scrolled'}>['movement']): Message => ({
		type: 'ui/scrolled',
		movement,
	});

	test('lie in two columns on a wide screen, in one on a narrow one, each filled to its edge', () => {
		assert.equal(selectFactsLayout(reading('config', 160, 45))?.columns.length, 2);
		const layout = selectFactsLayout(reading('config', 80, 24));
		assert.equal(layout?.columns.length, 1);
		for (const {
			layout: {widths},
		} of layout?.columns[0]?.tables ?? [])
			assert.equal(
				widths.reduce((sum, width) => sum + width + 3, 1),
				78,
			);
	});

	test('scroll within their length, each tab for itself', () => {
		const top = reading('config', 80, 24);
		const {count, height} = factsView(top);
		assert.ok(count > height);
		assert.equal(factsView(after(top, scroll({kind: 'lines', count: -1}))).offset, 0);
		assert.equal(factsView(after(top, scroll({kind: 'lines', count: 3}))).offset, 3);
		const end = after(top, scroll({kind: 'end'}));
		assert.equal(factsView(end).offset, count - height);
		assert.equal(factsView(after(end, scroll({kind: 'lines', count: 1}))).offset, count - height);
		const network = after(end, open('network'));
		assert.equal(factsView(network).offset, 0);
		assert.equal(factsView(after(network, open('config'))).offset, count - height);
		// On a larger screen no blank is shown below the last line.
		assert.ok(factsView(after(end, {type: 'ui/resized', columns: 80, rows: 60})).offset < count - height);
	});

	test('are computed once while nothing changed', () => {
		const state = reading('network', 160, 45);
		const later = after(state, {type: 'clock/ticked', now: now + 1000});
		assert.equal(selectFactsLayout(state), selectFactsLayout(later));
	});
});

test('50,000 rows: a key takes less than a frame', () => {
	const many = Object.fromEntries(
		Array.from({length: 500}, (_, n) => [`branch${n}`, Array.from({length: 100}, (__, at) => `value ${at}`)]),
	);
	const state = inspecting(many);
	const all = after(state, unfold(...Object.keys(many).map(key => `.${key}`)));
	assert.equal(selectInspectRows(all).length, 50_500);
	const begin = performance.now();
	let moved = all;
	for (let step = 0; step < 50; step += 1)
		moved = after(moved, {type: 'ui/moved', list: 'inspect', movement: {kind: 'pages', count: 20}});
	const perKeyMs = (performance.now() - begin) / 50;
	assert.ok(perKeyMs < 50, `${perKeyMs} ms a key`);
});
