import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import type {Engine} from '../../source/engine/engine.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {TransferProgress} from '../../source/engine/types.ts';
import {carryOutJob, type JobContext} from '../../source/feed/image-jobs.ts';
import type {OpenRegistries} from '../../source/registry/access-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {ImageJob, MoveTask, PushTask} from '../../source/state/views/image-jobs.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine, type FakeEngine} from '../helpers/fake-engine.ts';
import {containerOf, imageOf} from '../helpers/objects.ts';

const one = imageOf(1, {tags: ['a:1']});
const two = imageOf(2, {tags: ['b:1']});
const digest = `sha256:${'d'.repeat(64)}`;

const engineWith = (...images: readonly (typeof one)[]): FakeEngine => {
	const engine = createFakeEngine(createFakeClock());
	for (const image of images) engine.images.set(image.id, image);
	return engine;
};

const run = async (
	context: Partial<JobContext> & {readonly engine: Engine},
	job: ImageJob,
	signal = new AbortController().signal,
): Promise<readonly TransferProgress[]> => {
	const told: TransferProgress[] = [];
	const full: JobContext = {
		registries: async () => noRegistries,
		openEngine: () => {
			throw new Error('no other engine');
		},
		...context,
	};
	await carryOutJob(full, job, item => told.push(item), signal);
	return told;
};

const push: PushTask = {kind: 'push', reference: 'reg:5000/a:1', imageId: one.id};
const named = {...one, tags: ['reg:5000/a:1']};

suite('a push', () => {
	const pushing = (engine: FakeEngine, ...lines: readonly TransferProgress[]): Engine => ({
		...engine,
		async *pushImage(...args) {
			// Only that it was asked for, and with what.
			engine
				.pushImage(...args)
				[Symbol.asyncIterator]()
				.next()
				.catch(() => {});
			yield* lines;
		},
	});

	test('results in the name with the digest of the registry', async () => {
		const told = await run({engine: pushing(engineWith(named), {kind: 'digest', digest})}, push);
		assert.deepEqual(told, [
			{kind: 'digest', digest},
			{kind: 'result', names: [`reg:5000/a@${digest}`]},
		]);
	});

	test('asks as the account that is logged in there', async () => {
		const engine = engineWith(named);
		const credentials = {kind: 'password', username: 'u', password: 'p'} as const;
		const registries: OpenRegistries = async () => ({
			...noRegistries,
			accounts: {
				...noRegistries.accounts,
				credentialsFor: async host => (host === 'reg:5000' ? credentials : undefined),
			},
		});
		await run({engine: pushing(engine), registries}, {...push, platform: 'linux/arm64'});
		assert.deepEqual(
			engine.calls('pushImage').map(({key, options}) => [key, options]),
			[['reg:5000/a:1', {auth: {host: 'reg:5000', credentials}, platform: 'linux/arm64'}]],
		);
	});

	test('that waited while its name was given to another image pushes nothing', async () => {
		const engine = engineWith(one, {...two, tags: ['reg:5000/a:1']});
		await assert.rejects(run({engine}, push), {
			kind: 'conflict',
			message: 'reg:5000/a:1 names another image by now (000000000000), so nothing was pushed',
		});
		assert.deepEqual(engine.calls('pushImage'), []);
	});
});

const task: MoveTask = {
	kind: 'move',
	images: [{imageId: one.id, reference: 'a:1'}],
	engineId: 'context:there',
	from: 'here',
	to: 'there',
	totalBytes: 10,
};

/** An engine that saves these bytes; it is told how many were asked for. */
const saving = (
	engine: FakeEngine,
	chunks: readonly string[],
	onChunk: (count: number) => void = () => {},
): Engine => ({
	...engine,
	async *saveImages(references, signal) {
		engine
			.saveImages(references, signal)
			[Symbol.asyncIterator]()
			.next()
			.catch(() => {});
		let count = 0;
		for (const chunk of chunks) {
			count += 1;
			onChunk(count);
			yield Buffer.from(chunk);
		}
	},
});

type Loading = (archive: AsyncIterable<Uint8Array>, signal: AbortSignal) => AsyncGenerator<TransferProgress>;

const openOther = (engine: FakeEngine, loadImages?: Loading) => {
	const other: Engine = {...engine, ...(loadImages && {loadImages})};
	return {
		engine,
		openEngine: (id: string): Engine => {
			assert.equal(id, 'context:there');
			return other;
		},
	};
};

const readAll: Loading = async function* (archive) {
	let text = '';
	for await (const chunk of archive) text += Buffer.from(chunk).toString();
	yield {kind: 'result', names: [text]};
};

