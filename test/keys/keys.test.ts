import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {activeScopes} from '../../source/commands/active-scopes.ts';
import type {Command} from '../../source/commands/types.ts';
import type {ImageId} from '../../source/engine/types.ts';
import {afterEscape, type InkKey, keyPresses} from '../../source/keys/canonical.ts';
import {buildKeymap} from '../../source/keys/keymap.ts';
import {resolve} from '../../source/keys/resolve.ts';
import {textEdit} from '../../source/keys/text-keys.ts';
import type {Message} from '../../source/state/messages.ts';
import type {Overlay} from '../../source/state/overlays.ts';
import {textValue} from '../../source/state/text-edit.ts';
import {keymap} from '../commands/desk.ts';
import {idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from '../state/world.ts';
import {inkKey} from './ink-key.ts';

suite('what Ink tells, as key presses', () => {
	const cases: readonly (readonly [input: string, facts: Partial<InkKey>, names: string])[] = [
		['s', {}, 's'],
		['K', {shift: true}, 'K'],
		[' ', {}, 'space'],
		['/', {}, '/'],
		['é', {}, 'é'],
		['漢', {}, '漢'],
		['👩‍👩‍👧', {}, '👩‍👩‍👧'],
		['jjj', {}, 'j j j'],
		['g G', {}, 'g space G'],
		['a', {ctrl: true}, 'ctrl-a'],
		['A', {ctrl: true}, 'ctrl-a'],
		[' ', {ctrl: true}, 'ctrl-space'],
		['b', {meta: true}, 'alt-b'],
		['', {upArrow: true}, 'up'],
		['', {downArrow: true}, 'down'],
		['', {leftArrow: true, ctrl: true}, 'ctrl-left'],
		['', {rightArrow: true}, 'right'],
		['', {pageUp: true}, 'pgup'],
		['', {pageDown: true}, 'pgdn'],
		['', {home: true}, 'home'],
		['', {end: true}, 'end'],
		['\r', {return: true}, 'enter'],
		['', {tab: true}, 'tab'],
		['', {tab: true, shift: true}, 'shift-tab'],
		['', {escape: true}, 'esc'],
		// Two that arrive together, as over a slow line.
		['', {escape: true, meta: true}, 'esc esc'],
		['', {backspace: true}, 'backspace'],
		['', {backspace: true, meta: true}, 'alt-backspace'],
		['', {delete: true}, 'delete'],
		['', {}, ''],
		// Several keys in one chunk, as over a slow line; Ink hands on control characters as they are.
		['j\rk', {}, 'j enter k'],
		['\t\t', {}, 'tab tab'],
		['a\u0001\u0015b', {}, 'a ctrl-a ctrl-u b'],
		['x\u007F', {}, 'x backspace'],
		['s', {eventType: 'press'}, 's'],
		['s', {eventType: 'repeat'}, 's'],
		['s', {eventType: 'release'}, ''],
		['', {upArrow: true, eventType: 'release'}, ''],
	];
	for (const [input, facts, names] of cases) {
		test(`${JSON.stringify(input)} ${JSON.stringify(facts)}: ${names || 'nothing'}`, () => {
			const presses = keyPresses(input, inkKey(facts));
			assert.equal(presses.map(({name}) => name).join(' '), names);
		});
	}

	test('only what can be seen is text', () => {
		const texts = (input: string, facts: Partial<InkKey> = {}) =>
			keyPresses(input, inkKey(facts)).map(({text}) => text);
		assert.deepEqual(texts('a é'), ['a', ' ', 'é']);
		assert.deepEqual(texts('\u0001\r\t\u001B'), [undefined, undefined, undefined, undefined]);
		assert.deepEqual(texts('a', {ctrl: true}), [undefined]);
		assert.deepEqual(texts('a', {meta: true}), [undefined]);
		assert.deepEqual(texts('', {return: true}), [undefined]);
	});
});

suite('a key while typing', () => {
	const cases: readonly (readonly [key: string, edit: string | undefined])[] = [
		['backspace', 'delete-back'],
		['ctrl-h', 'delete-back'],
		['delete', 'delete-forward'],
		['ctrl-w', 'delete-word'],
		['alt-backspace', 'delete-word'],
		['ctrl-u', 'delete-to-start'],
		['ctrl-k', 'delete-to-end'],
		['left', 'left'],
		['right', 'right'],
		['ctrl-left', 'word-left'],
		['ctrl-right', 'word-right'],
		['alt-b', 'word-left'],
		['alt-f', 'word-right'],
		['home', 'start'],
		['ctrl-a', 'start'],
		['end', 'end'],
		['ctrl-e', 'end'],
		['ctrl-z', undefined],
		['up', undefined],
	];
	for (const [key, edit] of cases) {
		test(`${key}: ${edit ?? 'nothing'}`, () => {
			assert.equal(textEdit({name: key})?.kind, edit);
		});
	}

	test('text is put in', () => {
		assert.deepEqual(textEdit({name: 'space', text: ' '}), {kind: 'insert', text: ' '});
	});
});

suite('two commands of one scope with the same key', () => {
	const command = (id: string, scope: Command['scope'], key: string): Command => ({
		id,
		scope,
		title: id,
		help: id,
		keys: [key],
		group: 'view',
		run: () => {},
	});

	test('clash, and the first one has it', () => {
		const {keymap: built, clashes} = buildKeymap([
			command('lists.a', 'lists', 'x'),
			command('lists.b', 'lists', 'x'),
			command('logs.a', 'logs', 'x'),
		]);
		assert.deepEqual(clashes, [{scope: 'lists', key: 'x', commands: ['lists.a', 'lists.b']}]);
		assert.equal(built.get('lists')?.get('x')?.id, 'lists.a');
		assert.equal(built.get('logs')?.get('x')?.id, 'logs.a');
	});
});

const dashboard = worldOf();
const input = {targets: []};
const logs: Message = {
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(1), tab: 'logs'},
};
const document: Message = {
	type: 'ui/screen-opened',
	screen: {kind: 'image', imageId: 'x' as ImageId, tab: 'inspect'},
};
const lost: Message = {
	type: 'engine/lost',
	fault: {kind: 'unreachable', message: '', at: now},
	attempt: 1,
	retryAt: now,
};
const open = (overlay: Overlay): Message => ({type: 'ui/overlay-opened', overlay});
const palette = open({kind: 'palette', query: textValue(''), cursor: 0});
const messages = open({kind: 'messages', offset: 0});
const form = open({
	kind: 'form',
	commandId: 'x',
	input,
	spec: {
		title: '',
		action: '',
		fields: [
			{id: 'tty', label: '', hint: '', kind: 'toggle', initial: ''},
			{id: 'name', label: '', hint: '', kind: 'text', initial: ''},
		],
	},
	values: {},
	cursor: 0,
	isBusy: false,
});
const confirm = open({
	kind: 'confirm',
	commandId: 'x',
	input,
	spec: {
		title: '',
		lines: [],
		action: '',
		toggles: [{id: 'force', key: 'f', label: ''}],
		mustType: '2',
	},
	toggles: {},
	typed: textValue(''),
});
const choice = open({
	kind: 'choice',
	commandId: 'x',
	input,
	spec: {title: '', field: 'x', items: []},
	cursor: 0,
});

