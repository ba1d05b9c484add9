import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Image} from '../../source/engine/types.ts';
import type {Transfer} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {containerOf, imageOf, infoOf} from '../helpers/objects.ts';
import {now, place} from '../state/world.ts';
import {type Desk, openDesk} from './desk.ts';

const api = imageOf(1, {tags: ['shop/api:1'], sizeBytes: 5_000_000});
const web = imageOf(2, {tags: ['shop/web:1'], sizeBytes: 1_000_000});
const job = containerOf(1, {name: 'Shop_api.1'});
const choices = [
	{id: 'socket:here', label: place.address, note: 'default socket'},
	{id: 'context:prod', label: 'prod', note: 'context'},
	{id: 'context:test', label: 'test', note: 'context'},
	{id: 'demo', label: 'demo', note: 'an invented world'},
];

const on = (list: 'images' | 'containers', ...keys: readonly string[]): Desk => {
	const desk = openDesk({images: [api, web], containers: [job], choices});
	desk.tell(
		{type: 'ui/pane-focused', pane: list},
		{type: 'ui/landed', list, key: keys[0] ?? ''},
		{type: 'ui/marks-set', list, keys: keys.length > 1 ? keys : []},
	);
	return desk;
};

const onApi = (): Desk => on('images', `${api.id} shop/api:1`);
const transfers = (desk: Desk): readonly Transfer[] => [...desk.state().transfers.values()];
const words = (desk: Desk): string => desk.top('confirm').spec.lines.join('\n');

const answer = (desk: Desk, ...images: readonly Image[]): void => {
	const info = infoOf({name: 'prod-1', architecture: 'aarch64'});
	desk.tell({
		type: 'move/target-answered',
		target: {engineId: 'context:prod', status: 'known', info, images},
	});
};

suite('moving images', () => {
	test('goes to any engine but this one and the demo, which is asked while the question stands', async () => {
		const desk = onApi();
		desk.runner.invoke('images.move');
		const {items, title} = desk.top('choice').spec;
		assert.equal(title, 'Move shop/api:1 to another engine');
		assert.deepEqual(
			items.map(({id}) => id),
			['context:prod', 'context:test'],
		);
		assert.equal(selectDemand(desk.state()).moveTarget, undefined);
		await desk.press('enter');
		assert.equal(desk.top('confirm').spec.title, 'Move shop/api:1 to prod?');
		assert.deepEqual(selectDemand(desk.state()).moveTarget, {engineId: 'context:prod'});
		assert.match(words(desk), /Asking prod what it has/);

		// Not before it has answered.
		await desk.press('enter');
		assert.deepEqual(transfers(desk), []);
		answer(desk);
		assert.match(words(desk), /prod answers: Docker 20\.10\.24 on prod-1\.\n5MB at most/);
		await desk.press('enter');
		assert.equal(selectDemand(desk.state()).moveTarget, undefined);
		assert.equal(transfers(desk)[0]?.reference, 'shop/api:1 → prod');
		assert.deepEqual(transfers(desk)[0]?.job, {
			kind: 'move',
			images: [{imageId: api.id, reference: 'shop/api:1'}],
			engineId: 'context:prod',
			from: place.address,
			to: 'prod',
			totalBytes: 5_000_000,
		});
	});

	test('says what the other one has already, and what it loses', async () => {
		const desk = onApi();
		desk.runner.invoke('images.move', {argument: 'prod'});
		answer(desk, {...api, tags: ['other:1']});
		assert.match(words(desk), /only the name is given there/);
		answer(desk, {...web, tags: ['shop/api:1']});
		assert.match(words(desk), /On prod shop\/api:1 names 000000000000, which is left without a name\./);
		answer(desk, api);
		assert.match(words(desk), /there is nothing to send/);
		await desk.press('enter');
		assert.deepEqual(transfers(desk), []);
	});

	test('says when the image is for other processors', () => {
		const desk = onApi();
		desk.tell({
			type: 'images/contents-read',
			contents: new Map([
				[api.id, {diffIds: [], least: [], most: [], sizeBytes: 1, platform: 'linux/amd64'}],
			]),
			unreadable: [],
		});
		desk.runner.invoke('images.move', {argument: 'prod'});
		answer(desk);
		assert.match(words(desk), /prod is linux\/arm64, the image is for linux\/amd64: it may not run there/);
	});

	test('to one that does not answer is not possible, and one that nobody knows is asked for', async () => {
		const desk = onApi();
		desk.runner.invoke('images.move', {argument: 'prod'});
		const fault = {kind: 'unreachable', message: 'no socket there', at: now} as const;
		desk.tell({
			type: 'move/target-answered',
			target: {engineId: 'context:prod', status: 'failed', fault},
		});
		assert.match(words(desk), /prod: no socket there/);
		await desk.press('enter');
		assert.deepEqual(transfers(desk), []);
		await desk.press('esc');
		desk.runner.invoke('images.move', {argument: 'nowhere'});
		assert.equal(desk.top('choice').spec.title, 'No engine is called nowhere: move shop/api:1 to');
	});

	test('of an answer that is older than the question nothing is believed', async () => {
		const desk = onApi();
		desk.runner.invoke('images.move', {argument: 'prod'});
		answer(desk);
		await desk.press('esc');
		// As the feed does, when nobody demands it any more.
		assert.equal(selectDemand(desk.state()).moveTarget, undefined);
		desk.tell({type: 'move/target-left'});
		desk.runner.invoke('images.move', {argument: 'prod'});
		assert.match(words(desk), /Asking prod/);
	});

	test('sends those that are marked together', async () => {
		const desk = on('images', `${api.id} shop/api:1`, `${web.id} shop/web:1`);
		desk.runner.invoke('images.move', {argument: 'context:prod'});
		answer(desk, web);
		assert.deepEqual(desk.top('confirm').spec.list, ['shop/api:1', 'shop/web:1']);
		assert.match(words(desk), /5MB at most/);
		await desk.press('enter');
		assert.equal(transfers(desk)[0]?.reference, '2 images → prod');
	});

	test('is not offered where no other engine is known', () => {
		const desk = openDesk({images: [api], choices: choices.filter(({note}) => note !== 'context')});
		desk.tell({type: 'ui/pane-focused', pane: 'images'});
		desk.runner.invoke('images.move');
		assert.match(desk.toasts().join(), /no other engine is known here/);
	});
});

