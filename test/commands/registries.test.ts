import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseHost, parsePlace} from '../../source/commands/registry-places.ts';
import {RegistryError} from '../../source/registry/types.ts';
import {type TagRow, tags} from '../../source/resources/tags.ts';
import {selectManifestRows} from '../../source/state/selectors/manifest-rows.ts';
import {selectRegistriesRows} from '../../source/state/selectors/registries-rows.ts';
import {selectTagsRows} from '../../source/state/selectors/tags-rows.ts';
import {createFakeRegistry, imageManifest, indexManifest} from '../helpers/fake-registry-client.ts';
import {imageOf} from '../helpers/objects.ts';
import {host, openRegistryDesk, type RegistryDesk} from './registry-desk.ts';

const shop = () => {
	const registry = createFakeRegistry(host);
	for (const tag of ['1.2', '1.10', '1.9', 'latest']) registry.put('shop/api', tag);
	registry.put('shop/web', '1');
	registry.put('base', 'a');
	return registry;
};

const tagRow = (desk: RegistryDesk, tag: string): TagRow | undefined =>
	selectTagsRows(desk.state()).find(row => row.tag === tag);

suite('the registries', () => {
	test('are Docker Hub, those of accounts, of images, and those added by hand', async () => {
		const desk = await openRegistryDesk(
			{images: [imageOf(1, {tags: [`${host}/shop/api:1`, 'ghcr.io/a/b:1']})]},
			{accounts: [{host: 'quay.io', username: 'ann', store: {kind: 'helper', name: 'pass'}}]},
		);
		await desk.press('B');
		await desk.rest();
		assert.deepEqual(desk.rows(), ['docker.io', 'ghcr.io', 'quay.io', host]);
		const row = selectRegistriesRows(desk.state()).find(each => each.host === 'quay.io');
		assert.deepEqual([row?.username, row?.store], ['ann', 'docker-credential-pass']);
		await desk.press('a');
		await desk.type('nothing like a host');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /a registry is host or host:port/);
		desk.tell({type: 'ui/overlay-closed'});
		await desk.press('a');
		await desk.type('http://localhost:5001/');
		await desk.press('enter');
		assert.equal(desk.cursor(), 'localhost:5001');
		await desk.press('d');
		assert.deepEqual(desk.rows(), ['docker.io', 'ghcr.io', 'quay.io', host]);
		await desk.press('d');
		assert.match(desk.toasts().join(), /it was not added by hand/);
		await desk.stop();
	});

	test('are asked while they are on the screen, each once, and say what they are', async () => {
		const registry = shop();
		const desk = await openRegistryDesk({images: [imageOf(1, {tags: [`${host}/shop/api:1`]})]}, {registry});
		assert.deepEqual(registry.calls, []);
		registry.faults.set('ping', new RegistryError('unauthorised', host, `${host}: who are you?`));
		await desk.press('B');
		await desk.rest();
		assert.deepEqual(registry.calls, ['ping']);
		const state = () => selectRegistriesRows(desk.state()).find(row => row.host === host)?.state;
		assert.equal(state(), 'login');
		await desk.press('down');
		assert.equal(desk.status(), `${host}: who are you?   L logs in`);
		registry.faults.clear();
		await desk.press('r');
		await desk.rest();
		assert.deepEqual(registry.calls, ['ping', 'ping']);
		assert.equal(state(), 'ok');
		await desk.stop();
	});

	test('remember what was added in another session', async () => {
		const first = await openRegistryDesk();
		const {XDG_STATE_HOME} = process.env;
		await first.press('B');
		await first.rest();
		await first.press('a');
		await first.type(host);
		await first.press('enter');
		await first.rest();
		await first.stop();
		const {hostsFile} = await import('../../source/feed/registry-hosts-file.ts');
		const file = hostsFile({XDG_STATE_HOME}, '/nowhere');
		const deadline = Date.now() + 2000;
		while ((await file.load()).length === 0 && Date.now() < deadline)
			await new Promise(resolve => setImmediate(resolve));
		assert.deepEqual(await file.load(), [host]);
	});
});

