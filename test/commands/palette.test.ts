import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {askPalette} from '../../source/commands/palette.ts';
import {commands} from '../../source/commands/registry.ts';
import type {Message} from '../../source/state/messages.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {after, worldOf} from '../state/world.ts';
import {openDesk} from './desk.ts';

const world = {containers: [containerOf(1)], images: [imageOf(1)]};
const images: Message = {type: 'ui/pane-focused', pane: 'images'};
const logs: Message = {
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(1), tab: 'logs'},
};

suite('the palette', () => {
	const cases: readonly (readonly [
		line: string,
		where: readonly Message[],
		first: string | undefined,
		argument?: string,
	])[] = [
		['stop', [], 'containers.stop'],
		['STOP', [], 'containers.stop'],
		['  stop ', [], 'containers.stop'],
		['sto', [], 'containers.stop'],
		['q', [], 'app.quit'],
		['containers.rename', [], 'containers.rename'],
		['frees', [], undefined],
		['remove', [], 'containers.remove'],
		['remove', [images], 'images.remove'],
		['prune', [], 'containers.prune'],
		['prune', [images], 'images.prune'],
		['inspect', [images], 'images.inspect'],
		['follow', [logs], 'logs.follow'],
		['pull nginx:1.27', [], 'images.pull', 'nginx:1.27'],
		['Pull nginx:1.27', [], 'images.pull', 'nginx:1.27'],
		['run redis', [images], 'images.run', 'redis'],
		['kill SIGHUP', [], 'containers.kill', 'SIGHUP'],
		['prune unused', [], 'images.prune', 'unused'],
		['pull  a  b', [], 'images.pull', 'a  b'],
		['clear finished', [], 'transfers.clear'],
		['copy id', [images], 'images.copy-id'],
		['stop 30', [], 'containers.stop', '30'],
		['pause web', [], undefined],
		['nonsense', [], undefined],
	];
	for (const [line, where, first, argument] of cases) {
		const pane = where.map(({type}) => type).join();
		test(`:${line} ${pane}: ${first ?? 'nothing'}`, () => {
			const answer = askPalette(commands, after(worldOf(world), ...where), line);
			assert.equal(answer.matches[0]?.id, first);
			assert.equal(answer.argument, argument);
		});
	}

	test('offers all at first, those of the focused pane before the others', () => {
		const {matches} = askPalette(commands, after(worldOf(world), images), '');
		assert.equal(matches.length, commands.filter(({isKeyOnly}) => isKeyOnly !== true).length);
		assert.equal(matches[0]?.scope, 'imageList');
	});

	test('finds by the words of the help last', () => {
		const {matches} = askPalette(commands, worldOf(world), 'stop');
		assert.equal(matches[0]?.id, 'containers.stop');
		assert.ok(matches.some(({id}) => id === 'containers.prune'));
	});

	test('runs what is under its cursor', async () => {
		const desk = openDesk(world);
		await desk.press(':');
		await desk.type('focus-');
		await desk.press('down', 'enter');
		assert.equal(desk.state().ui.focus, 'images');
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	test('stays open when nothing is called that', async () => {
		const desk = openDesk(world);
		await desk.press(':');
		await desk.type('nonsense');
		await desk.press('enter');
		assert.equal(desk.top('palette').query.text, 'nonsense');
	});
});
