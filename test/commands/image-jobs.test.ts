import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, suite, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {lookAtArchive} from '../../source/commands/archive-look.ts';
import type {Transfer} from '../../source/state/model.ts';
import {imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {type Desk, openDesk} from './desk.ts';

const api = imageOf(1, {tags: ['shop/api:1.4', 'shop/api:latest'], sizeBytes: 70});
const web = imageOf(2, {tags: ['host:5000/shop/web:2'], sizeBytes: 30});
const dangling = imageOf(3, {tags: []});
const folder = mkdtempSync(join(tmpdir(), 'gantry-test-commands-'));
const here = (name: string): string => join(folder, name);

after(() => {
	rmSync(folder, {recursive: true, force: true});
});

const tar = (name: string, ...files: readonly string[]): string => {
	const root = mkdtempSync(join(folder, 'root-'));
	for (const file of files) {
		mkdirSync(join(root, file, '..'), {recursive: true});
		writeFileSync(join(root, file), 'x'.repeat(2000));
	}
	execFileSync('tar', ['--create', '--file', here(name), '--directory', root, ...files]);
	return here(name);
};

const on = (...keys: readonly string[]): Desk => {
	const desk = openDesk({images: [api, web, dangling]});
	desk.tell(
		{type: 'ui/pane-focused', pane: 'images'},
		{type: 'ui/landed', list: 'images', key: keys[0] ?? ''},
		{type: 'ui/marks-set', list: 'images', keys: keys.length > 1 ? keys : []},
	);
	return desk;
};

const transfers = (desk: Desk): readonly Transfer[] => [...desk.state().transfers.values()];

/** Files are looked at between the key and the transfer. */
const until = async (isSo: () => boolean): Promise<void> => {
	for (let tries = 0; !isSo(); tries += 1) {
		assert.ok(tries < 500, 'it never came so');
		await delay(5);
	}
};

const replace = async (desk: Desk, text: string): Promise<void> => {
	await desk.press('end', 'ctrl-u');
	await desk.type(text);
};

const end = (desk: Desk, outcome: 'done' | 'failed' | 'cancelled', message = 'denied'): void => {
	const id = transfers(desk).at(-1)?.id ?? '';
	const fault = outcome === 'failed' ? {fault: {kind: 'api' as const, message, at: now}} : {};
	desk.tell({type: 'engine/transfer-ended', id, outcome, at: now, ...fault});
};

suite('saving', () => {
	test('the form names the image, and proposes a file', async () => {
		const desk = on(`${api.id} shop/api:1.4`);
		await desk.press('S');
		const {spec} = desk.top('form');
		assert.equal(spec.title, 'Save shop/api:1.4');
		assert.equal(spec.fields[0]?.initial, 'shop-api-1.4.tar');
	});

	test('those marked go into one file by their names, one without by its id, each image counted once', async () => {
		const keys = [`${api.id} shop/api:1.4`, `${api.id} shop/api:latest`, `${dangling.id} `];
		const desk = on(...keys);
		await desk.press('S');
		assert.equal(desk.top('form').spec.title, 'Save 3 images');
		await replace(desk, here('all.tgz'));
		await desk.press('enter');
		await until(() => transfers(desk).length === 1);
		const [transfer] = transfers(desk);
		assert.deepEqual(transfer?.job, {
			kind: 'save',
			references: ['shop/api:1.4', 'shop/api:latest', dangling.id],
			path: here('all.tgz'),
			compression: 'gzip',
			isReplacing: false,
			totalBytes: 70 + dangling.sizeBytes,
		});
		assert.equal(desk.state().ui.lists.images.marks.size, 0);
	});

	test('the tags of one repository are called so', async () => {
		const desk = on(`${api.id} shop/api:1.4`, `${api.id} shop/api:latest`);
		await desk.press('S');
		const {spec} = desk.top('form');
		assert.equal(spec.title, 'Save shop/api (2 tags)');
		assert.equal(spec.fields[0]?.initial, 'shop-api-2-tags.tar');
	});

	test('a compression that is none, and a file that is there, stay in the form', async () => {
		writeFileSync(here('there.tar'), 'x');
		const desk = on(`${web.id} host:5000/shop/web:2`);
		await desk.press('S');
		await replace(desk, here('there.tar'));
		await desk.press('tab');
		await desk.type('lz4');
		await desk.press('enter');
		assert.match(desk.top('form').problem ?? '', /"lz4": it is none, gzip, zstd/);
		await replace(desk, 'zstd');
		await desk.press('enter');
		await until(() => /exists already/.test(desk.top('form').problem ?? ''));
		await desk.press('tab', 'tab', 'space', 'enter');
		await until(() => transfers(desk).length === 1);
		const job = transfers(desk)[0]?.job;
		assert.ok(job?.kind === 'save' && job.isReplacing && job.compression === 'zstd');
		assert.equal(readFileSync(here('there.tar'), 'utf8'), 'x');

		desk.tell({type: 'ui/landed', list: 'images', key: `${web.id} host:5000/shop/web:2`});
		desk.runner.invoke('images.save', {argument: here('there.tar')});
		await until(() => desk.toasts().length === 1);
		assert.match(desk.toasts()[0] ?? '', /exists already/);
	});

	test('the same file is not written twice at a time', async () => {
		const desk = on(`${web.id} host:5000/shop/web:2`);
		desk.runner.invoke('images.save', {argument: here('twice.tar')});
		await until(() => transfers(desk).length === 1);
		desk.runner.invoke('images.save', {argument: here('twice.tar')});
		await until(() => desk.toasts().length === 1);
		assert.match(desk.toasts()[0] ?? '', /twice\.tar is being written already/);
	});

	test('its end is told, and r asks for the same again', async () => {
		const desk = on(`${web.id} host:5000/shop/web:2`);
		desk.runner.invoke('images.save', {argument: here('again.tar')});
		await until(() => transfers(desk).length === 1);
		end(desk, 'failed', `${here('again.tar')}: no space left on this disk`);
		await desk.clock.settle();
		assert.match(desk.toasts()[0] ?? '', /^error: Cannot save .*web:2 → again\.tar: .*no space left/);
		const before = transfers(desk).map(({job}) => job);
		await desk.press('esc', '4', 'r');
		assert.deepEqual(
			transfers(desk).map(({job}) => job),
			before,
		);
		assert.equal(transfers(desk)[0]?.status, 'queued');
		end(desk, 'cancelled');
		await desk.clock.settle();
		assert.match(desk.toasts().at(-1) ?? '', /save of .* cancelled; no file was left/);
	});
});

suite('what a tar file is', () => {
	const config = `${'ab'.repeat(32)}.json`;
	const cases: readonly (readonly [what: string, path: () => string, kind: object])[] = [
		['a docker archive', () => tar('docker.tar', config, 'manifest.json'), {kind: 'images'}],
		['an OCI layout', () => tar('oci.tar', './blobs/sha256/aa', './oci-layout'), {kind: 'images'}],
		['one of files before its manifest', () => tar('late.tar', 'x', 'manifest.json'), {kind: 'images'}],
		['a root file system', () => tar('root.tar', './readme', './etc/passwd'), {kind: 'files', isRoot: true}],
		['something else', () => tar('else.tar', 'server'), {kind: 'files', isRoot: false}],
	];
	for (const [what, path, kind] of cases) {
		test(`${what}, plain and compressed`, async () => {
			const plain = path();
			assert.deepEqual(await lookAtArchive(plain), kind);
			writeFileSync(`${plain}.gz`, gzipSync(readFileSync(plain)));
			assert.deepEqual(await lookAtArchive(`${plain}.gz`), kind);
			writeFileSync(`${plain}.zst`, zstdCompressSync(readFileSync(plain)));
			assert.deepEqual(await lookAtArchive(`${plain}.zst`), kind);
		});
	}

	test('nothing that could be sent is told why', async () => {
		const whole = readFileSync(tar('cut.tar', config, 'manifest.json'));
		for (const [name, bytes, reason] of [
			['cut.tar', whole.subarray(0, 1000), /is cut short: it ends within its entry abab/],
			['cut.tar.gz', gzipSync(whole).subarray(0, 60), /cannot be unpacked/],
			['words.gz', gzipSync('hello'.repeat(200)), /is no tar file: gzip of something else/],
			['words', Buffer.from('hello'.repeat(200)), /is no tar file/],
			['json', Buffer.from('{"a": 1}'), /is no tar file/],
			['zeros', Buffer.alloc(10_240), /holds nothing/],
			['empty', Buffer.alloc(0), /is empty/],
		] as const) {
			writeFileSync(here(name), bytes);
			const look = await lookAtArchive(here(name));
			assert.ok(look.kind === 'none', name);
			assert.match(look.reason, reason);
		}
		assert.equal((await lookAtArchive(folder)).kind, 'none');
	});

	test('what only the engine can unpack is for it to judge', async () => {
		writeFileSync(here('a.xz'), Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x01]));
		assert.deepEqual(await lookAtArchive(here('a.xz')), {kind: 'unknown'});
	});
});

