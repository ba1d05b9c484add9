import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {limitFields} from '../../source/commands/limit-fields.ts';
import {changeFor} from '../../source/commands/limits.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {ContainerLimits} from '../../source/engine/run-types.ts';
import {containerOf, idOf, imageOf, limitsOf} from '../helpers/objects.ts';
import {changes, type Desk, openDesk} from './desk.ts';

const MiB = 1024 ** 2;
const machine = {memoryBytes: 8192 * MiB, cpus: 4};

const edit = (field: string, text: string) => {
	const found = limitFields.find(({id}) => id === field);
	assert.ok(found);
	return {field: found, text};
};

/** What the engine is told of one edited field. */
const told = (field: string, text: string, now: Partial<ContainerLimits> = {}) =>
	changeFor([edit(field, text)], limitsOf(now), machine);

/** Goes down to a field of the form on top. */
const goTo = async (desk: Desk, field: string): Promise<void> => {
	const {spec, cursor} = desk.top('form');
	const at = spec.fields.findIndex(({id}) => id === field);
	await desk.press(...Array.from({length: at - cursor}, () => 'down'));
};

suite('what an engine is told of limits', () => {
	test('memory alone where nothing is set: twice of it with swap, as docker run makes it', () => {
		assert.deepEqual(told('memory', '64m'), {memoryBytes: 64 * MiB, memorySwapBytes: 128 * MiB});
	});

	test('memory below a limit of both leaves that; unlimited swap stays so', () => {
		const now = {memoryBytes: 64 * MiB, memorySwapBytes: 128 * MiB};
		assert.deepEqual(told('memory', '100m', now), {memoryBytes: 100 * MiB, memorySwapBytes: 128 * MiB});
		assert.deepEqual(told('memory', '1g', {memorySwapBytes: -1}), {
			memoryBytes: 1024 * MiB,
			memorySwapBytes: -1,
		});
	});

	test('memory above both is refused at the swap, in either direction', () => {
		const now = {memoryBytes: 64 * MiB, memorySwapBytes: 128 * MiB};
		const problem = (field: string, text: string) => () => told(field, text, now);
		assert.throws(problem('memory', '256m'), {
			field: 'swap',
			message: 'memory and swap together are 128m, less than the memory alone (256m)',
		});
		assert.throws(problem('swap', '32m'), {field: 'swap'});
	});

	test('both at once', () => {
		const both = [edit('memory', '256m'), edit('swap', '-1')];
		assert.deepEqual(changeFor(both, limitsOf(), machine), {memoryBytes: 256 * MiB, memorySwapBytes: -1});
	});

	test('what an engine cannot take away is said with what the machine has', () => {
		assert.throws(() => told('memory', '', {memoryBytes: MiB}), {
			message: /not taken away; this machine has 8192m$/,
		});
		assert.throws(() => told('cpus', '0', {nanoCpus: 5e8}), {message: /not taken away; this machine has 4$/});
	});

	test('what it can', () => {
		assert.deepEqual(told('swap', '', {memorySwapBytes: MiB}), {memorySwapBytes: -1});
		assert.deepEqual(told('reservation', ''), {reservationBytes: -1});
		assert.deepEqual(told('pids', ''), {pidsLimit: 0});
		assert.deepEqual(told('cpuset', ''), {cpuset: '0-3'});
		assert.deepEqual(told('shares', ''), {cpuShares: 1024});
		assert.deepEqual(told('restart', ''), {restart: {name: 'no'}});
	});

	test('CPUs the way that the container has them', () => {
		assert.deepEqual(told('cpus', '1.5'), {nanoCpus: 1.5e9});
		const quota = {cpuQuota: 50_000, cpuPeriod: 50_000};
		assert.deepEqual(told('cpus', '1.5', quota), {cpuQuota: 75_000});
		assert.deepEqual(told('cpus', '', quota), {cpuQuota: -1});
		assert.equal(edit('cpus', '').field.read(limitsOf(quota)), '1');
		assert.equal(edit('cpus', '').field.read(limitsOf({cpuQuota: 25_000})), '0.25');
	});
});

