import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {inspectorLines} from '../../source/screens/image/inspector-lines.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {cursorFacts} from '../../source/state/selectors/layer-cursor.ts';
import {layerFileRows} from '../../source/state/selectors/layer-files-rows.ts';
import {selectLayerRows} from '../../source/state/selectors/layers-rows.ts';
import {readerPaneHeight} from '../../source/state/selectors/layout.ts';
import {listView} from '../../source/state/selectors/rows.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {treeOf} from '../helpers/image-tree.ts';
import {imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {openDesk} from './desk.ts';

const image = imageOf(1, {tags: ['shop/api:1.4'], sizeBytes: 100_000_000});
const other = imageOf(2, {tags: ['shop/api:1.3']});
const third = imageOf(3, {tags: ['nginx:1.27']});
const imageId = image.id;

const threeLayers = treeOf(
	{
		createdBy: '/bin/sh -c #(nop) ADD file:abc in / ',
		entries: [
			{path: 'etc/passwd', sizeBytes: 900},
			{path: 'etc/motd', sizeBytes: 10},
			{path: 'usr/bin/sh', sizeBytes: 1000, mode: 0o755},
			{path: 'usr/bin/ash', kind: 'hardlink', linkTarget: 'usr/bin/sh'},
			{path: 'lib', kind: 'symlink', linkTarget: 'usr/lib'},
			{path: 'dev/null', kind: 'character-device', sum: 2 ** 20 + 3},
			{path: 'var/cache/a', sizeBytes: 5000},
			{path: 'var/cache/b', sizeBytes: 7000},
			{path: Buffer.from('data/漢字.txt', 'utf8').toString('latin1'), sizeBytes: 3},
			{path: 'data/bad\x1b[31m\xff', sizeBytes: 4},
		],
	},
	{
		createdBy: '/bin/sh -c apt-get update',
		entries: [
			{path: 'etc/passwd', sizeBytes: 950},
			{path: 'usr/bin/sh', sizeBytes: 1000, mode: 0o700},
			'var/.wh.cache',
			{path: 'srv/app/key.pem', sizeBytes: 20},
		],
	},
	{
		createdBy: 'COPY . /app # buildkit',
		entries: ['srv/app/.wh.key.pem', {path: 'srv/app/main', sizeBytes: 70}],
	},
);

const opened = (columns: number, rows: number, ...messages: readonly Message[]) => {
	const desk = openDesk({images: [image, other, third], columns, rows});
	desk.tell({
		type: 'ui/screen-opened',
		screen: {kind: 'image', imageId, tab: 'layers'},
		title: 'shop/api:1.4',
	});
	desk.tell(...messages);
	return desk;
};

const arrived = {type: 'layers/tree-arrived', imageId, tree: threeLayers} as const;
const ended = {
	type: 'layers/ended',
	imageId,
	readBytes: 20_000,
	identity: {configDigest: imageId, references: [], platform: 'linux/amd64'},
} as const;

const open = (columns = 160, rows = 45) => opened(columns, rows, arrived, ended);

const plain = createTheme({colours: 'none', isUnicode: true});
const lines = (state: State): readonly string[] =>
	inspectorLines(state, {width: state.ui.columns, height: readerPaneHeight(state)}, plain).map(line =>
		line.replaceAll(/\x1b\[[\d;]*m/g, ''),
	);
const screen = (state: State): string => lines(state).join('\n');

/** The files as they are shown: sign, depth and path. */
const files = (state: State): readonly string[] =>
	layerFileRows(state, 0, 1000).map(({facts, depth, isOpen, isFolder}) => {
		const sign = {unmodified: ' ', added: '+', modified: '~', metadata: '*', removed: '-'}[facts.change];
		return `${sign}${'  '.repeat(depth)}${isFolder ? (isOpen ? 'v' : '>') : ' '}${facts.path}`;
	});

const cursorPath = (state: State): string | undefined => cursorFacts(state)?.path;

describe('the layers of an image', () => {
	it('are listed with their sizes, what they changed and their instructions', () => {
		const rows = selectLayerRows(open().state());
		assert.deepEqual(
			rows.map(({layer, cumulativeBytes, fileCount, changes}) => ({
				bytes: layer.contentBytes,
				cumulativeBytes,
				fileCount,
				changes,
			})),
			[
				{
					bytes: 13_917,
					cumulativeBytes: 13_917,
					fileCount: 10,
					changes: {added: 10, modified: 0, metadata: 0, removed: 0},
				},
				{
					bytes: 1970,
					cumulativeBytes: 15_887,
					fileCount: 3,
					changes: {added: 1, modified: 1, metadata: 1, removed: 2},
				},
				{
					bytes: 70,
					cumulativeBytes: 15_957,
					fileCount: 1,
					changes: {added: 1, modified: 0, metadata: 0, removed: 1},
				},
			],
		);
	});

	it('count what they changed the same, however they come', () => {
		const whole = selectLayerRows(open().state()).map(({changes}) => changes);
		const {layers} = threeLayers;
		const first = {...threeLayers, layers: layers.map((layer, index) => (index === 1 ? bare(layer) : layer))};
		const desk = opened(160, 45, {...arrived, tree: first});
		assert.deepEqual(
			selectLayerRows(desk.state()).map(({changes}) => changes),
			[whole[0], undefined, undefined],
		);
		desk.tell(arrived);
		assert.deepEqual(
			selectLayerRows(desk.state()).map(({changes}) => changes),
			whole,
		);
	});

	it('stand beside the files on a wide screen, each line as wide as the screen', () => {
		const text = screen(open().state());
		assert.match(text, /RUN apt-get update/);
		assert.match(text, /COPY \. \/app/);
		assert.match(text, /Files of layer 1/);
		assert.match(text, /sha256:1{64} /);
		for (const line of lines(open().state())) assert.equal([...line].length, 160);
	});

	it('are alone on a narrow screen, with the files in one line', async () => {
		const desk = open(80, 24);
		assert.equal(lines(desk.state()).length, 21);
		assert.match(screen(desk.state()), /Files of layer 1 .*\+10/);
		assert.doesNotMatch(screen(desk.state()), /UID:GID/);
		await desk.press('tab');
		assert.match(screen(desk.state()), /UID:GID/);
		assert.match(screen(desk.state()), /layer 1 of 3 .*ADD file/);
		await desk.press('left');
		assert.doesNotMatch(screen(desk.state()), /UID:GID/);
	});
});

const bare = <Layer extends {readonly entries?: unknown; readonly contentBytes?: unknown}>(
	layer: Layer,
): Omit<Layer, 'entries' | 'contentBytes'> => {
	const {entries: _, contentBytes: _c, ...rest} = layer;
	return rest;
};

describe('the files of a layer', () => {
	it('are told by signs what became of them', async () => {
		const desk = open();
		await desk.press('j', 'tab', 'C');
		assert.deepEqual(files(desk.state()), [
			' vdata',
			...[' data/bad\x1b[31m\xff', ` ${threeLayersName}`].map(name => `   ${name}`),
			' vdev',
			'    dev/null',
			'~vetc',
			'    etc/motd',
			'~   etc/passwd',
			'  lib',
			'+vsrv',
			'+  vsrv/app',
			'+     srv/app/key.pem',
			'*vusr',
			'*  vusr/bin',
			'     usr/bin/ash'.replace('     ', `${' '}     `.slice(0, 6)),
			'*     usr/bin/sh',
			'~vvar',
			'-  vvar/cache',
			'-     var/cache/a',
			'-     var/cache/b',
		]);
	});

	it('show links, devices, modes and names as they are, without their escapes', async () => {
		const desk = open();
		await desk.press('tab', 'C');
		const text = screen(desk.state());
		assert.match(text, /lib → usr\/lib/);
		assert.match(text, /ash = \/usr\/bin\/sh/);
		assert.match(text, /crw-r--r-- .* 1, 3/);
		assert.match(text, /-rwxr-xr-x +0:0 +1kB/);
		assert.match(text, /漢字\.txt/);
		assert.match(text, /bad\ufffd/);
	});

	it('are unfolded and folded, the cursor where it was', async () => {
		const desk = open();
		await desk.press('tab');
		assert.deepEqual(files(desk.state()), ['+>data', '+>dev', '+>etc', '+ lib', '+>usr', '+>var']);
		await desk.press('j', 'j', 'space', 'j');
		assert.equal(cursorPath(desk.state()), 'etc/motd');
		await desk.press('backspace');
		assert.equal(cursorPath(desk.state()), 'etc');
		await desk.press('backspace');
		assert.equal(files(desk.state()).length, 6);
		await desk.press('C');
		assert.equal(cursorPath(desk.state()), 'etc');
		await desk.press('G', 'C');
		assert.equal(cursorPath(desk.state()), 'var');
		assert.equal(files(desk.state()).length, 6);
	});

	it('are found by name, with the directories they are in', async () => {
		const desk = open();
		await desk.press('tab', '/');
		await desk.type('*sh');
		await desk.press('enter');
		assert.deepEqual(files(desk.state()), ['+vusr', '+  vusr/bin', '+     usr/bin/ash', '+     usr/bin/sh']);
		assert.match(screen(desk.state()), /2 matches/);
		await desk.press('n');
		assert.equal(cursorPath(desk.state()), 'usr/bin/ash');
		await desk.press('n', 'n');
		assert.equal(cursorPath(desk.state()), 'usr/bin/ash');
		await desk.press('N');
		assert.equal(cursorPath(desk.state()), 'usr/bin/sh');
		await desk.press('esc');
		assert.equal(cursorPath(desk.state()), 'usr');
	});

	it('can be those of all layers up to one', async () => {
		const desk = open();
		await desk.press('j', 'j', 'b', 'tab');
		assert.match(screen(desk.state()), /Files up to layer 3/);
		assert.deepEqual(files(desk.state()), [' >data', ' >dev', '~>etc', '  lib', '+>srv', '*>usr', '~>var']);
	});

	it('are shown or not by what became of them', async () => {
		const desk = open();
		await desk.press('j', 'u', 'tab', 'C');
		assert.deepEqual(
			files(desk.state()).filter(line => line.startsWith(' ')),
			[],
		);
		assert.match(screen(desk.state()), /without unmodified/);
		await desk.press('a', 'm', 'r');
		assert.match(screen(desk.state()), /What is here is not shown/);
		await desk.press('a');
		assert.deepEqual(
			files(desk.state()).map(line => line.trim().split('v').at(-1)),
			['sr', '/app', ' srv/app/key.pem'].map((_, index) =>
				files(desk.state())[index]?.trim().split('v').at(-1),
			),
		);
		assert.equal(files(desk.state()).length, 3);
	});

	it('are walked through from change to change', async () => {
		const desk = open();
		await desk.press('j', 'tab');
		const seen: (string | undefined)[] = [];
		for (let count = 0; count < 6; count++) {
			await desk.press('.');
			seen.push(cursorPath(desk.state()));
		}
		assert.deepEqual(seen, ['etc/passwd', 'srv', 'usr/bin/sh', 'var/cache', 'var/cache/a', 'var/cache/b']);
		await desk.press('.');
		assert.match(desk.toasts().join(), /no change further down/);
		await desk.press(',', ',', ',');
		assert.equal(cursorPath(desk.state()), 'usr/bin/sh');
		await desk.press('C', 'G', ',');
		assert.equal(cursorPath(desk.state()), 'usr/bin/sh');
	});

	it('keep the cursor on their path from layer to layer', async () => {
		const desk = open();
		await desk.press('tab', 'C', '/');
		await desk.type('passwd');
		await desk.press('enter', 'G', 'esc', 'left', 'j');
		assert.equal(cursorPath(desk.state()), 'etc/passwd');
		await desk.press('j');
		assert.equal(cursorPath(desk.state()), 'etc/passwd');
	});

	it('are sorted by size or by name', async () => {
		const desk = open();
		await desk.press('tab', 'O');
		assert.deepEqual(
			files(desk.state()).map(line => line.slice(2)),
			['var', 'usr', 'etc', 'data', 'dev', 'lib'],
		);
		await desk.press('O');
		assert.equal(files(desk.state())[0], '+>data');
	});

	it('copy their paths and the instruction', async () => {
		const desk = open();
		await desk.press('tab', 'G', 'y', 'Y');
		assert.deepEqual(desk.copied, ['/var', '/bin/sh -c #(nop) ADD file:abc in / ']);
	});
});

const threeLayersName = Buffer.from('data/漢字.txt', 'utf8').toString('latin1');

describe('the reading of an image', () => {
	it('is said to be packing, then how far it is', () => {
		const desk = opened(160, 45);
		assert.match(screen(desk.state()), /asking the engine for the image/);
		desk.tell({type: 'clock/ticked', now: now + 4000});
		assert.match(screen(desk.state()), /the engine is packing, 4 s/);
		desk.tell({type: 'layers/progressed', imageId, readBytes: 43_000_000}, arrived);
		assert.match(screen(desk.state()), /reading .*43MB of about 100MB, 3 of 3 layers/);
		desk.tell(ended);
		assert.doesNotMatch(screen(desk.state()), /reading/);
	});

	it('is wanted as long as the screen is open and it has not ended', () => {
		const desk = opened(160, 45);
		assert.deepEqual(selectDemand(desk.state()).layers, {imageId, turn: 1});
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'image', imageId, tab: 'history'}});
		assert.deepEqual(selectDemand(desk.state()).layers, {imageId, turn: 1});
		desk.tell(ended);
		assert.equal(selectDemand(desk.state()).layers, undefined);
		const left = opened(160, 45, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
		assert.equal(selectDemand(left.state()).layers, undefined);
	});

	it('begins with the tab, not with another tab of the image', () => {
		const desk = openDesk({images: [image]});
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'image', imageId, tab: 'history'}});
		assert.equal(selectDemand(desk.state()).layers, undefined);
		desk.tell({type: 'ui/screen-opened', screen: {kind: 'image', imageId, tab: 'layers'}});
		assert.deepEqual(selectDemand(desk.state()).layers, {imageId, turn: 1});
	});

	it('is stopped by x and by esc, and what was read stays', async () => {
		for (const key of ['x', 'esc']) {
			const desk = opened(160, 45, {type: 'layers/progressed', imageId, readBytes: 2_000_000}, arrived);
			await desk.press(key);
			assert.equal(selectDemand(desk.state()).layers, undefined);
			assert.equal(desk.state().ui.screen.kind, 'image');
			assert.match(screen(desk.state()), /Stopped after 2MB/);
			assert.equal(selectLayerRows(desk.state()).length, 3);
			await desk.press('ctrl-r');
			assert.deepEqual(selectDemand(desk.state()).layers, {imageId, turn: 2});
			await desk.press('esc', 'esc');
			assert.equal(desk.state().ui.screen.kind, 'dashboard');
		}
	});

	it('says why it failed, and r reads again', async () => {
		const fault = {kind: 'not-found', message: 'No such image: shop/api:1.4', at: now} as const;
		const desk = opened(160, 45, {type: 'layers/failed', imageId, fault});
		assert.match(screen(desk.state()), /Cannot read the image: No such image: shop\/api:1\.4 +r reads again/);
		assert.equal(selectDemand(desk.state()).layers, undefined);
		await desk.press('r');
		assert.deepEqual(selectDemand(desk.state()).layers, {imageId, turn: 2});
	});

	it('leaves what was read of an image that is removed', () => {
		const desk = open();
		desk.tell({type: 'engine/images-listed', images: [other]});
		assert.match(screen(desk.state()), /the image was removed: what was read stays/);
		assert.equal(selectLayerRows(desk.state()).length, 3);
	});
});

