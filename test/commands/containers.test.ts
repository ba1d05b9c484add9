import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {Container} from '../../source/engine/types.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {changes, type Desk, openDesk} from './desk.ts';

const list = 'containers' as const;
const many = (count: number, facts: Partial<Container> = {}): readonly Container[] =>
	Array.from({length: count}, (_, n) => containerOf(n + 1, {name: `c${n + 10}`, ...facts}));

/** Presses a key and says yes when it is asked first. */
const pressAndAccept = async (desk: Desk, ...keys: readonly string[]): Promise<void> => {
	await desk.press(...keys);
	if (desk.state().ui.overlays.length > 0) await desk.press('enter');
};

suite('a lifecycle key', () => {
	const cases: readonly (readonly [key: string, state: Container['state'], call: string, toast: string])[] = [
		['s', 'running', 'stopContainer', 'stopped'],
		['s', 'paused', 'stopContainer', 'stopped'],
		['u', 'exited', 'startContainer', 'started'],
		['u', 'created', 'startContainer', 'started'],
		['r', 'running', 'restartContainer', 'restarted'],
		['r', 'exited', 'restartContainer', 'restarted'],
		['p', 'running', 'pauseContainer', 'paused'],
		['p', 'paused', 'unpauseContainer', 'resumed'],
	];
	for (const [key, state, call, toast] of cases) {
		test(`${key} on one that is ${state}: ${call}`, async () => {
			const desk = openDesk({containers: many(1, {state})});
			await pressAndAccept(desk, key);
			assert.deepEqual(changes(desk.engine), [`${call} ${idOf(1)}`]);
			assert.equal(desk.toasts().length, 1);
			assert.match(desk.toasts()[0] ?? '', new RegExp(`^success: c10 ${toast}$`));
		});
	}

	const asked: readonly (readonly [key: string, state: Container['state'], title: string | undefined])[] = [
		['s', 'running', 'stop c10?'],
		['s', 'paused', 'stop c10?'],
		['r', 'running', 'restart c10?'],
		['r', 'exited', undefined],
		['u', 'exited', undefined],
		['p', 'running', undefined],
	];
	for (const [key, state, title] of asked) {
		test(`${key} on one that is ${state} asks ${title ?? 'nothing'}`, async () => {
			const desk = openDesk({containers: many(1, {state})});
			await desk.press(key);
			const top = desk.state().ui.overlays.at(-1);
			assert.equal(top?.kind === 'confirm' ? top.spec.title : undefined, title);
			assert.equal(changes(desk.engine).length, title === undefined ? 1 : 0);
		});
	}

	const refused: readonly (readonly [key: string, state: Container['state'], reason: string])[] = [
		['s', 'exited', 'stop: it does not run'],
		['u', 'running', 'start: it runs already'],
		['p', 'exited', 'pause: it does not run'],
		['K', 'exited', 'kill: it does not run'],
		['e', 'exited', 'shell: it does not run'],
	];
	for (const [key, state, reason] of refused) {
		test(`${key} on one that is ${state} says why not`, async () => {
			const desk = openDesk({containers: many(1, {state})});
			await desk.press(key);
			assert.deepEqual(changes(desk.engine), []);
			assert.deepEqual(desk.toasts(), [`info: ${reason}`]);
		});
	}
});

