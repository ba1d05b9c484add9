import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Message} from '../../source/state/messages.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {openDesk} from './desk.ts';

const world = {containers: [containerOf(1), containerOf(2)]};
const pull: Message = {type: 'ui/transfer-requested', id: 'p', reference: 'busy:1', at: now};

suite('panes', () => {
	test('are reached by number and in turn', async () => {
		const desk = openDesk(world);
		const focus = () => desk.state().ui.focus;
		await desk.press('4');
		assert.equal(focus(), 'transfers');
		await desk.press('tab', 'tab');
		assert.equal(focus(), 'containers');
		await desk.press('shift-tab');
		assert.equal(focus(), 'events');
	});

	test('take the whole screen and give it back', async () => {
		const desk = openDesk(world);
		await desk.press('z');
		assert.equal(desk.state().ui.isZoomed, true);
		await desk.press('z', 'E');
		assert.deepEqual([desk.state().ui.focus, desk.state().ui.isZoomed], ['events', true]);
		await desk.press('esc', 'T');
		assert.equal(desk.state().ui.screen.kind, 'transfers');
		await desk.press('esc');
		assert.equal(desk.state().ui.screen.kind, 'dashboard');
	});

	test('are not switched behind a reader, but come back by number', async () => {
		const desk = openDesk(world);
		await desk.press('l', 'tab', 'z');
		const {focus, isZoomed, screen} = desk.state().ui;
		assert.deepEqual([focus, isZoomed, screen.kind], ['containers', false, 'container']);
		await desk.press('2');
		assert.deepEqual([desk.state().ui.focus, desk.state().ui.screen.kind], ['images', 'dashboard']);
	});
});

suite('esc', () => {
	test('takes back one thing at a time: messages, filter, marks, zoom', async () => {
		const desk = openDesk(world);
		await desk.press('z', 'space', '/');
		await desk.type('c');
		await desk.press('enter', 'y');
		const left = () => {
			const {toasts, lists, isZoomed} = desk.state().ui;
			return [toasts.length, lists.containers.filter, lists.containers.marks.size, isZoomed];
		};
		assert.deepEqual(left(), [1, 'c', 1, true]);
		await desk.press('esc');
		assert.deepEqual(left(), [0, 'c', 1, true]);
		await desk.press('esc');
		assert.deepEqual(left(), [0, '', 1, true]);
		await desk.press('esc');
		assert.deepEqual(left(), [0, '', 0, true]);
		await desk.press('esc');
		assert.deepEqual(left(), [0, '', 0, false]);
		await desk.press('esc');
		assert.equal(desk.hasQuit(), false);
	});
});

suite('quitting', () => {
	for (const key of ['q', 'ctrl-c']) {
		test(`${key} leaves at once when nothing is under way`, async () => {
			const desk = openDesk(world);
			await desk.press(key);
			assert.equal(desk.hasQuit(), true);
		});

		test(`${key} asks while a transfer is under way`, async () => {
			const desk = openDesk(world);
			desk.tell(pull);
			await desk.press(key);
			assert.equal(desk.hasQuit(), false);
			assert.match(desk.top('confirm').spec.lines[0] ?? '', /^1 transfer is under way/);
			await desk.press('esc');
			assert.deepEqual([desk.hasQuit(), desk.state().ui.overlays.length], [false, 0]);
			await desk.press(key, 'enter');
			assert.equal(desk.hasQuit(), true);
		});
	}

	test('ctrl-c works in a dialog, in a filter, and twice in a row', async () => {
		for (const keys of [['?'], ['/'], ['P'], ['o']]) {
			const desk = openDesk(world);
			await desk.press(...keys, 'ctrl-c');
			assert.equal(desk.hasQuit(), true, keys.join());
		}
		const desk = openDesk(world);
		desk.tell(pull);
		await desk.press('ctrl-c', 'ctrl-c');
		assert.equal(desk.hasQuit(), true);
	});
});

suite('while the engine is away', () => {
	test('r tries again at once', async () => {
		const desk = openDesk(world);
		desk.tell({
			type: 'engine/lost',
			fault: {kind: 'unreachable', message: 'gone', at: now},
			attempt: 1,
			retryAt: now + 1000,
		});
		await desk.press('r');
		assert.equal(desk.state().ui.retryCount, 1);
		await desk.press('4', 'r');
		assert.equal(desk.state().ui.retryCount, 2);
	});
});

suite('reading', () => {
	test('a log is followed or not, with times or without', async () => {
		const desk = openDesk(world);
		await desk.press('l', 'f', 't');
		const {logs} = desk.state();
		assert.deepEqual(
			[logs?.isFollowing, logs?.look.hasTimestamps, logs?.members.map(({id}) => id)],
			[false, true, [idOf(1)]],
		);
		await desk.press('f');
		assert.equal(desk.state().logs?.isFollowing, true);
	});

	test('help begins with the scopes of where it was asked for', async () => {
		const desk = openDesk(world);
		await desk.press('2', '?');
		assert.deepEqual(desk.top('help').scopes, ['imageList', 'images', 'lists', 'global']);
	});
});