suite('a name typed into the palette', () => {
	const place = (text: string) => {
		const parsed = parsePlace(text);
		return parsed.ok ? parsed.value : parsed.reason;
	};
	test('is a registry, a repository, a tag or a digest', () => {
		assert.deepEqual(place('quay.io'), {level: 'repositories', host: 'quay.io'});
		assert.deepEqual(place('localhost:5000'), {level: 'repositories', host: 'localhost:5000'});
		assert.deepEqual(place('https://reg.test:1/'), {level: 'repositories', host: 'reg.test:1'});
		assert.deepEqual(place('nginx'), {level: 'tags', host: 'docker.io', repository: 'library/nginx'});
		assert.deepEqual(place('nginx:1'), {
			level: 'manifest',
			host: 'docker.io',
			repository: 'library/nginx',
			reference: '1',
		});
		assert.deepEqual(place('reg.test:1/a/b'), {level: 'tags', host: 'reg.test:1', repository: 'a/b'});
		const digest = `sha256:${'a'.repeat(64)}`;
		assert.deepEqual(place(`reg.test:1/a@${digest}`), {
			level: 'manifest',
			host: 'reg.test:1',
			repository: 'a',
			reference: digest,
		});
	});

	test('that is none is refused with the rule', () => {
		assert.match(String(place('reg.test/UPPER')), /lower case/);
		assert.match(String(place('reg.test/a:')), /the tag after the colon is missing/);
		assert.equal(parseHost('registry').ok, false);
		assert.equal(parseHost(' ').ok, false);
		assert.deepEqual(parseHost('index.docker.io'), {ok: true, value: 'docker.io'});
	});
});

suite('the way down and up', () => {
	test('enter goes a level down, esc up to the row that one came from, and back to where one was', async () => {
		const desk = await openRegistryDesk(
			{images: [imageOf(1, {tags: [`${host}/shop/api:1`]})]},
			{registry: shop()},
		);
		await desk.press('B', 'G', 'enter');
		await desk.rest();
		assert.deepEqual(desk.rows(), ['base', 'shop/api', 'shop/web']);
		await desk.press('down', 'enter');
		await desk.rest();
		assert.deepEqual(desk.rows(), ['latest', '1.10', '1.9', '1.2']);
		await desk.press('down', 'enter');
		await desk.rest();
		assert.deepEqual(desk.place(), {level: 'manifest', host, repository: 'shop/api', reference: '1.10'});
		const {calls} = desk.registry;
		const before = calls.length;
		await desk.press('esc');
		assert.equal(desk.cursor(), '1.10');
		await desk.press('esc');
		assert.equal(desk.cursor(), 'shop/api');
		await desk.press('esc');
		assert.equal(desk.cursor(), host);
		await desk.rest();
		const lists = calls.slice(before).filter(call => !call.startsWith('ping'));
		assert.deepEqual(lists, [], 'nothing is read again on the way up');
		await desk.press('esc');
		assert.equal(desk.place(), undefined);
		await desk.stop();
	});

	test('another repository begins at its top; B goes back to where one was, which is read again', async () => {
		const desk = await openRegistryDesk({}, {registry: shop()});
		await desk.go(`${host}/shop/api`);
		await desk.press('G');
		assert.equal(desk.cursor(), '1.2');
		await desk.go(`${host}/shop/web`);
		assert.equal(desk.cursor(), '1');
		await desk.press('q');
		const count = desk.registry.calls.filter(call => call === 'tags shop/web').length;
		desk.registry.put('shop/web', '2');
		await desk.press('B');
		await desk.rest();
		assert.deepEqual(desk.rows(), ['2', '1']);
		assert.equal(desk.cursor(), '1');
		assert.equal(desk.registry.calls.filter(call => call === 'tags shop/web').length, count + 1);
		await desk.press('B');
		assert.deepEqual(desk.place(), {level: 'registries'});
		await desk.stop();
	});
});