suite('L', () => {
	const desk = (...limits: readonly Partial<ContainerLimits>[]): Desk => {
		const opened = openDesk({containers: limits.map((_, n) => containerOf(n + 1))});
		limits.forEach((facts, n) => void opened.engine.limits.set(idOf(n + 1), facts));
		return opened;
	};

	test('opens its form at once: what is typed before the values are there comes after them', async () => {
		const at = desk({memoryBytes: 64 * MiB});
		const letGo = at.engine.hold('containerLimits');
		await at.press('L', 's', 'enter');
		assert.equal(at.top('form').isBusy, true);
		await goTo(at, 'pids');
		await at.press('7', '0', 'enter');
		assert.deepEqual([changes(at.engine), at.state().ui.overlays.length], [[], 1]);
		letGo();
		await at.clock.settle();
		const {isBusy, values, cursor, spec} = at.top('form');
		assert.deepEqual([isBusy, spec.fields[cursor]?.id], [false, 'pids']);
		assert.deepEqual([values.memory?.text, values.pids?.text], ['64ms', '70']);
	});

	test('left before that opens nothing later, and tells no trouble', async () => {
		const at = desk({});
		const letGo = at.engine.hold('containerLimits');
		await at.press('L', 'esc');
		at.engine.fail('containerLimits', new EngineError('api', 'no'));
		letGo();
		await at.clock.settle();
		assert.deepEqual([at.state().ui.overlays, at.toasts()], [[], []]);
	});

	test('says why there are no values', async () => {
		const at = desk({});
		at.engine.fail('containerLimits', new EngineError('not-found', 'No such container: x'));
		await at.press('L');
		assert.deepEqual(at.state().ui.overlays, []);
		assert.deepEqual(at.toasts(), ['error: limits: No such container: x']);
	});

	test('sends what was changed and nothing else', async () => {
		const at = desk({pidsLimit: 50, restart: {name: 'on-failure', maximumRetryCount: 3}});
		await at.press('L');
		assert.equal(at.top('form').values.restart?.text, 'on-failure:3');
		await goTo(at, 'pids');
		await at.press('ctrl-u');
		await at.type('70');
		await at.press('enter');
		assert.deepEqual(at.engine.calls('updateContainer')[0]?.options, {pidsLimit: 70});
		assert.deepEqual(at.toasts(), ['success: c1: processes 70']);
		assert.deepEqual(at.state().ui.overlays, []);
	});

	test('with nothing changed sends nothing', async () => {
		const at = desk({memoryBytes: 64 * MiB, memorySwapBytes: -1});
		await at.press('L', 'enter');
		assert.deepEqual(changes(at.engine), []);
		assert.deepEqual(at.toasts(), ['info: limits: nothing was changed']);
	});

	test('checks what was typed before anything is sent, and keeps it', async () => {
		const at = desk({});
		await at.press('L');
		await at.type('1m');
		await at.press('enter');
		const {problem, values} = at.top('form');
		assert.equal(problem, '"1m": a memory limit is 6m at least');
		assert.equal(values.memory?.text, '1m');
		assert.deepEqual(changes(at.engine), []);
	});

	test('keeps what the engine refuses, in its words, with the name for the id', async () => {
		const at = desk({});
		const words = `Cannot update container ${idOf(1)}: device or resource busy`;
		at.engine.fail('updateContainer', new EngineError('api', words));
		await at.press('L');
		await at.type('64m');
		await at.press('enter');
		const {problem, values, isBusy} = at.top('form');
		assert.equal(problem, 'Cannot update container c1: device or resource busy');
		assert.deepEqual([values.memory?.text, isBusy], ['64m', false]);
	});

	test('of several shows what they have in common, and changes each from what it has', async () => {
		const at = desk(
			{memoryBytes: 64 * MiB, memorySwapBytes: 128 * MiB, pidsLimit: 9},
			{memoryBytes: 32 * MiB, memorySwapBytes: -1, pidsLimit: 9},
		);
		await at.press('ctrl-a', 'L');
		const {spec, values} = at.top('form');
		assert.equal(spec.title, 'Limits of 2 containers: c1, c2');
		assert.equal(spec.fields[0]?.hint, 'they differ: 64m, 32m');
		assert.deepEqual([values.memory?.text, values.pids?.text], ['', '9']);
		await at.type('100m');
		await at.press('enter');
		assert.deepEqual(
			at.engine.calls('updateContainer').map(({options}) => options),
			[
				{memoryBytes: 100 * MiB, memorySwapBytes: 128 * MiB},
				{memoryBytes: 100 * MiB, memorySwapBytes: -1},
			],
		);
		assert.deepEqual(at.toasts(), ['success: 2 of 2 containers: memory 100m']);
	});

	test('of several names each that is refused', async () => {
		const at = desk({}, {memorySwapBytes: 50 * MiB});
		await at.press('ctrl-a', 'L');
		await at.type('100m');
		await at.press('enter');
		assert.equal(
			at.top('form').problem,
			'c2: memory and swap together are 50m, less than the memory alone (100m)',
		);
		assert.deepEqual(at.toasts(), ['success: 1 of 2 containers: memory 100m']);
	});
});

