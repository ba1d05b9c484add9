import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Telling} from '../../source/command-lines/call.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {TransferProgress} from '../../source/engine/types.ts';
import {carryOut} from '../../source/transfer-commands/carry-out.ts';
import {tellerFor} from '../../source/transfer-commands/tellers.ts';
import {createFakeClock} from '../helpers/clock.ts';

const megabyte = 1_000_000;
const digest = `sha256:${'b'.repeat(64)}`;

const layer = (layerId: string, status: string, facts: object = {}): TransferProgress => ({
	kind: 'layer',
	layerId,
	phase: status === 'Downloading' ? 'downloading' : status === 'Pull complete' ? 'done' : 'waiting',
	status,
	...facts,
});

const pulled: readonly TransferProgress[] = [
	{kind: 'status', status: '1: Pulling from a'},
	layer('aaaa', 'Pulling fs layer'),
	layer('aaaa', 'Downloading', {currentBytes: megabyte, totalBytes: 4 * megabyte}),
	layer('aaaa', 'Downloading', {currentBytes: 2 * megabyte, totalBytes: 4 * megabyte}),
	layer('aaaa', 'Pull complete'),
	{kind: 'digest', digest},
	{kind: 'status', status: 'Status: Downloaded newer image for a:1'},
];

/** What one pull prints. */
const run = async (
	telling: Telling,
	isTTY: boolean,
	{items = pulled, error, stepMs = 200}: {items?: typeof pulled; error?: Error; stepMs?: number} = {},
) => {
	const clock = createFakeClock();
	const out: string[] = [];
	const err: string[] = [];
	const outputs = {
		stdout: {write: (text: string) => out.push(text)},
		stderr: {isTTY, columns: 80, write: (text: string) => err.push(text)},
	};
	const source = async function* () {
		for (const item of items) {
			await clock.advance(stepMs);
			yield item;
		}
		if (error !== undefined) throw error;
	};
	const ended = await carryOut(
		{requested: {reference: 'a:1'}, run: source},
		tellerFor(telling, outputs, clock),
		clock,
		new AbortController().signal,
	);
	return {ended, out: out.join(''), err: err.join('')};
};

suite('a transfer beside the dashboard', () => {
	test('a line for each thing that happened, and the result', async () => {
		const {ended, out, err} = await run('text', false);
		assert.equal(ended.status, 'done');
		assert.deepEqual(out.trimEnd().split('\n'), [
			'1: Pulling from a',
			'aaaa: Pulling fs layer',
			'aaaa: Downloading',
			'aaaa: Pull complete',
			'Status: Downloaded newer image for a:1',
			`a:1  ${digest}  pulled`,
		]);
		assert.equal(err, '');
	});

	test('a bar on a terminal, taken away at the end; the result alone on stdout', async () => {
		const {out, err} = await run('text', true);
		assert.equal(out, `a:1  ${digest}  pulled\n`);
		assert.match(err, /a:1 .*\d+%.*2MB\/4MB/);
		assert.ok(err.endsWith('\r\u001B[K'));
		assert.ok(!err.includes('\n'), 'one line');
	});

	test('however many lines come, the bar is drawn ten times a second', async () => {
		const items = Array.from({length: 500}, (_, index) =>
			layer('aaaa', 'Downloading', {currentBytes: index * 1000, totalBytes: megabyte}),
		);
		const {err} = await run('text', true, {items, stepMs: 1});
		const drawn = err.split('\r\u001B[K').length - 1;
		assert.ok(drawn <= 7, `${drawn} times in half a second`);
	});

	test('the name alone when it is quiet', async () => {
		assert.deepEqual(await run('quiet', true).then(({out, err}) => ({out, err})), {out: 'a:1\n', err: ''});
	});

	test('JSON, one object a line', async () => {
		const {out} = await run('json', false);
		const events = out
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		assert.deepEqual(events[1], {
			event: 'layer',
			reference: 'a:1',
			layer: 'aaaa',
			status: 'Pulling fs layer',
		});
		assert.deepEqual(events.at(-1), {
			event: 'result',
			reference: 'a:1',
			outcome: 'done',
			digest,
			status: 'Status: Downloaded newer image for a:1',
		});
		assert.ok(events.some(({event, totalBytes}) => event === 'progress' && totalBytes === 4 * megabyte));
	});

	test('what the registry refused', async () => {
		const error = new EngineError('auth', 'no basic auth credentials');
		const {ended, out} = await run('json', false, {items: [], error});
		assert.equal(ended.status, 'failed');
		assert.deepEqual(JSON.parse(out), {
			event: 'result',
			reference: 'a:1',
			outcome: 'failed',
			error: {kind: 'auth', message: 'no basic auth credentials'},
		});
		assert.equal((await run('text', true, {items: [], error})).out, '', 'nothing is said to be pulled');
	});

	test('no escape sequence of a registry reaches the terminal', async () => {
		const {out} = await run('text', false, {items: [{kind: 'status', status: 'a\u001B]0;title\u0007b'}]});
		assert.ok(!out.includes('\u001B'), JSON.stringify(out));
	});
});