suite('where a key is heard', () => {
	const cases: readonly (readonly [where: string, messages: readonly Message[], scopes: string])[] = [
		['the dashboard', [], 'containerList containers lists global'],
		['a pane', [{type: 'ui/pane-focused', pane: 'events'}], 'events lists global'],
		['a log', [logs], 'logs container containers global'],
		['an image', [document], 'inspect lists image images global'],
		['while the engine is away', [lost], 'offline containerList containers lists global'],
		['a log while the engine is away', [logs, lost], 'offline logs container containers global'],
		['what is looked for', [logs, {type: 'ui/query-opened', id: 'logs.find'}], 'query'],
		['a filter', [{type: 'ui/filter-opened', list: 'containers'}], 'filter'],
		['a dialog, also while the engine is away', [lost, form], 'dialog'],
		['a menu', [choice], 'menu dialog'],
		['the messages', [messages], 'menu dialog'],
		['the palette', [palette], 'dialog'],
	];
	for (const [where, given, scopes] of cases) {
		test(`${where}: ${scopes}`, () => {
			assert.equal(activeScopes(after(dashboard, ...given)).join(' '), scopes);
		});
	}
});

suite('an alt key that means nothing', () => {
	const cases: readonly (readonly [name: string, names: readonly string[]])[] = [
		['alt-d', ['esc', 'd']],
		['alt- ', ['esc', 'space']],
		['alt-backspace', []],
		['d', []],
		['ctrl-d', []],
	];
	for (const [name, names] of cases) {
		test(`${name}: ${names.join(', then ') || 'nothing'}`, () => {
			assert.deepEqual(
				afterEscape({name}).map(press => press.name),
				names,
			);
		});
	}
});