suite('c', () => {
	const world = {containers: [containerOf(1, {name: 'web'})], images: [imageOf(1, {tags: ['shop/web:1']})]};

	test('commits under a name, frozen meanwhile, and tells id and size', async () => {
		const desk = openDesk(world);
		await desk.press('c');
		await desk.type('shop/web:2');
		await goTo(desk, 'message');
		await desk.type('a fix');
		await goTo(desk, 'changes');
		await desk.type('USER www; EXPOSE 80');
		await desk.press('enter');
		const [call] = desk.engine.calls('commitContainer');
		assert.equal(call?.key, idOf(1));
		assert.deepEqual(call?.options, {
			reference: 'shop/web:2',
			message: 'a fix',
			author: '',
			isPausing: true,
			changes: ['USER www', 'EXPOSE 80'],
		});
		assert.match(desk.toasts()[0] ?? '', /^success: web committed to shop\/web:2: [0-9a-f]{12}, [\d.]+GB$/);
		assert.deepEqual(desk.state().ui.overlays, []);
	});

	test('without a pause when that is switched off', async () => {
		const desk = openDesk(world);
		await desk.press('c');
		await desk.type('x');
		await goTo(desk, 'pause');
		await desk.press('space', 'enter');
		const {options} = desk.engine.calls('commitContainer')[0] ?? {};
		assert.deepEqual(options, {
			reference: 'x:latest',
			message: '',
			author: '',
			isPausing: false,
			changes: [],
		});
	});

	for (const [typed, rule] of [
		['', /an image name is needed/],
		['shop/Web', /a repository name is lower case/],
		['web:', /the tag after the colon is missing/],
		[`web@sha256:${'a'.repeat(64)}`, /a digest is computed, not given/],
	] as const)
		test(`refuses the name "${typed.slice(0, 12)}" before anything is sent`, async () => {
			const desk = openDesk(world);
			await desk.press('c');
			if (typed !== '') await desk.type(typed);
			await desk.press('enter');
			assert.match(desk.top('form').problem ?? '', rule);
			assert.deepEqual(changes(desk.engine), []);
		});

	test('takes a name away from another image only when told to', async () => {
		const desk = openDesk(world);
		await desk.press('c');
		await desk.type('shop/web:1');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /^shop\/web:1 names image [0-9a-f]{12} already/);
		assert.deepEqual(changes(desk.engine), []);
		await desk.press('space', 'enter');
		assert.equal(desk.engine.calls('commitContainer').length, 1);
	});

	test('works on one container only', async () => {
		const desk = openDesk({containers: [containerOf(1), containerOf(2)]});
		await desk.press('ctrl-a', 'c');
		assert.deepEqual(desk.toasts(), ['info: commit: it works on one container: unmark the others']);
	});

	test('keeps what the engine refuses', async () => {
		const desk = openDesk(world);
		desk.engine.fail('commitContainer', new EngineError('invalid', 'unknown instruction'));
		await desk.press('c');
		await desk.type('x');
		await desk.press('enter');
		assert.equal(desk.top('form').problem, 'unknown instruction');
		assert.equal(desk.state().busy.size, 0);
	});
});

suite('an argument', () => {
	const line = async (desk: Desk, text: string): Promise<void> => {
		await desk.press(':');
		await desk.type(text);
		await desk.press('enter');
	};

	test(':stop 30 and :restart 5 give that grace, and say so', async () => {
		const desk = openDesk({containers: [containerOf(1)]});
		await line(desk, 'stop 30');
		assert.match(desk.top('confirm').spec.lines.join(' '), /within 30 s\./);
		await desk.press('enter');
		assert.equal(desk.engine.calls('stopContainer')[0]?.options, 30);
		await line(desk, 'restart 0s');
		await desk.press('enter');
		assert.equal(desk.engine.calls('restartContainer')[0]?.options, 0);
	});

	test('without it the container says how long', async () => {
		const desk = openDesk({containers: [containerOf(1)]});
		await desk.press('s', 'enter');
		assert.deepEqual(desk.engine.calls('stopContainer'), [{method: 'stopContainer', key: idOf(1)}]);
	});

	test('that is no grace can be put right in place', async () => {
		const desk = openDesk({containers: [containerOf(1)]});
		await line(desk, 'stop soon');
		assert.equal(desk.top('form').values.argument?.text, 'soon');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /"soon": a grace period is/);
		await desk.press('ctrl-u', '7', 'enter');
		assert.equal(desk.engine.calls('stopContainer')[0]?.options, 7);
	});

	test('that is no signal is refused before it is sent, with those there are', async () => {
		const desk = openDesk({containers: [containerOf(1)]});
		await line(desk, 'kill SIGFOO');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /"SIGFOO": no signal; there are HUP INT/);
		assert.deepEqual(changes(desk.engine), []);
		await desk.press('ctrl-u');
		await desk.type('rtmin+2');
		await desk.press('enter');
		assert.equal(desk.engine.calls('killContainer')[0]?.options, 'SIGRTMIN+2');
	});

	test('another signal than those offered is typed', async () => {
		const desk = openDesk({containers: [containerOf(1)]});
		await desk.press('K', 'G', 'enter');
		await desk.type('10');
		await desk.press('enter');
		assert.equal(desk.engine.calls('killContainer')[0]?.options, '10');
		assert.deepEqual(desk.toasts(), ['success: c1 got 10 (SIGUSR1)']);
	});
});
