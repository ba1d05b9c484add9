import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ChangeKind} from '../../source/engine/process-types.ts';
import type {State} from '../../source/state/model.ts';
import {selectChangesRows} from '../../source/state/selectors/changes-rows.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {cursorKey, now} from '../state/world.ts';
import {openDesk} from './desk.ts';

const id = idOf(1);
const kinds: Readonly<Record<string, ChangeKind>> = {A: 'added', C: 'modified', D: 'deleted'};

const loaded = (lines: readonly string[], mountPoints: readonly string[] = []) =>
	({
		type: 'changes/loaded',
		containerId: id,
		at: now,
		changes: {
			changes: lines.map(line => ({kind: kinds[line.charAt(0)] ?? 'modified', path: line.slice(2)})),
			mountPoints,
		},
	}) as const;

const some = [
	'C /etc',
	'A /etc/b10',
	'A /etc/b9',
	'D /etc/a',
	'A /srv',
	'A /srv/one',
	'A /srv/one/two',
	'C /x',
];

const openTab = (lines: readonly string[] = some) => {
	const desk = openDesk({containers: [containerOf(1)]});
	desk.tell(
		{type: 'ui/screen-opened', screen: {kind: 'container', containerId: id, tab: 'changes'}},
		loaded(lines),
	);
	return desk;
};

const paths = (state: State): readonly string[] => selectChangesRows(state).map(({path}) => path);

const many = ['A /big', ...Array.from({length: 101}, (_, index) => `A /big/f${index}`), 'C /x'];

describe('the tab of changes', () => {
	it('is a tree in the order of a person, with what holds little open', () => {
		const desk = openTab();
		assert.deepEqual(paths(desk.state()), [
			'/etc',
			'/etc/a',
			'/etc/b9',
			'/etc/b10',
			'/srv',
			'/srv/one',
			'/srv/one/two',
			'/x',
		]);
		desk.leave();
		const big = openTab(many);
		assert.deepEqual(paths(big.state()), ['/big', '/x']);
		big.leave();
	});

	it('is folded and unfolded by hand, and that holds over a refresh', async () => {
		const desk = openTab(many);
		await desk.press('enter');
		assert.equal(paths(desk.state()).length, 103);
		desk.tell(loaded([...many, 'A /big/g']));
		assert.equal(paths(desk.state()).length, 104);
		await desk.press('j', 'j', 'left', 'left');
		assert.deepEqual(paths(desk.state()), ['/big', '/x']);
		assert.equal(cursorKey(desk.state(), 'changes'), '/big');
		desk.leave();
	});

	it('opens a chain of single folders at once, and goes into what is open', async () => {
		const desk = openTab(['A /a', 'A /a/b', 'A /a/b/c', 'A /a/b/c/d']);
		await desk.press('F');
		assert.deepEqual(paths(desk.state()), ['/a']);
		await desk.press('right');
		assert.deepEqual(paths(desk.state()), ['/a', '/a/b', '/a/b/c', '/a/b/c/d']);
		await desk.press('right', 'right');
		assert.equal(cursorKey(desk.state(), 'changes'), '/a/b/c');
		await desk.press('F');
		assert.equal(cursorKey(desk.state(), 'changes'), '/a', 'the folder that the cursor was folded away in');
		desk.leave();
	});

	it('shows one kind with the folders it is in, and all again by the same key', async () => {
		const desk = openTab();
		await desk.press('-');
		assert.deepEqual(paths(desk.state()), ['/etc', '/etc/a']);
		await desk.press('~');
		assert.deepEqual(paths(desk.state()), ['/etc', '/x']);
		await desk.press('~');
		assert.equal(paths(desk.state()).length, 8);
		desk.leave();
	});

	it('opens what is folded while something is looked for', async () => {
		const desk = openTab(many);
		await desk.press('/');
		await desk.type('f77');
		assert.deepEqual(paths(desk.state()), ['/big', '/big/f77']);
		await desk.press('esc');
		assert.deepEqual(paths(desk.state()), ['/big', '/x']);
		await desk.press('/');
		await desk.type('kind:modified');
		assert.deepEqual(paths(desk.state()), ['/x']);
		desk.leave();
	});

	it('is sorted within each folder', async () => {
		const desk = openTab();
		desk.tell({type: 'ui/sorted', list: 'changes', column: 'added'});
		assert.deepEqual(paths(desk.state()).slice(0, 2), ['/srv', '/srv/one']);
		desk.tell(
			{type: 'ui/sorted', list: 'changes', column: undefined},
			{type: 'ui/sort-reversed', list: 'changes'},
		);
		assert.deepEqual(paths(desk.state()).slice(0, 2), ['/x', '/srv']);
		desk.leave();
	});

	it('wants the sizes of the files on the screen that it does not know', () => {
		const desk = openTab([...many, 'D /gone', 'A /y']);
		const undescribed = () => selectDemand(desk.state()).changes?.undescribed;
		assert.deepEqual(undescribed(), ['/x', '/y']);
		desk.tell({type: 'changes/described', containerId: id, path: '/x', file: undefined});
		assert.deepEqual(undescribed(), ['/y']);
		desk.tell(loaded(['A /y']));
		assert.deepEqual(undescribed(), ['/y']);
		desk.tell({type: 'engine/containers-changed', changed: [], removed: [id]});
		assert.equal(selectDemand(desk.state()).changes, undefined);
		assert.deepEqual(paths(desk.state()), ['/y'], 'what was loaded stays');
		desk.leave();
	});

	it('is loaded again by a key that does nothing else, and when the container starts or stops', async () => {
		const desk = openTab();
		const demand = () => selectDemand(desk.state()).changes;
		await desk.press('ctrl-r');
		assert.equal(demand()?.refreshCount, 1);
		const changed = [containerOf(1, {state: 'exited'})];
		desk.tell({type: 'engine/containers-changed', changed, removed: []});
		assert.equal(demand()?.isUp, false);
		desk.leave();
	});

	it('keeps the tree when a later load fails, and says what failed', () => {
		const desk = openTab();
		desk.tell({type: 'changes/asked', containerId: id});
		desk.tell({type: 'changes/failed', containerId: id, fault: {kind: 'api', message: 'broken', at: now}});
		assert.equal(paths(desk.state()).length, 8);
		assert.equal(desk.state().changes?.loading.status, 'failed');
		desk.leave();
	});

	it('opens a file among the files, and says that a deleted one is gone', async () => {
		const desk = openTab();
		await desk.press('j', 'enter');
		assert.match(desk.toasts().join(' '), /\/etc\/a was deleted/);
		await desk.press('esc', 'G', 'enter');
		assert.partialDeepStrictEqual(desk.state().ui.screen, {kind: 'container', tab: 'files'});
		desk.leave();
	});

	it('copies paths', async () => {
		const desk = openTab();
		await desk.press('G', 'y');
		assert.deepEqual(desk.copied, ['/x']);
		desk.leave();
	});
});
