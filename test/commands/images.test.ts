import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {changes, type Desk, openDesk} from './desk.ts';

const used = imageOf(1, {tags: ['app:1', 'app:2']});
const dangling = imageOf(2, {tags: []});
const spare = imageOf(3, {tags: ['spare:1']});
const world = {
	images: [used, dangling, spare],
	containers: [containerOf(1, {name: 'web', imageId: used.id, image: 'app:1', state: 'exited'})],
};

/** On the row of an image; a dangling one has no tag. */
const on = (tag: string, image = used): Desk => {
	const desk = openDesk(world);
	desk.tell(
		{type: 'ui/pane-focused', pane: 'images'},
		{type: 'ui/landed', list: 'images', key: `${image.id} ${tag}`},
	);
	return desk;
};

const endPull = (desk: Desk, outcome: 'done' | 'failed' | 'cancelled', message = 'denied'): void => {
	const [id] = [...desk.state().transfers.keys()].slice(-1);
	assert.ok(id);
	desk.tell({
		type: 'engine/transfer-ended',
		id,
		outcome,
		at: now,
		...(outcome === 'failed' ? {fault: {kind: 'auth', message, at: now}} : {}),
	});
};

suite('removing an image', () => {
	const cases: readonly (readonly [what: string, desk: Desk, title: string, lines: RegExp, key: string])[] = [
		[
			'one tag of several',
			on('app:1'),
			'Remove app:1?',
			/Only the name goes: 1 other tag keeps.*by 1 container: web/s,
			'app:1',
		],
		[
			'the last tag',
			on('spare:1', spare),
			'Remove spare:1?',
			/The image 000000000000 .*is deleted/,
			'spare:1',
		],
		['one without a tag', on('', dangling), 'Remove <none> 000000000000?', /is deleted/, dangling.id],
	];
	for (const [what, desk, title, lines, key] of cases) {
		test(`${what} names the effect`, async () => {
			await desk.press('d');
			const {spec} = desk.top('confirm');
			assert.equal(spec.title, title);
			assert.match(spec.lines.join('\n'), lines);
			await desk.press('enter');
			assert.deepEqual(changes(desk.engine), [`removeImage ${key}`]);
		});
	}

	test('uses force only when it is switched on', async () => {
		const desk = on('app:1');
		await desk.press('d', 'enter', 'd', 'f', 'enter');
		assert.deepEqual(
			desk.engine.calls('removeImage').map(({options}) => options),
			[{force: false}, {force: true}],
		);
	});

	test('tells the refusal with the next step', async () => {
		const desk = on('app:1');
		desk.engine.fail('removeImage', new EngineError('conflict', 'image is being used by stopped container'));
		await desk.press('d', 'enter');
		assert.deepEqual(desk.toasts(), ['error: Cannot remove app:1: image is being used by stopped container']);
		assert.match(desk.state().ui.toasts[0]?.hint ?? '', /force/);
	});
});