suite('on several', () => {
	const marked = (desk: Desk): void => {
		desk.tell({type: 'ui/marks-set', list, keys: [...desk.state().containers.byId.keys()]});
	};

	test('four requests are with the engine at a time, and every one gets its turn', async () => {
		const desk = openDesk({containers: many(10)});
		marked(desk);
		const letGo = desk.engine.hold('stopContainer');
		await pressAndAccept(desk, 's');
		assert.equal(desk.engine.open('stopContainer').length, 4);
		assert.equal(desk.state().busy.size, 10);
		letGo();
		await desk.clock.settle();
		assert.equal(desk.engine.calls('stopContainer').length, 10);
		assert.equal(desk.engine.peak('stopContainer'), 4);
		assert.deepEqual(desk.toasts(), ['success: 10 of 10 containers stopped']);
	});

	test('it is asked first, with their names', async () => {
		const desk = openDesk({containers: many(3)});
		marked(desk);
		await desk.press('s');
		const {title, lines} = desk.top('confirm').spec;
		assert.equal(title, 'stop 3 containers?');
		assert.equal(lines[0], 'c10, c11, c12');
		assert.deepEqual(changes(desk.engine), []);
	});

	test('it is done to those that it applies to', async () => {
		const desk = openDesk({containers: [containerOf(1), containerOf(2, {state: 'exited'}), containerOf(3)]});
		marked(desk);
		await pressAndAccept(desk, 's');
		assert.deepEqual(changes(desk.engine), [`stopContainer ${idOf(1)}`, `stopContainer ${idOf(3)}`]);
		assert.deepEqual(desk.toasts(), ['success: 2 of 2 containers stopped']);
	});

	test('pause freezes what runs and lets go on what is paused', async () => {
		const desk = openDesk({containers: [containerOf(1), containerOf(2, {state: 'paused'})]});
		marked(desk);
		await pressAndAccept(desk, 'p');
		assert.deepEqual(changes(desk.engine), [`pauseContainer ${idOf(1)}`, `unpauseContainer ${idOf(2)}`]);
		assert.deepEqual(desk.toasts().toSorted(), ['success: c1 paused', 'success: c2 resumed']);
	});

	test('what is refused is told one by one, the rest in one line', async () => {
		const desk = openDesk({containers: many(4)});
		marked(desk);
		desk.engine.containers.delete(idOf(2));
		await pressAndAccept(desk, 's');
		assert.deepEqual(desk.toasts(), [
			`error: Cannot stop c11: No such container: ${idOf(2)}`,
			'success: 3 of 4 containers stopped',
		]);
		assert.equal(desk.state().ui.toasts[0]?.hint, 'it is gone; the list follows');
	});

	test('nothing is said of success when there was none', async () => {
		const desk = openDesk({containers: many(2)});
		marked(desk);
		desk.engine.fail('stopContainer', new EngineError('api', 'no'));
		await pressAndAccept(desk, 's');
		assert.deepEqual(desk.toasts(), ['error: Cannot stop c10: no', 'error: Cannot stop c11: no']);
		assert.equal(desk.state().busy.size, 0);
	});

	test('nothing is told any more when Gantry leaves', async () => {
		const desk = openDesk({containers: many(2)});
		marked(desk);
		desk.engine.hold('stopContainer');
		await pressAndAccept(desk, 's');
		desk.leave();
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), []);
	});
});

suite('a row', () => {
	const world = {containers: many(2)};
	const verb = (desk: Desk): string | undefined => desk.state().busy.get(idOf(1))?.verb;

	test('is busy from the key to the event', async () => {
		const desk = openDesk(world);
		const letGo = desk.engine.hold('stopContainer');
		await pressAndAccept(desk, 's');
		assert.equal(verb(desk), 'stopping');
		letGo();
		await desk.clock.settle();
		assert.equal(verb(desk), 'stopping');
		desk.tell({
			type: 'engine/containers-changed',
			changed: [containerOf(1, {state: 'exited'})],
			removed: [],
		});
		assert.equal(verb(desk), undefined);
	});

	test('is free at once when the engine refuses', async () => {
		const desk = openDesk(world);
		desk.engine.fail('stopContainer', new EngineError('conflict', 'is already in progress'));
		await pressAndAccept(desk, 's');
		assert.equal(verb(desk), undefined);
		assert.deepEqual(desk.toasts(), ['error: Cannot stop c10: is already in progress']);
	});
});

