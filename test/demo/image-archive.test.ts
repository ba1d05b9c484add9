import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, test} from 'node:test';
import {parseTar} from 'nanotar';
import {world} from './image-world.ts';

describe('an archive', () => {
	const unpack = (tar: Uint8Array) => new Map(parseTar(new Uint8Array(tar)).map(file => [file.name, file]));
	const digestOf = (data: Uint8Array | undefined) =>
		createHash('sha256')
			.update(data ?? '')
			.digest('hex');

	test('holds what its digests say, and the image its id says', async () => {
		const {call, images, events} = world();
		const tar = await (await call('/images/get', {query: {names: 'shop/web:2.4.1'}})).bytes();
		const files = unpack(tar);
		const blobs = files.keys().filter(name => /^blobs\/sha256\/./.test(name));
		let count = 0;
		for (const name of blobs) {
			assert.equal(digestOf(files.get(name)?.data), name.slice('blobs/sha256/'.length));
			count += 1;
		}
		const [saved] = JSON.parse(files.get('manifest.json')?.text ?? '');
		assert.deepEqual(saved.RepoTags, ['shop/web:2.4.1']);
		assert.equal(saved.Config, `blobs/${images.find('shop/web')?.id.replace(':', '/')}`);
		assert.equal(count, saved.Layers.length + 2);
		assert.ok(files.has('oci-layout'));
		assert.deepEqual(
			events.map(({Action}) => Action),
			['save'],
		);
	});

	test('has whiteouts and an opaque folder', async () => {
		const {call} = world();
		const files = unpack(await (await call('/images/shop%2Fweb/get')).bytes());
		const [saved] = JSON.parse(files.get('manifest.json')?.text ?? '');
		const names = saved.Layers.flatMap((path: string) => [
			...unpack(files.get(path)?.data ?? new Uint8Array()).keys(),
		]);
		assert.ok(names.includes('app/.wh.package-lock.json'));
		assert.ok(names.includes('app/dist/.wh..wh..opq'));
	});

	test('of several images has each once, with the names asked for', async () => {
		const {call, images} = world();
		const query = new URLSearchParams([
			['names', 'shop/web'],
			['names', 'shop/api:1.14.0'],
			['names', images.find('redis:7-alpine')?.id ?? ''],
		]);
		const files = unpack(await (await call('/images/get', {query})).bytes());
		const saved: readonly {RepoTags: readonly string[] | null}[] = JSON.parse(
			files.get('manifest.json')?.text ?? '',
		);
		assert.deepEqual(
			saved.map(image => image.RepoTags),
			[['shop/web:2.4.1', 'shop/web:latest'], ['shop/web:2.4.0'], ['shop/api:1.14.0'], null],
		);
	});

	test('of what is not there is 404', async () => {
		assert.equal((await world().call('/images/nope/get')).status, 404);
	});
});
