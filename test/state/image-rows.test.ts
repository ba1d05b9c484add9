import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Message} from '../../source/state/messages.ts';
import {selectImageContentsDemand} from '../../source/state/selectors/image-contents-demand.ts';
import {imageWindow} from '../../source/state/selectors/image-rows.ts';
import {
	imagesWithLayer,
	selectTotalBytes,
	selectUniqueSizes,
} from '../../source/state/selectors/image-sharing.ts';
import {markableKeys, rowKeys, targetsIn} from '../../source/state/selectors/rows.ts';
import {containerOf, imageOf} from '../helpers/objects.ts';
import {after, cursorKey, worldOf} from './world.ts';

const api = imageOf(1, {tags: ['reg:5000/shop/api:1', 'reg:5000/shop/api:latest']});
const old = imageOf(2, {tags: [], digests: ['reg:5000/shop/api@sha256:aa']});
const web = imageOf(3, {tags: ['web:2']});
const lost = imageOf(4, {tags: []});
const world = after(worldOf({images: [api, old, web, lost]}), {type: 'ui/pane-focused', pane: 'images'});
const tree = after(world, {type: 'images/grouping-toggled'});
const head = 'repository:reg:5000/shop/api';

const contents = (...layers: readonly string[]) => ({
	platform: 'linux/arm64/v8',
	diffIds: layers,
	least: [0, ...layers.map((_, index) => (index + 1) * 10)],
	most: [0, ...layers.map((_, index) => (index + 1) * 10)],
	sizeBytes: layers.length * 10,
});
const read: Message = {
	type: 'images/contents-read',
	contents: new Map([
		[api.id, contents('base', 'api')],
		[old.id, contents('base', 'old')],
		[web.id, contents('base')],
		[lost.id, contents('other')],
	]),
	unreadable: [],
};
const filter = (text: string): readonly Message[] => [
	{type: 'ui/filter-opened', list: 'images'},
	{type: 'ui/filter-edited', edit: {kind: 'insert', text}},
	{type: 'ui/filter-closed', isKept: true},
];

describe('the tree of images', () => {
	it('has repositories of several names with these below them, and single names between', () => {
		assert.deepEqual(
			rowKeys(tree, 'images'),
			[
				`${lost.id} `,
				head,
				`${api.id} reg:5000/shop/api:1`,
				`${api.id} reg:5000/shop/api:latest`,
				`${old.id} `,
				`${web.id} web:2`,
			].toSorted((a, b) => rowKeys(tree, 'images').indexOf(a) - rowKeys(tree, 'images').indexOf(b)),
		);
		assert.deepEqual(rowKeys(world, 'images').length, 5);
		const folded = after(tree, {type: 'images/repository-folded', repository: 'reg:5000/shop/api'});
		assert.equal(rowKeys(folded, 'images').length, 3);
	});

	it('marks and works on the names below a repository; a filter leaves the marks to what it shows', () => {
		const at = after(tree, {type: 'ui/landed', list: 'images', key: head});
		assert.equal(targetsIn(at, 'images').length, 3);
		const only = after(at, ...filter('tag:latest'));
		assert.deepEqual(markableKeys(only, 'images', head), [`${api.id} reg:5000/shop/api:latest`]);
		assert.equal(targetsIn(after(only, {type: 'ui/landed', list: 'images', key: head}), 'images').length, 3);
	});

	it('sums up a repository with each layer once, whatever the filter shows', () => {
		const known = after(tree, read, ...filter('tag:latest'));
		const row = imageWindow(known, 0, 10).find(({kind}) => kind === 'repository');
		assert.ok(row?.kind === 'repository');
		assert.deepEqual([row.size, row.unique, row.tagCount], [{least: 30, most: 30}, {least: 20, most: 20}, 3]);
	});
});

describe('what images have for themselves', () => {
	it('is told when all were asked, and the sum has each layer once', () => {
		const some = after(world, {...read, contents: new Map([[api.id, contents('base', 'api')]])} as Message);
		assert.equal(selectUniqueSizes(some).size, 0);
		assert.equal(selectTotalBytes(some), undefined);
		const all = after(some, read);
		assert.deepEqual(selectUniqueSizes(all).get(api.id), {least: 10, most: 10});
		assert.deepEqual(selectUniqueSizes(all).get(web.id), {least: 0, most: 0});
		assert.deepEqual(selectTotalBytes(all), {least: 40, most: 40});
		assert.deepEqual(imagesWithLayer(all, 'base'), [api.id, old.id, web.id]);
	});

	it('is at most that when one could not be asked', () => {
		const {contents: known} = read as Extract<Message, {type: 'images/contents-read'}>;
		const rest = new Map([...known].filter(([id]) => id !== lost.id));
		const partly = after(world, {type: 'images/contents-read', contents: rest, unreadable: [lost.id]});
		assert.deepEqual(selectUniqueSizes(partly).get(api.id), {least: 0, most: 10});
	});

	it('is forgotten with the image, and asked for again with a new one', () => {
		const all = after(world, read);
		assert.deepEqual(selectImageContentsDemand(all), []);
		const fresh = imageOf(9);
		const next = after(all, {type: 'engine/images-listed', images: [api, web, fresh]});
		assert.deepEqual(selectImageContentsDemand(next), [fresh.id]);
		assert.deepEqual([...next.images.contents.keys()], [api.id, web.id]);
	});

	it('is asked for while somebody looks, and of very many only for who sorts by it', () => {
		assert.equal(selectImageContentsDemand(world).length, 4);
		const elsewhere = after(world, {type: 'ui/pane-focused', pane: 'containers'});
		assert.equal(selectImageContentsDemand(elsewhere).length, 0);
		const many = after(world, {
			type: 'engine/images-listed',
			images: Array.from({length: 1500}, (_, n) => imageOf(n + 1)),
		});
		assert.equal(selectImageContentsDemand(many).length, 0);
		const sorted = after(many, {type: 'ui/sorted', list: 'images', column: 'unique'});
		assert.equal(selectImageContentsDemand(sorted).length, 1500);
	});
});

describe('ten thousand images', () => {
	const images = Array.from({length: 10_000}, (_, n) => imageOf(n + 1, {tags: [`repo${n % 900}:${n}`]}));
	const large = after(worldOf({images, containers: [containerOf(1)]}), {
		type: 'ui/pane-focused',
		pane: 'images',
	});

	for (const [what, state] of [
		['flat', large],
		['as a tree', after(large, {type: 'images/grouping-toggled'})],
	] as const) {
		it(`${what}: a key is answered in a few milliseconds`, () => {
			let next = after(state, {type: 'ui/moved', list: 'images', movement: {kind: 'lines', count: 1}});
			imageWindow(next, 0, 40);
			const begin = performance.now();
			for (let n = 0; n < 20; n += 1) {
				next = after(next, {type: 'ui/moved', list: 'images', movement: {kind: 'lines', count: 1}});
				next = after(next, {
					type: 'ui/mark-toggled',
					list: 'images',
					keys: [cursorKey(next, 'images') ?? ''],
				});
				imageWindow(next, 0, 40);
			}
			const each = (performance.now() - begin) / 40;
			assert.ok(each < 25, `${each} ms`);
		});
	}
});
