import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {exportJson} from '../../../source/layers/reports/export.ts';
import {imageReportOf} from '../../../source/layers/reports/image-report.ts';
import type {ImageTree} from '../../../source/layers/types.ts';
import {configOf} from '../../helpers/objects.ts';
import {directory, file, hardlink, opaque, symlink, treeOf, whiteout} from './trees.ts';

const identity = {configDigest: 'sha256:c', references: ['a:1'], platform: 'linux/amd64'};
const exported = (tree: ImageTree, options = {}) =>
	JSON.parse([...exportJson(imageReportOf('a:1', {tree, identity}, options), {hasFiles: true})].join(''));

suite('the export', () => {
	const tree = treeOf(
		[
			[
				directory('etc'),
				file('etc/a', 10),
				file('etc/b', 20),
				file('caf\xc3\xa9', 1),
				file('bad\xff', 2),
				directory('o'),
				file('o/x', 3),
			],
			[
				file('etc/a', 11),
				file('etc/b', 20, {mode: 0o600}),
				whiteout('bad\xff'),
				hardlink('link', 'etc/a'),
				symlink('s', '\xfe'),
				directory('o'),
				opaque('o'),
				file('.env', 5),
			],
			[whiteout('.env')],
		],
		{
			config: configOf({
				env: ['PATH=/bin', 'TOKEN=hunter2'],
				labels: {password: 'hunter2', v: '1'},
				createdAt: 0,
				history: [
					{createdBy: 'ADD x', comment: '', isEmpty: false, createdAt: 1000},
					{createdBy: 'ENV TOKEN=hunter2', comment: '', isEmpty: true},
					{createdBy: 'RUN a', comment: 'buildkit', isEmpty: false},
					{createdBy: 'RUN rm', comment: '', isEmpty: false},
				],
			}),
		},
	);

	test('image, configuration without secrets, history with its layers', () => {
		const {version, image, config, history} = exported(tree);
		assert.equal(version, 1);
		assert.deepEqual(image, {target: 'a:1', ...identity});
		assert.deepEqual(config.env, ['PATH=/bin', 'TOKEN=******']);
		assert.deepEqual(config.labels, {password: '******', v: '1'});
		assert.deepEqual([config.createdAt, config.diffIds], ['1970-01-01T00:00:00.000Z', undefined]);
		assert.deepEqual(
			history.map(({createdBy, layer}: {createdBy: string; layer?: number}) => [createdBy, layer]),
			[
				['ADD x', 0],
				['ENV TOKEN=******', undefined],
				['RUN a', 1],
				['RUN rm', 2],
			],
		);
	});

	test('layers with their entries and what each changed; names of any bytes', () => {
		const {layers} = exported(tree);
		assert.deepEqual(
			layers.map(({index, files, cumulativeBytes}: Record<string, number>) => [
				index,
				files,
				cumulativeBytes,
			]),
			[
				[0, 5, 36],
				[1, 5, 72],
				[2, 0, 72],
			],
		);
		const entries = layers[1].entries.map(({path, change, bytes}: Record<string, string | number>) =>
			`${change} ${path} ${bytes ?? ''}`.trim(),
		);
		assert.deepEqual(entries.toSorted(), [
			'added /.env 5',
			'added /link 11',
			'added /s',
			'metadata /etc/b 20',
			'modified /etc/a 11',
			'removed /bad\uFFFD',
			'unmodified /o',
		]);
		const at = (layer: number, path: string) =>
			layers[layer].entries.find((entry: {path: string}) => entry.path === path);
		assert.deepEqual(at(0, '/café'), {
			path: '/café',
			change: 'added',
			kind: 'file',
			bytes: 1,
			mode: '0644',
			uid: 0,
			gid: 0,
			modifiedAt: '1970-01-01T00:00:00.000Z',
		});
		assert.deepEqual(
			Buffer.from(at(0, '/bad\uFFFD').pathBase64, 'base64'),
			Buffer.from('/bad\xff', 'latin1'),
		);
		assert.equal(at(1, '/link').linkTarget, '/etc/a');
		assert.deepEqual(Buffer.from(at(1, '/s').linkTargetBase64, 'base64'), Buffer.from([0xfe]));
		assert.equal(at(1, '/o').isOpaque, true);
	});

	test('waste, secrets and dive, which is there when it was asked for', () => {
		const {waste, secrets, dive, rules} = exported(tree);
		assert.deepEqual(waste.items[0], {
			path: '/etc/b',
			layers: [0],
			hiddenBy: [1],
			bytes: 20,
			copies: 1,
			reason: 'metadata',
		});
		assert.deepEqual([waste.isBaseExcluded, waste.wastedBytes], [false, 40]);
		assert.deepEqual(
			secrets.hidden.map(({path}: {path: string}) => path),
			['/.env'],
		);
		assert.deepEqual(secrets.settings, [{place: 'env', name: 'TOKEN', step: 1}]);
		assert.deepEqual([dive, rules], [undefined, undefined]);
		assert.equal(exported(tree, {isDiveCompatible: true}).dive.wastedBytes, 68);
	});

	test('nothing of a secret value is anywhere in it', () => {
		assert.doesNotMatch(JSON.stringify(exported(tree)), /hunter2/);
	});

	test('an image without layers or configuration is JSON too', () => {
		const {layers, config, waste} = exported(treeOf([]));
		assert.deepEqual([layers, config, waste.efficiency], [[], undefined, 1]);
	});

	test('comes in pieces', () => {
		const big = treeOf([Array.from({length: 20_000}, (_, index) => file(`d/f${index}`, index))]);
		const pieces = [...exportJson(imageReportOf('a', {tree: big, identity}, {}), {hasFiles: true})];
		assert.ok(pieces.length > 20);
		assert.ok(Math.max(...pieces.map(({length}) => length)) < 100_000);
		assert.equal(JSON.parse(pieces.join('')).layers[0].entries.length, 20_000);
	});
});
