import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {Container} from '../../source/engine/types.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {changes, type Desk, openDesk} from './desk.ts';

const image = imageOf(1, {tags: ['busy:1']});
const web = containerOf(1, {name: 'web', imageId: image.id});
const aside = `web-old-${web.id.slice(0, 12)}`;

const deskOf = (...containers: readonly Container[]): Desk => openDesk({containers, images: [image]});

/** Opens the question, and says yes to it. */
const recreate = async (desk: Desk, ...toggles: readonly string[]): Promise<void> => {
	await desk.press('N');
	await desk.press(...toggles, 'enter');
	await desk.clock.settle();
};

const namesIn = (desk: Desk): readonly string[] =>
	[...desk.engine.containers.values()].map(({name, state}) => `${name} ${state}`).toSorted();

suite('recreate', () => {
	test('says what happens, and to which image', async () => {
		const moved = containerOf(1, {name: 'web', image: 'app:1'});
		const desk = openDesk({
			containers: [web, {...moved, id: idOf(2), name: 'api'}],
			images: [image, imageOf(2, {tags: ['app:1']})],
		});
		await desk.press('N');
		const text = desk.top('confirm').spec.lines.join('\n');
		assert.match(text, /api: app:1 now names 000000000000; it runs aaaaaaaaaaaa, and gets the new one/);
		assert.match(text, /renamed to api-old-000000000000,/);
		await desk.press('esc', 'ctrl-a', 'N');
		const both = desk.top('confirm').spec;
		assert.match(both.lines.join('\n'), /web: busy:1 is the image that it runs/);
		assert.equal(both.mustType, '2');
	});

	test('makes the new one first, and removes the old one last', async () => {
		const desk = deskOf(web);
		await recreate(desk);
		const made = idOf(0xf001);
		assert.deepEqual(
			changes(desk.engine).toSorted(),
			[
				`createAgain ${web.id}`,
				`stopContainer ${web.id}`,
				`renameContainer ${web.id}`,
				`renameContainer ${made}`,
				`startContainer ${made}`,
				`removeContainer ${web.id}`,
			].toSorted(),
		);
		assert.deepEqual(namesIn(desk), ['web running']);
		assert.deepEqual(desk.engine.calls('removeContainer')[0]?.options, {force: false, volumes: false});
		assert.deepEqual(desk.toasts(), ['success: web was made anew']);
		assert.equal(
			desk.state().ui.lists.containers.landingKey ?? desk.state().ui.lists.containers.cursorKey,
			made,
		);
	});

	test('of a stopped one neither stops nor starts anything', async () => {
		const desk = deskOf({...web, state: 'exited'});
		await recreate(desk);
		assert.deepEqual(namesIn(desk), ['web created']);
		assert.deepEqual([desk.engine.calls('stopContainer'), desk.engine.calls('startContainer')], [[], []]);
	});

	test('of a paused one ends paused', async () => {
		const desk = deskOf({...web, state: 'paused'});
		await recreate(desk);
		assert.deepEqual(namesIn(desk), ['web paused']);
	});

	test('keeps the old one when that is wanted', async () => {
		const desk = deskOf(web);
		await recreate(desk, 'k');
		assert.deepEqual(namesIn(desk), ['web running', `${aside} exited`]);
		assert.deepEqual(desk.toasts(), [`success: web was made anew; the old one is ${aside}`]);
	});

	const trouble = new EngineError('api', 'port is already allocated');
	for (const [method, step] of [
		['createAgain', 'cannot create the new one'],
		['stopContainer', 'cannot stop the old one'],
		['pauseContainer', 'cannot start the new one'],
	] as const) {
		test(`puts everything back when ${method} fails`, async () => {
			const before = method === 'pauseContainer' ? {...web, state: 'paused' as const} : web;
			const desk = deskOf(before);
			desk.engine.fail(method, trouble);
			await recreate(desk);
			assert.equal(desk.engine.containers.get(web.id)?.name, 'web');
			assert.equal(desk.engine.containers.size, 1);
			const [toast = ''] = desk.toasts();
			assert.match(toast, new RegExp(`^error: Cannot recreate web: .*${step}: port is already allocated`));
		});
	}

	test('says what stands where when the old one cannot start again either', async () => {
		const desk = deskOf(web);
		desk.engine.fail('startContainer', trouble);
		await recreate(desk);
		assert.deepEqual(namesIn(desk), ['web exited']);
		assert.deepEqual(desk.toasts(), [
			'error: Cannot recreate web: not all was put back: cannot start the old one again: port is already allocated; cannot start the new one: port is already allocated',
		]);
	});

	test('tells of an old one that cannot be removed, and counts as done', async () => {
		const desk = deskOf(web);
		desk.engine.fail('removeContainer', new EngineError('api', 'device or resource busy'));
		await recreate(desk);
		assert.deepEqual(namesIn(desk), ['web running', `${aside} exited`]);
		assert.deepEqual(desk.toasts(), [
			`info: web was made anew, but ${aside} cannot be removed: device or resource busy`,
			'success: web was made anew',
		]);
	});

	test('of several stops at the first that fails', async () => {
		const desk = deskOf(web, containerOf(2, {name: 'zzz', imageId: image.id}));
		desk.engine.fail('createAgain', trouble);
		await desk.press('ctrl-a', 'N');
		await desk.type('2');
		await desk.press('enter');
		await desk.clock.settle();
		assert.equal(desk.engine.calls('createAgain').length, 1);
		const [toast] = desk.state().ui.toasts;
		assert.equal(toast?.hint, 'the 1 after it were left as they are');
	});

	for (const [what, facts, reason] of [
		['--rm', {host: {AutoRemove: true}}, /goes as soon as it stops/],
		['a swarm task', {config: {Labels: {'com.docker.swarm.task.id': 'x'}}}, /docker service update --force/],
		['a pod', {config: {Labels: {'io.kubernetes.pod.name': 'x'}}}, /kubelet/],
		['an image that is gone', {imageIs: 'gone'}, /is not here any more/],
		['a network of one that is gone', {host: {NetworkMode: `container:${idOf(9)}`}}, /could not start again/],
	] as const) {
		test(`refuses ${what}`, async () => {
			const desk = deskOf(web);
			desk.engine.blueprints.set(web.id, facts);
			await recreate(desk);
			assert.deepEqual(changes(desk.engine), []);
			assert.match(desk.toasts()[0] ?? '', reason);
		});
	}

	test('refuses one in whose network others live', async () => {
		const desk = deskOf(web);
		desk.engine.guests = ['proxy', 'logger'];
		await recreate(desk);
		assert.deepEqual(changes(desk.engine), []);
		assert.match(
			desk.toasts()[0] ?? '',
			/proxy, logger share its network and would lose it; remove those first/,
		);
	});

	test('with h the old one is put back when the new one does not stay up', async () => {
		const desk = deskOf(web);
		await recreate(desk, 'h');
		const made = idOf(0xf001);
		assert.deepEqual(namesIn(desk).length, 2, 'the old one is there until the new one is well');
		const event = (action: string, attributes: Readonly<Record<string, string>>) => ({
			...{type: 'container', action, attributes, actorId: made, at: desk.clock.now()},
			timeNano: `${desk.clock.now()}${action}`,
		});
		const died = containerOf(0xf001, {name: 'web', state: 'exited', exitCode: 3});
		desk.tell(
			{type: 'engine/events-arrived', events: [event('start', {}), event('die', {exitCode: '3'})]},
			{type: 'engine/containers-changed', changed: [died], removed: []},
		);
		await desk.clock.settle();
		assert.deepEqual(namesIn(desk), ['web running']);
		assert.equal(desk.engine.containers.get(web.id)?.name, 'web');
		const told = desk.toasts().join();
		assert.match(told, /it is as it was; the new one did not turn out well: it ended with exit code 3/);
	});

	test('with h the old one goes once the new one is well', async () => {
		const desk = deskOf(web);
		await recreate(desk, 'h');
		const made = idOf(0xf001);
		const at = desk.clock.now();
		const event = {type: 'container', action: 'start', attributes: {}, actorId: made, at, timeNano: `${at}`};
		desk.tell({type: 'engine/events-arrived', events: [event]});
		await desk.clock.advance(4000);
		assert.equal(namesIn(desk).length, 2);
		await desk.clock.advance(2000);
		assert.deepEqual(namesIn(desk), ['web running']);
		assert.equal(desk.engine.containers.has(web.id), false);
	});

	test('is not left half done: who quits meanwhile is asked', async () => {
		const desk = deskOf(web);
		const release = desk.engine.hold('stopContainer');
		await recreate(desk);
		await desk.press('q');
		assert.match(desk.top('confirm').spec.lines.join(), /A container is being recreated/);
		await desk.press('esc');
		release();
		await desk.clock.settle();
		assert.deepEqual(namesIn(desk), ['web running']);
		await desk.press('q');
		assert.ok(desk.hasQuit());
	});
});

