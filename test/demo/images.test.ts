import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {DemoContainersOfImage} from '../../source/demo/contract.ts';
import {unused} from './harness.ts';
import {type Listed, world} from './image-world.ts';

const tagsOf = (images: readonly Listed[]): readonly string[] =>
	images.flatMap(image => image.RepoTags).sort();

const usedBy =
	(...running: readonly boolean[]): DemoContainersOfImage =>
	() =>
		running.map((isRunning, index) => ({id: String(index).repeat(64), isRunning}));

const actions = (events: readonly {readonly Action: string}[]): readonly string[] =>
	events.map(event => event.Action);

describe('the images of the embedded engine', () => {
	test('share layers, and what is shared is counted once', async () => {
		const {listed, images} = world();
		const all = await listed();
		assert.ok(all.every(({Size, SharedSize}) => SharedSize > 0 === Size > 10_000_000 && SharedSize <= Size));
		const {layerBytes} = images.diskUse(51);
		assert.ok(layerBytes < all.reduce((sum, {Size}) => sum + Size, 0) / 1.5);
		const created = all.map(image => image.Created);
		assert.deepEqual(
			created,
			created.toSorted((one, other) => other - one),
		);
	});

	test('are the same for the same seed, and thousands cost little', async () => {
		const [one, other, different] = [1, 1, 2].map(seed => world(unused, {seed, images: 10_000}));
		assert.ok(one && other && different);
		const ids = async ({listed}: ReturnType<typeof world>) => (await listed()).map(({Id}) => Id);
		assert.equal((await ids(one)).length, 10_014);
		assert.deepEqual(await ids(one), await ids(other));
		assert.notDeepEqual(await ids(one), await ids(different));
	});

	for (const [filters, expected] of [
		[{reference: ['shop/web']}, ['shop/web:2.4.0', 'shop/web:2.4.1', 'shop/web:latest']],
		[{reference: {'shop/*:1.14.0': true}}, ['shop/api:1.14.0', 'shop/worker:1.14.0']],
		[{reference: ['*']}, ['busybox:1.36', 'nginx:1.27', 'postgres:17', 'redis:7-alpine']],
		[{dangling: ['true']}, []],
		[{label: ['com.example.team=platform']}, ['registry.example.com/platform/report-job:2026.11']],
		[
			{since: ['shop/api:1.14.0']},
			['ghcr.io/example/partner-connectors:0.9', 'shop/web:2.4.1', 'shop/web:latest'],
		],
		[{before: ['grafana/grafana:11.3.0']}, ['busybox:1.36']],
		[{until: ['1200h']}, ['busybox:1.36', 'grafana/grafana:11.3.0']],
	] as const)
		test(`are filtered by ${JSON.stringify(filters)}`, async () => {
			assert.deepEqual(tagsOf(await world().listed(filters)), expected);
		});

	test('two have lost their names', async () => {
		const dangling = await world().listed({dangling: ['true']});
		assert.equal(dangling.length, 2);
		assert.deepEqual(tagsOf(dangling), []);
	});

	test('are found by name, tag, id, short id and digest, in every way of writing them', async () => {
		const {images, call} = world();
		const id = images.find('nginx:1.27')?.id ?? '';
		const {json} = await call('/images/nginx:1.27/json');
		for (const reference of [
			'docker.io/library/nginx:1.27',
			id,
			id.slice(7),
			id.slice(7, 19),
			json.RepoDigests[0],
		])
			assert.equal(images.find(reference)?.id, id, reference);
		assert.deepEqual(images.find('shop/web')?.tags, ['shop/web:2.4.1', 'shop/web:latest']);
		for (const reference of ['nginx', 'nginx:1', 'f'.repeat(64), 'NGINX', ''])
			assert.equal(images.find(reference), undefined, reference);
	});

	test('an inspection and the history tell of the same layers', async () => {
		const {call} = world();
		const {json: inspected} = await call('/images/shop%2Fapi:1.14.0/json');
		const {json: history} = await call('/images/shop%2Fapi:1.14.0/history');
		assert.equal(history[0].Id, inspected.Id);
		assert.deepEqual(history[0].Tags, ['shop/api:1.14.0']);
		const sizes = history.map((step: {Size: number}) => step.Size);
		assert.equal(
			sizes.reduce((sum: number, size: number) => sum + size, 0),
			inspected.Size,
		);
		assert.ok(inspected.RootFS.Layers.length < history.length);
	});
});

