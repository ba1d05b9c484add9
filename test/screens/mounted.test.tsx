import assert from 'node:assert/strict';
import {PassThrough, Writable} from 'node:stream';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {Box, type DOMElement, render} from 'ink';
import {App} from '../../source/app.tsx';
import {commands} from '../../source/commands/registry.ts';
import type {StatsSample} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {keymap, openDesk} from '../commands/desk.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {now} from '../state/world.ts';

const [columns, rows] = [160, 45];

/** The whole app in a terminal that nobody looks at. */
const openApp = async (count: number) => {
	const desk = openDesk({
		containers: Array.from({length: count}, (_, n) => containerOf(n)),
		images: Array.from({length: count}, (_, n) => imageOf(n)),
		columns,
		rows,
	});
	let root: DOMElement | null = null;
	const theme = createTheme({colours: 256, isUnicode: true});
	const {store, runner} = desk;
	const app = render(
		<Box
			ref={element => {
				root = element;
			}}
		>
			<App services={{store, runner, commands, keymap, theme}} onReady={() => {}} onCrash={assert.ifError} />
		</Box>,
		{
			stdin: keyboard(),
			stdout: Object.assign(new Writable({write: (_chunk, _encoding, done) => done()}), {
				columns,
				rows,
				isTTY: true,
			}) as unknown as NodeJS.WriteStream,
			interactive: true,
			patchConsole: false,
			maxFps: 60,
		},
	);
	await app.waitUntilRenderFlush();
	return {
		tell: desk.tell,
		press: desk.press,
		flush: app.waitUntilRenderFlush,
		nodeCount: () => countNodes(root),
		[Symbol.dispose]() {
			app.unmount();
			desk.leave();
		},
	};
};

const keyboard = (): NodeJS.ReadStream =>
	Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: () => {},
		ref: () => {},
		unref: () => {},
	}) as unknown as NodeJS.ReadStream;

/** Boxes, texts and pieces of text below an element, itself included. */
const countNodes = (node: {readonly nodeName: string} | null): number => {
	if (node === null) return 0;
	const children = (node as Partial<DOMElement>).childNodes ?? [];
	return children.reduce((sum, child) => sum + countNodes(child), 1);
};

const sampleOf = (beat: number, n: number): StatsSample => ({
	readAt: now + beat * 1000,
	intervalMs: 1000,
	cpuPercent: (beat * 7 + n) % 100,
	memoryBytes: 1_000_000 * (1 + ((beat + n) % 50)),
	memoryLimitBytes: 100_000_000,
	netReceivedBytes: beat * 1000,
	netSentBytes: beat * 1000,
	blockReadBytes: 0,
	blockWrittenBytes: 0,
	netReceiveRate: beat % 1000,
	netSendRate: 1,
	blockReadRate: 0,
	blockWriteRate: 0,
	pids: 1,
});

/** What a second brings: a reading of each container and the time. */
const secondOf = (beat: number, count: number): readonly Message[] => {
	const at = now + beat * 1000;
	const samples = Array.from({length: count}, (_, n) => ({id: idOf(n), sample: sampleOf(beat, n)}));
	return [
		{type: 'engine/stats-sampled', samples, at},
		{type: 'clock/ticked', now: at},
	];
};

test('as much is mounted for 500 containers and images as for 50', async () => {
	using few = await openApp(50);
	using many = await openApp(500);
	assert.ok(few.nodeCount() > 10, 'nothing is mounted');
	assert.equal(many.nodeCount(), few.nodeCount());
	// Also far down, where a list that only clips would have mounted all above.
	for (const app of [few, many]) {
		await app.press('end');
		await app.flush();
	}
	assert.equal(many.nodeCount(), few.nodeCount());
});

test('a thousand seconds of readings leave nothing behind', async () => {
	setFlagsFromString('--expose-gc');
	const collect: () => void = runInNewContext('gc');
	const count = 100;
	using app = await openApp(count);
	const nodes = app.nodeCount();
	const heapAfter = async (from: number, to: number): Promise<number> => {
		for (let beat = from; beat < to; beat += 1) {
			app.tell(...secondOf(beat, count));
			// A frame now and then: Ink draws 60 in a second at most.
			if (beat % 10 === 0) await app.flush();
		}
		await app.flush();
		collect();
		return process.memoryUsage().heapUsed;
	};
	// Until then histories fill up to their caps.
	const full = await heapAfter(0, 500);
	const later = await heapAfter(500, 1500);
	assert.ok(later - full < 1_500_000, `the heap has grown by ${later - full} bytes`);
	assert.equal(app.nodeCount(), nodes);
});