suite('the docker run line', () => {
	test('is copied, one for each that is marked', async () => {
		const desk = deskOf(web, containerOf(2, {name: 'api'}));
		await desk.press('Y');
		await desk.press('ctrl-a', 'Y');
		assert.equal(desk.copied.length, 2);
		assert.equal(desk.copied[1]?.split('\n').length, 2);
		assert.equal(desk.toasts().at(-1), 'success: copied 2 docker run lines');
	});

	test('that does not say all names what is missing, and stays', async () => {
		const desk = deskOf(web);
		desk.engine.blueprints.set(web.id, {config: {XNovel: 1}, imageIs: 'moved'});
		await desk.press('Y');
		assert.deepEqual(desk.toasts(), [
			'success: copied the docker run line of web',
			'error: docker run cannot say of web: XNovel',
			'error: busy:1 now names another image than the one that web was made from',
		]);
	});
});

suite('copies', () => {
	const form = async (image: string, name: string, count: string, ports = ''): Promise<Desk> => {
		const desk = deskOf();
		await desk.press('R');
		for (const text of [image, name, '', ports, '', '', '', '', '', '', count]) {
			await desk.type(text);
			await desk.press('tab');
		}
		await desk.press('enter');
		return desk;
	};

	test('are called by numbers', async () => {
		const desk = await form('busy:1', 'web', '3');
		assert.deepEqual(namesIn(desk), ['web-1 running', 'web-2 running', 'web-3 running']);
		assert.equal(desk.toasts().at(-1), 'success: 3 of 3 copies run: web-1 … web-3');
	});

	for (const [count, ports, problem] of [
		['2', '8080:80', /2 copies cannot share port 8080 of the host: give 2 to choose from, 8080-8081:80/],
		['3', '8080-8081:80', /3 copies cannot share ports 8080-8081/],
		['0', '', /the number of copies is 1 to 100/],
		['1000', '', /the number of copies is 1 to 100/],
	] as const) {
		test(`${count} of ${ports} are refused`, async () => {
			const desk = await form('busy:1', 'web', count, ports);
			assert.match(desk.top('form').problem ?? '', problem);
			assert.deepEqual(changes(desk.engine), []);
		});
	}

	test('of which the first cannot start are not made', async () => {
		const desk = deskOf();
		desk.engine.fail('startContainer', new EngineError('invalid', 'no such program'));
		await desk.press('R');
		await desk.type('busy:1');
		await desk.press(...Array.from({length: 10}, () => 'tab'));
		await desk.type('5');
		await desk.press('enter');
		assert.equal(desk.engine.containers.size, 1);
		assert.match(
			desk.toasts()[0] ?? '',
			/was created but cannot start: no such program; the other 4 were not made/,
		);
	});
});