describe('a file of a layer', () => {
	it('is asked for from the layer that has it, by the name that has its content', async () => {
		const desk = open();
		await desk.press('j', 'j', 'tab', '/');
		await desk.type('ash');
		await desk.press('enter', 'G', 'v');
		assert.deepEqual(selectDemand(desk.state()).layers?.file, {
			diffId: threeLayers.layers[0]?.diffId,
			path: 'usr/bin/sh',
			limitBytes: 1 << 20,
		});
		assert.match(screen(desk.state()), /the engine packs the image once more/);
		desk.tell({
			type: 'layers/content-arrived',
			imageId,
			path: 'usr/bin/sh',
			bytes: Buffer.from('#!/bin/sh\necho hello\n'),
			readBytes: 5,
			isRead: true,
		});
		assert.match(screen(desk.state()), /\/usr\/bin\/ash \(layer 1\)/);
		assert.match(screen(desk.state()), /2 echo hello/);
		await desk.press('x');
		assert.match(screen(desk.state()), /23 21 2f 62/);
		await desk.press('esc');
		assert.match(screen(desk.state()), /Files of layer 3/);
		assert.equal(selectDemand(desk.state()).layers, undefined);
	});

	it('is not shown when it is none', async () => {
		const desk = open();
		await desk.press('tab', 'j', 'j', 'j', 'v');
		assert.match(desk.toasts().join(), /it is a link/);
		assert.equal(desk.state().layers?.viewed, undefined);
	});
});

describe('another image', () => {
	it('is chosen to compare with, other tags of the repository first', async () => {
		const desk = open();
		await desk.press('=');
		assert.deepEqual(
			desk.top('choice').spec.items.map(({label}) => label),
			['shop/api:1.3', 'nginx:1.27'],
		);
		await desk.press('enter');
		assert.deepEqual(desk.state().ui.screen, {
			kind: 'compare',
			sides: [
				{imageId, name: 'shop/api:1.4'},
				{imageId: other.id, name: 'shop/api:1.3'},
			],
			origin: {imageId, tab: 'layers', title: 'shop/api:1.4'},
		});
	});
});

describe('a large image', () => {
	it('makes keys for the rows on the screen only', () => {
		const many = treeOf({entries: Array.from({length: 20_000}, (_, index) => `d${index % 100}/f${index}`)});
		const desk = opened(160, 45, {...arrived, tree: many}, ended, {
			type: 'layers/unfolded',
			unfolded: new Set(Array.from({length: 20_100}, (_, node) => node)),
		});
		const view = listView(desk.state(), 'layerFiles');
		assert.equal(view.count, 20_100);
		assert.equal(layerFileRows(desk.state(), view.offset, view.height).length, view.height);
	});
});
