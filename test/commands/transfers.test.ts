import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {confirmLeaving} from '../../source/commands/leaving.ts';
import {dockerLine} from '../../source/commands/transfer-line.ts';
import type {TransferProgress} from '../../source/engine/types.ts';
import type {Transfer} from '../../source/state/model.ts';
import {transferNote} from '../../source/state/selectors/transfer-note.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';
import {type Desk, openDesk} from './desk.ts';

const containers = [
	containerOf(1, {name: 'api-1', image: 'shop/api:1.4', project: 'shop'}),
	containerOf(2, {name: 'api-2', image: 'shop/api:1.4', project: 'shop'}),
	containerOf(3, {name: 'db-1', image: 'postgres', project: 'shop'}),
	containerOf(4, {name: 'old', image: 'a'.repeat(64)}),
];
const nginx = imageOf(1, {tags: ['nginx:1.27']});

const transfers = (desk: Desk): readonly Transfer[] => [...desk.state().transfers.values()];
const idAt = (desk: Desk, index: number): string => transfers(desk)[index]?.id ?? '';

const begin = (desk: Desk, index: number, ...progress: readonly TransferProgress[]): void => {
	const id = idAt(desk, index);
	desk.tell(
		{type: 'engine/transfer-started', id, at: now},
		{type: 'engine/transfer-progressed', id, progress, at: now + 1000},
	);
};

const end = (
	desk: Desk,
	index: number,
	outcome: 'done' | 'failed' | 'cancelled',
	message = 'denied',
): void => {
	const fault = {kind: 'auth', message, at: now, hint: ':login HOST'} as const;
	desk.tell({
		type: 'engine/transfer-ended',
		id: idAt(desk, index),
		outcome,
		at: now,
		...(outcome === 'failed' ? {fault} : {}),
	});
};

const withPulls = (...references: readonly string[]): Desk => {
	const desk = openDesk({containers, images: [nginx]});
	desk.runner.invoke('images.pull', {argument: references.join(' ')});
	return desk;
};

const layer: TransferProgress = {
	kind: 'layer',
	layerId: 'aaaaaaaaaaaa',
	phase: 'downloading',
	status: 'Downloading',
	currentBytes: 50,
	totalBytes: 100,
};

suite('the screen of transfers', () => {
	test('opens one, and goes back to where one came from', async () => {
		const desk = withPulls('nginx:1.27');
		begin(desk, 0, layer);
		const kinds = () => desk.state().ui.screen.kind;
		await desk.press('T', 'enter');
		assert.equal(kinds(), 'transfer');
		await desk.press('esc');
		assert.equal(kinds(), 'transfers');
		await desk.press('enter', 'T', 'esc');
		assert.equal(kinds(), 'dashboard');
		await desk.press('4', 'enter', 'esc');
		assert.equal(kinds(), 'dashboard');
		await desk.press('1', 'l', 'T');
		assert.equal(kinds(), 'transfers');
		await desk.press('esc');
		assert.equal(kinds(), 'container');
		assert.equal(desk.state().opened?.containerId, idOf(1));
	});

	test('opens the image once it came', async () => {
		const desk = withPulls('nginx:1.27');
		begin(desk, 0, layer);
		await desk.press('4', 'enter', 'enter');
		assert.match(desk.toasts()[0] ?? '', /it is not done/);
		end(desk, 0, 'done');
		await desk.press('esc', 'enter');
		const {screen} = desk.state().ui;
		assert.deepEqual([screen.kind, screen.kind === 'image' && screen.imageId], ['image', nginx.id]);
	});

	test('goes on with the transfer that is tried again', async () => {
		const desk = withPulls('nginx:1.27');
		begin(desk, 0, layer);
		end(desk, 0, 'failed', 'no space left on device');
		await desk.press('esc', '4', 'enter');
		assert.deepEqual(transferNote(desk.state()), ['no space left on device', ':login HOST']);
		await desk.press('r');
		assert.equal(transfers(desk).length, 1);
		const {screen} = desk.state().ui;
		assert.equal(screen.kind === 'transfer' ? screen.transferId : '', idAt(desk, 0));
		assert.equal(transfers(desk)[0]?.status, 'queued');
	});

	test('keeps the cursor on what is looked at when that ends', async () => {
		const desk = withPulls('nginx:1.27', 'postgres:17');
		begin(desk, 0, layer);
		begin(desk, 1, layer);
		await desk.press('4');
		desk.tell({type: 'clock/ticked', now: now + 1000});
		end(desk, 1, 'done');
		await desk.press('x');
		assert.match(desk.toasts().at(-1) ?? '', /no transfer is under way here/);
		assert.equal(transfers(desk)[0]?.status, 'running');
	});
});

