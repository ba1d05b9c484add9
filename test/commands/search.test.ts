import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {SearchResult} from '../../source/engine/registry-types.ts';
import {openDesk} from './desk.ts';

const results: readonly SearchResult[] = [
	{name: 'nginx', description: 'Official build', stars: 20_000, isOfficial: true},
	{name: 'someone/nginx', description: '', stars: 3, isOfficial: false},
	{name: 'quay.io/team/nginx', description: '', stars: 0, isOfficial: false},
];

/** The results of a search on the screen, the first one under the cursor. */
const openResults = async (isReadOnly = false) => {
	const desk = openDesk({isReadOnly});
	await desk.press(':');
	await desk.type('search nginx');
	await desk.press('enter');
	const turn = desk.state().search?.turn ?? 0;
	desk.tell({type: 'search/asked', turn, at: 0}, {type: 'search/found', turn, results, at: 250});
	return desk;
};

describe('what a search has found', () => {
	test('opens in the registry that has it', async () => {
		for (const [down, host, repository] of [
			[0, 'docker.io', 'library/nginx'],
			[1, 'docker.io', 'someone/nginx'],
			[2, 'quay.io', 'team/nginx'],
		] as const) {
			const desk = await openResults();
			await desk.press(...Array.from({length: down}, () => 'down'), 'enter');
			const {screen} = desk.state().ui;
			assert.ok(screen.kind === 'registry');
			assert.deepEqual(screen.place, {level: 'tags', host, repository});
			await desk.press('esc');
			assert.deepEqual(desk.state().ui.screen, {kind: 'search', term: 'nginx'});
			assert.equal(desk.state().search?.results.length, 3, 'what was found is there still');
		}
	});

	test('is pulled with the tag latest, all that is marked', async () => {
		const desk = await openResults();
		await desk.press('space', 'space', 'P');
		assert.deepEqual(
			[...desk.state().transfers.values()].map(({reference}) => reference),
			['nginx:latest', 'someone/nginx:latest'],
		);
	});

	test('fills the form of a new container', async () => {
		const desk = await openResults();
		await desk.press('R');
		assert.equal(desk.top('form').values.image?.text, 'nginx');
	});

	test('is copied as a name and as a line', async () => {
		const desk = await openResults();
		await desk.press('y', 'Y');
		assert.deepEqual(desk.copied, ['nginx', 'docker pull nginx']);
	});

	test('is only looked at in a read-only session', async () => {
		const desk = await openResults(true);
		await desk.press('P', 'R');
		assert.equal(desk.state().transfers.size, 0);
		assert.equal(desk.state().ui.overlays.length, 0);
		assert.equal(desk.toasts().filter(text => text.includes('read-only session')).length, 2);
		await desk.press('enter');
		assert.equal(desk.state().ui.screen.kind, 'registry');
	});

	test('goes with the next search, and an answer to the last one is not taken for its own', async () => {
		const desk = await openResults();
		const turn = desk.state().search?.turn ?? 0;
		await desk.press('F');
		assert.equal(desk.state().search?.isOfficialOnly, true);
		assert.deepEqual(desk.state().search?.results, []);
		desk.tell({type: 'search/found', turn, results, at: 500});
		assert.deepEqual(desk.state().search?.results, []);
		await desk.press('F');
		assert.equal(desk.state().search?.isOfficialOnly, false);
	});

	test('a number of stars is one', async () => {
		const desk = openDesk();
		await desk.press(':');
		await desk.type('search');
		await desk.press('enter');
		await desk.type('nginx');
		await desk.press('tab', 'tab');
		await desk.type('many');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /"many": a number of stars is needed/);
	});
});