suite('what a key means', () => {
	const images: Message = {type: 'ui/pane-focused', pane: 'images'};
	const transfers: Message = {type: 'ui/pane-focused', pane: 'transfers'};
	const filter: Message = {type: 'ui/filter-opened', list: 'containers'};
	const down: Message = {type: 'ui/overlay-moved', movement: {kind: 'lines', count: 1}, limit: 9};
	const cases: readonly (readonly [key: string, where: readonly Message[], meaning: string])[] = [
		['d', [], 'containers.remove'],
		['d', [images], 'images.remove'],
		['d', [transfers], 'nothing'],
		['r', [], 'containers.restart'],
		['r', [transfers], 'transfers.retry'],
		['r', [lost], 'engine.retry'],
		['r', [logs, lost], 'engine.retry'],
		['d', [logs], 'containers.remove'],
		['[', [logs], 'container.previous-tab'],
		['q', [], 'app.quit'],
		['q', [logs], 'container.leave'],
		['q', [document], 'image.leave'],
		['g', [], 'lists.first'],
		['g', [logs], 'logs.first'],
		['F13', [], 'nothing'],
		['q', [filter], 'ui/filter-edited'],
		['enter', [filter], 'filter.keep'],
		['esc', [filter], 'filter.drop'],
		['ctrl-c', [filter], 'filter.quit'],
		['q', [palette], 'ui/overlay-typed'],
		['left', [palette], 'ui/overlay-typed'],
		['enter', [palette], 'dialog.accept'],
		['j', [palette], 'ui/overlay-typed'],
		['j', [choice], 'menu.down'],
		['j', [messages], 'menu.down'],
		['esc', [messages], 'dialog.close'],
		['ctrl-c', [choice], 'dialog.quit'],
		['space', [form], 'ui/overlay-toggled'],
		['space', [form, down], 'ui/overlay-typed'],
		['tab', [form], 'dialog.down'],
		['shift-tab', [form], 'dialog.up'],
		['f', [confirm], 'ui/overlay-toggled'],
		['2', [confirm], 'ui/overlay-typed'],
		['d', [confirm], 'ui/overlay-typed'],
	];
	for (const [key, where, meaning] of cases) {
		const name = `${key} ${where.map(({type}) => type.slice(type.indexOf('/') + 1)).join(', ')}`;
		test(`${name}: ${meaning}`, () => {
			const text = [...key].length === 1 ? {text: key} : key === 'space' ? {text: ' '} : {};
			const resolved = resolve(after(dashboard, ...where), {name: key, ...text}, keymap);
			const found =
				resolved.kind === 'command'
					? resolved.command.id
					: resolved.kind === 'message'
						? resolved.message.type
						: resolved.kind;
			assert.equal(found, meaning);
		});
	}
});
