import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {startWaves, stopWaves} from '../../source/commands/dependency-order.ts';
import type {Container} from '../../source/engine/types.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {cursorKey} from '../state/world.ts';
import {changes, type Desk, openDesk} from './desk.ts';

const list = 'containers' as const;

const member = (
	n: number,
	service: string,
	dependsOn = '',
	{replica = 1, ...facts}: Partial<Container> & {readonly replica?: number} = {},
): Container =>
	containerOf(n, {
		name: `shop-${service}-${replica}`,
		project: 'shop',
		service,
		...facts,
		labels: {'com.docker.compose.depends_on': dependsOn, ...facts.labels},
	});

const names = (waves: readonly (readonly Container[])[]): readonly string[] =>
	waves.map(wave => wave.map(({name}) => name.replace('shop-', '')).join(' '));

suite('dependency order', () => {
	const shop = [
		member(1, 'web', 'api:service_started:false'),
		member(2, 'api', 'db:service_healthy:true,cache:service_started:false'),
		member(3, 'api', 'db:service_healthy:true,cache:service_started:false', {replica: 2}),
		member(4, 'db'),
		member(5, 'cache'),
		member(6, 'mail'),
	];

	test('starts what others depend on first, replicas together, else by the names of the services', () => {
		assert.deepEqual(names(startWaves(shop)), ['cache-1 db-1 mail-1', 'api-1 api-2', 'web-1']);
		assert.deepEqual(names(stopWaves(shop)), ['web-1', 'api-1 api-2', 'cache-1 db-1 mail-1']);
	});

	test('older labels name the services alone', () => {
		assert.deepEqual(names(startWaves([member(1, 'a', 'b, c'), member(2, 'b'), member(3, 'c', 'b')])), [
			'b-1',
			'c-1',
			'a-1',
		]);
	});

	test('what is not among them is not waited for, nor is a service of another project', () => {
		const other = member(2, 'db', '', {project: 'blog'});
		assert.deepEqual(names(startWaves([member(1, 'api', 'db'), other])), ['api-1 db-1']);
		assert.deepEqual(names(startWaves([member(1, 'api', 'api')])), ['api-1']);
	});

	test('a circle comes last, together', () => {
		const circle = [member(1, 'a', 'b'), member(2, 'b', 'a'), member(3, 'c'), member(4, 'd', 'a')];
		assert.deepEqual(names(startWaves(circle)), ['c-1', 'a-1 b-1 d-1']);
	});
});

