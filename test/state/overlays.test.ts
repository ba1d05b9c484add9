import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Message, Movement} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import type {CommandInput, FieldSpec, Overlay} from '../../source/state/overlays.ts';
import {textValue} from '../../source/state/text-edit.ts';
import {after, worldOf} from './world.ts';

const input: CommandInput = {targets: ['x']};
const field = (id: string, kind: FieldSpec['kind']): FieldSpec => ({
	id,
	label: id,
	hint: '',
	kind,
	initial: '',
});

const form = {
	kind: 'form',
	commandId: 'x.form',
	input,
	spec: {
		title: 'Form',
		action: 'Do',
		fields: [field('name', 'text'), field('image', 'text'), field('tty', 'toggle')],
	},
	values: {name: textValue('web'), image: textValue(''), tty: textValue('')},
	cursor: 0,
	isBusy: false,
} as const satisfies Overlay;

const confirm = {
	kind: 'confirm',
	commandId: 'x.confirm',
	input,
	spec: {title: 'Sure?', lines: [], action: 'Do', toggles: [{id: 'force', key: 'f', label: 'force'}]},
	toggles: {},
	typed: textValue(''),
} as const satisfies Overlay;

const choice = {
	kind: 'choice',
	commandId: 'x.choice',
	input,
	spec: {title: 'Which?', field: 'which', items: ['a', 'b', 'c'].map(id => ({id, label: id}))},
	cursor: 0,
} as const satisfies Overlay;

const open = (overlay: Overlay): Message => ({type: 'ui/overlay-opened', overlay});
const type = (text: string): Message => ({type: 'ui/overlay-typed', edit: {kind: 'insert', text}});
const move = (movement: Movement, limit = 3): Message => ({type: 'ui/overlay-moved', movement, limit});
const down = (count: number): Message => move({kind: 'lines', count});
const toggle = (id: string): Message => ({type: 'ui/overlay-toggled', id});
const submit: Message = {type: 'ui/form-submitted'};
const refuse = (problem: string, at?: string): Message => ({
	type: 'ui/form-refused',
	input,
	problem,
	...(at === undefined ? {} : {field: at}),
});
const done: Message = {type: 'ui/form-done', input};

const top = (state: State): Overlay => {
	const overlay = state.ui.overlays.at(-1);
	assert.ok(overlay);
	return overlay;
};

const formAfter = (...messages: readonly Message[]): Extract<Overlay, {kind: 'form'}> => {
	const found = after(worldOf(), open(form), ...messages).ui.overlays.find(({kind}) => kind === 'form');
	assert.ok(found?.kind === 'form');
	return found;
};

const values = (...messages: readonly Message[]): readonly string[] =>
	Object.values(formAfter(...messages).values).map(({text}) => text);

suite('a form', () => {
	test('takes what is typed into the field under its cursor', () => {
		assert.deepEqual(values(type('-1')), ['web-1', '', '']);
		assert.deepEqual(values(down(1), type('busy')), ['web', 'busy', '']);
		assert.deepEqual(values(down(2), type('x')), ['web', '', '']);
		assert.deepEqual(values(down(3), type('x')), ['web', '', '']);
	});

	test('goes from field to field to its button, and round', () => {
		const cursor = (...messages: readonly Message[]): number => formAfter(...messages).cursor;
		assert.deepEqual([cursor(down(3)), cursor(down(4)), cursor(down(-1))], [3, 0, 3]);
		assert.deepEqual([cursor(move({kind: 'end'})), cursor(down(2), move({kind: 'start'}))], [3, 0]);
	});

	test('switches a toggle on and off', () => {
		assert.deepEqual(values(toggle('tty')), ['web', '', 'yes']);
		assert.deepEqual(values(toggle('tty'), toggle('tty')), ['web', '', '']);
	});

	test('holds still while its command runs', () => {
		const busy = formAfter(submit, type('x'), toggle('tty'));
		assert.equal(busy.isBusy, true);
		assert.deepEqual(busy.values, form.values);
	});

	test('that is refused keeps what was typed, says why and goes to the field', () => {
		const refused = formAfter(type('-1'), submit, refuse('no such image', 'image'));
		assert.deepEqual(
			[refused.isBusy, refused.problem, refused.cursor, refused.values.name?.text],
			[false, 'no such image', 1, 'web-1'],
		);
		assert.equal(formAfter(down(2), submit, refuse('no')).cursor, 2);
	});

	test('forgets the refusal with the next change', () => {
		assert.equal(formAfter(submit, refuse('no', 'name'), type('x')).problem, undefined);
		assert.equal(formAfter(submit, refuse('no', 'tty'), toggle('tty')).problem, undefined);
	});

	test('is told its end wherever it is by now', () => {
		assert.equal(formAfter(submit, open(confirm), refuse('no')).problem, 'no');
		const closed = after(worldOf(), open(form), submit, open(confirm), done);
		assert.deepEqual(closed.ui.overlays, [confirm]);
	});

	test('is not closed by the end of an earlier one', () => {
		const later = {...form, input: {targets: ['x']}};
		const state = after(
			worldOf(),
			open(form),
			submit,
			{type: 'ui/overlay-closed'},
			open(later),
			done,
			refuse('no'),
		);
		assert.deepEqual(state.ui.overlays, [later]);
	});
});

suite('a question', () => {
	test('has switches', () => {
		const once = top(after(worldOf(), open(confirm), toggle('force')));
		assert.ok(once.kind === 'confirm' && once.toggles.force === true);
		const twice = top(after(worldOf(), open(confirm), toggle('force'), toggle('force')));
		assert.ok(twice.kind === 'confirm' && twice.toggles.force === false);
	});

	test('takes text only when something is to be typed', () => {
		const strict = {...confirm, spec: {...confirm.spec, mustType: '3'}};
		const typed = top(after(worldOf(), open(strict), type('3')));
		assert.ok(typed.kind === 'confirm' && typed.typed.text === '3');
		assert.equal(top(after(worldOf(), open(confirm), type('3'))), confirm);
	});
});

suite('a choice', () => {
	const cases: readonly (readonly [Movement, number])[] = [
		[{kind: 'lines', count: 1}, 1],
		[{kind: 'lines', count: -1}, 2],
		[{kind: 'lines', count: 3}, 0],
		[{kind: 'pages', count: 1}, 2],
		[{kind: 'pages', count: -1}, 0],
		[{kind: 'end'}, 2],
		[{kind: 'start'}, 0],
	];
	for (const [movement, expected] of cases) {
		test(`goes ${JSON.stringify(movement)} to ${expected}`, () => {
			const overlay = top(after(worldOf(), open(choice), move(movement, 2)));
			assert.ok(overlay.kind === 'choice' && overlay.cursor === expected);
		});
	}
});

suite('a search', () => {
	const query = textValue('');

	test('begins at its top again with every change of its words', () => {
		const palette = top(after(worldOf(), open({kind: 'palette', query, cursor: 0}), down(3), type('p')));
		assert.deepEqual(palette, {kind: 'palette', query: textValue('p'), cursor: 0});
		const help = top(
			after(worldOf(), open({kind: 'help', query, offset: 0, scopes: []}), down(3), type('p')),
		);
		assert.deepEqual(help, {kind: 'help', query: textValue('p'), offset: 0, scopes: []});
	});
});

test('only the dialog on top hears', () => {
	const both = after(worldOf(), open(choice), open(form), type('-1'), down(1));
	assert.equal(both.ui.overlays[0], choice);
	const closed = after(both, {type: 'ui/overlay-closed'});
	assert.deepEqual(closed.ui.overlays, [choice]);
});
