import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {createRunner} from '../../source/commands/run.ts';
import {createSecretVault} from '../../source/commands/secret-vault.ts';
import {sessionCommands} from '../../source/commands/sessions.ts';
import type {RawTerminal} from '../../source/commands/types.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {AttachSession, ExecOptions, ExecResult, Leftover} from '../../source/engine/session-types.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {Message} from '../../source/state/messages.ts';
import {reduce} from '../../source/state/reduce.ts';
import {createStore} from '../../source/state/store.ts';
import {type Channel, createChannel} from '../helpers/channel.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {containerOf, infoOf} from '../helpers/objects.ts';
import {now, place, worldOf} from '../state/world.ts';

/** A process inside a container, played by the test. */
type Process = {
	readonly options: Partial<ExecOptions>;
	readonly output: Channel<Uint8Array>;
	readonly typed: () => string;
	readonly end: (result: Partial<ExecResult>, said?: string) => void;
	readonly isHungUp: () => boolean;
	readonly sizes: readonly string[];
};

const container = containerOf(1, {name: 'web-1'});

const open = (facts: {readonly leftover?: Leftover; readonly attached?: Partial<AttachSession>} = {}) => {
	const clock = createFakeClock();
	const engine = createFakeEngine(clock);
	engine.containers.set(container.id, container);
	const store = createStore(worldOf({containers: [container]}), reduce);
	const leaving = new AbortController();
	const processes: Process[] = [];
	const said: string[] = [];
	let written = '';
	const listeners = new Set<(data: Uint8Array) => void>();
	const resized = new Set<() => void>();

	const started = (options: Partial<ExecOptions>) => {
		const output = createChannel<Uint8Array>(new AbortController().signal);
		const result = Promise.withResolvers<ExecResult>();
		const sizes: string[] = [];
		let typed = '';
		let isHungUp = false;
		processes.push({
			options,
			output,
			sizes,
			typed: () => typed,
			isHungUp: () => isHungUp,
			end: (ended, text = '') => {
				if (text !== '') output.push(Buffer.from(text));
				output.end();
				result.resolve({exitCode: 0, isRunning: false, ...ended});
			},
		});
		return {
			resize: async (columns: number, rows: number) => {
				sizes.push(`${columns}x${rows}`);
			},
			write: (data: Uint8Array | string) => {
				typed += Buffer.from(data as Uint8Array).toString();
			},
			output,
			result: () => result.promise,
			close: () => output.end(),
			hangUp: async () => {
				isHungUp = true;
				return facts.leftover;
			},
		};
	};
	Object.assign(engine, {
		exec: async (_: unknown, options: ExecOptions) => started(options),
		attach: async () => ({isTty: true, input: 'open', ...started({}), ...facts.attached}),
	});
	const terminal: RawTerminal = {
		columns: () => 80,
		rows: () => 24,
		write: async text => {
			written += text;
		},
		show: async data => {
			written += Buffer.from(data).toString();
		},
		onInput: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		onResize: listener => {
			resized.add(listener);
			return () => resized.delete(listener);
		},
	};
	const runner = createRunner(sessionCommands, {
		store,
		engine,
		clock,
		signal: leaving.signal,
		terminal: {
			suspend: run => run(terminal),
			runProgram: async () => {},
			copy: () => true,
			repaint: () => {},
			sayAfterwards: text => said.push(text),
		},
		registries: async () => noRegistries,
		secrets: createSecretVault(),
		browser: {absence: () => undefined, open: async () => {}},
		quit: () => {},
		openEngine: () => {},
	});
	return {
		engine,
		store,
		runner,
		processes,
		said,
		written: () => written,
		tell: async (...messages: readonly Message[]) => {
			store.dispatch(...messages);
			await clock.settle();
		},
		async invoke(id: string, argument?: string) {
			runner.invoke(id, argument === undefined ? {} : {argument});
			await clock.settle();
		},
		async type(text: string) {
			for (const listener of [...listeners]) listener(Buffer.from(text));
			await clock.settle();
		},
		/** What it wrote before it was attached to. */
		async attach(...lines: readonly string[]) {
			runner.invoke('containers.attach');
			await clock.settle();
			for (const text of lines)
				engine.logOf(container.id).push({source: 'stdout', text, stamp: '', isPiece: false});
			engine.logOf(container.id).end();
			await clock.settle();
		},
		async end(result: Partial<ExecResult>, text?: string) {
			processes.at(-1)?.end(result, text);
			await clock.settle();
		},
		async leave() {
			leaving.abort();
			await clock.settle();
		},
		settle: clock.settle,
		toasts: () =>
			store.getState().ui.toasts.map(({kind, text, hint}) => [kind, text, hint].filter(Boolean).join(': ')),
	};
};

