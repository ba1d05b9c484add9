import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Container, StatsSample} from '../../source/engine/types.ts';
import type {Message, Movement} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {selectContainerRows} from '../../source/state/selectors/container-rows.ts';
import {rowKeys, targetsIn} from '../../source/state/selectors/rows.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {after, cursorKey, cursorName, now, worldOf} from './world.ts';

/** Containers named after the letters of a word; a letter is the same container everywhere. */
const named = (letters: string, facts: Partial<Container> = {}): readonly Container[] =>
	[...letters].map(letter => containerOf(letter.charCodeAt(0), {name: letter, ...facts}));

const of = (letter: string): Container['id'] => idOf(letter.charCodeAt(0));
const list = 'containers' as const;
const move = (movement: Movement): Message => ({type: 'ui/moved', list, movement});
const down = (count: number): Message => move({kind: 'lines', count});
const listed = (letters: string): Message => ({
	type: 'engine/containers-listed',
	containers: named(letters),
});
const came = (letters: string): Message => ({
	type: 'engine/containers-changed',
	changed: named(letters),
	removed: [],
});
const went = (letters: string): Message => ({
	type: 'engine/containers-changed',
	changed: [],
	removed: [...letters].map(of),
});
const typed = (text: string): readonly Message[] => [
	{type: 'ui/filter-opened', list},
	{type: 'ui/filter-edited', edit: {kind: 'insert', text}},
];
const marked = (...keys: readonly string[]): Message => ({type: 'ui/mark-toggled', list, keys});

/** Names of the rows in order; a group is its project with a colon. */
const names = (state: State): readonly string[] =>
	rowKeys(state, list).map(key => {
		const project = /^project:(.*)/.exec(key)?.[1];
		if (project !== undefined) return `${project}:`;
		return [...state.containers.byId.values()].find(({id}) => id === key)?.name ?? '?';
	});

