import {mkdtempSync, rmSync} from 'node:fs';
import {constants, tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import unicode11 from '@xterm/addon-unicode11';
import xterm, {type Terminal as Emulator} from '@xterm/headless';
import {type Cell, cellOf} from './terminal-cell.ts';
import {bytesOf} from './terminal-keys.ts';

/** How much longer than on a good machine everything may take. */
export const patience = Number(process.env.GANTRY_TEST_PATIENCE ?? 1);

/** Before that factor. */
const defaultMs = 10_000;

/** Longer than a program waits for the rest of an escape sequence, shorter than a person needs between keys. */
const escapePauseMs = 60;

const gantry = join(import.meta.dirname, '../../bin/gantry.js');

export type TerminalOptions = {
	/** @default the Node that runs the test */
	readonly command?: string;
	/** @default bin/gantry.js followed by `args` */
	readonly commandArgs?: readonly string[];
	/** Arguments of gantry. */
	readonly args?: readonly string[];
	/** @default 120 */
	readonly columns?: number;
	/** @default 40 */
	readonly rows?: number;
	/** On top of a clean environment with a home folder of its own; `undefined` takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
};

export type Exit = {
	readonly code: number;
	/** Name of the signal that ended it, if one did. */
	readonly signal: string | undefined;
};

/** A cell of the screen: column and visible row, both from 0. */
export type Place = {readonly x: number; readonly y: number};

type Waiter = {
	readonly isMet: () => boolean;
	readonly resolve: () => void;
};

/** Starts a program in a terminal of its own. `await using` ends it with the test. */
export async function openTerminal(options: TerminalOptions = {}): Promise<TestTerminal> {
	return new TestTerminal(options);
}

/**
 * A program in a pseudo-terminal, and the screen that a person would see of it. Waiting is on the screen:
 * a condition is looked at after each piece of output that the emulator has worked through.
 */
export class TestTerminal implements AsyncDisposable {
	readonly pid: number;
	readonly #pty: IPty;
	readonly #emulator: Emulator;
	readonly #home = mkdtempSync(join(tmpdir(), 'gantry-test-home-'));
	readonly #output: Buffer[] = [];
	readonly #waiters = new Set<Waiter>();
	readonly #exited: Promise<Exit>;
	#exit: Exit | undefined;
	#shownAt = 0;
	#keyboard: Promise<void> = Promise.resolve();

	constructor({command, commandArgs, args = [], columns = 120, rows = 40, env = {}}: TerminalOptions) {
		this.#emulator = new xterm.Terminal({cols: columns, rows, scrollback: 1000, allowProposedApi: true});
		// Without it emoji are as narrow as they were in 1999.
		this.#emulator.loadAddon(new unicode11.Unicode11Addon());
		this.#emulator.unicode.activeVersion = '11';
		this.#pty = spawn(command ?? process.execPath, [...(commandArgs ?? [gantry, ...args])], {
			name: 'xterm-256color',
			cols: columns,
			rows,
			encoding: null,
			env: environment(this.#home, env),
		});
		this.pid = this.#pty.pid;
		this.#emulator.onData(answer => {
			if (this.#exit === undefined) this.#pty.write(answer);
		});
		this.#pty.onData(chunk => {
			this.#take(Buffer.from(chunk));
		});
		const {promise, resolve} = Promise.withResolvers<Exit>();
		this.#exited = promise;
		this.#pty.onExit(({exitCode, signal}) => {
			// An empty write comes back when all output before it is on the screen.
			this.#emulator.write('', () => {
				this.#exit = {code: exitCode, signal: signalName(signal)};
				resolve(this.#exit);
				this.#lookAgain();
			});
		});
	}

	/** Presses keys one after the other: characters, or names as in `terminal-keys.ts`. */
	press(...keys: readonly string[]): Promise<void> {
		return this.#typing(async () => {
			for (const key of keys) {
				this.#pty.write(bytesOf(key));
				if (key === 'esc') await delay(escapePauseMs);
			}
		});
	}

	/** Sends text as a paste or fast typing would: in one piece. */
	type(text: string): Promise<void> {
		return this.#typing(async () => {
			this.#pty.write(text);
		});
	}

	/** Sends bytes as they are. */
	send(bytes: Uint8Array): Promise<void> {
		return this.#typing(async () => {
			// Bytes are written as they are, which its types do not tell.
			this.#pty.write(Buffer.from(bytes) as unknown as string);
		});
	}

	/** Writes onto the screen behind the program's back, as another program in the same terminal would. */
	scribble(output: string): void {
		this.#take(Buffer.from(output));
	}

	/** Waits until the screen shows it. Rows are joined by line feeds, without spaces at their ends. */
	sees(expected: string | RegExp, {within = defaultMs} = {}): Promise<void> {
		return this.until(`the screen shows ${describe(expected)}`, () => shows(this.text(), expected), {within});
	}

	/** Waits until the screen does not show it (any more). */
	seesNot(unwanted: string | RegExp, {within = defaultMs} = {}): Promise<void> {
		return this.until(`the screen does not show ${describe(unwanted)}`, () => !shows(this.text(), unwanted), {
			within,
		});
	}

	/** Waits for a row that shows it. @returns the first such row as it is then. */
	async line(expected: string | RegExp, {within = defaultMs} = {}): Promise<string> {
		let found: string | undefined;
		const look = () => {
			found = this.screen().find(row => shows(row, expected));
			return found !== undefined;
		};
		await this.until(`a row shows ${describe(expected)}`, look, {within});
		return found ?? '';
	}

	/** Waits for any condition on this terminal. @throws with the whole screen when it is not met in time. */
	async until(what: string, isMet: () => boolean, {within = defaultMs} = {}): Promise<void> {
		// Once seen is seen: the next piece of output may change the screen before the waiting goes on.
		let wasMet = false;
		const isMetNow = (): boolean => {
			wasMet ||= !this.#isMidFrame && isMet();
			return wasMet;
		};
		if (isMetNow()) return;
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const waiter: Waiter = {
			isMet: () => this.#exit !== undefined || isMetNow(),
			resolve,
		};
		const timer = setTimeout(() => {
			reject(this.#failure(`waited ${within * patience} ms until ${what}`));
		}, within * patience);
		this.#waiters.add(waiter);
		try {
			if (!waiter.isMet()) await promise;
			if (!isMetNow()) throw this.#failure(`the program ended (${describeExit(this.#exit)}) before ${what}`);
		} finally {
			clearTimeout(timer);
			this.#waiters.delete(waiter);
		}
	}

	/** The visible rows, without spaces at their ends. */
	screen(): readonly string[] {
		const {viewportY} = this.#emulator.buffer.active;
		return Array.from({length: this.rows}, (_, y) => this.#row(viewportY + y)?.translateToString(true) ?? '');
	}

	text(): string {
		return this.screen().join('\n');
	}

	/**
	 * The text of a stretch of a visible row, spaces included. Tests look at it after each piece of output: unlike
	 * `cell` it costs next to nothing.
	 * @param to the first column after it.
	 */
	cells(y: number, from: number, to: number): string {
		return this.#row(this.#emulator.buffer.active.viewportY + y)?.translateToString(false, from, to) ?? '';
	}

	/** @param x column from 0 @param y visible row from 0 @throws outside of the screen. */
	cell(x: number, y: number): Cell {
		const cell = this.#row(this.#emulator.buffer.active.viewportY + y)?.getCell(x);
		if (cell === undefined) throw new RangeError(`no cell ${x}, ${y} on ${this.columns}x${this.rows}`);
		return cellOf(cell);
	}

	/** Where the first visible occurrence of the text begins, in cells. @throws when it is not on the screen. */
	find(text: string): Place {
		const place = this.locate(text);
		if (place === undefined) throw this.#failure(`${describe(text)} is not on the screen`);
		return place;
	}

	/** As `find`; `undefined` when it is not on the screen. */
	locate(text: string): Place | undefined {
		const rows = this.screen();
		const y = rows.findIndex(row => row.includes(text));
		const before = rows[y]?.indexOf(text) ?? 0;
		let x = 0;
		for (let read = 0; read < before; x += 1) read += this.#lengthAt(x, y);
		return y === -1 ? undefined : {x, y};
	}

	resize(columns: number, rows: number): void {
		this.#emulator.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	get columns(): number {
		return this.#emulator.cols;
	}

	get rows(): number {
		return this.#emulator.rows;
	}

	/** Whether the program is on the alternate screen. */
	get isAlternate(): boolean {
		return this.#emulator.buffer.active.type === 'alternate';
	}

	get cursor(): {readonly x: number; readonly y: number} {
		const {cursorX, cursorY} = this.#emulator.buffer.active;
		return {x: cursorX, y: cursorY};
	}

	/** When the output arrived that the screen shows now: ms on the clock of `performance.now()`. */
	get shownAt(): number {
		return this.#shownAt;
	}

	/** Bytes that the program has sent so far. */
	get bytesWritten(): number {
		return this.#output.reduce((sum, chunk) => sum + chunk.length, 0);
	}

	/** All that the program has sent so far, escape sequences included. */
	get rawOutput(): string {
		return Buffer.concat(this.#output).toString('utf8');
	}

	/** Waits for the program's end; all its output is on the screen then. */
	async waitExit({within = defaultMs} = {}): Promise<Exit> {
		await this.until('the program ended', () => this.#exit !== undefined, {within});
		return this.#exited;
	}

	/** @default SIGTERM */
	kill(signal = 'SIGTERM'): void {
		if (this.#exit !== undefined) return;
		try {
			process.kill(this.pid, signal);
		} catch (error) {
			// Gone already, and not yet told.
			if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.kill();
		const killer = setTimeout(() => {
			this.kill('SIGKILL');
		}, 2000);
		await this.#exited;
		clearTimeout(killer);
		this.#emulator.dispose();
		rmSync(this.#home, {recursive: true, force: true});
	}

	/** Of the text in a cell; an untouched cell reads as a space, the second half of a wide one as nothing. */
	#lengthAt(x: number, y: number): number {
		const cell = this.#row(this.#emulator.buffer.active.viewportY + y)?.getCell(x);
		return cell?.getWidth() === 0 ? 0 : cell?.getChars().length || 1;
	}

	#row(y: number) {
		return this.#emulator.buffer.active.getLine(y);
	}

	/** Keys reach the program in the order of the calls, also of calls that are not awaited. */
	#typing(write: () => Promise<void>): Promise<void> {
		const typed = this.#keyboard.then(async () => {
			if (this.#exit !== undefined)
				throw this.#failure(`a key for a program that ended (${describeExit(this.#exit)})`);
			await write();
		});
		this.#keyboard = typed.catch(() => {});
		return typed;
	}

	#take(chunk: Buffer): void {
		const at = performance.now();
		this.#output.push(chunk);
		this.#emulator.write(chunk, () => {
			this.#shownAt = at;
			this.#lookAgain();
		});
	}

	/** A frame arrives in pieces; between its synchronised-output marks a person sees nothing of it. */
	get #isMidFrame(): boolean {
		return this.#exit === undefined && this.#emulator.modes.synchronizedOutputMode;
	}

	#lookAgain(): void {
		for (const waiter of this.#waiters) if (waiter.isMet()) waiter.resolve();
	}

	#failure(reason: string): Error {
		const rule = '─'.repeat(this.columns);
		return new Error(`${reason}\n${rule}\n${this.text()}\n${rule}`);
	}
}

function environment(
	home: string,
	extra: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
	const clean = {
		PATH: process.env.PATH,
		HOME: home,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		// Warm for all tests, and not the one of the person at this machine.
		NODE_COMPILE_CACHE: join(tmpdir(), 'gantry-test-compile-cache'),
		...extra,
	};
	const isSet = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;
	return Object.fromEntries(Object.entries(clean).filter(isSet));
}

function shows(text: string, expected: string | RegExp): boolean {
	return typeof expected === 'string' ? text.includes(expected) : text.search(expected) !== -1;
}

function describe(expected: string | RegExp): string {
	return typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
}

function describeExit(exit: Exit | undefined): string {
	return exit?.signal ?? `exit code ${exit?.code}`;
}

function signalName(signal: number | undefined): string | undefined {
	return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
}
