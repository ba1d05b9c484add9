import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {paletteName} from '../../source/commands/palette.ts';
import {commands} from '../../source/commands/registry.ts';
import {type Scope, scopes, scopeTitles} from '../../source/commands/types.ts';
import type {Message} from '../../source/state/messages.ts';
import {paneIds} from '../../source/state/model.ts';
import {rowKeys} from '../../source/state/selectors/rows.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {changes, clashes, type Desk, keymap, mutating, openDesk} from './desk.ts';

const world = {
	containers: [
		containerOf(1),
		containerOf(2, {state: 'exited'}),
		containerOf(3, {state: 'paused', project: 'shop'}),
	],
	images: [imageOf(1), imageOf(2, {tags: []}), imageOf(3, {tags: ['busy:1']})],
};

suite('every command', () => {
	test('has an id of its own, of scope and verb', () => {
		const ids = commands.map(({id}) => id);
		assert.deepEqual(
			ids.filter((id, index) => ids.indexOf(id) !== index),
			[],
		);
		for (const id of ids) assert.match(id, /^[a-z]+\.[a-z]+(-[a-z]+)*$/);
	});

	test('has a title and a line of help, without a full stop', () => {
		for (const {id, title, help} of commands) {
			assert.match(title, /^\S(.*[^.\s])?$/, id);
			assert.match(help, /^[A-Z].*[^.\s]$/, id);
			assert.ok(!help.includes('\n'), id);
		}
	});

	test('can be reached: by a key or from the palette', () => {
		for (const {id, keys, isKeyOnly} of commands) assert.ok(keys.length > 0 || isKeyOnly !== true, id);
	});

	test('that the palette offers has a name that means one thing in its scope', () => {
		const offered = commands.filter(({isKeyOnly}) => isKeyOnly !== true);
		const names = offered.map(command => `${command.scope} ${paletteName(command)}`);
		assert.equal(new Set(names).size, names.length);
	});

	test('is in a scope that has a title', () => {
		for (const scope of scopes) assert.ok(scopeTitles[scope].length > 0);
		const used = new Set(commands.map(({scope}) => scope));
		for (const scope of used) assert.ok(scopes.includes(scope));
	});

	test('has its keys for itself, in a spelling that a terminal can give', () => {
		assert.deepEqual(clashes, []);
		const spelling =
			/^(?:(?:ctrl-|alt-|shift-)?(?:[a-z]|up|down|left|right|pgup|pgdn|home|end|tab|enter|esc|backspace)|\S|space)$/u;
		for (const {id, keys} of commands) for (const key of keys) assert.match(key, spelling, id);
	});
});

/** The rows of the keymap that the dashboard has so far, by the scope in which the key is pressed. */
const keysByScope: Readonly<Partial<Record<Scope, Readonly<Record<string, string>>>>> = {
	global: {
		'?': 'app.help',
		':': 'app.palette',
		q: 'app.quit',
		'ctrl-c': 'app.quit',
		esc: 'app.back',
		tab: 'app.next-pane',
		'shift-tab': 'app.previous-pane',
		1: 'app.focus-containers',
		2: 'app.focus-images',
		3: 'app.focus-resources',
		4: 'app.focus-transfers',
		5: 'app.focus-events',
		z: 'app.zoom',
		'/': 'app.filter',
		'ctrl-l': 'app.redraw',
		P: 'images.pull',
		R: 'images.run',
		E: 'app.events',
		T: 'app.transfers',
	},
	lists: {
		up: 'lists.up',
		down: 'lists.down',
		k: 'lists.up',
		j: 'lists.down',
		pgup: 'lists.page-up',
		pgdn: 'lists.page-down',
		'ctrl-u': 'lists.half-page-up',
		'ctrl-d': 'lists.half-page-down',
		g: 'lists.first',
		G: 'lists.last',
		home: 'lists.first',
		end: 'lists.last',
		space: 'lists.mark',
		'ctrl-a': 'lists.mark-all',
		o: 'lists.sort',
		O: 'lists.reverse',
	},
	containers: {
		s: 'containers.stop',
		u: 'containers.start',
		r: 'containers.restart',
		p: 'containers.pause',
		K: 'containers.kill',
		n: 'containers.rename',
		d: 'containers.remove',
		l: 'containers.logs',
		e: 'containers.shell',
		i: 'containers.inspect',
		t: 'containers.processes',
		m: 'containers.stats',
		x: 'containers.changes',
		f: 'containers.files',
		y: 'containers.copy-id',
	},
	containerList: {
		enter: 'containers.open',
		A: 'containers.running-only',
		v: 'containers.group',
		D: 'containers.prune',
	},
	container: {
		esc: 'container.back',
		q: 'container.leave',
		']': 'container.next-tab',
		'[': 'container.previous-tab',
		tab: 'container.next-tab',
		'shift-tab': 'container.previous-tab',
	},
	images: {
		i: 'images.inspect',
		t: 'images.tag',
		d: 'images.remove',
		D: 'images.prune',
		y: 'images.copy-id',
	},
	transfers: {x: 'transfers.cancel', r: 'transfers.retry', c: 'transfers.clear'},
	logs: {f: 'logs.follow', t: 'logs.timestamps'},
	offline: {r: 'engine.retry'},
};

suite('the keymap', () => {
	for (const scope of scopes) {
		for (const [key, id] of Object.entries(keysByScope[scope] ?? {})) {
			test(`${scope}: ${key} is ${id}`, () => {
				assert.equal(keymap.get(scope)?.get(key)?.id, id);
			});
		}
	}

	test('no key of a pane hides one that works everywhere', () => {
		const everywhere = new Set([...(keymap.get('global')?.keys() ?? [])]);
		for (const pane of paneIds)
			for (const key of keymap.get(pane)?.keys() ?? []) assert.ok(!everywhere.has(key), `${pane} ${key}`);
	});
});