suite('the cursor', () => {
	const abcd = worldOf({containers: named('bcde')});
	const cases: readonly (readonly [what: string, messages: readonly Message[], expected: string])[] = [
		['begins at the first row', [], 'b'],
		['stays on the first object when another comes before it', [came('a')], 'b'],
		['goes down', [down(2)], 'd'],
		['stops at the end', [down(99)], 'e'],
		['stops at the start', [down(2), down(-99)], 'b'],
		['jumps to the end', [move({kind: 'end'})], 'e'],
		['jumps to the start', [down(3), move({kind: 'start'})], 'b'],
		['follows its object when rows come before it', [down(1), came('a')], 'c'],
		['follows its object when rows before it go', [down(2), went('bc')], 'd'],
		['follows its object when the list comes anew', [down(2), listed('abcdefg')], 'd'],
		['follows its object when the order is reversed', [down(1), {type: 'ui/sort-reversed', list}], 'c'],
		['takes the next row when its object goes', [down(1), went('c')], 'd'],
		['takes the row before when the last one goes', [down(3), went('e')], 'd'],
		['stays with the neighbour it took', [down(1), went('c'), went('b')], 'd'],
		['stays with the neighbour when rows come before it', [down(1), went('c'), came('a')], 'd'],
		['keeps its place when everything has changed', [down(1), listed('xyz')], 'y'],
		['lands on a row that is there', [{type: 'ui/landed', list, key: of('d')}], 'd'],
		['stays until the row to land on comes', [{type: 'ui/landed', list, key: of('z')}], 'b'],
		['lands when it comes', [{type: 'ui/landed', list, key: of('z')}, came('z')], 'z'],
		['lands only once', [{type: 'ui/landed', list, key: of('z')}, came('z'), down(-1), came('a')], 'e'],
		[
			'does not land any more after it was moved',
			[{type: 'ui/landed', list, key: of('z')}, down(1), came('z')],
			'c',
		],
		['takes a neighbour when the filter hides its object', [down(1), ...typed('!c')], 'd'],
		[
			'is back on its object when the filter is dropped',
			[down(1), ...typed('!c'), {type: 'ui/filter-closed', isKept: false}],
			'c',
		],
		[
			'keeps its place through a filter that nothing fits',
			[down(2), ...typed('dx'), {type: 'ui/filter-edited', edit: {kind: 'delete-back'}}],
			'd',
		],
	];
	for (const [what, messages, expected] of cases) {
		test(what, () => {
			assert.equal(cursorName(after(abcd, ...messages)), expected);
		});
	}

	test('follows its object when the load changes the order', () => {
		const sample = (cpuPercent: number): StatsSample => ({
			readAt: now,
			intervalMs: 1000,
			cpuPercent,
			memoryBytes: 0,
			memoryLimitBytes: 0,
			netReceivedBytes: 0,
			netSentBytes: 0,
			blockReadBytes: 0,
			blockWrittenBytes: 0,
			netReceiveRate: 0,
			netSendRate: 0,
			blockReadRate: 0,
			blockWriteRate: 0,
			pids: 1,
		});
		const load = (loads: Readonly<Record<string, number>>): Message => ({
			type: 'engine/stats-sampled',
			at: now,
			samples: Object.entries(loads).map(([letter, percent]) => ({
				id: of(letter),
				sample: sample(percent),
			})),
		});
		const first = after(abcd, load({b: 1, c: 50, d: 2, e: 99}), {type: 'ui/sorted', list, column: 'cpu'});
		assert.deepEqual(names(first), ['e', 'c', 'd', 'b']);
		const atTop = after(first, move({kind: 'start'}));
		assert.equal(cursorName(atTop), 'e');
		const later = after(atTop, load({e: 0}));
		assert.deepEqual(names(later), ['c', 'd', 'b', 'e']);
		assert.equal(cursorName(later), 'e');
	});

	test('of events stays at the newest while it stands there, else on its event', () => {
		const event = (n: number): Message => ({
			type: 'engine/events-arrived',
			events: [
				{
					type: 'container',
					action: `action${n}`,
					actorId: 'x',
					attributes: {},
					at: now + n,
					timeNano: `${n}`,
				},
			],
		});
		const two = after(worldOf(), event(1), event(2));
		assert.match(cursorKey(after(two, event(3)), 'events') ?? '', /action3/);
		const down1: Message = {type: 'ui/moved', list: 'events', movement: {kind: 'lines', count: 1}};
		assert.match(cursorKey(after(two, down1, event(3)), 'events') ?? '', /action1/);
		const back: Message = {type: 'ui/moved', list: 'events', movement: {kind: 'start'}};
		assert.match(cursorKey(after(two, down1, back, event(3)), 'events') ?? '', /action3/);
	});

	test('goes half pages and pages by what is on the screen', () => {
		const many = worldOf({
			containers: Array.from({length: 100}, (_, n) => containerOf(n, {name: `c${n + 100}`})),
			columns: 50,
			rows: 14,
		});
		const pages = (count: number): number =>
			after(many, move({kind: 'pages', count})).ui.lists.containers.cursorIndex;
		assert.deepEqual([pages(1), pages(0.5), pages(-1)], [8, 4, 0]);
	});
});

suite('the part of a list that is shown', () => {
	const containers = Array.from({length: 40}, (_, n) => containerOf(n, {name: `c${n + 100}`}));
	const small = worldOf({containers, columns: 50, rows: 14});
	const offset = (state: State): number => state.ui.lists.containers.offset;
	const height = 9;

	test('moves only as far as the cursor needs', () => {
		assert.equal(offset(after(small, down(8))), 0);
		const lower = after(small, down(9));
		assert.equal(offset(lower), 1);
		assert.equal(offset(after(lower, down(-3))), 1);
		assert.equal(offset(after(lower, down(-9))), 0);
	});

	test('ends with the last row', () => {
		assert.equal(offset(after(small, move({kind: 'end'}))), 40 - height);
	});

	test('shows no blank when rows go, the filter takes some or the screen grows', () => {
		const end = after(small, move({kind: 'end'}));
		const rest = containers.slice(0, 20);
		assert.equal(offset(after(end, {type: 'engine/containers-listed', containers: rest})), 20 - height);
		assert.equal(offset(after(end, {type: 'engine/containers-listed', containers: []})), 40 - height);
		assert.equal(offset(after(end, ...typed('c13'))), 1);
		assert.equal(offset(after(end, {type: 'ui/resized', columns: 50, rows: 60})), 0);
	});

	test('is the same after the list was hidden by a zoom', () => {
		const middle = after(small, down(15), down(-3));
		assert.equal(offset(middle), 7);
		const hidden = after(middle, {type: 'ui/pane-focused', pane: 'images'});
		assert.equal(offset(after(hidden, {type: 'ui/pane-focused', pane: 'containers'})), 7);
	});

	test('keeps the cursor on the screen when it shrinks', () => {
		const large = worldOf({containers, columns: 50, rows: 45});
		const low = after(large, down(30), {type: 'ui/resized', columns: 50, rows: 14});
		const {cursorIndex} = low.ui.lists.containers;
		assert.equal(cursorIndex, 30);
		assert.ok(offset(low) <= cursorIndex && cursorIndex < offset(low) + height);
	});
});