suite('loading and importing', () => {
	test('an archive of images is loaded, what came of it is told', async () => {
		const path = tar('images.tar', 'manifest.json');
		const desk = on();
		await desk.press('I');
		await replace(desk, path);
		await desk.press('enter');
		await until(() => transfers(desk).length === 1);
		assert.deepEqual(transfers(desk)[0]?.job, {kind: 'load', path});
		const {id = ''} = transfers(desk)[0] ?? {};
		const names = ['a:1', 'b:1', `sha256:${'c'.repeat(64)}`, 'd:1', 'e:1'];
		desk.tell({type: 'engine/transfer-progressed', id, progress: [{kind: 'result', names}], at: now});
		end(desk, 'done');
		await desk.clock.settle();
		assert.deepEqual(desk.toasts(), ['success: images.tar: loaded a:1, b:1, cccccccccccc, d:1 and 1 more']);
	});

	test('a root file system opens the form of an import, filled in; the other way round it is refused', async () => {
		const path = tar('rootfs.tar', 'etc/passwd');
		const desk = on();
		await desk.press('I');
		await replace(desk, path);
		await desk.press('enter');
		await until(() => desk.top('form').commandId === 'images.import');
		await desk.clock.settle();
		assert.equal(desk.state().ui.overlays.length, 1);
		await desk.type('base:1');
		await desk.press('tab', 'tab');
		await desk.type('["sh"]');
		await desk.press('enter');
		await until(() => transfers(desk).length === 1);
		assert.deepEqual(transfers(desk)[0]?.job, {
			kind: 'import',
			path,
			reference: 'base:1',
			changes: ['CMD ["sh"]'],
			message: '',
		});

		const images = tar('images.tar', 'manifest.json');
		desk.runner.invoke('images.import', {argument: images});
		await desk.press('enter');
		await until(() => desk.top('form').problem !== undefined);
		assert.match(desk.top('form').problem ?? '', /images\.tar is an archive of images/);
	});

	test('a name that an image has is taken only when that is switched on', async () => {
		const path = tar('rootfs.tar', 'etc/passwd');
		const desk = on();
		desk.runner.invoke('images.import', {argument: path});
		await desk.type('shop/api:1.4');
		await desk.press('enter');
		await until(() => desk.top('form').problem !== undefined);
		assert.match(desk.top('form').problem ?? '', /shop\/api:1\.4 names image .* already/);
		await desk.press('space', 'enter');
		await until(() => transfers(desk).length === 1);
	});
});