suite('another like the container', () => {
	test('is proposed in the form, under the next name', async () => {
		const desk = deskOf(web, containerOf(2, {name: 'web-2', imageId: image.id}));
		desk.engine.blueprints.set(web.id, {
			config: {Cmd: ['sh', '-c', 'a b'], Env: ['A=1', 'SECRET=x']},
			host: {PortBindings: {'80/tcp': [{HostIp: '', HostPort: '8080'}]}, CapAdd: ['ALL']},
		});
		await desk.press('R');
		const {spec, values} = desk.top('form');
		assert.equal(spec.title, 'Run another like web');
		assert.equal(values.name?.text, 'web-3');
		assert.equal(values.command?.text, "sh -c 'a b'");
		assert.equal(values.env?.text, 'A=1');
		// The one that runs has the port.
		assert.equal(values.ports?.text, '80');
		await desk.press('enter');
		assert.deepEqual(changes(desk.engine).length, 2);
		const options = desk.engine.calls('createLike')[0]?.options as {readonly rest: {readonly host: object}};
		assert.deepEqual(options.rest.host, {CapAdd: ['ALL']});
	});

	test('of a stopped one has its ports', async () => {
		const desk = deskOf({...web, state: 'exited'});
		desk.engine.blueprints.set(web.id, {
			host: {PortBindings: {'80/tcp': [{HostIp: '', HostPort: '8080'}]}},
		});
		await desk.press('R');
		assert.equal(desk.top('form').values.ports?.text, '8080:80');
	});

	test('of one that was removed meanwhile keeps the form', async () => {
		const desk = deskOf(web);
		await desk.press('R');
		desk.tell({type: 'engine/containers-changed', changed: [], removed: [web.id]});
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /was removed/);
	});
});