suite('marks', () => {
	const abc = worldOf({containers: named('abc')});
	const keys = (state: State): readonly string[] => [...state.ui.lists.containers.marks];

	test('are switched one by one and all at once', () => {
		const both = after(abc, marked(of('a')), marked(of('b')));
		assert.deepEqual(keys(both), [of('a'), of('b')]);
		assert.deepEqual(keys(after(both, marked(of('a')))), [of('b')]);
		assert.deepEqual(keys(after(both, marked(of('a'), of('b'), of('c')))), [of('a'), of('b'), of('c')]);
		assert.deepEqual(keys(after(both, marked(of('a'), of('b')))), []);
		assert.deepEqual(keys(after(both, {type: 'ui/marks-set', list, keys: []})), []);
	});

	test('go with their objects', () => {
		const both = after(abc, marked(of('a'), of('b')));
		assert.deepEqual(keys(after(both, went('a'))), [of('b')]);
		assert.deepEqual(keys(after(both, listed('bc'))), [of('b')]);
		assert.deepEqual(targetsIn(after(both, went('ab')), list), [of('c')]);
	});

	test('stay through a filter that hides them, and are worked on', () => {
		const hidden = after(abc, marked(of('a'), of('b')), ...typed('c'));
		assert.deepEqual(targetsIn(hidden, list), [of('a'), of('b')]);
	});

	test('of images go with the tag', () => {
		const image = imageOf(1, {tags: ['x:1', 'x:2']});
		const world = worldOf({images: [image]});
		const rows = rowKeys(world, 'images');
		const all = after(world, {type: 'ui/mark-toggled', list: 'images', keys: rows});
		const untagged = after(all, {type: 'engine/images-listed', images: [{...image, tags: ['x:2']}]});
		assert.deepEqual([...untagged.ui.lists.images.marks], [rows[1]]);
	});
});

suite('the filter', () => {
	const world = worldOf({containers: [...named('ab'), containerOf(1, {name: 'web-1'})]});

	test('works while it is typed, and stays when kept', () => {
		const typing = after(world, ...typed('web'));
		assert.deepEqual(names(typing), ['web-1']);
		const kept = after(typing, {type: 'ui/filter-closed', isKept: true});
		assert.deepEqual(names(kept), ['web-1']);
		assert.equal(kept.ui.filterEdit, undefined);
	});

	test('is as before when dropped', () => {
		const kept = after(world, ...typed('web'), {type: 'ui/filter-closed', isKept: true});
		const again = after(kept, ...typed('x'));
		assert.equal(again.ui.lists.containers.filter, 'webx');
		assert.deepEqual(names(again), []);
		const dropped = after(again, {type: 'ui/filter-closed', isKept: false});
		assert.equal(dropped.ui.lists.containers.filter, 'web');
	});

	test('is cleared', () => {
		const cleared = after(world, ...typed('web'), {type: 'ui/filter-cleared', list});
		assert.deepEqual(names(cleared), ['a', 'b', 'web-1']);
	});
});

