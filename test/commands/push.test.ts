import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Transfer} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import type {PushTask} from '../../source/state/views/image-jobs.ts';
import {imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {changes, type Desk, openDesk} from './desk.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const api = imageOf(1, {
	tags: ['reg:5000/shop/api:1.4', 'reg:5000/shop/api:latest', 'shop/api:1.4'],
	digests: [`reg:5000/shop/api@${digest('a')}`],
});
const web = imageOf(2, {tags: ['reg:5000/shop/web:2']});
const dangling = imageOf(3, {tags: []});
const manifest = 'application/vnd.docker.distribution.manifest.v2+json';

const on = (...keys: readonly string[]): Desk => {
	const desk = openDesk({images: [api, web, dangling]});
	desk.tell(
		{type: 'ui/pane-focused', pane: 'images'},
		{type: 'ui/landed', list: 'images', key: keys[0] ?? ''},
		{type: 'ui/marks-set', list: 'images', keys: keys.length > 1 ? keys : []},
	);
	return desk;
};

const onApi = (tag = 'reg:5000/shop/api:1.4'): Desk => on(`${api.id} ${tag}`);
const transfers = (desk: Desk): readonly Transfer[] => [...desk.state().transfers.values()];
const asked = (desk: Desk): readonly string[] =>
	transfers(desk).map(({job}) =>
		job?.kind === 'push' ? `${job.reference} ${job.platform ?? ''}`.trim() : '?',
	);

const replace = async (desk: Desk, text: string): Promise<void> => {
	await desk.press('end', 'ctrl-u');
	await desk.type(text);
};

const note = (desk: Desk): string | undefined => {
	const {spec, values} = desk.top('form');
	return spec.fields[0]?.note?.(values.reference?.text ?? '');
};

const end = async (desk: Desk, outcome: 'done' | 'failed', kind: 'auth' | 'api' | 'conflict' = 'api') => {
	for (const {id, reference} of transfers(desk)) {
		const names = [`${reference.replace(/:[^:/]*$/, '')}@${digest('b')}`];
		desk.tell(
			{type: 'engine/transfer-progressed', id, progress: [{kind: 'result', names}], at: now},
			{
				type: 'engine/transfer-ended',
				id,
				outcome,
				at: now,
				...(outcome === 'failed' && {
					fault: {kind, message: 'denied', at: now, ...(kind === 'auth' && {hint: 'as the feed says'})},
				}),
			},
		);
	}
	await desk.clock.settle();
};

