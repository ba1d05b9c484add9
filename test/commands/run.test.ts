import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type Command, FormProblem} from '../../source/commands/types.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {CommandInput} from '../../source/state/overlays.ts';
import {openDesk} from './desk.ts';

type Run = Command['run'];

/** A command that asks for all it can be asked for; the test decides what its work does. */
const commandOf = (run: Run, facts: Partial<Command> = {}): Command => ({
	id: 'images.run',
	scope: 'global',
	title: 'do it',
	help: 'Does it',
	keys: ['X'],
	group: 'danger',
	run,
	...facts,
});

const form: Command['form'] = () => ({
	title: 'Form',
	action: 'Do',
	fields: [
		{id: 'image', label: 'Image', hint: '', kind: 'text', initial: 'busy'},
		{
			id: 'name',
			label: 'Name',
			hint: '',
			kind: 'text',
			initial: '',
			check: value => (value === '' ? 'a name is needed' : undefined),
		},
		{id: 'tty', label: 'TTY', hint: '', kind: 'toggle', initial: ''},
	],
});
const choice: Command['choice'] = () => ({
	title: 'Which?',
	field: 'which',
	items: ['a', 'b', 'c'].map(id => ({id, label: id})),
	initial: 'b',
});
const confirm: Command['confirm'] = (_, input) => ({
	title: `Do ${input.values?.which ?? 'it'}?`,
	lines: [],
	action: 'Do',
	toggles: [
		{id: 'force', key: 'f', label: 'force'},
		{id: 'volumes', key: 'v', label: 'volumes'},
	],
	blocked: toggles => (toggles.force === true ? undefined : 'f first'),
	mustType: '2',
});

const deskOf = (facts: Partial<Command>, run?: Run) => {
	const inputs: CommandInput[] = [];
	const command = commandOf((context, input) => {
		inputs.push(input);
		return run?.(context, input);
	}, facts);
	const dialogKeys: readonly Command[] = [
		commandOf(({submit}) => submit(), {
			id: 'dialog.accept',
			scope: 'dialog',
			keys: ['enter'],
			group: 'navigate',
		}),
		commandOf(
			({store}) => store.dispatch({type: 'ui/overlay-moved', movement: {kind: 'lines', count: 1}, limit: 9}),
			{
				id: 'dialog.down',
				scope: 'dialog',
				keys: ['tab', 'down'],
				group: 'navigate',
			},
		),
		commandOf(({store}) => store.dispatch({type: 'ui/overlay-closed'}), {
			id: 'dialog.close',
			scope: 'dialog',
			keys: ['esc'],
			group: 'navigate',
		}),
	];
	return {...openDesk({}, [command, ...dialogKeys]), inputs};
};

suite('a command', () => {
	test('is done at once when it asks nothing', async () => {
		const {press, inputs} = deskOf({});
		await press('X');
		assert.deepEqual(inputs, [{targets: []}]);
	});

	test('is not done while there is a reason against it', async () => {
		const {press, inputs, toasts} = deskOf({disabledReason: () => 'it is closed', form, confirm});
		await press('X');
		assert.deepEqual([inputs, toasts()], [[], ['info: do it: it is closed']]);
	});

	test('tells what went wrong in the words of the engine, and the next step', async () => {
		const {press, state} = deskOf({}, () => {
			throw new EngineError('conflict', 'name is in use');
		});
		await press('X');
		const [toast] = state().ui.toasts;
		assert.deepEqual(
			[toast?.kind, toast?.text, toast?.hint],
			['error', 'do it: name is in use', 'choose another name, or remove the container that has it'],
		);
		assert.equal(toast?.expiresAt, undefined);
	});

	test('that is given up because Gantry leaves says nothing', async () => {
		const gate = Promise.withResolvers<void>();
		const {press, leave, clock, toasts} = deskOf({}, () => gate.promise);
		await press('X');
		leave();
		gate.reject(new EngineError('aborted', 'given up'));
		await clock.settle();
		assert.deepEqual(toasts(), []);
	});
});