suite('remove', () => {
	test('names the container and says that it runs; without force it is not done', async () => {
		const desk = openDesk({containers: many(1)});
		await desk.press('d');
		const {title, lines, toggles} = desk.top('confirm').spec;
		assert.equal(title, 'Remove c10?');
		assert.ok(lines.includes('It is running.'));
		assert.deepEqual(
			toggles.map(({key}) => key),
			['f', 'v'],
		);
		await desk.press('enter');
		desk.top('confirm');
		await desk.press('f', 'v', 'enter');
		assert.deepEqual(desk.engine.calls('removeContainer'), [
			{method: 'removeContainer', key: idOf(1), options: {force: true, volumes: true}},
		]);
		assert.deepEqual(desk.toasts(), ['success: c10 removed']);
	});

	test('of one that does not run offers no force', async () => {
		const desk = openDesk({containers: many(1, {state: 'exited'})});
		await desk.press('d');
		assert.deepEqual(
			desk.top('confirm').spec.toggles.map(({id}) => id),
			['volumes'],
		);
		await desk.press('enter');
		assert.deepEqual(desk.engine.calls('removeContainer')[0]?.options, {force: false, volumes: false});
	});

	test('of several wants their number typed', async () => {
		const desk = openDesk({containers: many(3, {state: 'exited'})});
		await desk.press('ctrl-a', 'd', 'enter');
		assert.equal(desk.top('confirm').spec.mustType, '3');
		await desk.press('3', 'enter');
		assert.equal(desk.engine.calls('removeContainer').length, 3);
	});

	test('is about what was chosen, also when the list has moved since', async () => {
		const desk = openDesk({containers: many(3, {state: 'exited'})});
		await desk.press('j', 'd');
		assert.equal(desk.top('confirm').spec.title, 'Remove c11?');
		desk.tell({
			type: 'engine/containers-changed',
			changed: [containerOf(9, {name: 'a'})],
			removed: [idOf(1)],
		});
		desk.tell({type: 'ui/moved', list, movement: {kind: 'end'}});
		await desk.press('enter');
		assert.deepEqual(changes(desk.engine), [`removeContainer ${idOf(2)}`]);
	});

	test('does nothing to what is gone by then', async () => {
		const desk = openDesk({containers: many(2, {state: 'exited'})});
		await desk.press('d');
		desk.tell({type: 'engine/containers-changed', changed: [], removed: [idOf(1)]});
		await desk.press('enter');
		assert.deepEqual(changes(desk.engine), []);
	});
});

suite('kill', () => {
	test('offers the signals, SIGKILL first', async () => {
		const desk = openDesk({containers: many(1)});
		await desk.press('K');
		const {spec, cursor} = desk.top('choice');
		assert.equal(spec.items[cursor]?.id, 'SIGKILL');
		await desk.press('k', 'enter');
		assert.equal(desk.engine.calls('killContainer')[0]?.options, 'SIGTERM');
		assert.deepEqual(desk.toasts(), ['success: c10 got SIGTERM']);
	});

	test('takes the signal as an argument', async () => {
		const desk = openDesk({containers: many(1)});
		await desk.press(':');
		await desk.type('kill SIGHUP');
		await desk.press('enter');
		assert.equal(desk.engine.calls('killContainer')[0]?.options, 'SIGHUP');
	});
});

