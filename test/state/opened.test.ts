import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {EngineEvent} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from './world.ts';

const id = idOf(1);
const world = worldOf({containers: [containerOf(1), containerOf(2)]});
const open = (n = 1): Message => ({
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(n), tab: 'inspect'},
});
const removed: Message = {type: 'engine/containers-changed', changed: [], removed: [id]};
const event = (facts: Partial<EngineEvent>): Message => ({
	type: 'engine/events-arrived',
	events: [
		{type: 'container', action: 'destroy', actorId: id, attributes: {}, at: now - 5, timeNano: '1', ...facts},
	],
});

suite('the container whose screen is open', () => {
	test('is kept as it was last known when it is gone, with what took it and when', () => {
		for (const messages of [
			[event({}), removed],
			[removed, event({})],
		]) {
			const {opened} = after(world, open(), ...messages);
			assert.equal(opened?.container?.name, 'c1');
			assert.deepEqual(opened?.departure, {at: now - 5, by: 'destroy'});
		}
	});

	const others: readonly (readonly [what: string, Partial<EngineEvent>])[] = [
		['that only dies', {action: 'die'}],
		['next to another one that goes', {actorId: idOf(2)}],
		['when an image of that id is removed', {type: 'image', action: 'remove'}],
	];
	for (const [what, facts] of others) {
		test(`${what} is there`, () => {
			assert.equal(after(world, open(), event(facts)).opened?.departure, undefined);
		});
	}

	test('that a list no longer has is gone, by what is not known', () => {
		const {opened} = after(world, open(), {type: 'engine/containers-listed', containers: [containerOf(2)]});
		assert.deepEqual(opened?.departure, {at: now});
	});

	test('follows what changes', () => {
		const changed = containerOf(1, {name: 'renamed'});
		const {opened} = after(world, open(), {
			type: 'engine/containers-changed',
			changed: [changed],
			removed: [],
		});
		assert.equal(opened?.container, changed);
	});

	test('is another one on its screen, and none on the dashboard', () => {
		assert.equal(after(world, open(), open(2)).opened?.containerId, idOf(2));
		assert.equal(
			after(world, open(), {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}).opened,
			undefined,
		);
	});

	test('is asked about while it is there', () => {
		assert.deepEqual(selectDemand(after(world, open())).document, {objectKind: 'container', objectId: id});
		assert.equal(selectDemand(after(world, open(), removed)).document, undefined);
	});
});

suite('the lists of a container’s screen', () => {
	const files: Message = {type: 'ui/sorted', list: 'files', column: 'size'};
	const marked: Message = {type: 'ui/marks-set', list: 'files', keys: ['/etc']};
	const home: Message = {type: 'ui/screen-opened', screen: {kind: 'dashboard'}};

	test('begin anew for another container, sorted as before', () => {
		const {sortBy, marks} = after(world, open(), files, marked, open(2)).ui.lists.files;
		assert.deepEqual([sortBy, marks.size], ['size', 0]);
	});

	test('are sorted as before when one comes back', () => {
		assert.equal(after(world, open(), files, home, open()).ui.lists.files.sortBy, 'size');
	});
});

suite('what is looked for', () => {
	const type = (text: string): Message => ({type: 'ui/query-edited', edit: {kind: 'insert', text}});
	const begin: Message = {type: 'ui/query-opened', id: 'inspect.find'};
	const end = (isKept: boolean): Message => ({type: 'ui/query-closed', isKept});
	const textOf = (...messages: readonly Message[]) =>
		after(world, open(), ...messages).ui.queries['inspect.find'] ?? '';

	test('is there as it is typed, kept, or put back', () => {
		assert.equal(textOf(begin, type('a'), type('b')), 'ab');
		assert.equal(textOf(begin, type('ab'), end(true)), 'ab');
		assert.equal(textOf(begin, type('ab'), end(true), begin, type('c'), end(false)), 'ab');
		assert.equal(after(world, open(), begin, type('a'), end(true)).ui.queryEdit, undefined);
	});

	test('stays over the tabs of one container, and not for another', () => {
		const logs: Message = {
			type: 'ui/screen-opened',
			screen: {kind: 'container', containerId: id, tab: 'logs'},
		};
		assert.equal(textOf(begin, type('a'), end(true), logs), 'a');
		assert.equal(textOf(begin, type('a'), end(true), open(2)), '');
	});
});