suite('tagging an image', () => {
	test('normalises the name and closes', async () => {
		const desk = on('app:1');
		await desk.press('t', 'ctrl-u');
		await desk.type('reg.example.com/app');
		await desk.press('enter');
		assert.deepEqual(desk.engine.calls('tagImage'), [
			{method: 'tagImage', key: used.id, options: 'reg.example.com/app:latest'},
		]);
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	for (const [typed, problem] of [
		['', /an image name is needed/],
		['App:1', /lower case/],
		[`app@sha256:${'a'.repeat(64)}`, /a tag, not a digest/],
	] as const) {
		test(`refuses ${typed || 'nothing'}`, async () => {
			const desk = on('app:1');
			await desk.press('t', 'ctrl-u');
			await desk.type(typed);
			await desk.press('enter');
			assert.match(desk.top('form').problem ?? '', problem);
			assert.deepEqual(changes(desk.engine), []);
		});
	}
});

suite('pruning images', () => {
	test('tells dangling and unused apart, with what each would remove', async () => {
		const desk = on('app:1');
		await desk.press('D');
		const notes = desk.top('choice').spec.items.map(({note}) => note);
		assert.deepEqual(notes.length, 2);
		assert.match(notes[0] ?? '', /^1 image, /);
		assert.match(notes[1] ?? '', /^2 images, /);
		await desk.press('down', 'enter');
		const {spec} = desk.top('confirm');
		assert.match(spec.lines.join('\n'), /Frees at most 5MB \(3 still to measure\)/);
		assert.deepEqual(spec.list, ['    3MB  2026-01-01  spare:1', '    2MB  2026-01-01  <none> 000000000000']);
		await desk.press('2', 'enter');
		assert.deepEqual(changes(desk.engine), ['pruneImages unused']);
	});

	test('has nothing to do when no image is unused', async () => {
		const desk = openDesk({...world, images: [used]});
		desk.runner.invoke('images.prune', {argument: 'unused'});
		await desk.press('enter');
		desk.top('confirm');
		assert.deepEqual(changes(desk.engine), []);
	});
});

suite('quick pull', () => {
	const pull = async (reference: string): Promise<Desk> => {
		const desk = openDesk(world);
		await desk.press('P');
		await desk.type(reference);
		await desk.press('enter');
		return desk;
	};
	const references = (desk: Desk) => [...desk.state().transfers.values()].map(({reference}) => reference);

	test('asks for the reference with its tag, and closes', async () => {
		const desk = await pull('nginx');
		assert.deepEqual([references(desk), desk.state().ui.overlays], [['nginx:latest'], []]);
		assert.deepEqual(changes(desk.engine), []);
	});

	test('refuses what is no reference, and keeps it', async () => {
		const desk = await pull('Nginx:1');
		assert.match(desk.top('form').problem ?? '', /"Nginx": a repository name is lower case throughout/);
		assert.equal(desk.top('form').values.image?.text, 'Nginx:1');
		assert.deepEqual(references(desk), []);
	});

	test('asks for what is on its way only once', async () => {
		const desk = await pull('nginx');
		desk.runner.invoke('images.pull', {argument: 'nginx:latest'});
		assert.deepEqual(references(desk), ['nginx:latest']);
		endPull(desk, 'done');
		desk.runner.invoke('images.pull', {argument: 'nginx:latest'});
		assert.deepEqual(references(desk), ['nginx:latest', 'nginx:latest']);
	});

	for (const [outcome, toast] of [
		['done', 'success: nginx:latest pulled'],
		['cancelled', 'info: pull of nginx:latest cancelled'],
		['failed', 'error: Cannot pull nginx:latest: denied'],
	] as const) {
		test(`tells when it is ${outcome}`, async () => {
			const desk = await pull('nginx');
			endPull(desk, outcome);
			await desk.clock.settle();
			assert.deepEqual(desk.toasts(), [toast]);
		});
	}

	test('is cancelled and tried again in the transfers pane', async () => {
		const desk = await pull('nginx');
		await desk.press('4', 'x');
		assert.equal([...desk.state().transfers.values()][0]?.status, 'cancelling');
		endPull(desk, 'cancelled');
		await desk.press('r');
		assert.deepEqual(
			[...desk.state().transfers.values()].map(({status}) => status),
			['queued'],
		);
		endPull(desk, 'done');
		await desk.press('c');
		assert.equal(desk.state().transfers.size, 0);
	});

	test('leaves nothing behind when Gantry leaves', async () => {
		const desk = await pull('nginx');
		desk.leave();
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), []);
	});
});

