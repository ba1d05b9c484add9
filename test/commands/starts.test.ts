import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Container, EngineEvent} from '../../source/engine/types.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';
import {changes, type Desk, openDesk} from './desk.ts';

let sequence = 0;

/** What the feed would tell of an event at a moment after the start, with the inspect that it causes. */
const tell = (
	desk: Desk,
	n: number,
	atMs: number,
	event: Partial<EngineEvent> & {readonly action: string},
	facts?: Partial<Container>,
): void => {
	sequence += 1;
	const told: EngineEvent = {
		type: 'container',
		actorId: idOf(n),
		attributes: {},
		at: 1_000_000 + atMs,
		timeNano: String(sequence),
		...event,
	};
	const known = desk.state().containers.byId.get(idOf(n));
	desk.tell(
		{type: 'engine/events-arrived', events: [told]},
		...(facts === undefined || known === undefined
			? []
			: [
					{
						type: 'engine/containers-changed' as const,
						changed: [{...known, ...facts}],
						removed: [],
					},
				]),
	);
};

const stopped = (n: number, facts: Partial<Container> = {}): Container =>
	containerOf(n, {state: 'exited', ...facts});

const up = {state: 'running', health: 'none'} as const;
const starting = {state: 'running', health: 'starting'} as const;

/** One container whose start the engine has answered and told. */
const started = async (facts: Partial<Container> = up): Promise<Desk> => {
	const desk = openDesk({containers: [stopped(1)]});
	await desk.press('u');
	assert.deepEqual(desk.toasts(), ['success: c1 started']);
	desk.tell({type: 'ui/toasts-dismissed'});
	tell(desk, 1, 0, {action: 'start'}, facts);
	return desk;
};

suite('after a start', () => {
	test('healthy is told, with the time by the clock of the engine', async () => {
		const desk = await started(starting);
		await desk.clock.advance(11_000);
		tell(desk, 1, 12_300, {action: 'health_status', actionDetail: 'healthy'}, {health: 'healthy'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['success: c1 healthy after 12 s']);
	});

	test('unhealthy is told with the output of the last probe', async () => {
		const desk = await started(starting);
		const healthLog = ['fine', 'connecting\ncannot reach \u001B[31mdb\n'].map(output => ({
			exitCode: 1,
			output,
			endedAt: 0,
		}));
		// The event comes first, the inspect that knows the output after it.
		tell(desk, 1, 90_000, {action: 'health_status', actionDetail: 'unhealthy'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), []);
		tell(desk, 1, 90_000, {action: 'top'}, {health: 'unhealthy', details: detailsOf({healthLog})});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['error: c1 is unhealthy 90 s after its start: cannot reach db']);
		assert.equal(desk.state().ui.toasts[0]?.hint, 'l shows its log');
	});

	test('an inspect that never comes is not waited for', async () => {
		const desk = await started(starting);
		tell(desk, 1, 5000, {action: 'health_status', actionDetail: 'unhealthy'});
		await desk.clock.advance(2000);
		assert.deepEqual(desk.toasts(), ['error: c1 is unhealthy 5 s after its start']);
	});

	test('an end within seconds is told with its code and where to look', async () => {
		const desk = await started();
		tell(desk, 1, 800, {action: 'die', attributes: {exitCode: '3'}}, {state: 'exited', exitCode: 3});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['error: c1 exited with code 3 less than 1 s after its start']);
		assert.equal(desk.state().ui.toasts[0]?.hint, 'l shows its log');
	});

	test('so is one that its policy starts again, and one of memory', async () => {
		const desk = await started();
		const facts = {state: 'restarting', details: detailsOf({isOomKilled: true})} as const;
		tell(desk, 1, 2000, {action: 'die', attributes: {exitCode: '137'}}, facts);
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), [
			'error: c1 exited with code 137, out of memory 2 s after its start; its restart policy starts it again',
		]);
	});

	test('a job that has done its work is no trouble', async () => {
		const desk = await started();
		tell(desk, 1, 2000, {action: 'die', attributes: {exitCode: '0'}}, {state: 'exited'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['info: c1 exited with code 0 2 s after its start (l shows its log)']);
	});

	test('an end while its health is awaited is told, however late', async () => {
		const desk = await started(starting);
		await desk.clock.advance(60_000);
		tell(desk, 1, 60_000, {action: 'die', attributes: {exitCode: '1'}}, {state: 'exited'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['error: c1 exited with code 1 60 s after its start']);
	});

	test('a later end of one without a health check is for the list to show', async () => {
		const desk = await started();
		await desk.clock.advance(10_000);
		tell(desk, 1, 11_000, {action: 'die', attributes: {exitCode: '1'}}, {state: 'exited'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), []);
	});

	for (const action of ['kill', 'stop', 'destroy'])
		test(`nothing is told when somebody ended it (${action})`, async () => {
			const desk = await started(starting);
			tell(desk, 1, 1000, {action});
			tell(desk, 1, 1001, {action: 'die', attributes: {exitCode: '137'}}, {state: 'exited'});
			await desk.clock.settle();
			assert.deepEqual(desk.toasts(), []);
		});

	test('nothing is told any more after a loss of the connection, or of Gantry', async () => {
		for (const part of [
			(desk: Desk) =>
				desk.tell({
					type: 'engine/lost',
					fault: {kind: 'unreachable', message: 'gone', at: 0},
					attempt: 1,
					retryAt: 5000,
				}),
			(desk: Desk) => desk.leave(),
		]) {
			const desk = await started(starting);
			part(desk);
			tell(desk, 1, 5000, {action: 'health_status', actionDetail: 'healthy'}, {health: 'healthy'});
			await desk.clock.settle();
			assert.deepEqual(desk.toasts(), []);
		}
	});

	test('the end before the start of a restart is not one after it', async () => {
		const desk = openDesk({containers: [containerOf(1)]});
		await desk.press('r', 'enter');
		desk.tell({type: 'ui/toasts-dismissed'});
		tell(desk, 1, -200, {action: 'kill'});
		tell(desk, 1, -100, {action: 'die', attributes: {exitCode: '137'}}, {state: 'exited'});
		tell(desk, 1, 0, {action: 'start'}, starting);
		tell(desk, 1, 3000, {action: 'health_status', actionDetail: 'healthy'}, {health: 'healthy'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['success: c1 healthy after 3 s']);
	});

	test('one that cannot start is not followed', async () => {
		const desk = openDesk({containers: [stopped(1)]});
		desk.engine.containers.delete(idOf(1));
		await desk.press('u');
		tell(desk, 1, 0, {action: 'start'}, up);
		tell(desk, 1, 1, {action: 'die', attributes: {exitCode: '1'}}, {state: 'exited'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), [`error: Cannot start c1: No such container: ${idOf(1)}`]);
	});

	test('of several the healthy ones are told together, the others by their names', async () => {
		const desk = openDesk({containers: [stopped(1), stopped(2), stopped(3)]});
		await desk.press('ctrl-a', 'u', 'enter');
		desk.tell({type: 'ui/toasts-dismissed'});
		for (const n of [1, 2, 3]) tell(desk, n, 0, {action: 'start'}, starting);
		tell(desk, 1, 2000, {action: 'health_status', actionDetail: 'healthy'}, {health: 'healthy'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), []);
		tell(desk, 2, 4000, {action: 'health_status', actionDetail: 'unhealthy'}, {health: 'unhealthy'});
		tell(desk, 3, 9000, {action: 'health_status', actionDetail: 'healthy'}, {health: 'healthy'});
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), [
			'error: c2 is unhealthy 4 s after its start',
			'success: 2 of 3 containers healthy after 9 s',
		]);
	});
});