const lost: Message = {
	type: 'engine/lost',
	fault: {kind: 'unreachable', message: 'gone', at: now},
	attempt: 1,
	retryAt: now,
};

suite('a shell', () => {
	test('is sh, which looks for bash; its code is told', async () => {
		const desk = open();
		await desk.invoke('containers.shell');
		const [process] = desk.processes;
		assert.deepEqual(process?.options.command?.slice(0, 2), ['sh', '-c']);
		assert.equal(process?.options.user, undefined);
		await desk.type('exit 127\r');
		assert.equal(process?.typed(), 'exit 127\r');
		await desk.end({exitCode: 127});
		assert.deepEqual(desk.toasts(), ['info: shell in web-1 ended with exit code 127']);
		assert.equal(process?.isHungUp(), false);
	});

	test('gets what was typed before it was there', async () => {
		const desk = open();
		const {exec} = desk.engine;
		const gate = Promise.withResolvers<void>();
		Object.assign(desk.engine, {
			exec: async (...args: Parameters<typeof exec>) => {
				await gate.promise;
				return exec(...args);
			},
		});
		await desk.invoke('containers.shell');
		await desk.type('ls\r');
		gate.resolve();
		await desk.settle();
		assert.equal(desk.processes[0]?.typed(), 'ls\r');
	});

	test('that does not come up is given up by ctrl-c', async () => {
		const desk = open();
		Object.assign(desk.engine, {
			exec: (_id: unknown, _options: unknown, signal: AbortSignal) =>
				new Promise((_, reject) => {
					signal.addEventListener('abort', () => reject(new EngineError('aborted', 'exec: given up')));
				}),
		});
		await desk.invoke('containers.shell');
		await desk.type('\x03');
		assert.deepEqual(desk.toasts(), ['error: shell: exec: given up']);
	});

	test('as the user that is named', async () => {
		const desk = open();
		await desk.invoke('containers.shell', 'postgres');
		assert.equal(desk.processes[0]?.options.user, 'postgres');
	});

	test('that is not there is tried as bash, and then told with the first words', async () => {
		const desk = open();
		await desk.invoke('containers.shell');
		await desk.end({exitCode: 126}, 'OCI: "sh": executable file not found\r\n');
		assert.deepEqual(desk.processes[1]?.options.command, ['bash']);
		await desk.end({exitCode: 127}, 'OCI: "bash": executable file not found\r\n');
		assert.deepEqual(desk.toasts(), [
			'error: web-1 has no shell that could be started: tried sh and bash (OCI: "sh": executable file not found): $ or :exec COMMAND runs a program that the image has',
		]);
	});

	test('an engine that refuses with an error instead is understood as well', async () => {
		const desk = open();
		Object.assign(desk.engine, {
			exec: async () => {
				throw new EngineError('api', 'crun: executable file `sh` not found');
			},
		});
		await desk.invoke('containers.shell');
		assert.match(desk.toasts()[0] ?? '', /tried sh and bash \(crun: executable file `sh` not found\)/);
	});

	test('on Windows is powershell, else cmd', async () => {
		const desk = open();
		await desk.tell({type: 'engine/connected', info: infoOf({osType: 'windows'}), place, at: now});
		await desk.invoke('containers.shell');
		assert.deepEqual(desk.processes[0]?.options.command, ['powershell.exe']);
	});
});

suite('a session that is not ended by its process', () => {
	test('is hung up on when Gantry leaves; nothing is said when that works', async () => {
		const desk = open();
		await desk.invoke('containers.shell');
		await desk.leave();
		assert.equal(desk.processes[0]?.isHungUp(), true);
		assert.deepEqual(desk.said, []);
	});

	test('what is left then is said afterwards', async () => {
		const desk = open({leftover: {processId: 4242}});
		await desk.invoke('containers.exec', 'sleep 9');
		await desk.leave();
		assert.deepEqual(desk.said, [
			"sleep 9 may still run in web-1 (process 4242 on the engine's host); docker top web-1 shows it; a restart of the container ends it",
		]);
		assert.deepEqual(desk.toasts(), []);
	});

	test('goes on while only the event stream is away', async () => {
		const desk = open();
		await desk.invoke('containers.shell');
		await desk.tell(lost);
		assert.equal(desk.engine.calls('ping').length, 1);
		await desk.tell({...lost, fault: {...lost.fault, at: now + 1}});
		assert.equal(desk.engine.calls('ping').length, 1, 'asked once for each try');
		await desk.type('still here');
		assert.equal(desk.processes[0]?.typed(), 'still here');
		assert.equal(desk.processes[0]?.isHungUp(), false);
	});

	test('ends when the engine does not answer', async () => {
		const desk = open({leftover: {processId: 0}});
		await desk.invoke('containers.shell');
		desk.engine.kill();
		await desk.tell(lost);
		assert.deepEqual(desk.toasts(), [
			'error: shell may still run in web-1: docker top web-1 shows it; a restart of the container ends it',
			'error: shell in web-1 ended: connect ECONNREFUSED /run/fake.sock',
		]);
	});

	test('says that its container is paused, and can be left then', async () => {
		const desk = open();
		await desk.invoke('containers.shell');
		const paused = {...container, state: 'paused' as const};
		desk.engine.containers.set(container.id, paused);
		await desk.tell({type: 'engine/containers-changed', changed: [paused], removed: []});
		assert.match(desk.written(), /web-1 is paused and hears nothing: ctrl-c leaves/);
		await desk.type('\x03');
		assert.equal(desk.processes[0]?.isHungUp(), true);
		assert.deepEqual(desk.toasts(), ['error: shell in web-1 ended: the container was paused']);
	});

	test('whose container was removed says so', async () => {
		const desk = open();
		await desk.invoke('containers.shell');
		desk.engine.containers.delete(container.id);
		await desk.end({exitCode: 137});
		assert.deepEqual(desk.toasts(), ['error: shell in web-1 ended: the container was removed']);
	});
});