suite('moving a container', () => {
	const onJob = (): Desk => {
		const desk = on('containers', job.id);
		desk.runner.invoke('containers.move', {argument: 'prod'});
		answer(desk);
		return desk;
	};

	test('makes an image of it under a name that is free and may be one', async () => {
		const desk = onJob();
		assert.match(words(desk), /become the image shop-api-1:moved here.*Volumes are not in it/);
		await desk.press('enter');
		const [transfer] = transfers(desk);
		assert.deepEqual(transfer?.job?.kind === 'move' && transfer.job.commit, {
			containerId: job.id,
			name: 'Shop_api.1',
			reference: 'shop-api-1:moved',
			isPausing: true,
		});
	});

	test('does not freeze it when told so; tried again, it is not committed once more', async () => {
		const desk = onJob();
		await desk.press('n', 'enter');
		const [transfer] = transfers(desk);
		assert.equal(transfer?.job?.kind === 'move' && transfer.job.commit?.isPausing, false);
		const made = imageOf(9, {tags: ['shop-api-1:moved'], sizeBytes: 7});
		const fault = {kind: 'api', message: 'prod: disk full', at: now} as const;
		desk.tell(
			{type: 'engine/images-listed', images: [api, web, made]},
			{type: 'engine/transfer-ended', id: transfer?.id ?? '', outcome: 'failed', fault, at: now},
		);
		await desk.clock.settle();
		assert.match(desk.toasts().join(), /Cannot move Shop_api\.1 → prod: prod: disk full/);
		await desk.press('4', 'r');
		assert.deepEqual(transfers(desk)[0]?.job, {
			kind: 'move',
			images: [{imageId: made.id, reference: 'shop-api-1:moved'}],
			engineId: 'context:prod',
			from: place.address,
			to: 'prod',
			totalBytes: 7,
		});
	});
});
