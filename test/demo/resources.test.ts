import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {createDemoImages} from '../../source/demo/images/demo-images.ts';
import {createDemoResources} from '../../source/demo/resources/demo-resources.ts';
import {ask, type Call, demoContext, unused} from './harness.ts';

const api = {
	id: 'a'.repeat(64),
	name: 'shop-api-1',
	isRunning: true,
	networks: [
		{
			name: 'shop_default',
			endpointId: 'e'.repeat(64),
			ipAddress: '172.20.0.3',
			macAddress: '02:42:ac:14:00:03',
		},
	],
	volumes: ['shop_db-data', 'made-by-run'],
	writtenBytes: 4096,
	summary: {Id: 'a'.repeat(64), State: 'running'},
};

const world = () => {
	const {context} = demoContext();
	const images = createDemoImages(context, unused);
	const imageId = images.find('shop/api:1.14.0')?.id ?? '';
	const routes = createDemoResources(context, {images, containers: () => [{...api, imageId}]});
	return {images, get: async (path: string, call?: Call) => (await ask(routes, path, call)).json};
};

const namesOf = (list: readonly {readonly Name: string}[]): readonly string[] => list.map(({Name}) => Name);

describe('networks of the embedded engine', () => {
	test('are its own and those of containers', async () => {
		const {get} = world();
		assert.deepEqual(namesOf(await get('/networks')), ['bridge', 'host', 'none', 'shop_default']);
		const custom = await get('/networks', {query: {filters: '{"type":["custom"]}'}});
		assert.deepEqual(namesOf(custom), ['shop_default']);
	});

	test('know who is in them, by name, id and short id', async () => {
		const {get} = world();
		const {Id, Containers} = await get('/networks/shop_default');
		assert.equal(Containers[api.id].IPv4Address, '172.20.0.3/16');
		assert.equal((await get(`/networks/${Id.slice(0, 12)}`)).Name, 'shop_default');
		assert.deepEqual(await get('/networks/nope'), {message: 'network nope not found'});
	});
});

describe('volumes of the embedded engine', () => {
	test('are those it keeps and those of containers', async () => {
		const {get} = world();
		const {Volumes} = await get('/volumes');
		assert.ok(namesOf(Volumes).includes('made-by-run'));
		const {Volumes: dangling} = await get('/volumes', {query: {filters: '{"dangling":["true"]}'}});
		assert.equal(dangling.length, Volumes.length - 2);
		assert.equal((await get('/volumes/shop_db-data')).Labels['com.docker.compose.project'], 'shop');
		assert.deepEqual(await get('/volumes/nope'), {message: 'get nope: no such volume'});
	});
});

describe('disk use', () => {
	test('agrees with the lists', async () => {
		const {get, images} = world();
		const use = await get('/system/df');
		assert.equal(use.LayersSize, images.diskUse(51).layerBytes);
		assert.equal(use.Images.length, 14);
		const [container] = use.Containers;
		assert.equal(container.SizeRw, 4096);
		assert.equal(container.SizeRootFs, 4096 + (images.find('shop/api:1.14.0')?.sizeBytes ?? 0));
		const volume = use.Volumes.find(({Name}: {Name: string}) => Name === 'made-by-run');
		assert.equal(volume.UsageData.RefCount, 1);
	});

	test('is told in parts', async () => {
		const use = await world().get('/system/df', {query: {type: 'volume'}});
		assert.deepEqual([use.Images, use.Containers, use.BuildCache], [null, null, null]);
		assert.ok(use.Volumes.length > 0);
	});
});
