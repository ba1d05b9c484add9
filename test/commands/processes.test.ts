import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ContainerProcess} from '../../source/engine/process-types.ts';
import type {State} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {processesStaleness, selectProcessesRows} from '../../source/state/selectors/processes-rows.ts';
import type {ProcessTable} from '../../source/state/views/processes.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {cursorKey, now} from '../state/world.ts';
import {openDesk} from './desk.ts';

const id = idOf(1);

const processOf = (
	pid: number,
	parentPid: number,
	cpuPercent: number,
	command = `p${pid}`,
): ContainerProcess => ({
	pid,
	parentPid,
	cpuPercent,
	user: 'root',
	state: 'S',
	command,
});

const tableOf = (...processes: readonly ContainerProcess[]): ProcessTable => ({
	processes,
	readAt: now,
	tookMs: 20,
	periodMs: 2000,
});

const family = [processOf(10, 1, 1), processOf(11, 10, 90), processOf(12, 10, 5), processOf(13, 11, 7)];

const openTab = (processes: readonly ContainerProcess[] = family) => {
	const desk = openDesk({containers: [containerOf(1), containerOf(2)]});
	desk.tell(
		{type: 'ui/screen-opened', screen: {kind: 'container', containerId: id, tab: 'processes'}},
		{type: 'processes/listed', containerId: id, table: tableOf(...processes)},
	);
	return desk;
};

const pids = (state: State): readonly number[] => selectProcessesRows(state).map(({process}) => process.pid);

describe('the tab of processes', () => {
	it('is a tree until it is sorted, and again by one key', async () => {
		const desk = openTab();
		assert.deepEqual(pids(desk.state()), [10, 11, 13, 12]);
		await desk.press('v');
		assert.deepEqual(pids(desk.state()), [11, 13, 12, 10]);
		await desk.press('v');
		assert.deepEqual(pids(desk.state()), [10, 11, 13, 12]);
		desk.leave();
	});

	it('keeps the cursor on its process over readings and orders', async () => {
		const desk = openTab();
		await desk.press('j', 'j');
		assert.equal(cursorKey(desk.state(), 'processes'), '13');
		const next = [...family.slice(1), processOf(9, 1, 0), processOf(14, 13, 99)];
		desk.tell({type: 'processes/listed', containerId: id, table: tableOf(...next)});
		assert.equal(cursorKey(desk.state(), 'processes'), '13');
		await desk.press('v');
		assert.equal(cursorKey(desk.state(), 'processes'), '13');
		desk.leave();
	});

	it('is a plain list of what matches while something is looked for', async () => {
		const desk = openTab();
		await desk.press('/');
		await desk.type('pid:13');
		assert.deepEqual(pids(desk.state()), [13]);
		assert.deepEqual(selectProcessesRows(desk.state())[0]?.lasts, []);
		desk.leave();
	});

	it('shows more of long commands, never beyond the longest', async () => {
		const desk = openTab([processOf(1, 0, 0, 'x'.repeat(65))]);
		await desk.press('right', 'right', 'right', 'right');
		assert.equal(desk.state().processes?.shift, 35);
		await desk.press('left', 'left', 'left');
		assert.equal(desk.state().processes?.shift, 0);
		desk.leave();
	});

	it('copies the numbers of what is marked', async () => {
		const desk = openTab();
		await desk.press('y', 'space', 'space', 'y');
		assert.deepEqual(desk.copied, ['10', '10\n11']);
		desk.leave();
	});

	it('wants readings while the container runs, one of a paused one, and none of others', () => {
		const desk = openTab();
		const demand = () => selectDemand(desk.state()).processes;
		const told = (facts: Parameters<typeof containerOf>[1]) =>
			desk.tell({type: 'engine/containers-changed', changed: [containerOf(1, facts)], removed: []});
		assert.deepEqual(demand(), {containerId: id, isPaused: false});
		told({state: 'paused'});
		assert.deepEqual(demand(), {containerId: id, isPaused: true});
		told({state: 'exited'});
		assert.equal(demand(), undefined);
		told({state: 'running'});
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'container', containerId: id, tab: 'logs'}});
		assert.equal(demand(), undefined);
		desk.leave();
	});

	it('never passes an old table off as a new one', () => {
		const desk = openTab();
		const staleness = () => processesStaleness(desk.state());
		const told = (state: 'exited' | 'paused' | 'running') =>
			desk.tell({type: 'engine/containers-changed', changed: [containerOf(1, {state})], removed: []});
		assert.equal(staleness(), undefined);
		told('paused');
		assert.equal(staleness(), 'paused');
		told('exited');
		assert.equal(staleness(), 'exited');
		told('running');
		desk.tell({type: 'clock/ticked', now: now + 6000});
		assert.equal(staleness(), undefined);
		desk.tell({type: 'clock/ticked', now: now + 7500});
		assert.equal(staleness(), 'waiting for the engine');
		desk.tell({type: 'processes/failed', containerId: id, fault: {kind: 'api', message: 'no ps', at: now}});
		assert.equal(staleness(), 'not read: no ps');
		desk.tell({type: 'engine/containers-changed', changed: [], removed: [id]});
		assert.equal(staleness(), 'removed');
		assert.deepEqual(pids(desk.state()), [10, 11, 13, 12], 'what was read stays');
		desk.leave();
	});

	it('knows nothing of another container, whatever still arrives of the first', () => {
		const desk = openTab();
		desk.tell({
			type: 'ui/screen-opened',
			screen: {kind: 'container', containerId: idOf(2), tab: 'processes'},
		});
		assert.deepEqual(pids(desk.state()), []);
		desk.tell({type: 'processes/listed', containerId: id, table: tableOf(...family)});
		assert.deepEqual(pids(desk.state()), []);
		desk.leave();
	});
});
