import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {activeScopes} from '../../source/commands/active-scopes.ts';
import type {Message} from '../../source/state/messages.ts';
import {initialState, reduce} from '../../source/state/reduce.ts';
import {createStore} from '../../source/state/store.ts';
import {now, place} from '../state/world.ts';
import {openDesk} from './desk.ts';

const choices = [
	{id: 'context:prod', label: 'prod', note: 'context'},
	{id: 'demo', label: 'demo', note: 'an invented world'},
];
const lost: Message = {
	type: 'engine/lost',
	fault: {kind: 'unreachable', message: 'nothing answers there', at: now},
	attempt: 1,
	retryAt: now + 1000,
};
const pull: Message = {type: 'ui/transfer-requested', id: 'p', reference: 'busy:1', at: now};

suite('going to another engine', () => {
	test('is offered by name, and done when one is chosen', async () => {
		const desk = openDesk({choices});
		await desk.press('H');
		assert.deepEqual(desk.top('choice').spec.items, choices);
		await desk.press('enter');
		assert.deepEqual(desk.opened, ['context:prod']);
	});

	test('tells which one this is', async () => {
		const desk = openDesk({choices: [{id: 'socket:x', label: 'fake', note: 'a socket'}, ...choices]});
		await desk.press('H');
		assert.deepEqual(
			desk.top('choice').spec.items.map(({note}) => note),
			['a socket, here', 'context', 'an invented world'],
		);
	});

	test('asks first while a pull runs', async () => {
		const desk = openDesk({choices});
		desk.tell(pull);
		await desk.press('H', 'enter');
		assert.deepEqual(desk.opened, []);
		assert.match(desk.top('confirm').spec.lines.join(' '), /1 transfer is under way/);
		await desk.press('enter');
		assert.deepEqual(desk.opened, ['context:prod']);
	});
});

suite('before any engine has answered', () => {
	test('only what makes sense then has a key', () => {
		const store = createStore(initialState({place, columns: 120, rows: 40, isReadOnly: false, now}), reduce);
		assert.ok(!activeScopes(store.getState()).includes('unconnected'), 'the first try is under way');
		store.dispatch(lost);
		assert.deepEqual(activeScopes(store.getState()), ['unconnected', 'offline', 'global']);
	});

	test('an engine that was there and went away leaves the lists as they are', () => {
		const desk = openDesk({choices});
		desk.tell(lost);
		assert.deepEqual(activeScopes(desk.state()), [
			'offline',
			'containerList',
			'containers',
			'lists',
			'global',
		]);
	});
});