suite('several at once', () => {
	test('from one line and from the form, none twice, all told together', async () => {
		const desk = withPulls('nginx:1.27', 'postgres', 'nginx:1.27');
		assert.deepEqual(
			transfers(desk).map(({reference}) => reference),
			['nginx:1.27', 'postgres:latest'],
		);
		await desk.press('P');
		await desk.type('redis:7 mysql');
		await desk.press('enter');
		assert.equal(transfers(desk).length, 4);
		end(desk, 0, 'done');
		end(desk, 1, 'failed');
		await desk.clock.settle();
		assert.match(desk.toasts().join('\n'), /error: Cannot pull postgres:latest: denied/);
		assert.match(desk.toasts().join('\n'), /info: 1 of 2 images pulled/);
	});

	test('of the containers of a project, each image once; an id is no name', () => {
		const desk = openDesk({containers});
		desk.runner.invoke('containers.pull', {targets: containers.map(({id}) => id)});
		assert.deepEqual(
			transfers(desk).map(({reference}) => reference),
			['shop/api:1.4', 'postgres:latest'],
		);
	});
});

suite('a transfer that waits for its registry', () => {
	const delayed = (): Desk => {
		const desk = withPulls('nginx:1.27');
		begin(desk, 0);
		desk.tell({
			type: 'engine/transfer-delayed',
			id: idAt(desk, 0),
			retry: {tries: 1, most: 3, cause: 'rate-limited', at: now + 27_000},
			fault: {kind: 'api', message: 'toomanyrequests', at: now},
		});
		return desk;
	};

	test('is tried at once by r, as the same one', async () => {
		const desk = delayed();
		const id = idAt(desk, 0);
		assert.equal(transfers(desk)[0]?.status, 'retrying');
		await desk.press('4', 'r');
		assert.deepEqual([transfers(desk).length, idAt(desk, 0)], [1, id]);
		assert.deepEqual([transfers(desk)[0]?.status, transfers(desk)[0]?.retry?.at], ['queued', undefined]);
	});

	test('is given up by x, and counts when Gantry is left', async () => {
		const desk = delayed();
		desk.runner.invoke('images.pull', {argument: 'redis:7'});
		assert.deepEqual(confirmLeaving(desk.state(), 'Leave?')?.list, ['pull nginx:1.27', 'pull redis:7']);
		await desk.press('H');
		assert.equal(desk.state().ui.overlays.length, 0);
		await desk.press('4', '/');
		await desk.type('nginx');
		await desk.press('enter', 'x');
		assert.equal(transfers(desk)[0]?.status, 'cancelling');
	});
});

suite('docker lines of transfers', () => {
	test('say what was asked for', async () => {
		const desk = withPulls('--platform linux/arm64 nginx:1.27');
		await desk.press('4', 'Y');
		assert.deepEqual(desk.copied, ['docker pull --platform linux/arm64 nginx:1.27']);
		const digest = `sha256:${'d'.repeat(64)}`;
		begin(desk, 0, {kind: 'digest', digest});
		await desk.press('y');
		assert.equal(desk.copied[1], `nginx:1.27@${digest}`);
	});

	const of = (job: NonNullable<Transfer['job']>): string | undefined => {
		const desk = openDesk();
		desk.tell({type: 'ui/transfer-requested', id: 't', reference: 'x', job, at: now});
		const [transfer] = transfers(desk);
		return transfer && dockerLine(transfer);
	};

	test('of jobs quote what a shell would break, and tell no values of arguments', () => {
		const save = {kind: 'save', references: ['a:1'], path: '/srv/it is.tar', isReplacing: false} as const;
		assert.equal(of({...save, compression: 'none'}), "docker save --output '/srv/it is.tar' a:1");
		assert.equal(of({...save, compression: 'gzip'}), "docker save a:1 | gzip > '/srv/it is.tar'");
		assert.equal(of({kind: 'load', path: '/srv/a.tar'}), 'docker load --input /srv/a.tar');
		const build = {
			kind: 'build',
			directory: '/srv/shop',
			dockerfile: '',
			tags: ['shop:1'],
			args: {TOKEN: 'secret'},
			labels: {},
			target: '',
			isCacheless: true,
			isPulling: false,
			builder: 'auto',
		} as const;
		assert.equal(of(build), 'docker build --tag shop:1 --build-arg TOKEN --no-cache /srv/shop');
	});
});
