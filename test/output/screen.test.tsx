import assert from 'node:assert/strict';
import {once} from 'node:events';
import {Writable} from 'node:stream';
import {test} from 'node:test';
import type {WriteStream} from 'node:tty';
import {Box, render, Text, useApp} from 'ink';
import {useEffect} from 'react';
import {createScreen, type Screen} from '../../source/output/screen.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createEmulator} from './emulator.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

/** A terminal that takes what is written at once, or when it is told to. */
class FakeTerminal extends Writable {
	columns = 30;
	rows = 5;
	readonly isTTY = true;
	written = '';
	isStalled = false;
	readonly blocking: boolean[] = [];
	/** Where Node keeps the way to write to a terminal without waiting for it. */
	readonly _handle = {setBlocking: (isBlocking: boolean) => this.blocking.push(isBlocking)};
	#stalled: (() => void) | undefined;

	override _write(chunk: Buffer, _: string, done: () => void): void {
		this.written += chunk.toString();
		if (this.isStalled) this.#stalled = done;
		else done();
	}

	/** Takes what it was given until now. */
	async recover(): Promise<void> {
		this.isStalled = false;
		this.#stalled?.();
		this.#stalled = undefined;
		await settled(this);
	}

	take(): string {
		const taken = this.written;
		this.written = '';
		return taken;
	}
}

const settled = async (stream: Writable): Promise<void> => {
	await new Promise<void>(resolve => {
		stream.write('', () => resolve());
	});
};

const open = (): {terminal: FakeTerminal; screen: Screen} => {
	const terminal = new FakeTerminal();
	return {terminal, screen: createScreen(terminal as unknown as WriteStream)};
};

const drawFrame = ({stdout}: Screen, frame: string): void => {
	for (const piece of [begin, frame, end]) stdout.write(piece);
};

test('a frame is written when it is complete, and then only what changed', () => {
	const {terminal, screen} = open();
	screen.stdout.write(begin);
	screen.stdout.write('\x1b[?25l');
	screen.stdout.write('load 1\nsecond');
	assert.equal(terminal.take(), '');
	screen.stdout.write(end);
	assert.match(terminal.take(), /load 1.*second/s);
	// As Ink erases the frame before.
	drawFrame(screen, '\x1b[2K\x1b[1A\x1b[2K\x1b[Gload 2\nsecond');
	assert.equal(terminal.take(), `${begin}\x1b[1;6H2${end}`);
	drawFrame(screen, '\x1b[1;1H\x1b[Jload 2\nsecond');
	assert.equal(terminal.take(), '');
});

test('a terminal that is slow gets the newest frame once it can take it, and none in between', async () => {
	const {terminal, screen} = open();
	drawFrame(screen, 'load 1');
	terminal.take();
	terminal.isStalled = true;
	drawFrame(screen, 'load 2');
	for (let load = 3; load < 1000; load++) drawFrame(screen, `load ${load % 10}`);
	assert.equal(terminal.take(), `${begin}\x1b[1;6H2${end}`);
	assert.ok(terminal.writableLength < 50, `${terminal.writableLength} bytes are queued`);
	await terminal.recover();
	assert.equal(terminal.take(), `${begin}\x1b[1;6H9${end}`);
	drawFrame(screen, 'load 5');
	assert.equal(terminal.take(), `${begin}\x1b[1;6H5${end}`, 'not at once');
});

test('a frame waits for what others have written as well', async () => {
	const {terminal, screen} = open();
	terminal.isStalled = true;
	terminal.write('\x1b]52;c;QQ==\x07');
	drawFrame(screen, 'frame');
	assert.equal(terminal.take(), '\x1b]52;c;QQ==\x07');
	await terminal.recover();
	assert.match(terminal.take(), /frame/);
});

test('modes pass, and leave what is known of the screen', () => {
	const {terminal, screen} = open();
	drawFrame(screen, 'load 1');
	terminal.take();
	screen.stdout.write('\x1b[?2004h');
	drawFrame(screen, 'load 2');
	assert.equal(terminal.take(), `\x1b[?2004h${begin}\x1b[1;6H2${end}`);
});