suite('on the row of a project', () => {
	const shop = [member(1, 'web', 'api'), member(2, 'api', 'db'), member(3, 'db')];
	const job = member(4, 'web', '', {
		name: 'shop-web-run-1',
		state: 'exited',
		labels: {'com.docker.compose.oneoff': 'True'},
	});
	const at = (containers: readonly Container[]): Desk => {
		const desk = openDesk({containers: [...containers, containerOf(99, {name: 'alone', state: 'exited'})]});
		desk.tell({type: 'ui/grouping-toggled'}, {type: 'ui/landed', list, key: 'project:shop'});
		return desk;
	};
	const off = (containers: readonly Container[]): readonly Container[] =>
		containers.map(container => ({...container, state: 'exited'}));

	test('s names project and count, and stops in the order of dependencies, reversed', async () => {
		const desk = at(shop);
		await desk.press('s');
		const {title, lines} = desk.top('confirm').spec;
		assert.equal(title, 'stop project shop (3 containers)?');
		assert.equal(lines[0], 'shop-api-1, shop-db-1, shop-web-1');
		await desk.press('enter');
		assert.deepEqual(
			changes(desk.engine),
			[1, 2, 3].map(n => `stopContainer ${idOf(n)}`),
		);
	});

	test('the next wave waits until the one before is done', async () => {
		const desk = at(shop);
		const letGo = desk.engine.hold('stopContainer');
		await desk.press('s', 'enter');
		assert.deepEqual(desk.engine.open('stopContainer'), [idOf(1)]);
		assert.equal(desk.state().busy.size, 3);
		letGo();
		await desk.clock.settle();
		assert.equal(desk.engine.calls('stopContainer').length, 3);
	});

	test('u starts all that does not run, in order, but no job that was run once', async () => {
		const desk = at([...off(shop), job]);
		await desk.press('u');
		assert.equal(desk.top('confirm').spec.title, 'start project shop (3 containers)?');
		await desk.press('enter');
		assert.deepEqual(
			changes(desk.engine),
			[3, 2, 1].map(n => `startContainer ${idOf(n)}`),
		);
	});

	test('u says so when only such a job does not run; on its own row it starts it', async () => {
		const desk = at([...shop, job]);
		await desk.press('u');
		assert.deepEqual(desk.toasts(), ['info: start: it runs already']);
		desk.tell({type: 'ui/landed', list, key: job.id});
		await desk.press('u');
		assert.deepEqual(changes(desk.engine), [`startContainer ${job.id}`]);
	});

	test('r spares such a job, s does not', async () => {
		const desk = at([...shop, {...job, state: 'running'}]);
		await desk.press('r');
		assert.equal(desk.top('confirm').spec.title, 'restart project shop (3 containers)?');
		await desk.press('esc', 's');
		assert.equal(desk.top('confirm').spec.title, 'stop project shop (4 containers)?');
	});

	test('it is the whole project, also when the list hides a part of it, and that is said', async () => {
		const desk = at(shop);
		await desk.press('/');
		await desk.type('api');
		await desk.press('enter');
		desk.tell({type: 'ui/landed', list, key: 'project:shop'});
		await desk.press('s');
		const {title, lines} = desk.top('confirm').spec;
		assert.equal(title, 'stop project shop (3 containers)?');
		assert.equal(lines[1], 'The whole project is meant; the list shows 1 of 3.');
	});

	test('a part of it that is marked is only that part', async () => {
		const desk = at(shop);
		desk.tell({type: 'ui/marks-set', list, keys: [idOf(1), idOf(3)]});
		await desk.press('s');
		assert.equal(desk.top('confirm').spec.title, 'stop 2 containers?');
	});

	test('d lists all, says what stays, and wants the count', async () => {
		const many = Array.from({length: 12}, (_, n) =>
			member(n + 1, 'web', '', {replica: n + 1, state: 'exited'}),
		);
		const desk = at(many);
		await desk.press('d');
		const {title, lines, mustType} = desk.top('confirm').spec;
		assert.deepEqual([title, mustType], ['Remove project shop (12 containers)?', '12']);
		for (const {name} of many) assert.ok(lines[0]?.includes(name));
		assert.ok(lines.includes('Its networks and named volumes stay.'));
		await desk.press('1', '2', 'enter');
		assert.equal(desk.engine.calls('removeContainer').length, 12);
	});

	test('p freezes the rest of a half frozen project, and lets a frozen one go on', async () => {
		const [web, api, db] = shop;
		assert.ok(web && api && db);
		const desk = at([{...web, state: 'paused'}, api, db]);
		await desk.press('p');
		assert.equal(desk.top('confirm').spec.title, 'pause project shop (2 containers)?');
		await desk.press('enter');
		assert.deepEqual(changes(desk.engine), [`pauseContainer ${idOf(2)}`, `pauseContainer ${idOf(3)}`]);

		const frozen = at(shop.map(container => ({...container, state: 'paused'})));
		await frozen.press('p');
		assert.equal(frozen.top('confirm').spec.title, 'resume project shop (3 containers)?');
		await frozen.press('enter');
		assert.equal(frozen.engine.calls('unpauseContainer').length, 3);
	});

	test('K asks for the signal and then whether all are to get it', async () => {
		const desk = at(shop);
		await desk.press('K');
		assert.equal(desk.top('choice').spec.title, 'Signal for project shop (3 containers)');
		await desk.press('enter');
		assert.equal(desk.top('confirm').spec.title, 'Send SIGKILL to project shop (3 containers)?');
		await desk.press('enter');
		assert.equal(desk.engine.calls('killContainer').length, 3);
	});

	test('what the engine refuses is told container by container', async () => {
		const desk = at(shop);
		desk.engine.containers.delete(idOf(2));
		await desk.press('s', 'enter');
		assert.deepEqual(desk.toasts(), [
			`error: Cannot stop shop-api-1: No such container: ${idOf(2)}`,
			'success: 2 of 3 containers stopped',
		]);
	});

	test('left folds from anywhere in it, right unfolds', async () => {
		const desk = at(shop);
		await desk.press('j', 'j', 'left');
		assert.equal(cursorKey(desk.state()), 'project:shop');
		assert.deepEqual([...desk.state().ui.collapsedProjects], ['shop']);
		await desk.press('left');
		assert.deepEqual([...desk.state().ui.collapsedProjects], ['shop']);
		await desk.press('right');
		assert.deepEqual([...desk.state().ui.collapsedProjects], []);
		await desk.press('v', 'left');
		assert.deepEqual(desk.toasts(), ['info: fold: the list is not grouped: v groups it']);
	});
});

suite("on a container's screen", () => {
	const opened = (): Desk => {
		const desk = openDesk({containers: [containerOf(1, {name: 'web'}), containerOf(2)]});
		desk.tell({
			type: 'ui/screen-opened',
			screen: {kind: 'container', containerId: idOf(1), tab: 'config'},
		});
		return desk;
	};
	const remove = (desk: Desk): void => {
		const at = Date.UTC(2026, 0, 1, 12);
		const event = {
			type: 'container',
			action: 'destroy',
			actorId: idOf(1),
			attributes: {},
			at,
			timeNano: '1',
		};
		desk.tell(
			{type: 'engine/events-arrived', events: [event]},
			{type: 'engine/containers-changed', changed: [], removed: [idOf(1)]},
		);
	};

	test('actions are about that container, whatever is marked in the list', async () => {
		const desk = opened();
		desk.tell({type: 'ui/marks-set', list, keys: [idOf(2)]});
		await desk.press('s', 'enter');
		assert.deepEqual(changes(desk.engine), [`stopContainer ${idOf(1)}`]);
	});

	test('once it was removed it stays, and nothing can be done to it any more', async () => {
		const desk = opened();
		remove(desk);
		const {screen} = desk.state().ui;
		assert.equal(screen.kind, 'container');
		assert.equal(desk.state().opened?.container?.name, 'web');
		assert.equal(desk.state().opened?.departure?.by, 'destroy');
		for (const key of ['s', 'u', 'r', 'p', 'K', 'd', 'n', 'c', 'L', 'e'])
			await desk.press(key, ...(desk.state().ui.overlays.length > 0 ? ['esc'] : []));
		assert.deepEqual(changes(desk.engine), []);
		assert.deepEqual(desk.state().ui.overlays, []);
		assert.deepEqual(
			desk.state().ui.messages.map(({text}) => text),
			['stop', 'start', 'restart', 'pause', 'kill', 'remove', 'rename', 'commit', 'limits', 'shell'].map(
				title => `${title}: it was removed`,
			),
		);
	});

	test('removing it from there stays there too', async () => {
		const desk = opened();
		await desk.press('d', 'f', 'enter');
		assert.deepEqual(changes(desk.engine), [`removeContainer ${idOf(1)}`]);
		remove(desk);
		assert.equal(desk.state().ui.screen.kind, 'container');
	});
});