suite('pushing', () => {
	test('says where it goes, and goes there under the name as it stands', async () => {
		const desk = onApi();
		await desk.press('U');
		assert.equal(desk.top('form').spec.title, 'Push reg:5000/shop/api:1.4');
		assert.equal(note(desk), 'goes to the registry reg:5000, as shop/api:1.4');
		await desk.press('enter');
		assert.deepEqual(asked(desk), ['reg:5000/shop/api:1.4']);
		assert.deepEqual(changes(desk.engine), []);
		assert.deepEqual(transfers(desk)[0]?.job, {
			kind: 'push',
			reference: 'reg:5000/shop/api:1.4',
			imageId: api.id,
		} satisfies PushTask);
		await end(desk, 'done');
		assert.deepEqual(desk.toasts(), [`success: reg:5000/shop/api:1.4 pushed: ${digest('b')}`]);
	});

	test('without a registry it would be Docker Hub: that is said, as is the name that is given first', async () => {
		const desk = onApi('shop/api:1.4');
		await desk.press('U');
		assert.match(note(desk) ?? '', /^goes to docker\.io\/shop\/api:1\.4: Docker Hub; name a registry first/);
		await replace(desk, 'api');
		assert.match(note(desk) ?? '', /docker\.io\/library\/api:latest: Docker Hub.*gets that name first$/);
		await replace(desk, 'other:1/api');
		await desk.press('enter');
		assert.deepEqual(changes(desk.engine), [`tagImage ${api.id}`]);
		assert.deepEqual(asked(desk), ['other:1/api:latest']);
	});

	test('of what has no name asks for one; what is none is refused before anything is sent', async () => {
		const desk = on(`${dangling.id} `);
		await desk.press('U');
		for (const [wrong, rule] of [
			['', 'an image name is needed'],
			['reg:5000/Upper', 'lower case'],
			['reg:5000/a:-', 'a tag is'],
			[`reg:5000/a@${digest('a')}`, 'a digest is computed'],
		] as const) {
			await replace(desk, wrong);
			await desk.press('enter');
			assert.match(desk.top('form').problem ?? '', new RegExp(rule));
		}
		assert.deepEqual(transfers(desk), []);
		assert.deepEqual(desk.engine.calls('describeRemote'), []);
	});

	test('takes no name from another image unasked', async () => {
		const desk = onApi();
		await desk.press('U');
		await replace(desk, 'reg:5000/shop/web:2');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /names 000000000000 .*left without a name/);
		assert.deepEqual(changes(desk.engine), []);
		await desk.press('space', 'enter');
		assert.deepEqual(asked(desk), ['reg:5000/shop/web:2']);
	});

	test('asks when the name stands for something else there, and only then', async () => {
		const remote = {mediaType: manifest, sizeBytes: 1, platforms: ['linux/amd64']};
		const same = onApi();
		same.engine.remotes.set('reg:5000/shop/api:1.4', {...remote, digest: digest('a')});
		await same.press('U', 'enter');
		assert.equal(asked(same).length, 1);

		const other = onApi();
		other.engine.remotes.set('reg:5000/shop/api:1.4', {...remote, digest: digest('c')});
		await other.press('U', 'enter');
		assert.deepEqual(other.top('confirm').spec.lines.slice(0, 1), [
			'reg:5000/shop/api:1.4: replaces sha256:cccccccccccc in reg:5000',
		]);
		assert.deepEqual(asked(other), []);
		await other.press('enter');
		assert.deepEqual(asked(other), ['reg:5000/shop/api:1.4']);

		// An engine that keeps one platform would put it in the place of all.
		const index = onApi();
		index.engine.remotes.set('reg:5000/shop/api:1.4', {
			...remote,
			mediaType: 'application/vnd.oci.image.index.v1+json',
			digest: digest('a'),
			platforms: ['linux/amd64', 'linux/arm64'],
		});
		await index.press('U', 'enter');
		assert.match(
			index.top('confirm').spec.lines[0] ?? '',
			/an index of several platforms \(linux\/amd64, linux\/arm64\)/,
		);
	});

	test('does not wait for a registry that says nothing', async () => {
		const desk = onApi();
		desk.engine.remotes.set('reg:5000/shop/api:1.4', {
			digest: digest('c'),
			mediaType: manifest,
			sizeBytes: 1,
			platforms: [],
		});
		desk.engine.hold('describeRemote');
		await desk.press('U', 'enter');
		assert.equal(desk.top('form').progress, 'asking reg:5000 what the name stands for');
		await desk.clock.advance(3000);
		assert.deepEqual(asked(desk), ['reg:5000/shop/api:1.4']);
		assert.deepEqual(desk.engine.open('describeRemote'), []);
	});

	test('of several marked ones asks once; those without a name are left out', async () => {
		const desk = on(`${api.id} reg:5000/shop/api:1.4`, `${web.id} reg:5000/shop/web:2`, `${dangling.id} `);
		await desk.press('U');
		const {title, lines, list} = desk.top('confirm').spec;
		assert.equal(title, 'Push 2 names?');
		assert.match(lines.join(' '), /1 image without a name: left out/);
		assert.equal(list?.length, 2);
		await desk.press('enter');
		assert.deepEqual(asked(desk), ['reg:5000/shop/api:1.4', 'reg:5000/shop/web:2']);
		assert.equal(desk.state().ui.lists.images.marks.size, 0);
		await end(desk, 'done');
		assert.deepEqual(desk.toasts(), ['success: 2 of 2 names pushed']);
	});

	test('into one repository go one after the other', async () => {
		const desk = on(
			`${api.id} reg:5000/shop/api:1.4`,
			`${api.id} reg:5000/shop/api:latest`,
			`${web.id} reg:5000/shop/web:2`,
		);
		await desk.press('U', 'enter');
		const due = () =>
			selectDemand(desk.state()).queuedTransfers.map(
				({work}) => work.kind === 'job' && work.job.kind === 'push' && work.job.reference,
			);
		assert.deepEqual(due(), ['reg:5000/shop/api:1.4', 'reg:5000/shop/web:2']);
		const [first] = transfers(desk);
		desk.tell({type: 'engine/transfer-started', id: first?.id ?? '', at: now});
		assert.deepEqual(due(), ['reg:5000/shop/web:2']);
		desk.tell({type: 'engine/transfer-ended', id: first?.id ?? '', outcome: 'cancelled', at: now});
		assert.deepEqual(due(), ['reg:5000/shop/api:latest', 'reg:5000/shop/web:2']);
	});

	test('all tags of its repository go, under another one too', async () => {
		const desk = onApi();
		await desk.press('U');
		assert.equal(desk.top('form').spec.fields[1]?.hint, 'push 1.4, latest');
		await replace(desk, 'other:1/api:x');
		await desk.press('tab', 'space', 'enter');
		assert.deepEqual(asked(desk), ['other:1/api:1.4', 'other:1/api:latest']);
	});

	test(':push takes what docker push takes; a name that nobody has is one for the chosen image', async () => {
		const desk = on(`${web.id} reg:5000/shop/web:2`);
		desk.runner.invoke('images.push', {argument: 'reg:5000/shop/api:1.4'});
		await desk.clock.settle();
		assert.deepEqual(asked(desk), ['reg:5000/shop/api:1.4']);
		desk.runner.invoke('images.push', {argument: 'reg:5000/shop/api:1.4'});
		await desk.clock.settle();
		assert.match(desk.toasts().join(), /is being pushed already/);
		desk.runner.invoke('images.push', {argument: 'reg:5000/new:1'});
		assert.equal(desk.top('form').spec.title, 'Push reg:5000/shop/web:2');
		assert.match(note(desk) ?? '', /as new:1; gets that name first/);
		await desk.press('esc');
		desk.runner.invoke('images.push', {argument: 'shop/api:1.4'});
		assert.match(note(desk) ?? '', /Docker Hub/);
		await desk.press('esc');
		desk.runner.invoke('images.push', {argument: 'Wrong'});
		assert.match(desk.top('form').spec.fields[0]?.check?.('Wrong') ?? '', /lower case/);
	});

	test('an engine that can is asked for one platform', async () => {
		const desk = onApi();
		await desk.press('U');
		assert.deepEqual(
			desk.top('form').spec.fields.map(({id}) => id),
			['reference', 'all', 'move'],
		);
		await desk.press('esc');
		const {info} = desk.engine;
		desk.tell({
			type: 'engine/connected',
			info: {...info, apiVersion: '1.46'},
			place: desk.engine.place(),
			at: now,
		});
		await desk.press('U', 'tab');
		await desk.type('linux/ARM64');
		await desk.press('enter');
		assert.deepEqual(asked(desk), ['reg:5000/shop/api:1.4 linux/arm64']);
	});

	test('what is refused says what to do, and r asks for the same', async () => {
		for (const [kind, hint] of [
			['auth', 'as the feed says'],
			['api', 'r in Transfers tries again'],
			['conflict', 'U pushes what has the name now'],
		] as const) {
			const desk = onApi();
			await desk.press('U', 'enter');
			await end(desk, 'failed', kind);
			const toast = desk.state().ui.toasts.at(-1);
			assert.equal(toast?.text, 'Cannot push reg:5000/shop/api:1.4: denied');
			assert.equal(toast?.hint, hint);
			const before = transfers(desk)[0];
			await desk.press('4', 'r');
			assert.deepEqual(asked(desk), ['reg:5000/shop/api:1.4']);
			assert.notEqual(transfers(desk)[0]?.id, before?.id);
			assert.deepEqual(transfers(desk)[0]?.job, before?.job);
		}
	});

	test('y copies the name with its digest', async () => {
		const desk = onApi();
		await desk.press('U', 'enter', '4', 'y');
		assert.deepEqual(desk.copied, ['reg:5000/shop/api:1.4']);
		await end(desk, 'done');
		await desk.press('y');
		assert.equal(desk.copied[1], `reg:5000/shop/api@${digest('b')}`);
	});
});