for (const [what, output, shown] of [
	['another screen', '\x1b[?1049h', '\x1b[?1049h'],
	['other text', 'text', 'text'],
	['an erased frame', '\x1b[2K\x1b[1A\x1b[2K\x1b[G', ''],
] as const)
	test(`after ${what} all is drawn`, () => {
		const {terminal, screen} = open();
		drawFrame(screen, 'one\ntwo');
		terminal.take();
		screen.stdout.write(output);
		assert.equal(terminal.take(), shown);
		drawFrame(screen, 'one\ntwo');
		assert.match(terminal.take(), /\x1b\[J.*one.*two/s);
	});

test('a frame that waits is not drawn on the screen of another program', async () => {
	const {terminal, screen} = open();
	drawFrame(screen, 'one');
	terminal.isStalled = true;
	drawFrame(screen, 'two');
	drawFrame(screen, 'three');
	screen.stdout.write('\x1b[?1049l');
	await terminal.recover();
	assert.match(terminal.take(), /two.*\x1b\[\?7h\x1b\[\?1049l$/s);
});

test('closing waits until the terminal has taken everything', async () => {
	const {terminal, screen} = open();
	const clock = createFakeClock();
	terminal.isStalled = true;
	drawFrame(screen, 'last');
	let isClosed = false;
	const closed = screen.close(clock).then(() => {
		isClosed = true;
	});
	await clock.settle();
	assert.equal(isClosed, false);
	await terminal.recover();
	await closed;
	assert.equal(clock.timerCount(), 0);
});

test('a terminal that never takes anything does not keep the program', async () => {
	const {terminal, screen} = open();
	const clock = createFakeClock();
	terminal.isStalled = true;
	drawFrame(screen, 'last');
	const closed = screen.close(clock);
	await clock.advance(1000);
	await closed;
});

test('a terminal that takes nothing does not stop the program while it is drawn on', async () => {
	const {terminal, screen} = open();
	assert.deepEqual(terminal.blocking, [false]);
	await screen.close(createFakeClock());
	assert.deepEqual(terminal.blocking, [false, true]);
});

test('what Ink asks of a terminal is answered by the real one', async () => {
	const {terminal, screen} = open();
	assert.equal(screen.stdout.columns, 30);
	assert.equal(screen.stdout.isTTY, true);
	const resized = once(screen.stdout, 'resize');
	terminal.emit('resize');
	await resized;
	await new Promise<void>(resolve => {
		screen.stdout.write('', () => resolve());
	});
});

test('Ink draws, resizes, suspends and leaves through it', async () => {
	const {terminal, screen} = open();
	const emulator = createEmulator(terminal);
	const suspended = Promise.withResolvers<void>();
	let suspend: ReturnType<typeof useApp>['suspendTerminal'] | undefined;
	const App = ({load}: {readonly load: number}) => {
		const app = useApp();
		useEffect(() => {
			suspend = app.suspendTerminal;
		}, [app]);
		return (
			<Box width={terminal.columns} height={terminal.rows} flexDirection="column">
				<Text color="green">load {load}</Text>
				<Text>漢字 second</Text>
			</Box>
		);
	};
	const instance = render(<App load={1} />, {
		stdout: screen.stdout,
		interactive: true,
		alternateScreen: true,
		patchConsole: false,
	});
	const text = async (): Promise<string> => {
		await instance.waitUntilRenderFlush();
		await emulator.write(terminal.take());
		return emulator.text().trimEnd();
	};
	assert.equal(await text(), 'load 1\n漢字 second');

	instance.rerender(<App load={2} />);
	await instance.waitUntilRenderFlush();
	assert.ok(terminal.written.length < 50, JSON.stringify(terminal.written));
	assert.equal(await text(), 'load 2\n漢字 second');

	terminal.columns = 20;
	terminal.rows = 4;
	emulator.resize(terminal);
	terminal.emit('resize');
	instance.rerender(<App load={3} />);
	assert.equal(await text(), 'load 3\n漢字 second');

	await suspend?.(async () => {
		terminal.write('\x1b[2J\x1b[Hguest\x1b[31m');
		assert.equal(await emulatorText(), 'guest');
		suspended.resolve();
	});
	await suspended.promise;
	assert.equal(await text(), 'load 3\n漢字 second');

	instance.unmount();
	await screen.close(createFakeClock());
	assert.match(terminal.written, /\x1b\[\?7h\x1b\[\?1049l.*\x1b\[\?25h$/s);

	async function emulatorText(): Promise<string> {
		await emulator.write(terminal.take());
		return emulator.text().trim();
	}
});

test('lent to a guest, the screen stays: Ink neither leaves nor enters it, and then all is drawn', () => {
	const {terminal, screen} = open();
	screen.stdout.write('\x1b[?1049h');
	drawFrame(screen, 'one');
	terminal.take();
	screen.lend();
	screen.stdout.write('\x1b[?2004l');
	screen.stdout.write('\x1b[?1049l');
	drawFrame(screen, 'two');
	assert.equal(terminal.take(), '\x1b[?2004l');
	screen.reclaim();
	screen.stdout.write('\x1b[?1049h');
	drawFrame(screen, 'two');
	assert.match(terminal.take(), /^\x1b\[\?2026h(?!.*1049).*\x1b\[J.*two/s);
	screen.stdout.write('\x1b[?1049l');
	assert.match(terminal.take(), /\x1b\[\?1049l$/);
});

test('a repaint draws the last frame whole, in one update', () => {
	const {terminal, screen} = open();
	drawFrame(screen, 'one\ntwo');
	drawFrame(screen, 'one\nthree');
	terminal.take();
	screen.repaint();
	const drawn = terminal.take();
	assert.match(drawn, /^\x1b\[\?2026h.*one.*three/s);
	assert.equal(drawn.split(end).length, 2);
	screen.lend();
	screen.repaint();
	assert.equal(terminal.take(), '', 'not while a guest has it');
});