suite('a catalog', () => {
	const large = (count: number) => {
		const registry = createFakeRegistry(host);
		for (let n = 0; n < count; n += 1) registry.put(`r${String(n).padStart(5, '0')}`, '1');
		registry.pageSize = 100;
		return registry;
	};

	test('comes page by page, can be stopped, and is read on from there', async () => {
		const registry = large(1000);
		const desk = await openRegistryDesk({}, {registry});
		desk.runner.invoke('app.registries', {argument: host});
		while (desk.rows().length < 300) await desk.clock.advance(5);
		await desk.press('x');
		const {length} = desk.rows();
		assert.ok(length < 1000);
		assert.match(desk.status(), /stopped: there is more than these \d+ {3}m reads on/);
		await desk.rest();
		assert.equal(desk.rows().length, length, 'nothing more comes');
		await desk.press('m');
		await desk.rest();
		assert.equal(desk.rows().length, 1000);
		assert.equal(desk.status(), '');
		const pages = registry.calls.filter(call => call.startsWith('repositories'));
		assert.equal(new Set(pages).size, 10);
		await desk.stop();
	});

	test('of more than ten thousand stops there, and says so', async () => {
		const registry = large(10_100);
		registry.pageSize = 1000;
		const desk = await openRegistryDesk({}, {registry});
		await desk.go(host);
		assert.equal(desk.rows().length, 10_000);
		assert.match(desk.status(), /more than these 10000, also for the filter {3}m reads on/);
		await desk.press('m');
		await desk.rest();
		assert.equal(desk.rows().length, 10_100);
		await desk.stop();
	});

	test('that is read again stays on the screen until all of it has come', async () => {
		const registry = large(300);
		const desk = await openRegistryDesk({}, {registry});
		await desk.go(host);
		await desk.press('G');
		registry.repositories.delete('r00000');
		registry.held.add('repositories');
		await desk.press('r');
		await desk.rest();
		assert.equal(desk.rows().length, 300);
		registry.held.clear();
		await desk.rest();
		assert.equal(desk.rows().length, 299);
		assert.equal(desk.cursor(), 'r00299');
		registry.faults.set('repositories', new RegistryError('unavailable', host, `${host}: 503`));
		await desk.press('r');
		await desk.rest();
		assert.equal(desk.rows().length, 299, 'what was read is not lost');
		assert.equal(desk.status(), `${host}: 503   r tries again`);
		await desk.stop();
	});

	test('that nobody gives leaves what images here are named by, and names that are typed', async () => {
		const registry = shop();
		registry.faults.set('repositories', new RegistryError('unsupported', host, `${host} has no catalog`));
		const desk = await openRegistryDesk(
			{images: [imageOf(1, {tags: [`${host}/shop/api:1.2`, 'nginx:1', 'me/tool:2']})]},
			{registry},
		);
		await desk.go(host);
		assert.deepEqual(desk.rows(), ['shop/api']);
		assert.match(desk.status(), /no catalog.*n opens one by its name/);
		await desk.press('n');
		await desk.type('shop/web');
		await desk.press('enter');
		await desk.rest();
		assert.deepEqual(desk.rows(), ['1']);
		await desk.press('esc');
		assert.deepEqual(desk.rows(), ['shop/api', 'shop/web']);
		await desk.go('docker.io');
		assert.deepEqual(desk.rows(), ['library/nginx', 'me/tool']);
		assert.match(desk.status(), /Docker Hub lists no repositories.*S searches/);
		await desk.stop();
	});

	test('is given up when the screen is closed', async () => {
		const registry = large(300);
		registry.held.add('repositories');
		const desk = await openRegistryDesk({}, {registry});
		await desk.go(host);
		assert.equal(registry.open(), 1);
		await desk.press('q');
		await desk.rest();
		assert.equal(registry.open(), 0);
		assert.equal(registry.aborted(), 1);
		await desk.stop();
	});
});

