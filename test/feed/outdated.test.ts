import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {Container, Image} from '../../source/engine/types.ts';
import {startFeed} from '../../source/feed/feed.ts';
import {initialState, reduce} from '../../source/state/reduce.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {askedTags} from '../../source/state/selectors/outdated-counts.ts';
import {selectOutdatedRows} from '../../source/state/selectors/outdated-rows.ts';
import {createStore} from '../../source/state/store.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {containerOf, imageOf} from '../helpers/objects.ts';
import {
	descriptor,
	digestOf,
	imageManifest,
	indexManifest,
	scriptRegistries,
} from '../helpers/scripted-registry.ts';
import {now, place} from '../state/world.ts';

const host = 'reg.example.com';
const name = `${host}/shop/api`;
const [first, second, index, other] = [digestOf('1'), digestOf('2'), digestOf('3'), digestOf('4')];
const own = imageOf(1, {tags: [`${name}:1`], digests: [`${name}@${first}`]});
const web = containerOf(1, {name: 'web', image: `${name}:1`, imageId: own.id});

type Setup = {
	readonly containers?: readonly Container[];
	readonly images?: readonly Image[];
	readonly address?: string;
};

/** The screen between an engine and registries in memory. */
const open = async ({
	containers = [web],
	images = [own],
	address = 'unix:///run/docker.sock',
}: Setup = {}) => {
	const clock = createFakeClock(now);
	const engine = {...createFakeEngine(clock), place: () => ({address, source: 'test'})};
	const registries = scriptRegistries();
	for (const container of containers) engine.containers.set(container.id, container);
	for (const image of images) engine.images.set(image.id, image);
	const store = createStore(
		initialState({place, columns: 160, rows: 45, isReadOnly: false, choices: [], now}),
		reduce,
	);
	const feed = startFeed({engine, store, selectDemand, clock, registries: registries.open});
	const rest = async (): Promise<void> => {
		for (let turn = 0; turn < 6; turn += 1) await clock.advance(200);
	};
	await rest();
	return {
		engine,
		registries,
		store,
		rest,
		async look() {
			store.dispatch({type: 'ui/screen-opened', screen: {kind: 'outdated'}});
			await rest();
		},
		async again() {
			store.dispatch({type: 'outdated/reread', at: clock.now()});
			await rest();
		},
		rows: () => selectOutdatedRows(store.getState()),
		words: () => selectOutdatedRows(store.getState()).map(row => `${row.name}: ${row.word}`),
		[Symbol.asyncDispose]: () => feed.stop(),
	};
};