suite('rename', () => {
	const renaming = async (): Promise<Desk> => {
		const desk = openDesk({containers: many(2)});
		await desk.press('n');
		return desk;
	};

	test('begins with the name it has, and does nothing when that stays', async () => {
		const desk = await renaming();
		assert.equal(desk.top('form').values.name?.text, 'c10');
		await desk.press('enter');
		assert.deepEqual([changes(desk.engine), desk.state().ui.overlays], [[], []]);
	});

	test('gives the new name', async () => {
		const desk = await renaming();
		await desk.press('ctrl-u');
		await desk.type('web');
		await desk.press('enter');
		assert.equal(desk.engine.calls('renameContainer')[0]?.options, 'web');
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	test('refuses a name that no engine takes', async () => {
		const desk = await renaming();
		await desk.type(' !');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /"c10 !": a name has/);
		assert.deepEqual(changes(desk.engine), []);
	});

	test('keeps the name that the engine refuses', async () => {
		const desk = await renaming();
		desk.engine.fail('renameContainer', new EngineError('conflict', 'The name "c10x" is already in use'));
		await desk.type('x');
		await desk.press('enter');
		const {problem, values} = desk.top('form');
		assert.equal(problem, 'The name "c10x" is already in use (choose another name)');
		assert.equal(values.name?.text, 'c10x');
	});

	test('works on one container only', async () => {
		const desk = openDesk({containers: many(2)});
		await desk.press('ctrl-a', 'n');
		assert.deepEqual(desk.toasts(), ['info: rename: it works on one container: unmark the others']);
	});
});

suite('prune', () => {
	test('names what goes, and wants the number', async () => {
		const desk = openDesk({containers: [containerOf(1), ...many(3, {state: 'exited'}).slice(1)]});
		await desk.press('D');
		const {title, lines, mustType} = desk.top('confirm').spec;
		assert.deepEqual([title, lines[0], mustType], ['Remove all 2 stopped containers?', 'c11, c12', '2']);
		await desk.press('2', 'enter');
		assert.equal(desk.engine.calls('pruneContainers').length, 1);
		assert.deepEqual(desk.toasts(), ['success: 2 containers removed, 0B freed']);
	});
});

suite('other keys', () => {
	test('y copies the ids of all marked', async () => {
		const desk = openDesk({containers: many(2)});
		await desk.press('y');
		await desk.press('ctrl-a', 'y');
		assert.deepEqual(desk.copied, [idOf(1), `${idOf(1)}\n${idOf(2)}`]);
	});

	test('space marks and goes down', async () => {
		const desk = openDesk({containers: many(3)});
		await desk.press('space', 'space');
		const {marks, cursorIndex} = desk.state().ui.lists.containers;
		assert.deepEqual([[...marks], cursorIndex], [[idOf(1), idOf(2)], 2]);
	});

	test('ctrl-a marks what the filter shows, not the rest of a project', async () => {
		const containers = [
			containerOf(1, {name: 'shop-api', project: 'shop'}),
			containerOf(2, {name: 'shop-db', project: 'shop'}),
		];
		const desk = openDesk({containers});
		await desk.press('v', '/');
		await desk.type('api');
		await desk.press('enter', 'ctrl-a');
		assert.deepEqual([...desk.state().ui.lists.containers.marks], [idOf(1)]);
	});

	test('l opens the log, i the inspect, enter the screen of the container; esc and q go back', async () => {
		const desk = openDesk({containers: many(2)});
		await desk.press('l');
		const tab = (name: string) => ({kind: 'container', containerId: idOf(1), tab: name});
		assert.deepEqual(desk.state().ui.screen, tab('logs'));
		await desk.press('esc', 'i');
		assert.deepEqual(desk.state().ui.screen, tab('inspect'));
		await desk.press('q');
		assert.equal(desk.state().ui.screen.kind, 'dashboard');
		await desk.press('enter');
		assert.deepEqual(desk.state().ui.screen, tab('logs'));
	});

	test('e tells what became of the shell', async () => {
		const desk = openDesk({containers: many(1)});
		await desk.press('e');
		assert.deepEqual(desk.toasts(), ['error: shell: this engine has no exec']);
	});

	test('o sorts by the chosen column, O turns it round', async () => {
		const desk = openDesk({containers: many(2)});
		await desk.press('o', 'j', 'enter');
		assert.equal(desk.state().ui.lists.containers.sortBy, 'name');
		await desk.press('O');
		assert.equal(desk.state().ui.lists.containers.isReversed, true);
		await desk.press('o', 'g', 'enter');
		assert.equal(desk.state().ui.lists.containers.sortBy, undefined);
	});
});