suite('quick run', () => {
	const run = async (image: string, name = ''): Promise<Desk> => {
		const desk = openDesk(world);
		// Where nothing proposes an image.
		await desk.press('3', 'R');
		await desk.type(image);
		await desk.press('tab');
		await desk.type(name);
		await desk.press('enter');
		return desk;
	};
	const made = idOf(0xf001);

	test('begins with the selected image', async () => {
		const desk = on('app:2');
		await desk.press('R');
		assert.equal(desk.top('form').values.image?.text, 'app:2');
		const other = openDesk(world);
		await other.press('3', 'R');
		assert.equal(other.top('form').values.image?.text, '');
	});

	test('makes and starts a container of an image that is here', async () => {
		const desk = await run('app:1', 'new');
		assert.deepEqual(desk.state().transfers.size, 0);
		assert.deepEqual(changes(desk.engine), [`startContainer ${made}`, 'createContainer app:1']);
		assert.deepEqual(desk.toasts(), ['success: new runs']);
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	test('lands on the new container, whatever the filter and the focus were', async () => {
		const desk = on('app:1');
		desk.tell({type: 'ui/filter-opened', list: 'containers'});
		desk.tell({type: 'ui/filter-edited', edit: {kind: 'insert', text: 'nothing'}});
		desk.tell({type: 'ui/filter-closed', isKept: true});
		await desk.press('R', 'enter');
		desk.tell({
			type: 'engine/containers-changed',
			changed: [containerOf(0, {id: made, name: 'zz'})],
			removed: [],
		});
		const {focus, lists} = desk.state().ui;
		assert.deepEqual([focus, lists.containers.filter, lists.containers.cursorKey], ['containers', '', made]);
	});

	test('pulls first what is not here', async () => {
		const desk = await run('nginx');
		assert.equal(desk.top('form').isBusy, true);
		assert.deepEqual(changes(desk.engine), []);
		endPull(desk, 'done');
		await desk.clock.settle();
		assert.deepEqual(changes(desk.engine), [`startContainer ${made}`, 'createContainer nginx:latest']);
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	for (const [outcome, problem] of [
		['failed', 'cannot pull nginx:latest: denied'],
		['cancelled', 'the pull of nginx:latest was cancelled'],
	] as const) {
		test(`stays in the form when the pull is ${outcome}`, async () => {
			const desk = await run('nginx', 'web');
			endPull(desk, outcome);
			await desk.clock.settle();
			const form = desk.top('form');
			assert.deepEqual([form.problem, form.values.name?.text, form.cursor], [problem, 'web', 0]);
			assert.deepEqual(changes(desk.engine), []);
		});
	}

	test('takes an id as it is', async () => {
		const desk = await run(dangling.id);
		assert.ok(changes(desk.engine).includes(`createContainer ${dangling.id}`));
		assert.equal(desk.state().transfers.size, 0);
	});

	test('stays in the form when the name is taken', async () => {
		const desk = openDesk(world);
		desk.engine.fail('createContainer', new EngineError('conflict', 'The container name "/web" is in use'));
		await desk.press('3', 'R');
		await desk.type('app:1');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /^The container name "\/web" is in use \(choose another/);
	});

	test('shows one that cannot start, with the reason and what to do', async () => {
		const desk = openDesk(world);
		desk.engine.fail('startContainer', new EngineError('api', 'port is already allocated'));
		await desk.press('3', 'R');
		await desk.type('app:1');
		await desk.press('enter');
		assert.match(desk.toasts()[0] ?? '', /^error: .*was created but cannot start: port is already allocated/);
		assert.match(desk.state().ui.toasts[0]?.hint ?? '', /d removes it/);
		assert.deepEqual(desk.state().ui.overlays, []);
		assert.equal(desk.state().ui.lists.containers.landingKey, made);
	});

	test('from the palette fills in the image', async () => {
		const desk = openDesk(world);
		await desk.press(':');
		await desk.type('run redis');
		await desk.press('enter');
		assert.equal(desk.top('form').values.image?.text, 'redis');
	});
});

suite("on an image's screen", () => {
	const opened = (image = used, title = 'app:2'): Desk => {
		const desk = openDesk(world);
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'image', imageId: image.id, tab: 'history'}, title});
		return desk;
	};

	test('the keys of the list work on the name that it was opened by', async () => {
		const desk = opened();
		await desk.press('d');
		assert.equal(desk.top('confirm').spec.title, 'Remove app:2?');
		await desk.press('esc', 't');
		assert.equal(desk.top('form').spec.title, 'Tag app:2');
	});

	test('a name that went makes room for one that is left', async () => {
		const desk = opened();
		desk.tell({type: 'engine/images-listed', images: [{...used, tags: ['app:1']}]});
		await desk.press('d');
		assert.equal(desk.top('confirm').spec.title, 'Remove app:1?');
	});

	test('what is gone stays on the screen, and nothing can be done with it', async () => {
		const desk = opened();
		desk.tell({
			type: 'engine/events-arrived',
			events: [
				{
					type: 'image',
					action: 'delete',
					actorId: used.id,
					attributes: {},
					at: now,
					timeNano: '1',
				},
			],
		});
		assert.deepEqual(desk.state().image?.departure, {at: now, by: 'delete'});
		await desk.press('d');
		assert.deepEqual(desk.toasts(), ['info: remove: the image was removed']);
		desk.tell({type: 'engine/images-listed', images: [dangling]});
		assert.deepEqual(desk.state().image?.departure, {at: now, by: 'delete'});
		desk.tell({type: 'engine/images-listed', images: [used]});
		assert.equal(desk.state().image?.departure, undefined);
	});
});

suite('what is freed', () => {
	const contents = (...layers: readonly (readonly [string, number])[]) => {
		const below = [0];
		for (const [, bytes] of layers) below.push((below.at(-1) ?? 0) + bytes);
		const sizeBytes = below.at(-1) ?? 0;
		return {platform: 'linux/amd64', diffIds: layers.map(([id]) => id), least: below, most: below, sizeBytes};
	};
	const read = {
		type: 'images/contents-read',
		contents: new Map([
			[used.id, contents(['base', 1_000_000], ['app', 5000])],
			[dangling.id, contents(['base', 1_000_000], ['lost', 70_000])],
			[spare.id, contents(['base', 1_000_000], ['lost', 70_000], ['spare', 900])],
		]),
		unreadable: [],
	} as const;

	test('by one image is what only it has, and what is built on it keeps the rest', async () => {
		const desk = on('', dangling);
		desk.tell(read);
		await desk.press('d');
		const text = desk.top('confirm').spec.lines.join('\n');
		assert.match(text, /Frees 0B;/);
		assert.match(text, /1 other image built on it keep its layers: spare:1/);
	});

	test('by a prune counts what the pruned share within themselves, and is worded anew while it is found out', async () => {
		const desk = on('app:1');
		desk.runner.invoke('images.prune', {argument: 'unused'});
		assert.match(desk.top('confirm').spec.lines.join('\n'), /Frees at most 5MB \(3 still to measure\)/);
		desk.tell(read);
		assert.match(desk.top('confirm').spec.lines.join('\n'), /Frees 70\.9kB;/);
		await desk.press('2', 'enter');
		assert.deepEqual(changes(desk.engine), ['pruneImages unused']);
	});

	test('a question about other images than before is asked again', async () => {
		const desk = on('app:1');
		desk.runner.invoke('images.prune', {argument: 'unused'});
		const before = desk.top('confirm').spec;
		desk.tell({type: 'engine/images-listed', images: [used, spare]}, read);
		assert.equal(desk.top('confirm').spec, before);
		await desk.press('2', 'enter');
		assert.equal(desk.top('confirm').spec.title, 'Prune 1 unused image?');
		assert.match(desk.top('confirm').notice ?? '', /changed since/);
		assert.deepEqual(changes(desk.engine), []);
	});

	test('what runs holds its image, forced or not', async () => {
		const running = openDesk({
			images: [spare],
			containers: [containerOf(1, {name: 'web', imageId: spare.id, state: 'running'})],
		});
		running.tell({type: 'ui/pane-focused', pane: 'images'});
		await running.press('d', 'enter');
		const {spec} = running.top('confirm');
		assert.match(
			spec.blocked?.({}) ?? '',
			/web runs it: stop and remove it first; with force \(f\) only the name goes/,
		);
		assert.equal(spec.blocked?.({force: true}), undefined);
		assert.deepEqual(changes(running.engine), []);
	});
});