suite('a move', () => {
	test('brings out of one engine what goes into the other, counted, and closes it then', async () => {
		const there = openOther(engineWith(two), readAll);
		const here = engineWith(one);
		const told = await run({engine: saving(here, ['abc', 'def']), openEngine: there.openEngine}, task);
		assert.deepEqual(told, [
			{kind: 'waiting', status: 'asking there'},
			{kind: 'waiting', status: 'here is packing'},
			{kind: 'amount', doneBytes: 6, totalBytes: 10},
			{kind: 'waiting', status: 'sent, there unpacks it'},
			{kind: 'result', names: ['abcdef']},
		]);
		assert.deepEqual(
			here.calls('saveImages').map(({key}) => key),
			['a:1'],
		);
		assert.equal(there.engine.isClosed(), true);
		assert.equal(here.isClosed(), false);
	});

	test('takes no more out than the other one takes in', async () => {
		let saved = 0;
		const taken: number[] = [];
		const slow: Loading = async function* (archive) {
			for await (const _ of archive) {
				await turn();
				taken.push(saved);
			}
			yield {kind: 'result', names: ['a:1']};
		};
		const {openEngine} = openOther(engineWith(), slow);
		const chunks = Array.from({length: 20}, () => 'x');
		await run({engine: saving(engineWith(one), chunks, count => (saved = count)), openEngine}, task);
		assert.deepEqual(
			taken,
			chunks.map((_, index) => index + 1),
		);
	});

	test('sends nothing that is there, and gives the name that is missing', async () => {
		const bare = {...one, tags: ['other:1']};
		const there = openOther(engineWith(bare));
		const here = engineWith(one);
		const told = await run({engine: here, openEngine: there.openEngine}, task);
		assert.deepEqual(told.at(-1), {kind: 'result', names: ['a:1']});
		assert.deepEqual(here.calls('saveImages'), []);
		assert.deepEqual(
			there.engine.calls('tagImage').map(({key}) => key),
			[one.id],
		);
	});

	test('to an engine that does not answer commits and saves nothing', async () => {
		const there = openOther(engineWith());
		there.engine.fail('ping', new EngineError('unreachable', 'no socket there'));
		const here = engineWith(one);
		const container = containerOf(1);
		here.containers.set(container.id, container);
		const commit = {containerId: container.id, name: 'c1', reference: 'c1:moved', isPausing: true};
		await assert.rejects(run({engine: here, openEngine: there.openEngine}, {...task, images: [], commit}), {
			kind: 'unreachable',
			message: 'there: no socket there',
		});
		assert.deepEqual(here.calls('commitContainer'), []);
		assert.equal(there.engine.isClosed(), true);
	});

	test('of a container commits it first, frozen or not, and sends that image', async () => {
		for (const isPausing of [true, false]) {
			const there = openOther(engineWith(), readAll);
			const here = engineWith();
			const container = containerOf(1);
			here.containers.set(container.id, container);
			const commit = {containerId: container.id, name: 'c1', reference: 'c1:moved', isPausing};
			const told = await run(
				{engine: saving(here, ['x']), openEngine: there.openEngine},
				{...task, images: [], commit},
			);
			assert.ok(told.some(item => item.kind === 'waiting' && item.status === 'here commits c1'));
			const [call] = here.calls('commitContainer');
			assert.match(JSON.stringify(call?.options), new RegExp(`"isPausing":${isPausing}`));
			assert.deepEqual(
				here.calls('saveImages').map(({key}) => key),
				['c1:moved'],
			);
		}
	});

	test('that breaks names the engine that it broke at, in its words', async () => {
		const broken: Engine = {
			...engineWith(one),
			async *saveImages() {
				yield Buffer.from('x');
				throw new EngineError('api', 'disk full');
			},
		};
		await assert.rejects(
			run({engine: broken, openEngine: openOther(engineWith(), readAll).openEngine}, task),
			{
				kind: 'api',
				message: 'here: disk full',
			},
		);
		const refusing: Loading = async function* (archive) {
			for await (const _ of archive) throw new EngineError('api', 'no space left on device');
			yield {kind: 'result', names: ['a:1']};
		};
		await assert.rejects(
			run(
				{engine: saving(engineWith(one), ['x']), openEngine: openOther(engineWith(), refusing).openEngine},
				task,
			),
			{kind: 'api', message: 'there: no space left on device'},
		);
		const silent: Loading = async function* (archive) {
			for await (const _ of archive);
			yield {kind: 'status', status: 'done'};
		};
		await assert.rejects(
			run(
				{engine: saving(engineWith(one), ['x']), openEngine: openOther(engineWith(), silent).openEngine},
				task,
			),
			{message: 'there: it did not name what was loaded'},
		);
	});

	test('of a name that another image has by now sends nothing', async () => {
		const here = engineWith({...one, tags: []}, {...two, tags: ['a:1']});
		await assert.rejects(
			run({engine: here, openEngine: openOther(engineWith()).openEngine}, task),
			/names another image by now/,
		);
		assert.deepEqual(here.calls('saveImages'), []);
	});

	test('that is given up is nothing that was done', async () => {
		const leaving = new AbortController();
		const there = openOther(engineWith(), async function* (archive) {
			for await (const _ of archive) leaving.abort();
			yield {kind: 'result', names: ['a:1']};
		});
		const told = await run(
			{engine: saving(engineWith(one), ['x', 'y']), openEngine: there.openEngine},
			task,
			leaving.signal,
		);
		assert.ok(!told.some(({kind}) => kind === 'result'));
		assert.equal(there.engine.isClosed(), true);
	});
});