describe('outdated containers', () => {
	test('a tag is asked for once, by HEAD alone while its digest is known here', async () => {
		const twin = containerOf(2, {name: 'twin', image: `${name}:1`, imageId: own.id});
		const stopped = containerOf(3, {name: 'job', image: `${name}:1`, imageId: own.id, state: 'exited'});
		await using desk = await open({containers: [web, twin, stopped]});
		desk.registries.tags.set(`${name}:1`, first);
		await desk.look();
		assert.deepEqual(desk.words(), ['twin: up to date', 'web: up to date']);
		assert.deepEqual(desk.registries.asked, [`head ${name}:1`]);
		desk.store.dispatch({type: 'outdated/all-toggled'});
		await desk.rest();
		assert.equal(desk.rows().length, 3);
		assert.equal(desk.registries.asked.length, 1);
	});

	test('another digest is looked into before it counts as another image', async () => {
		await using desk = await open();
		const {tags, manifests, asked, configs} = desk.registries;
		tags.set(`${name}:1`, index);
		manifests.set(
			index,
			indexManifest(index, [descriptor(other, 'linux/arm64'), descriptor(first, 'linux/amd64')]),
		);
		await desk.look();
		assert.deepEqual(desk.words(), ['web: up to date'], 'the index lists the manifest that is here');

		manifests.set(index, indexManifest(index, [descriptor(second, 'linux/amd64')]));
		manifests.set(second, imageManifest(second, own.id));
		await desk.again();
		assert.deepEqual(desk.words(), ['web: up to date'], 'another manifest around the image that is here');

		manifests.set(second, imageManifest(second, other));
		configs.set(other, {labels: {}, instructions: [], createdAt: now - 60_000});
		await desk.again();
		const [row] = desk.rows();
		assert.equal(row?.verdict, 'newer-there');
		assert.equal(row?.remoteDigest, index);
		assert.equal(row?.remoteCreatedAt, now - 60_000);
		assert.equal(asked.at(-1), `config ${host}/shop/api@${other}`);

		manifests.set(index, indexManifest(index, [descriptor(second, 'linux/arm64')]));
		await desk.again();
		assert.match(desk.rows()[0]?.story ?? '', /It has none for linux\/amd64/);
	});

	test('what the tag names here already has only to be taken', async () => {
		const next = imageOf(2, {tags: [`${name}:1`], digests: [`${name}@${second}`]});
		const before = imageOf(1, {tags: [], digests: [`${name}@${first}`]});
		const unnamed = {...web, image: before.id};
		await using desk = await open({containers: [unnamed], images: [before, next]});
		desk.engine.containers.set(web.id, web);
		desk.registries.tags.set(`${name}:1`, second);
		await desk.look();
		assert.deepEqual(desk.words(), ['web: newer here: recreate']);
		desk.registries.failures.set(host, {kind: 'unavailable', message: `${host}: 503`});
		await desk.again();
		assert.deepEqual(desk.words(), ['web: newer here: recreate (503)'], 'which nobody has to be asked for');
	});

	test('what was pulled is seen without being asked for', async () => {
		await using desk = await open();
		const {tags, manifests} = desk.registries;
		tags.set(`${name}:1`, second);
		manifests.set(second, imageManifest(second, other));
		await desk.look();
		assert.equal(desk.rows()[0]?.verdict, 'newer-there');
		desk.engine.images.set(own.id, {...own, tags: []});
		const pulled = imageOf(2, {tags: [`${name}:1`], digests: [`${name}@${second}`]});
		desk.engine.images.set(pulled.id, pulled);
		desk.engine.emit({type: 'image', action: 'pull', actorId: `${name}:1`});
		await desk.rest();
		assert.equal(desk.rows()[0]?.verdict, 'newer-here');
		desk.engine.containers.set(web.id, {...web, imageId: pulled.id});
		desk.engine.emit({action: 'start', actorId: web.id});
		await desk.rest();
		assert.equal(desk.rows()[0]?.verdict, 'up-to-date');
	});

	test('what has no tag in a registry is not asked for', async () => {
		const built = imageOf(2, {tags: ['built:1']});
		const containers = [
			containerOf(1, {name: 'built', image: 'built:1', imageId: built.id}),
			containerOf(2, {name: 'pinned', image: `${name}@${first}`, imageId: own.id}),
			containerOf(3, {name: 'by-id', image: own.id, imageId: own.id}),
		];
		await using desk = await open({containers, images: [own, built]});
		await desk.look();
		assert.deepEqual(desk.words(), ['built: built here', 'by-id: made by id', 'pinned: pinned']);
		assert.deepEqual(desk.registries.asked, []);
	});

	test('a name that was only given here is nothing to bother a registry with', async () => {
		const elsewhere = imageOf(1, {tags: [`${name}:1`], digests: [`docker.io/library/api@${first}`]});
		await using desk = await open({images: [elsewhere]});
		desk.registries.tags.set(`${name}:1`, second);
		await desk.look();
		assert.deepEqual(desk.words(), [`web: not from ${host}`]);
		assert.deepEqual(desk.registries.asked, []);
	});

	test('nobody is called up to date whose registry did not say so', async () => {
		for (const [kind, word, verdict] of [
			['unauthorised', `no permission: :login ${host}`, 'unknown'],
			['denied', `no permission: :login ${host}`, 'unknown'],
			['unavailable', 'out of order', 'unknown'],
			['protocol', 'out of order', 'unknown'],
			['rate-limited', 'rate limited until ', 'unknown'],
		] as const) {
			await using desk = await open();
			desk.registries.failures.set(host, {kind, message: `${host}: out of order`, retryAfterMs: 60_000});
			await desk.look();
			const [row] = desk.rows();
			assert.equal(row?.verdict, verdict, kind);
			assert.ok(row?.word.startsWith(word), `${kind}: ${row?.word}`);
		}
		await using desk = await open();
		await desk.look();
		assert.deepEqual(desk.words(), ['web: the tag is gone']);
	});

	test('where this machine does not get to, the engine asks, as the same account', async () => {
		await using desk = await open();
		desk.registries.failures.set(host, {kind: 'unreachable', message: `${host}: connect ECONNREFUSED`});
		const remote = {digest: first, mediaType: '', sizeBytes: 1, platforms: []};
		desk.engine.remotes.set(`${name}:1`, remote);
		await desk.look();
		assert.deepEqual(desk.words(), ['web: up to date']);
		desk.engine.remotes.set(`${name}:1`, {...remote, digest: second});
		await desk.again();
		assert.deepEqual(desk.words(), ['web: newer there']);
		assert.match(desk.rows()[0]?.story ?? '', /The engine was asked/);
		desk.engine.fail('describeRemote', new EngineError('api', 'dial tcp: no route to host'));
		await desk.again();
		assert.deepEqual(desk.words(), ['web: connect ECONNREFUSED']);
		desk.engine.fail('describeRemote', new EngineError('auth', 'no basic auth credentials'));
		await desk.again();
		assert.deepEqual(desk.words(), [`web: no permission: :login ${host}`]);
	});

	test('a loopback is the machine of the engine, not this one', async () => {
		const local = imageOf(1, {tags: ['localhost:5000/api:1'], digests: [`localhost:5000/api@${first}`]});
		const container = containerOf(1, {name: 'web', image: 'localhost:5000/api:1', imageId: local.id});
		await using desk = await open({containers: [container], images: [local], address: 'ssh://ops@web-3'});
		const remote = {digest: first, mediaType: '', sizeBytes: 1, platforms: []};
		desk.engine.remotes.set('localhost:5000/api:1', remote);
		await desk.look();
		assert.deepEqual(desk.words(), ['web: up to date']);
		assert.deepEqual(desk.registries.asked, []);
	});

	test('four are asked at a time, and none any more when the screen is left', async () => {
		const images = Array.from({length: 30}, (_, n) =>
			imageOf(n + 1, {tags: [`${host}/app${n}:1`], digests: [`${host}/app${n}@${first}`]}),
		);
		const containers = images.map(({id, tags: [image = '']}, n) => containerOf(n + 1, {image, imageId: id}));
		await using desk = await open({containers, images});
		for (const {
			tags: [tag = ''],
		} of images)
			desk.registries.tags.set(tag, first);
		const release = desk.registries.hold();
		await desk.look();
		assert.equal(desk.registries.asked.length, 4);
		assert.deepEqual(askedTags(desk.store.getState()), {done: 0, all: 30});
		desk.store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
		await desk.rest();
		release();
		await desk.rest();
		assert.equal(desk.registries.asked.length, 4);
		await desk.look();
		assert.equal(desk.registries.asked.length, 34);
		assert.equal(desk.registries.peak(), 4);
		assert.deepEqual(askedTags(desk.store.getState()), {done: 30, all: 30});
		// Who comes back within a minute sees what is known.
		desk.store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
		await desk.look();
		assert.equal(desk.registries.asked.length, 34);
	});

	test('a registry that wants to be left alone is asked nothing more', async () => {
		const images = Array.from({length: 20}, (_, n) =>
			imageOf(n + 1, {tags: [`${host}/app${n}:1`], digests: [`${host}/app${n}@${first}`]}),
		);
		const containers = images.map(({id, tags: [image = '']}, n) => containerOf(n + 1, {image, imageId: id}));
		await using desk = await open({containers, images});
		const message = `${host}: toomanyrequests`;
		desk.registries.failures.set(host, {kind: 'rate-limited', message, retryAfterMs: 3_600_000});
		await desk.look();
		assert.ok(desk.registries.asked.length <= 4, String(desk.registries.asked.length));
		assert.ok(desk.words().every(word => word.includes('rate limited until')));
	});
});