suite('the tags of a repository', () => {
	test('are looked at where they are on the screen, a few at once, and no longer when they are not', async () => {
		const registry = createFakeRegistry(host);
		for (let n = 0; n < 500; n += 1) registry.put('many', `v${n}`);
		const desk = await openRegistryDesk({rows: 24}, {registry});
		await desk.go(`${host}/many`);
		const heads = () => registry.calls.filter(call => call.startsWith('head'));
		assert.ok(heads().length < 30, String(heads().length));
		assert.ok(heads().includes('head many v499'));
		assert.ok(registry.most() <= 10, String(registry.most()));
		registry.held.add('head');
		const before = heads().length;
		await desk.press('G');
		await desk.rest();
		assert.equal(heads().length - before, 6);
		await desk.press('g');
		await desk.rest();
		assert.equal(registry.open(), 0);
		registry.held.clear();
		await desk.press('G');
		await desk.rest();
		assert.equal(tagRow(desk, 'v0')?.platforms?.[0], 'linux/amd64');
		await desk.stop();
	});

	test('are the same here, another here, here by another name, or not here', async () => {
		const registry = createFakeRegistry(host);
		const there = (tag: string) => registry.put('shop/api', tag).digest;
		const name = `${host}/shop/api`;
		const images = [
			imageOf(1, {tags: [`${name}:same`], digests: [`${name}@${there('same')}`]}),
			imageOf(2, {
				tags: [`${name}:old`],
				digests: [`${name}@sha256:${'1'.repeat(64)}`],
				createdAt: Date.UTC(2024, 0, 1),
			}),
			imageOf(3, {
				tags: [`${name}:young`],
				digests: [`${name}@sha256:${'2'.repeat(64)}`],
				createdAt: Date.UTC(2026, 0, 1),
			}),
			imageOf(4, {tags: ['other:1'], digests: [`elsewhere@${there('elsewhere')}`]}),
		];
		there('old');
		there('young');
		registry.put('shop/api', 'alias', imageManifest('shop/api:same'));
		const desk = await openRegistryDesk({images}, {registry});
		await desk.go(name);
		const here = (tag: string) => tagRow(desk, tag)?.here;
		assert.deepEqual(['same', 'old', 'young', 'elsewhere', 'alias'].map(here), [
			'same',
			'older',
			'newer',
			'none',
			'otherName',
		]);
		assert.deepEqual(tagRow(desk, 'alias')?.namesHere, ['same']);
		// It was pulled: the list of images says so.
		const pulled = imageOf(2, {tags: [`${name}:old`], digests: [`${name}@${there('old')}`]});
		desk.tell({type: 'engine/images-listed', images: [pulled]});
		assert.equal(here('old'), 'same');
		assert.equal(here('same'), 'none');
		await desk.stop();
	});

	test('sort by version, and by age where that is known', async () => {
		const desk = await openRegistryDesk({}, {registry: shop()});
		await desk.go(`${host}/shop/api`);
		assert.deepEqual(desk.rows(), ['latest', '1.10', '1.9', '1.2']);
		await desk.press('O');
		assert.deepEqual(desk.rows(), ['1.2', '1.9', '1.10', 'latest']);
		const row = (created: number | undefined): TagRow => ({
			key: '',
			tag: '',
			here: 'none',
			namesHere: [],
			isMarked: false,
			...(created !== undefined && {createdAt: created}),
		});
		const compare = tags.columns.find(({id}) => id === 'created')?.compare;
		assert.ok((compare?.(row(undefined), row(1)) ?? 0) < 0, 'unknown comes last, from the newest on');
		await desk.stop();
	});

	test('stop being asked for when the registry will not answer, until they are wanted again', async () => {
		const registry = createFakeRegistry(host);
		for (let n = 0; n < 100; n += 1) registry.put('many', `v${n}`);
		registry.faults.set('head', new RegistryError('rate-limited', host, `${host}: 429 too many requests`));
		const desk = await openRegistryDesk({}, {registry});
		await desk.go(`${host}/many`);
		const heads = () => registry.calls.filter(call => call.startsWith('head')).length;
		assert.ok(heads() <= 12, String(heads()));
		assert.match(desk.status(), /429 too many requests {3}r tries again, better in a while/);
		registry.faults.clear();
		await desk.press('r');
		await desk.rest();
		assert.ok(tagRow(desk, 'v99')?.digest);
		await desk.stop();
	});

	test('of Docker Hub are looked at by HEAD alone', async () => {
		const registry = createFakeRegistry('docker.io');
		registry.put('library/nginx', '1');
		const desk = await openRegistryDesk({}, {registry});
		await desk.go('nginx');
		assert.deepEqual(
			registry.calls.filter(call => !call.startsWith('ping')),
			['tags library/nginx', 'head library/nginx 1'],
		);
		assert.match(desk.status(), /counts what is read of an image as a pull/);
		await desk.press('enter');
		await desk.rest();
		assert.ok(registry.calls.includes('manifest library/nginx 1'));
		await desk.stop();
	});

	test('that are not there are told in place, with what can be done', async () => {
		const desk = await openRegistryDesk({}, {registry: shop()});
		await desk.go(`${host}/nope`);
		assert.deepEqual(desk.rows(), []);
		assert.match(desk.status(), /NAME_UNKNOWN: repository name not known {3}check the name; r tries again/);
		desk.registry.put('nope', '1');
		await desk.press('r');
		await desk.rest();
		assert.deepEqual(desk.rows(), ['1']);
		await desk.stop();
	});
});