suite('a project that is started', () => {
	const service = (n: number, name: string, dependsOn = ''): Container =>
		stopped(n, {
			name: `shop-${name}-1`,
			project: 'shop',
			service: name,
			labels: {'com.docker.compose.depends_on': dependsOn},
		});
	const world = {
		containers: [
			service(1, 'api', 'db:service_healthy:true,migrate:service_completed_successfully:false'),
			service(2, 'db'),
			service(3, 'migrate', 'db:service_healthy:false'),
		],
	};
	const begun = async (): Promise<Desk> => {
		const desk = openDesk(world);
		await desk.press('ctrl-a', 'u', 'enter');
		return desk;
	};

	test('waits where its services wait for each other', async () => {
		const desk = await begun();
		assert.deepEqual(changes(desk.engine), [`startContainer ${idOf(2)}`]);
		assert.equal(desk.state().busy.get(idOf(1))?.verb, 'starting');
		tell(desk, 2, 0, {action: 'start'}, starting);
		await desk.clock.advance(30_000);
		assert.equal(changes(desk.engine).length, 1);
		tell(desk, 2, 31_000, {action: 'health_status', actionDetail: 'healthy'}, {health: 'healthy'});
		await desk.clock.settle();
		assert.deepEqual(changes(desk.engine).slice(1), [`startContainer ${idOf(3)}`]);
		tell(desk, 3, 31_000, {action: 'start'}, up);
		// A job may take longer than a crash.
		await desk.clock.advance(30_000);
		assert.equal(changes(desk.engine).length, 2);
		tell(desk, 3, 61_000, {action: 'die', attributes: {exitCode: '0'}}, {state: 'exited', exitCode: 0});
		await desk.clock.settle();
		assert.deepEqual(changes(desk.engine).slice(2), [`startContainer ${idOf(1)}`]);
	});

	test('does not start the rest when somebody stops what that waits for', async () => {
		const desk = await begun();
		tell(desk, 2, 0, {action: 'start'}, starting);
		tell(desk, 2, 3000, {action: 'kill'});
		tell(desk, 2, 3100, {action: 'die', attributes: {exitCode: '0'}}, {state: 'exited'});
		await desk.clock.settle();
		assert.equal(changes(desk.engine).length, 1);
		assert.equal(
			desk.toasts()[0],
			'error: Cannot start shop-migrate-1: shop-db-1, which it waits for, was stopped',
		);
	});

	test('does not start what waits in vain, and says for whom', async () => {
		const desk = await begun();
		tell(desk, 2, 0, {action: 'start'}, starting);
		tell(desk, 2, 100, {action: 'die', attributes: {exitCode: '1'}}, {state: 'exited'});
		await desk.clock.settle();
		assert.equal(changes(desk.engine).length, 1);
		assert.deepEqual(desk.toasts().toSorted(), [
			'error: Cannot start shop-api-1: shop-db-1, which it waits for, exited with code 1',
			'error: Cannot start shop-migrate-1: shop-db-1, which it waits for, exited with code 1',
			'error: shop-db-1 exited with code 1 less than 1 s after its start',
			'success: 1 of 3 containers started',
		]);
	});
});
