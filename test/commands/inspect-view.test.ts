import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {inspectCursor} from '../../source/state/selectors/inspect-cursor.ts';
import {selectInspectRows} from '../../source/state/selectors/inspect-rows.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {openDesk} from './desk.ts';

const value = {
	Id: 'abc',
	State: {Status: 'running', Health: {Log: [1, 2]}},
	Config: {
		Env: ['A=1', 'TOKEN=secret'],
		Labels: Object.fromEntries(Array.from({length: 15}, (_, n) => [`l${n}`, 'x'])),
	},
};

const openInspect = () => {
	const desk = openDesk({containers: [containerOf(1, {networks: ['shop', 'back']}), containerOf(2)]});
	desk.tell(
		{type: 'ui/screen-opened', screen: {kind: 'container', containerId: idOf(1), tab: 'inspect'}},
		{type: 'engine/document-loaded', objectId: idOf(1), value},
	);
	const path = () => inspectCursor(desk.state())?.node.path;
	const count = () => selectInspectRows(desk.state()).length;
	const go = (key: string) => desk.tell({type: 'ui/landed', list: 'inspect', key});
	return {...desk, path, count, go};
};

suite('keys of the tree', () => {
	test('right unfolds, then goes in; left goes out, then folds', async () => {
		const desk = openInspect();
		desk.go('.Config');
		await desk.press('right');
		assert.equal(desk.path(), '.Config');
		await desk.press('right');
		assert.equal(desk.path(), '.Config.Env');
		await desk.press('left');
		assert.equal(desk.path(), '.Config.Env');
		await desk.press('left');
		assert.equal(desk.path(), '.Config');
		await desk.press('left');
		assert.ok(!selectInspectRows(desk.state()).some(({key}) => key === '.Config.Env'));
	});

	test('enter and space fold and unfold; - and + do it to all', async () => {
		const desk = openInspect();
		desk.go('.State');
		const open = desk.count();
		await desk.press('enter');
		assert.equal(desk.count(), open - 5);
		await desk.press('space');
		assert.equal(desk.count(), open);
		desk.go('.State.Health.Log[1]');
		await desk.press('-');
		assert.equal(desk.count(), 3);
		assert.equal(desk.path(), '.State');
		await desk.press('+');
		assert.equal(desk.count(), 3 + 5 + 2 + 2 + 15);
	});

	test('n goes on, N goes back, without a search both say so', async () => {
		const desk = openInspect();
		await desk.press('n');
		assert.deepEqual(desk.toasts(), ['info: next match: nothing is looked for: / finds']);
		await desk.press('esc', '/');
		await desk.type('log');
		await desk.press('enter');
		assert.equal(desk.path(), '.State.Health.Log');
		await desk.press('n');
		assert.equal(desk.path(), '.State.Health.Log');
		await desk.press('esc');
		assert.equal(desk.state().ui.screen.kind, 'container');
		assert.equal(desk.state().ui.queries['inspect.find'], '');
	});

	test('y copies the path; Y the value, but nothing that is masked', async () => {
		const desk = openInspect();
		desk.go('.Config');
		await desk.press('right');
		desk.go('.Config.Env[1]');
		await desk.press('y');
		assert.deepEqual(desk.copied, ['.Config.Env[1]']);
		await desk.press('Y');
		desk.go('.Config');
		await desk.press('Y');
		assert.equal(desk.copied.length, 1);
		assert.match(desk.toasts().at(-1) ?? '', /masked/);
		await desk.press('.', 'Y');
		assert.deepEqual(JSON.parse(desk.copied.at(-1) ?? ''), value.Config);
	});

	test('nothing can be marked or sorted in a tree', async () => {
		const desk = openInspect();
		await desk.press('ctrl-a');
		assert.equal(desk.state().ui.lists.inspect.marks.size, 0);
		await desk.press('o');
		assert.deepEqual(desk.state().ui.overlays, []);
	});
});

suite('networks', () => {
	test('+ on the network tab lists them, marks those it is on, and asks how', async () => {
		const desk = openInspect();
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'container', containerId: idOf(1), tab: 'network'}});
		await desk.press('+');
		const {items} = desk.top('choice').spec;
		assert.deepEqual(
			items.map(({label, note}) => `${label}: ${note}`),
			['shop: bridge  internal  it is on it', 'bridge: bridge  172.17.0.0/16', 'host: host'],
		);
		await desk.press('down', 'enter');
		assert.deepEqual(
			desk.top('form').spec.fields.map(({id, initial}) => [id, initial]),
			[
				['network', 'bridge'],
				['aliases', ''],
				['ipv4', ''],
				['ipv6', ''],
			],
		);
		await desk.type('db cache');
		await desk.press('enter');
		assert.deepEqual(
			desk.engine.calls('connectNetwork').map(({key, options}) => ({key, options})),
			[{key: idOf(1), options: {network: 'bridge', aliases: ['db', 'cache'], ipv4: '', ipv6: ''}}],
		);
		assert.deepEqual(desk.toasts(), ['success: c1 connected to bridge']);
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	test('a refusal stays in the form, with what was typed', async () => {
		const desk = openInspect();
		desk.engine.fail('connectNetwork', new Error('invalid address'));
		desk.runner.invoke('containers.connect', {values: {network: 'shop'}});
		await desk.clock.settle();
		await desk.type('db');
		await desk.press('enter');
		const form = desk.top('form');
		assert.equal(form.problem, 'invalid address');
		assert.equal(form.values.aliases?.text, 'db');
	});

	test('- asks which of several, then says what breaks', async () => {
		const desk = openInspect();
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'container', containerId: idOf(1), tab: 'network'}});
		await desk.press('-');
		assert.deepEqual(
			desk.top('choice').spec.items.map(({id}) => id),
			['back', 'shop'],
		);
		await desk.press('enter');
		const {spec} = desk.top('confirm');
		assert.equal(spec.title, 'Disconnect c1 from back?');
		assert.match(spec.lines.join(' '), /c1 leaves the network back.*connections.*break/);
		await desk.press('f', 'enter');
		assert.deepEqual(
			desk.engine.calls('disconnectNetwork').map(({options}) => options),
			[{network: 'back', force: true}],
		);
	});

	test('the only network is not asked for; all that are marked are worked on', async () => {
		const desk = openDesk({containers: [containerOf(1), containerOf(2)]});
		desk.tell({type: 'ui/marks-set', list: 'containers', keys: [idOf(1), idOf(2)]});
		desk.runner.invoke('containers.disconnect');
		assert.equal(desk.top('confirm').spec.title, 'Disconnect 2 containers from bridge?');
		await desk.press('enter');
		assert.equal(desk.engine.calls('disconnectNetwork').length, 2);
		desk.runner.invoke('containers.connect', {argument: 'shop twin'});
		await desk.clock.settle();
		assert.deepEqual(
			desk.engine.calls('connectNetwork').map(({options}) => options),
			Array.from({length: 2}, () => ({network: 'shop', aliases: ['twin'], ipv4: '', ipv6: ''})),
		);
	});

	test('a list that comes late does not cover what was opened meanwhile', async () => {
		const desk = openInspect();
		const release = desk.engine.hold('listNetworks');
		desk.runner.invoke('containers.connect');
		await desk.press('?');
		release();
		await desk.clock.settle();
		assert.deepEqual(
			desk.state().ui.overlays.map(({kind}) => kind),
			['help'],
		);
	});
});