suite('a manifest', () => {
	test('of an index has platforms with their sizes, and one can go into each', async () => {
		const registry = createFakeRegistry(host);
		const [amd, arm] = [imageManifest('amd'), imageManifest('arm')];
		registry.put('multi', '1', indexManifest({'linux/amd64': amd, 'linux/arm64/v8': arm}));
		registry.untagged.set(amd.digest, amd).set(arm.digest, arm);
		const desk = await openRegistryDesk({}, {registry});
		await desk.go(`${host}/multi:1`);
		const told = selectManifestRows(desk.state()).map(({label, value, sizeBytes}) => [
			label,
			value,
			sizeBytes,
		]);
		assert.deepEqual(told.slice(2), [
			['platform', 'linux/amd64', 1_000_000],
			['platform', 'linux/arm64/v8', 1_000_000],
			['attestation', 'of linux/amd64', 500],
		]);
		await desk.press('down', 'down', 'down', 'y', 'Y');
		const name = `${host}/multi`;
		assert.deepEqual(desk.copied, [
			`${name}@${arm.digest}`,
			`docker pull --platform linux/arm64/v8 ${name}:1`,
		]);
		const key = desk.cursor();
		await desk.press('enter');
		await desk.rest();
		assert.deepEqual(desk.place(), {
			level: 'manifest',
			host,
			repository: 'multi',
			reference: arm.digest,
			parents: ['1'],
		});
		const layer = selectManifestRows(desk.state()).find(({kind}) => kind === 'layer');
		assert.equal(layer?.value, 'RUN make');
		// The first one takes away what was told.
		await desk.press('esc', 'esc');
		assert.equal(desk.cursor(), key);
		await desk.press('P');
		const [pull] = [...desk.state().transfers.values()];
		assert.deepEqual([pull?.reference, pull?.pull], [`${name}:1`, {platform: 'linux/arm64/v8'}]);
		await desk.stop();
	});
});