suite('the order', () => {
	const world = worldOf({
		containers: [
			containerOf(1, {name: 'c', image: 'x'}),
			containerOf(2, {name: 'a', image: 'z'}),
			containerOf(3, {name: 'b', image: 'y', state: 'exited'}),
		],
	});
	const sorted = (column: string | undefined): Message => ({type: 'ui/sorted', list, column});
	const reversed: Message = {type: 'ui/sort-reversed', list};
	const cases: readonly (readonly [what: string, messages: readonly Message[], expected: string])[] = [
		['by a column', [sorted('image')], 'cba'],
		['the other way round', [sorted('image'), reversed], 'abc'],
		['back again', [sorted('image'), reversed, reversed], 'cba'],
		['another column begins in its own direction', [sorted('image'), reversed, sorted('name')], 'abc'],
		['what is not known is the order of the rows', [sorted('nonsense')], 'cab'],
		['only what runs', [sorted('name'), {type: 'ui/running-only-toggled'}], 'ac'],
		[
			'all again',
			[sorted('name'), {type: 'ui/running-only-toggled'}, {type: 'ui/running-only-toggled'}],
			'abc',
		],
	];
	for (const [what, messages, expected] of cases) {
		test(what, () => {
			assert.equal(names(after(world, ...messages)).join(''), expected);
		});
	}
});

suite('groups', () => {
	const world = after(
		worldOf({
			containers: [
				containerOf(1, {name: 'shop-db', project: 'shop'}),
				containerOf(2, {name: 'shop-api', project: 'shop', state: 'exited'}),
				containerOf(3, {name: 'alone'}),
				containerOf(4, {name: 'blog-web', project: 'blog'}),
			],
		}),
		{type: 'ui/sorted', list, column: 'name'},
		{type: 'ui/grouping-toggled'},
	);
	const fold: Message = {type: 'ui/project-folded', project: 'shop'};

	test('stand above their members, what belongs to none comes last', () => {
		assert.deepEqual(names(world), ['blog:', 'blog-web', 'shop:', 'shop-api', 'shop-db', 'alone']);
		assert.deepEqual(names(after(world, {type: 'ui/grouping-toggled'})), [
			'alone',
			'blog-web',
			'shop-api',
			'shop-db',
		]);
	});

	test('fold and unfold', () => {
		assert.deepEqual(names(after(world, fold)), ['blog:', 'blog-web', 'shop:', 'alone']);
		assert.deepEqual(names(after(world, fold, fold)), names(world));
	});

	const shop = after(world, {type: 'ui/landed', list, key: 'project:shop'});

	test('stand for their members, folded or not', () => {
		assert.deepEqual(targetsIn(shop, list).toSorted(), [idOf(1), idOf(2)]);
		assert.deepEqual(targetsIn(after(shop, fold), list).toSorted(), [idOf(1), idOf(2)]);
	});

	test('stand for the whole project, also for what the filter hides', () => {
		const both = [idOf(1), idOf(2)];
		assert.deepEqual(targetsIn(after(shop, ...typed('db')), list).toSorted(), both);
		assert.deepEqual(targetsIn(after(shop, fold, ...typed('db')), list).toSorted(), both);
		assert.deepEqual(targetsIn(after(shop, {type: 'ui/running-only-toggled'}), list).toSorted(), both);
	});

	test('count the whole project, but not a job that was run once and has ended', () => {
		const labels = {'com.docker.compose.oneoff': 'True'};
		const job = containerOf(5, {name: 'shop-web-run', project: 'shop', state: 'exited', labels});
		const told = (state: State) =>
			selectContainerRows(state).flatMap(row =>
				row.kind === 'group' && row.project === 'shop' ? [[row.up, row.total]] : [],
			);
		const withJob = (facts: Partial<Container> = {}): State =>
			after(shop, {type: 'engine/containers-changed', changed: [{...job, ...facts}], removed: []});
		assert.deepEqual(told(after(shop, ...typed('db'))), told(shop));
		const [[up = 0, total = 0] = []] = told(shop);
		assert.deepEqual(told(withJob()), [[up, total]]);
		assert.deepEqual(told(withJob({state: 'running'})), [[up + 1, total + 1]]);
	});
});