describe('removal', () => {
	test('takes a name, and with the last one the image with the layers that nobody shares', async () => {
		const {remove, images, call, events} = world();
		const {json: inspected} = await call('/images/shop%2Fweb:latest/json');
		assert.deepEqual((await remove('shop%2Fweb')).json, [{Untagged: 'shop/web:latest'}]);
		const {status, json} = await remove('shop%2Fweb:2.4.1');
		assert.equal(status, 200);
		assert.deepEqual(json.slice(0, 2), [{Untagged: 'shop/web:2.4.1'}, {Deleted: inspected.Id}]);
		assert.ok(json.length > 2 && json.length < inspected.RootFS.Layers.length);
		assert.equal(images.find('shop/web:2.4.1'), undefined);
		assert.deepEqual(actions(events), ['untag', 'untag', 'delete']);
	});

	test('of a pulled image takes its digest along', async () => {
		const {json} = await world().remove('nginx:1.27');
		assert.deepEqual(json.slice(0, 3).flatMap(Object.keys), ['Untagged', 'Untagged', 'Deleted']);
		assert.match(json[1].Untagged, /^nginx@sha256:/);
	});

	const running = usedBy(false, true);
	const stopped = usedBy(false);
	for (const [what, containersOf, byId, force, status, message] of [
		[
			'a running container, by name',
			running,
			false,
			'0',
			409,
			/^conflict: unable to remove repository reference "postgres:17" \(must force\) - container 000000000000 is using its referenced image [\da-f]{12}$/,
		],
		[
			'a running container, by id',
			running,
			true,
			'0',
			409,
			/^conflict: unable to delete [\da-f]{12} \(cannot be forced\) - image is being used by running container 111111111111$/,
		],
		['a running container, by id with force', running, true, '1', 409, /\(cannot be forced\)/],
		[
			'a stopped container, by id',
			stopped,
			true,
			'0',
			409,
			/^conflict: unable to delete [\da-f]{12} \(must be forced\) - image is being used by stopped container 000000000000$/,
		],
		['a stopped container, with force', stopped, true, '1', 200, undefined],
	] as const)
		test(`of an image that serves ${what}: ${status}`, async () => {
			const {remove, images} = world(containersOf);
			const id = images.find('postgres:17')?.id ?? '';
			const answer = await remove(byId ? id : 'postgres:17', {force});
			assert.equal(answer.status, status);
			if (message) assert.match(answer.json.message, message);
			assert.equal(images.find(id) === undefined, status === 200);
		});

	test('with force takes the name from under a running container, and the image stays', async () => {
		const {remove, images} = world(running);
		const id = images.find('shop/api:1.14.0')?.id ?? '';
		assert.deepEqual((await remove('shop%2Fapi:1.14.0', {force: '1'})).json, [{Untagged: 'shop/api:1.14.0'}]);
		assert.deepEqual(images.find(id)?.tags, []);
	});

	test('by id of an image with several names has to be forced', async () => {
		const {remove, images, post} = world();
		await post('/images/nginx:1.27/tag', {repo: 'other/name', tag: 'x'});
		const id = images.find('nginx:1.27')?.id ?? '';
		const refused = await remove(id.slice(7, 19));
		assert.equal(refused.status, 409);
		assert.match(refused.json.message, /\(must be forced\) - image is referenced in multiple repositories$/);
		assert.equal(
			(await remove(id, {force: 'true'})).json.filter((item: object) => 'Untagged' in item).length,
			3,
		);
	});

	test('of what is not there is 404', async () => {
		const {status, json} = await world().remove('nope');
		assert.deepEqual([status, json], [404, {message: 'No such image: nope:latest'}]);
	});

	test('prune takes dangling images, or all that are not used', async () => {
		const {post, listed, events} = world();
		const {json} = await post('/images/prune');
		assert.equal(json.ImagesDeleted.filter((item: {Deleted?: string}) => item.Deleted).length >= 2, true);
		assert.ok(json.SpaceReclaimed > 0);
		assert.equal(events.at(-1)?.attributes.reclaimed, String(json.SpaceReclaimed));
		assert.deepEqual((await post('/images/prune')).json, {ImagesDeleted: null, SpaceReclaimed: 0});
		await post('/images/prune', {filters: '{"dangling":{"false":true}}'});
		assert.deepEqual(await listed(), []);
	});
});

describe('a tag', () => {
	test('is another name, or moves from one image to the other', async () => {
		const {post, images, events} = world();
		const id = images.find('shop/web:2.4.0')?.id;
		assert.equal((await post('/images/shop%2Fweb:2.4.0/tag', {repo: 'shop/web', tag: 'latest'})).status, 201);
		assert.equal(images.find('shop/web')?.id, id);
		assert.deepEqual(images.find('shop/web:2.4.1')?.tags, ['shop/web:2.4.1']);
		assert.deepEqual(
			events.map(({Action, id: of, attributes}) => [Action, of, attributes.name]),
			[['tag', id, 'shop/web:latest']],
		);
	});

	for (const [name, query, status, message] of [
		['nope', {repo: 'x'}, 404, 'No such image: nope:latest'],
		[
			'nginx:1.27',
			{repo: 'UP'},
			400,
			'invalid reference format: repository name (library/UP) must be lowercase',
		],
		['nginx:1.27', {repo: 'a', tag: '-x'}, 400, 'invalid tag format'],
	] as const)
		test(`${JSON.stringify(query)} of ${name} is refused with ${status}`, async () => {
			const answer = await world().post(`/images/${name}/tag`, query);
			assert.deepEqual([answer.status, answer.json.message], [status, message]);
		});
});
