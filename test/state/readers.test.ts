import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {ImageId} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, worldOf} from './world.ts';

const containerId = idOf(1);
const open = (n = 1): Message => ({
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(n), tab: 'logs'},
});

const world = worldOf({containers: [containerOf(1), containerOf(2, {state: 'exited'})]});

suite('a document', () => {
	const show: Message = {
		type: 'ui/screen-opened',
		screen: {kind: 'image', imageId: 'i' as ImageId, tab: 'inspect'},
		title: 'busy:1',
	};
	const loaded: Message = {type: 'engine/document-loaded', objectId: 'i', value: {Id: 'i'}};
	const fault = {kind: 'not-found', message: 'no', at: 0} as const;
	const failed: Message = {type: 'engine/document-failed', objectId: 'i', fault};

	test('loads, or says why not', () => {
		assert.deepEqual(after(world, show).document?.loading, {status: 'loading'});
		const ready = after(world, show, loaded).document;
		assert.deepEqual([ready?.loading.status, ready?.value], ['ready', {Id: 'i'}]);
		assert.deepEqual(after(world, show, failed).document?.loading, {status: 'failed', fault});
	});

	test('stays when it cannot be loaded again', () => {
		assert.deepEqual(after(world, show, loaded, failed).document?.value, {Id: 'i'});
	});

	test('is another one on another screen', () => {
		assert.equal(after(world, show, open()).document?.objectId, containerId);
		assert.equal(
			after(world, show, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}).document,
			undefined,
		);
	});
});

suite('what the screen needs of the engine', () => {
	const demand = (...messages: readonly Message[]) => selectDemand(after(world, ...messages));

	test('is the same while nothing of it changes', () => {
		const ticked = after(world, {type: 'clock/ticked', now: world.now + 1000});
		assert.equal(selectDemand(ticked), selectDemand(world));
	});

	test('are numbers of what runs and is shown, and details of what is shown', () => {
		const {fastStats, measured, details} = demand();
		assert.deepEqual([fastStats, measured, details], [[idOf(1)], [idOf(1)], [idOf(1), idOf(2)]]);
	});

	test('are numbers of what is paused too: docker stats tells them, and they are not the last ones before', () => {
		const paused = worldOf({
			containers: [containerOf(1, {state: 'paused'}), containerOf(2, {state: 'created'})],
		});
		assert.deepEqual(selectDemand(paused).fastStats, [idOf(1)]);
	});

	test('are few numbers of what is not on the screen', () => {
		const containers = Array.from({length: 30}, (_, n) => containerOf(n, {name: `c${n + 100}`}));
		const {fastStats, measured} = selectDemand(worldOf({containers, columns: 50, rows: 14}));
		assert.deepEqual([fastStats.length, measured.length], [9, 30]);
	});

	test("behind a container's screen are those of that one, and the sums of the header", () => {
		const {fastStats, measured, details} = demand(open());
		assert.deepEqual([fastStats, measured, details], [[idOf(1)], [idOf(1)], [idOf(1)]]);
		assert.deepEqual(demand(open(2)).fastStats, []);
	});

	test('is the log on the screen', () => {
		assert.deepEqual(demand(open()).logs?.members, [{containerId, isRunning: true}]);
		assert.deepEqual(demand(open(2)).logs?.members, [{containerId: idOf(2), isRunning: false}]);
		assert.equal(demand().logs, undefined);
	});

	test('are the numbers of the selected container, whose list is behind the zoomed pane', () => {
		const zoomed = demand(
			{type: 'ui/pane-focused', pane: 'resources'},
			{type: 'ui/zoom-set', isZoomed: true},
		);
		assert.deepEqual(zoomed.fastStats, [idOf(1)]);
	});

	test('is a new connection when the user wants it', () => {
		assert.equal(demand({type: 'ui/retry-wanted'}).retryCount, 1);
	});
});