suite('a form', () => {
	test('hands what was typed, trimmed, to the command and closes', async () => {
		const {press, type, inputs, state} = deskOf({form});
		await press('X');
		await type(' :1 ');
		await press('tab');
		await type('web');
		await press('tab', 'space', 'enter');
		assert.deepEqual(inputs, [{targets: [], values: {image: 'busy :1', name: 'web', tty: 'yes'}}]);
		assert.deepEqual(state().ui.overlays, []);
	});

	test('with a bad field is not sent: the field is named and the cursor goes there', async () => {
		const {press, type, inputs, top} = deskOf({form});
		await press('X');
		await type('box');
		await press('enter');
		const {problem, cursor, values, isBusy} = top('form');
		assert.deepEqual(
			[problem, cursor, values.image?.text, isBusy],
			['a name is needed', 1, 'busybox', false],
		);
		assert.deepEqual(inputs, []);
	});

	const filled = async (run: Run) => {
		const desk = deskOf({form}, run);
		await desk.press('X', 'tab');
		await desk.type('web');
		await desk.press('enter');
		return desk;
	};

	test('stays with what was typed when the command refuses it', async () => {
		const {top, toasts} = await filled(() => {
			throw new FormProblem('no such image', 'image');
		});
		const {problem, cursor, values, isBusy} = top('form');
		assert.deepEqual([problem, cursor, values.name?.text, isBusy], ['no such image', 0, 'web', false]);
		assert.deepEqual(toasts(), []);
	});

	test('stays with the words of the engine and the next step', async () => {
		const {top, toasts} = await filled(async () => {
			throw new EngineError('conflict', 'name is in use');
		});
		assert.equal(
			top('form').problem,
			'name is in use (choose another name, or remove the container that has it)',
		);
		assert.deepEqual(toasts(), []);
	});

	test('can be sent again after a refusal', async () => {
		let tries = 0;
		const {press, state} = await filled(() => {
			tries += 1;
			if (tries === 1) throw new FormProblem('no');
		});
		await press('enter');
		assert.deepEqual([tries, state().ui.overlays], [2, []]);
	});

	test('takes no second enter while the first is under way', async () => {
		const gate = Promise.withResolvers<void>();
		const {press, type, inputs, top, state, clock} = await filled(() => gate.promise);
		await press('enter');
		await type('x');
		assert.deepEqual([inputs.length, top('form').isBusy, top('form').values.name?.text], [1, true, 'web']);
		gate.resolve();
		await clock.settle();
		assert.deepEqual(state().ui.overlays, []);
	});

	test('that was left meanwhile tells its trouble as a toast, and a later one is left alone', async () => {
		const gate = Promise.withResolvers<void>();
		const {press, type, top, toasts, clock} = await filled(() => gate.promise);
		await press('esc', 'X');
		await type('box');
		gate.reject(new EngineError('api', 'disk full'));
		await clock.settle();
		assert.deepEqual(toasts(), ['error: do it: disk full']);
		assert.deepEqual([top('form').problem, top('form').values.image?.text], [undefined, 'busybox']);
	});

	test('that was left meanwhile does not close a later one when it is done', async () => {
		const gate = Promise.withResolvers<void>();
		const {press, type, top, clock} = await filled(() => gate.promise);
		await press('esc', 'X');
		await type('box');
		gate.resolve();
		await clock.settle();
		assert.equal(top('form').values.image?.text, 'busybox');
	});

	test('closes also below another dialog', async () => {
		const gate = Promise.withResolvers<void>();
		const {tell, clock, state} = await filled(() => gate.promise);
		tell({type: 'ui/overlay-opened', overlay: {kind: 'messages', offset: 0}});
		gate.resolve();
		await clock.settle();
		assert.deepEqual(
			state().ui.overlays.map(({kind}) => kind),
			['messages'],
		);
	});
});

suite('a question', () => {
	test('is not answered while something blocks it or the number is not typed', async () => {
		const {press, inputs, top} = deskOf({confirm});
		await press('X', 'enter');
		assert.equal(top('confirm').spec.title, 'Do it?');
		await press('f', 'enter');
		await press('3', 'enter');
		assert.deepEqual([inputs, top('confirm').typed.text], [[], '3']);
		await press('backspace', '2', 'enter');
		assert.deepEqual(inputs, [{targets: [], values: {force: 'yes'}}]);
	});

	test('hands over what is switched on', async () => {
		const {press, inputs} = deskOf({confirm});
		await press('X', 'f', 'v', 'v', '2', 'enter');
		assert.deepEqual(inputs, [{targets: [], values: {force: 'yes', volumes: ''}}]);
	});

	test('comes after the choice, with its answer', async () => {
		const {press, inputs, top} = deskOf({choice, confirm});
		await press('X');
		assert.equal(top('choice').cursor, 1);
		await press('down', 'enter');
		assert.equal(top('confirm').spec.title, 'Do c?');
		await press('f', '2', 'enter');
		assert.deepEqual(inputs, [{targets: [], values: {which: 'c', force: 'yes'}}]);
	});

	test('that is no longer true is asked again, and then done', async () => {
		let line = 'It is stopped.';
		const {press, inputs, top} = deskOf({
			confirm: () => ({title: 'Remove web?', lines: [line], action: 'Do', toggles: []}),
		});
		await press('X');
		line = 'It is running.';
		await press('enter');
		assert.deepEqual(inputs, []);
		assert.deepEqual(top('confirm').spec.lines, ['It is running.']);
		assert.match(top('confirm').notice ?? '', /changed/);
		await press('enter');
		assert.equal(inputs.length, 1);
	});

	test('that is left does nothing', async () => {
		for (const asks of [{form}, {choice}, {confirm}]) {
			const {press, inputs, state} = deskOf(asks);
			await press('X', 'esc');
			assert.deepEqual([inputs, state().ui.overlays], [[], []]);
		}
	});
});

suite('what a command works on', () => {
	test('is fixed when its key is pressed', async () => {
		let current = ['one'];
		const {press, inputs} = deskOf({
			targets: () => current,
			confirm: (_, {targets}) => ({title: targets.join(), lines: [], action: 'Do', toggles: []}),
		});
		await press('X');
		current = ['other'];
		await press('enter');
		assert.deepEqual(
			inputs.map(({targets}) => targets),
			[['one']],
		);
	});

	test('may be given', () => {
		const {runner, inputs} = deskOf({targets: () => ['cursor']});
		runner.invoke('images.run', {targets: ['given'], argument: 'busy:1'});
		assert.deepEqual(inputs, [{targets: ['given'], argument: 'busy:1'}]);
	});
});