suite('the choices of a pull', () => {
	test('go with it, and with its retry; the same image for another platform is another pull', async () => {
		const desk = on();
		desk.runner.invoke('images.pull', {argument: '--platform linux/arm64 busy:1'});
		desk.runner.invoke('images.pull', {argument: '--platform linux/arm64 busy:1'});
		assert.deepEqual(desk.toasts(), ['info: busy:1 (linux/arm64) is being pulled already']);
		desk.runner.invoke('images.pull', {argument: 'busy:1'});
		desk.runner.invoke('images.pull', {argument: '-a busy'});
		assert.deepEqual(
			transfers(desk).map(({reference, pull}) => [reference, pull]),
			[
				['busy:1', {platform: 'linux/arm64'}],
				['busy:1', undefined],
				['busy', {isAllTags: true}],
			],
		);
		const {id = ''} = transfers(desk)[2] ?? {};
		const names = ['busy:2', 'busy:10', 'busy:1'];
		desk.tell({type: 'engine/transfer-progressed', id, progress: [{kind: 'result', names}], at: now});
		end(desk, 'failed');
		await desk.clock.settle();
		await desk.press('esc', '4', 'G', 'r');
		const again = transfers(desk)[2];
		assert.equal(again?.status, 'queued');
		assert.deepEqual([again?.reference, again?.pull], ['busy', {isAllTags: true}]);
		desk.tell({
			type: 'engine/transfer-progressed',
			id: again?.id ?? '',
			progress: [{kind: 'result', names}],
			at: now,
		});
		end(desk, 'done');
		await desk.clock.settle();
		assert.equal(desk.toasts().at(-1), 'success: busy (all tags) pulled: 1, 2, 10');
	});
});