suite('a command', () => {
	test('is split into words without a shell; its end waits for a key', async () => {
		const desk = open();
		await desk.invoke('containers.exec', `printf '%s;' "a b" $HOME *`);
		assert.deepEqual(desk.processes[0]?.options.command, ['printf', '%s;', 'a b', '$HOME', '*']);
		await desk.end({exitCode: 2}, 'a b;$HOME;*;');
		assert.match(desk.written(), /printf ended with exit code 2: press a key to go back/);
		assert.deepEqual(desk.toasts(), []);
		await desk.type('x');
		assert.deepEqual(desk.toasts(), [`info: printf '%s;' 'a b' '$HOME' '*' in web-1 ended with exit code 2`]);
	});

	for (const [line, isOneShot] of [
		['bash', false],
		['/bin/bash -l', false],
		['sh -c ls', true],
		['psql', true],
	] as const)
		test(`${line} ${isOneShot ? 'waits' : 'does not wait'} for a key`, async () => {
			const desk = open();
			await desk.invoke('containers.exec', line);
			await desk.end({});
			assert.equal(desk.written().includes('press a key'), isOneShot);
		});

	test('whose quote is not closed is asked for again', async () => {
		const desk = open();
		await desk.invoke('containers.exec', `echo "oops`);
		const top = desk.store.getState().ui.overlays.at(-1);
		assert.equal(top?.kind === 'form' && top.values.command?.text, 'echo "oops');
		desk.runner.submit();
		const refused = desk.store.getState().ui.overlays.at(-1);
		assert.match((refused?.kind === 'form' && refused.problem) || '', /quote " is not closed/);
		assert.equal(desk.processes.length, 0);
	});
});

suite('attached', () => {
	test('a terminal is drawn anew, and left by ctrl-p ctrl-q', async () => {
		const desk = open();
		await desk.attach('before');
		assert.deepEqual(desk.processes[0]?.sizes, ['80x25', '80x24']);
		await desk.type('a\x10');
		await desk.type('b\x03\x10');
		await desk.type('\x11');
		assert.equal(desk.processes[0]?.typed(), 'a\x10b\x03');
		assert.deepEqual(desk.toasts(), ['info: left web-1: it runs on']);
		assert.equal(desk.processes[0]?.isHungUp(), false);
	});

	test('without a terminal lines are sent and echoed; ctrl-c leaves and is not sent', async () => {
		const desk = open({attached: {isTty: false}});
		await desk.attach('before');
		assert.deepEqual(desk.processes[0]?.sizes, []);
		await desk.type('hi\r\x03');
		assert.equal(desk.processes[0]?.typed(), 'hi\n');
		assert.match(desk.written(), /hi\n$/);
		assert.deepEqual(desk.toasts(), ['info: left web-1: it runs on']);
	});

	test('input that leaving would close is not touched, and that is said', async () => {
		const desk = open({attached: {isTty: false, input: 'kept'}});
		await desk.attach('before');
		assert.match(desk.written(), /its input would be closed by leaving and stays untouched/);
	});

	test('its end is shown until a key is pressed', async () => {
		const desk = open();
		await desk.attach('before');
		await desk.end({exitCode: 3});
		assert.match(desk.written(), /web-1 ended with exit code 3: press a key to go back/);
		await desk.type('x');
		assert.deepEqual(desk.toasts(), ['info: web-1 ended with exit code 3']);
	});
});