suite('what can be done with tags', () => {
	test('marked ones are pulled and copied together', async () => {
		const desk = await openRegistryDesk({}, {registry: shop()});
		await desk.go(`${host}/shop/api`);
		await desk.press('space', 'space', 'y');
		assert.deepEqual(desk.copied, [`${host}/shop/api:latest\n${host}/shop/api:1.10`]);
		await desk.press('P');
		assert.deepEqual(
			[...desk.state().transfers.values()].map(({reference}) => reference),
			[`${host}/shop/api:latest`, `${host}/shop/api:1.10`],
		);
		await desk.press('R');
		assert.equal(desk.top('form').values.image?.text, `${host}/shop/api:1.9`);
		await desk.stop();
	});

	test('a deletion names every tag of the digest, those pushed meanwhile too, and is typed', async () => {
		const registry = shop();
		const {digest} = registry.put('shop/api', 'stable', imageManifest('shop/api:1.10'));
		const desk = await openRegistryDesk({rows: 12}, {registry});
		await desk.go(`${host}/shop/api`);
		registry.put('shop/api', 'pushed', imageManifest('shop/api:1.10'));
		for (let n = 0; n < 50; n += 1) registry.put('shop/api', `other${n}`);
		desk.tell({type: 'ui/landed', list: 'tags', key: '1.10'});
		await desk.press('d');
		assert.equal(desk.state().ui.overlays.length, 0);
		await desk.rest();
		const {spec} = desk.top('confirm');
		const name = `${host}/shop/api`;
		assert.equal(spec.title, `Delete ${digest.slice(7, 19)} from ${name}?`);
		assert.equal(spec.lines[0], digest);
		assert.equal(spec.lines[1], '3 tags stand for it, and all of them are lost:');
		assert.deepEqual(spec.list?.toSorted(), [`${name}:1.10`, `${name}:pushed`, `${name}:stable`]);
		assert.equal(spec.mustType, 'shop/api');
		await desk.press('enter');
		assert.ok(!registry.calls.some(call => call.startsWith('delete')), 'it has to be typed');
		await desk.type('shop/api');
		await desk.press('enter');
		await desk.rest();
		assert.ok(registry.calls.includes(`deleteManifest shop/api ${digest}`));
		assert.deepEqual(
			desk.rows().filter(tag => !tag.startsWith('other')),
			['latest', '1.9', '1.2'],
		);
		assert.match(desk.toasts().join(), /deleted, and 3 tags with it/);
		await desk.stop();
	});

	test('a deletion is called off while the tags are looked at, and refusals are told', async () => {
		const registry = shop();
		const desk = await openRegistryDesk({}, {registry});
		await desk.go(`${host}/shop/web`);
		registry.held.add('head');
		await desk.press('d');
		await desk.rest();
		assert.match(desk.status(), /looking which tags stand for the same: 0 of 1 {3}x stops/);
		await desk.press('x');
		registry.held.clear();
		await desk.rest();
		assert.deepEqual(desk.state().ui.overlays, []);
		registry.faults.set('deleteManifest', new RegistryError('unsupported', host, `${host}: UNSUPPORTED`));
		await desk.press('d');
		await desk.rest();
		await desk.type('1');
		await desk.press('enter');
		await desk.rest();
		assert.match(desk.toasts().join(), /error: Cannot delete .*UNSUPPORTED/);
		assert.deepEqual(desk.rows(), ['1']);
		await desk.stop();
	});

	test('is nothing that changes a registry in a read-only session', async () => {
		const desk = await openRegistryDesk({isReadOnly: true}, {registry: shop()});
		await desk.go(`${host}/shop/web`);
		await desk.press('d', 'P', 'R');
		await desk.rest();
		assert.deepEqual(
			desk.registry.calls.filter(call => call.startsWith('delete')),
			[],
		);
		assert.equal(desk.state().transfers.size, 0);
		assert.deepEqual(desk.state().ui.overlays, []);
		await desk.stop();
	});
});
