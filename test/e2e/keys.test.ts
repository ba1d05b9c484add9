import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

const prefix = testName('');

/** The names in the container list, in its order, without what this test file shares. */
function namesIn(gantry: Gantry): readonly string[] {
	return gantry
		.pane('1 Containers')
		.map(row => /-(\w+)(?= +\S*(?:busy|web):1)/.exec(row)?.[1] ?? '')
		.filter(Boolean);
}

async function showsNames(gantry: Gantry, names: readonly string[]): Promise<void> {
	await gantry.until(`the list is ${names.join(', ')}`, () => namesIn(gantry).join() === names.join());
}

describe('the list and its keys', {skip: requireEngine(), timeout: 180_000}, () => {
	let ids: readonly string[] = [];

	before(async () => {
		const project = ['--label', `com.docker.compose.project=${testName('shop')}`];
		ids = await Promise.all([
			runBusy(testName('alpha')),
			runBusy(testName('beta'), ...project),
			runBusy(testName('gamma'), ...project, '--label', 'tier=front'),
			docker('create', '--name', testName('delta'), 'gantry-test/web:1'),
		]);
	});
	after(removeTestObjects);

	const opened = async (filter = `name:${prefix}`): Promise<Gantry> => {
		const gantry = await openGantry();
		await gantry.filter('1 Containers', filter);
		return gantry;
	};

	test('what is typed while it starts is for the list', async () => {
		await using gantry = await openGantry({waitsForLive: false});
		await gantry.type(`/name:${testName('gamma')}\r`);
		await showsNames(gantry, ['gamma']);
	});

	test('o sorts by a column, O turns it round', async () => {
		await using gantry = await opened();
		await showsNames(gantry, ['alpha', 'beta', 'delta', 'gamma']);
		await gantry.press('O');
		await showsNames(gantry, ['gamma', 'delta', 'beta', 'alpha']);
		await gantry.press('O', 'o');
		await gantry.sees('╭ Sort by');
		await gantry.chooseItem('IMAGE');
		await gantry.until('it says so', () => /by image/.test(gantry.borderOf('1 Containers')));
		await gantry.until('the other image is last', () => namesIn(gantry).at(-1) === 'delta');
		await gantry.press('O');
		await gantry.until('the other image is first', () => namesIn(gantry)[0] === 'delta');
		await gantry.press('o');
		await gantry.sees('╭ Sort by');
		await gantry.chooseItem('default order');
		await gantry.until('it is as before', () => !/by image/.test(gantry.borderOf('1 Containers')));
	});

	test('words, !words, fields and labels filter', async () => {
		await using gantry = await opened();
		for (const [filter, names] of [
			['web', ['delta']],
			['!web', ['alpha', 'beta', 'gamma']],
			['!web !alpha', ['beta', 'gamma']],
			['ALPHA', ['alpha']],
			['state:created', ['delta']],
			['label:tier', ['gamma']],
			['label:tier=front', ['gamma']],
			['project:shop', ['beta', 'gamma']],
			[`id:${ids[0]?.slice(0, 12)}`, ['alpha']],
		] as const) {
			await gantry.filter('1 Containers', `name:${prefix} ${filter}`);
			await showsNames(gantry, names);
		}
		await gantry.filter('1 Containers', `${prefix}nothing`);
		await gantry.row('1 Containers', 'Nothing matches');
		await gantry.press('esc');
		await gantry.until('the filter is gone', () => !gantry.borderOf('1 Containers').includes('nothing'));
	});

	test('the filter works while it is typed, and esc puts back what was', async () => {
		await using gantry = await opened();
		await gantry.press('/');
		await gantry.type(' gamma');
		await gantry.until('only it is left', () => namesIn(gantry).join() === 'gamma');
		await gantry.press('esc');
		await showsNames(gantry, ['alpha', 'beta', 'delta', 'gamma']);
	});

	test('v groups by project, A leaves only what runs', async () => {
		await using gantry = await opened();
		await gantry.press('v');
		await gantry.row('1 Containers', /shop .* 2 up/);
		await showsNames(gantry, ['beta', 'gamma', 'alpha', 'delta']);
		await gantry.press('A');
		await showsNames(gantry, ['beta', 'gamma', 'alpha']);
		await gantry.until('it says so', () => gantry.borderOf('1 Containers').includes('running only'));
		await gantry.press('A', 'v');
		await gantry.noRow('1 Containers', / 2 up/);
		await showsNames(gantry, ['alpha', 'beta', 'delta', 'gamma']);
	});

	test('numbers and tab go round the panes, z gives one of them the screen', async () => {
		await using gantry = await openGantry();
		assert.equal(gantry.panes.length, 5);
		for (const [key, footer] of [
			['2', 't tag'],
			['4', 'x cancel'],
			['1', 's stop'],
			['tab', 't tag'],
			['shift-tab', 's stop'],
		] as const) {
			await gantry.press(key);
			await gantry.until(`${key} leads to ${footer}`, () => (gantry.screen().at(-1) ?? '').includes(footer));
		}
		await gantry.press('5', 'z');
		await gantry.until('only the events are left', () => gantry.panes.join() === '5 Events');
		await gantry.row('5 Events', /container +(start|create)|No events/);
		await gantry.press('esc');
		await gantry.until('all are back', () => gantry.panes.length === 5);
		await gantry.press('1', 'z');
		await gantry.until('only the containers are left', () => gantry.panes.join() === '1 Containers');
		await gantry.row('1 Containers', /NAME.*IMAGE.*STATE.*CPU%.*PIDS.*ID/);
		await gantry.press('z');
		await gantry.until('all are back', () => gantry.panes.length === 5);
	});

	test('? finds every key, : every command', async () => {
		await using gantry = await opened();
		await gantry.press('?');
		await gantry.sees('╭ Help');
		await gantry.sees('Stops: SIGTERM, and SIGKILL after the grace period');
		await gantry.type('exclude');
		await gantry.seesNot('Stops: SIGTERM');
		await gantry.press('ctrl-u');
		await gantry.type('osc');
		await gantry.sees(/│ y +copy id/);
		await gantry.press('esc');
		await gantry.seesNot('╭ Help');
		await gantry.press(':');
		await gantry.sees('╭ Commands');
		await gantry.type('no-such-command');
		await gantry.sees('No command is called that.');
		await gantry.press('enter');
		await gantry.sees('╭ Commands');
		await gantry.press('esc');
		await gantry.seesNot('╭ Commands');
		await gantry.command('sort');
		await gantry.sees('╭ Sort by');
	});

	test('y copies the id through the terminal, of all that are marked', async () => {
		await using gantry = await openGantry();
		const [alpha = '', beta = ''] = ids;
		const copied = (text: string) => `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
		await gantry.select(testName('alpha'));
		await gantry.press('y');
		await gantry.until('the id is copied', () => gantry.rawOutput.includes(copied(alpha)));
		await gantry.filter('1 Containers', `name:${prefix} a`);
		await showsNames(gantry, ['alpha', 'beta', 'delta', 'gamma']);
		await gantry.press('g', 'space', 'space', 'y');
		await gantry.until('both are copied', () => gantry.rawOutput.includes(copied(`${alpha}\n${beta}`)));
	});

	test('ctrl-l draws again what something else has written over', async () => {
		await using gantry = await opened();
		await showsNames(gantry, ['alpha', 'beta', 'delta', 'gamma']);
		gantry.scribble('\u001B[3;1HSCRIBBLE\u001B[10;20HSCRIBBLE');
		await gantry.sees('SCRIBBLE');
		await gantry.press('ctrl-l');
		await gantry.seesNot('SCRIBBLE');
		await showsNames(gantry, ['alpha', 'beta', 'delta', 'gamma']);
	});

	test('i shows what the engine knows, esc goes back', async () => {
		await using gantry = await openGantry();
		await gantry.select(testName('alpha'));
		await gantry.press('i');
		await gantry.sees(`Id: "${ids[0]}"`);
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
	});

	test('events are listed and filtered', async () => {
		await using gantry = await openGantry();
		await gantry.filter('5 Events', `${testName('seen')} type:container`);
		const name = testName('seen');
		await docker('create', '--name', name, 'gantry-test/busy:1');
		await gantry.row('5 Events', /container +create/);
		await docker('rm', name);
		await gantry.row('5 Events', /container +destroy/);
	});
});