/** Says yes to all that a command asks, as far as that is possible without knowing the command. */
const acceptAll = async (desk: Desk): Promise<void> => {
	// Some read what they ask about first.
	await desk.clock.settle();
	for (let asked = 0; asked < 4; asked += 1) {
		const top = desk.state().ui.overlays.at(-1);
		if (top?.kind === 'confirm') {
			for (const {id} of top.spec.toggles) desk.tell({type: 'ui/overlay-toggled', id});
			await desk.type(top.spec.mustType ?? '');
		}
		if (top?.kind === 'form') {
			const [first] = Object.values(top.values);
			const field = top.spec.fields[top.cursor];
			const fitting = field?.check?.('busy:1') === undefined ? 'busy:1' : '64m';
			if (field?.kind === 'toggle') desk.tell({type: 'ui/overlay-toggled', id: field.id});
			else await desk.type(first?.text === '' ? fitting : 'x');
		}
		// The palette runs any command.
		if (top !== undefined && top.kind !== 'palette') desk.runner.submit();
		await desk.clock.settle();
	}
};

const failedPull: readonly Message[] = [
	{type: 'ui/transfer-requested', id: 'p', reference: 'busy:1', at: now},
	{
		type: 'engine/transfer-ended',
		id: 'p',
		outcome: 'failed',
		fault: {kind: 'auth', message: 'denied', at: now},
		at: now,
	},
];

const where: readonly (readonly [string, readonly Message[]])[] = [
	['containers', []],
	['images', [{type: 'ui/pane-focused', pane: 'images'}]],
	['transfers', [...failedPull, {type: 'ui/pane-focused', pane: 'transfers'}]],
	['a log', [{type: 'ui/screen-opened', screen: {kind: 'container', containerId: idOf(1), tab: 'logs'}}]],
];

suite('in a read-only session', () => {
	for (const command of commands.filter(({group}) => group === 'danger')) {
		test(`${command.id} is refused`, async () => {
			const desk = openDesk({...world, isReadOnly: true});
			desk.tell(...failedPull);
			desk.runner.invoke(command.id, {argument: 'busy:1'});
			await acceptAll(desk);
			assert.deepEqual(desk.toasts(), [
				`info: ${command.title}: read-only session: nothing can be changed from here`,
			]);
			assert.deepEqual(changes(desk.engine), []);
			assert.equal(desk.state().transfers.size, 1);
		});
	}
});

suite('without danger', () => {
	for (const command of commands.filter(({group}) => group !== 'danger')) {
		test(`${command.id} changes nothing on the engine`, async () => {
			for (const [, messages] of where) {
				const desk = openDesk(world);
				desk.tell(...messages);
				desk.runner.invoke(command.id);
				await acceptAll(desk);
				assert.deepEqual(changes(desk.engine), []);
				// To write a file here is not to change an engine.
				const transfers = desk.state().transfers.values();
				assert.ok(transfers.filter(({job}) => job?.kind !== 'save').toArray().length <= 1);
			}
		});
	}
});

suite('with danger', () => {
	test('every call of the port that changes something is made by some command', async () => {
		const made = new Set<string>();
		for (const command of commands.filter(({group}) => group === 'danger')) {
			for (const [, messages] of where) {
				for (const row of rowKeys(openDesk(world).state(), 'containers')) {
					const desk = openDesk(world);
					desk.engine.images.clear();
					desk.tell(...messages, {type: 'ui/landed', list: 'containers', key: row});
					desk.runner.invoke(command.id);
					await acceptAll(desk);
					for (const call of changes(desk.engine)) made.add(call.split(' ', 1)[0] ?? '');
				}
			}
		}
		// Pulls are carried out by the feed: a command only asks for them, and what waits for one waits here.
		const waiting: readonly string[] = ['pullImage', 'createAgain', 'createLike'];
		assert.deepEqual([...made].toSorted(), mutating.filter(method => !waiting.includes(method)).toSorted());
	});
});

suite('a command that cannot be done', () => {
	const lost: Message = {
		type: 'engine/lost',
		fault: {kind: 'unreachable', message: 'gone', at: now},
		attempt: 1,
		retryAt: now,
	};
	const states: readonly (readonly [string, Desk])[] = [
		['with nothing there', openDesk()],
		['while the engine is away', openDesk(world)],
	];
	states[1]?.[1].tell(lost);
	for (const [when, desk] of states) {
		for (const command of commands) {
			const reason = command.disabledReason?.(desk.state());
			if (reason === undefined) continue;
			test(`${command.id} says why ${when}: ${reason}`, () => {
				assert.match(reason, /^[a-z].*[^.\s]$/);
				desk.tell({type: 'ui/toasts-dismissed'});
				desk.runner.invoke(command.id);
				assert.deepEqual(desk.toasts(), [`info: ${command.title}: ${reason}`]);
				assert.deepEqual(desk.state().ui.overlays, []);
			});
		}
	}

	test('is every one with danger while the engine is away', () => {
		const desk = openDesk(world);
		desk.tell(lost);
		const able = commands.filter(
			({group, disabledReason}) => group === 'danger' && disabledReason?.(desk.state()) === undefined,
		);
		assert.deepEqual(able, []);
	});

	test('does nothing when nobody knows it', () => {
		const desk = openDesk(world);
		desk.runner.invoke('containers.fly');
		assert.deepEqual(desk.toasts(), ['error: No command is called containers.fly']);
	});
});
