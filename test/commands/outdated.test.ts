import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {TagCheck} from '../../source/state/views/outdated.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {digestOf} from '../helpers/scripted-registry.ts';
import {openDesk} from './desk.ts';

const name = 'reg.example.com/shop/api';
const own = imageOf(1, {tags: [`${name}:1`], digests: [`${name}@${digestOf('1')}`]});
const same = imageOf(2, {tags: [`${name}:2`], digests: [`${name}@${digestOf('2')}`]});
const web = containerOf(1, {name: 'web', image: `${name}:1`, imageId: own.id});
const api = containerOf(2, {name: 'api', image: `${name}:1`, imageId: own.id});
const current = containerOf(3, {name: 'current', image: `${name}:2`, imageId: same.id});

const found = (letter: string): TagCheck => ({
	status: 'found',
	tag: {digest: digestOf(letter), listed: [], imageIds: [], isByEngine: false},
});

/** Two containers that are behind, and one that is not, as the registry has said. */
const openOutdated = async (isReadOnly = false) => {
	const desk = openDesk({containers: [web, api, current], images: [own, same], isReadOnly});
	await desk.press(':');
	await desk.type('outdated');
	await desk.press('enter');
	const turn = desk.state().outdated?.turn ?? 0;
	desk.tell(
		{type: 'outdated/checked', turn, reference: `${name}:1`, check: found('9')},
		{type: 'outdated/checked', turn, reference: `${name}:2`, check: found('2')},
	);
	return desk;
};

describe('what is outdated', () => {
	test('is pulled, each tag once', async () => {
		const desk = await openOutdated();
		await desk.press('ctrl-a', 'P');
		assert.deepEqual(
			[...desk.state().transfers.values()].map(({reference}) => reference),
			[`${name}:1`],
		);
	});

	test('is recreated from what is pulled first; what is up to date is left alone', async () => {
		const desk = await openOutdated();
		await desk.press('ctrl-a', 'N');
		const {spec} = desk.top('confirm');
		assert.equal(spec.title, 'Update 2 containers, one after the other?');
		assert.equal(spec.mustType, '2');
		const text = spec.lines.join('\n');
		assert.match(text, /web: .*api:1 is pulled first \(111111111111 to 999999999999\)/);
		assert.match(text, /only when the new one is healthy/);
		assert.doesNotMatch(text, /current/);
	});

	test('what nothing newer is there for cannot be updated', async () => {
		const desk = await openOutdated();
		await desk.press('down', 'down', 'N', 'P');
		assert.deepEqual(desk.toasts(), [
			'info: update: there is nothing newer: up to date',
			'info: pull: there is nothing to pull: up to date',
		]);
	});

	test('enter, Y and y are about the row', async () => {
		const desk = await openOutdated();
		await desk.press('y', 'Y');
		assert.deepEqual(desk.copied, [digestOf('9'), `docker pull ${name}:1`]);
		await desk.press('enter');
		const {screen} = desk.state().ui;
		assert.ok(screen.kind === 'container' && screen.containerId === api.id);
		await desk.press('esc', 'C', 'esc');
		assert.equal(desk.state().ui.screen.kind, 'outdated');
	});

	test('is seen but not touched in a read-only session', async () => {
		const desk = await openOutdated(true);
		await desk.press('N', 'P');
		assert.equal(desk.state().transfers.size, 0);
		assert.equal(desk.state().ui.overlays.length, 0);
		assert.equal(desk.toasts().length, 2);
	});
});

const aside = `web-old-${web.id.slice(0, 12)}`;
const old = {...web, name: aside, state: 'exited' as const};
const next = containerOf(9, {name: 'web', image: `${name}:1`});

describe('roll back', () => {
	const rollBack = async (...keys: readonly string[]) => {
		const desk = openDesk({containers: [next, old], images: [own]});
		await desk.press('/');
		await desk.type('name:web');
		await desk.press('enter', ':');
		await desk.type('roll-back');
		await desk.press('enter');
		assert.equal(desk.top('confirm').spec.title, 'Roll web back?');
		await desk.press(...keys);
		return desk;
	};
	const names = ({engine}: Awaited<ReturnType<typeof rollBack>>) =>
		[...engine.containers.values()].map(each => `${each.name} ${each.state}`).toSorted();

	test('gives the old one its name and starts it; the new one stays aside', async () => {
		const desk = await rollBack('enter');
		assert.deepEqual(names(desk), ['web running', `web-new-${next.id.slice(0, 12)} exited`]);
		assert.equal(desk.engine.containers.get(web.id)?.name, 'web');
	});

	test('removes the new one when that is wanted', async () => {
		const desk = await rollBack('r', 'enter');
		assert.deepEqual(names(desk), ['web running']);
	});

	test('puts everything back when a step fails', async () => {
		const desk = openDesk({containers: [next, old], images: [own]});
		desk.engine.fail('startContainer', new Error('port is taken'));
		await desk.press(':');
		await desk.type('roll-back');
		await desk.press('enter', 'enter');
		await desk.clock.settle();
		assert.match(desk.toasts().join('\n'), /Cannot roll web back: not all was put back .*port is taken/);
		assert.equal(desk.engine.containers.get(next.id)?.name, 'web');
		assert.equal(desk.engine.containers.get(web.id)?.name, aside);
	});

	test('is refused where nothing was kept', async () => {
		const desk = openDesk({containers: [containerOf(5, {id: idOf(5), name: 'alone'})]});
		await desk.press(':');
		await desk.type('roll-back');
		await desk.press('enter');
		assert.match(desk.toasts()[0] ?? '', /there is no old one/);
	});
});
