import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {setImmediate as immediate} from 'node:timers/promises';
import type {BuildEvent} from '../../source/engine/build-types.ts';
import type {Transfer} from '../../source/state/model.ts';
import {imageOf} from '../helpers/objects.ts';
import {type Desk, openDesk} from './desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-commands-'));
mkdirSync(join(folder, 'context'));
writeFileSync(join(folder, 'context/Dockerfile'), 'FROM scratch\n');
after(() => {
	rmSync(folder, {recursive: true});
});

const last = ({state}: Desk): Transfer => {
	const transfer = [...state().transfers.values()].at(-1);
	assert.ok(transfer);
	return transfer;
};

/** This machine's file system answers in its own time. */
const until = async (isSo: () => boolean): Promise<void> => {
	while (!isSo()) await immediate();
};

const fill = async ({press, type}: Desk, ...values: readonly string[]): Promise<void> => {
	for (const value of values) {
		await press('end', 'ctrl-u');
		await type(value);
		await press('tab');
	}
};

const told = (desk: Desk, ...events: readonly BuildEvent[]): void => {
	const progress = events.map(event => ({kind: 'build' as const, event}));
	desk.tell({type: 'engine/transfer-progressed', id: last(desk).id, progress, at: desk.clock.now()});
};

const end = (desk: Desk, outcome: 'done' | 'failed'): void => {
	const fault = outcome === 'failed' ? {fault: {kind: 'api' as const, message: 'no', at: 0}} : {};
	desk.tell({type: 'engine/transfer-ended', id: last(desk).id, outcome, ...fault, at: desk.clock.now()});
};

const started = async (): Promise<Desk> => {
	const desk = openDesk({images: [imageOf(0)]});
	await desk.press('2', 'b');
	await fill(desk, join(folder, 'context'), '', 'shop/api:1 shop/api:2', 'A="b c"');
	await desk.press('enter');
	await until(() => desk.state().transfers.size > 0 && desk.state().ui.overlays.length === 0);
	desk.tell({type: 'engine/transfer-started', id: last(desk).id, at: desk.clock.now()});
	return desk;
};

describe('the form of a build', () => {
	it('asks for a build and opens its screen', async () => {
		const desk = await started();
		const {job, reference} = last(desk);
		assert.equal(reference, 'shop/api:1');
		assert.ok(job?.kind === 'build');
		assert.deepEqual(job.tags, ['shop/api:1', 'shop/api:2']);
		assert.deepEqual(job.args, {A: 'b c'});
		assert.equal(job.directory, join(folder, 'context'));
		assert.deepEqual(desk.state().ui.screen, {kind: 'build', transferId: last(desk).id});
	});

	it('stays with what was typed when there is no such directory or no Dockerfile, and names what was looked for', async () => {
		const desk = openDesk({images: [imageOf(0)]});
		await desk.press('2', 'b');
		await fill(desk, join(folder, 'none'));
		await desk.press('enter');
		await until(() => !desk.top('form').isBusy);
		assert.equal(desk.top('form').problem, `${join(folder, 'none')}: no such file or directory`);
		await desk.press('esc', 'b');
		assert.equal(desk.top('form').values.directory?.text, join(folder, 'none'));
		await fill(desk, folder);
		await desk.press('enter');
		await until(() => !desk.top('form').isBusy);
		const {problem, cursor} = desk.top('form');
		assert.equal(problem, `no Dockerfile: ${join(folder, 'Dockerfile')}: no such file or directory`);
		assert.equal(cursor, 1);
		assert.equal(desk.state().transfers.size, 0);
	});

	it('begins with the last one, but for another directory', async () => {
		const desk = await started();
		await desk.press('esc', '2', 'b');
		assert.equal(desk.top('form').values.tags?.text, 'shop/api:1 shop/api:2');
		await desk.press('esc', ':');
		await desk.type(`build ${folder}`);
		await desk.press('enter');
		assert.equal(desk.top('form').values.directory?.text, folder);
		assert.equal(desk.top('form').values.tags?.text, '');
	});
});

describe("a build's end", () => {
	const step = (status: 'cached' | 'failed', error?: string): BuildEvent => ({
		type: 'step',
		id: 's',
		title: 'RUN x',
		number: 1,
		count: 2,
		status,
		...(error === undefined ? {} : {error}),
	});

	it('is told with time, id and what came from the cache; enter opens the image', async () => {
		const desk = await started();
		await desk.press('enter');
		const image = imageOf(0);
		told(desk, {type: 'builder', name: 'classic'}, step('cached'), {type: 'image', imageId: image.id});
		await desk.clock.advance(12_300);
		end(desk, 'done');
		await desk.clock.settle();
		assert.match(desk.toasts().join(), /built shop\/api:1 \([0-9a-f]{12}\) in 12\.3s, 1 of 2 steps cached/);
		await desk.press('y');
		assert.deepEqual(desk.copied, [image.id]);
		await desk.press('enter');
		assert.deepEqual(desk.state().ui.screen, {kind: 'image', imageId: image.id, tab: 'layers'});
	});

	it('is told with step and reason to who is elsewhere; who looks at it has the reason before them', async () => {
		const desk = await started();
		told(desk, step('failed', 'exit code: 3'));
		end(desk, 'failed');
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['info: build of shop/api:1 failed at step 1/2']);
		await desk.press('r', 'esc', 'esc');
		told(desk, step('failed', 'exit code: 3'));
		end(desk, 'failed');
		await desk.clock.settle();
		assert.match(desk.toasts().join(), /build of shop\/api:1 failed at step 1\/2: exit code: 3/);
	});
});
