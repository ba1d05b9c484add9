import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {after, describe, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {docker, removeTestObjects, requireEngine, runBusy, testEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';
import {gantryPath} from '../helpers/run-gantry.ts';
import {openTerminal, type TestTerminal} from '../helpers/terminal.ts';

/** Gantry started by a shell, which then tells how it ended and how it left the terminal. */
async function openInShell(): Promise<TestTerminal> {
	const script = 'echo before; "$@"; echo "ended with $?"; stty -a; read -r line; echo "read $line"';
	const terminal = await openTerminal({
		command: 'sh',
		commandArgs: ['-c', script, 'sh', process.execPath, gantryPath, '-H', testEngine.host],
	});
	await terminal.sees('● live', {within: 30_000});
	return terminal;
}

const crashOnSignal = new URL('../helpers/fixtures/crash-on-signal.mjs', import.meta.url).href;

/** The process that the shell has started. */
function childOf(pid: number): number {
	return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

function isAlive(pid: number): boolean {
	try {
		return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}

describe('leaving', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	for (const [how, code, leave] of [
		['q', 0, terminal => terminal.press('q')],
		['ctrl-c', 0, terminal => terminal.press('ctrl-c')],
		['ctrl-c in a dialog', 0, terminal => terminal.press('?', 'ctrl-c')],
		['SIGINT', 130, terminal => process.kill(childOf(terminal.pid), 'SIGINT')],
		['SIGTERM', 143, terminal => process.kill(childOf(terminal.pid), 'SIGTERM')],
		['SIGHUP', 129, terminal => process.kill(childOf(terminal.pid), 'SIGHUP')],
	] as readonly [string, number, (terminal: TestTerminal) => unknown][])
		test(`by ${how} ends with ${code} and gives the terminal back as it was`, async () => {
			await using terminal = await openInShell();
			assert.equal(terminal.isAlternate, true);
			await leave(terminal);
			await terminal.sees(/^ended with \d+$/m);
			assert.equal(terminal.isAlternate, false);
			assert.match(terminal.text(), /^before\nended with \d+$/m);
			assert.ok(terminal.text().includes(`ended with ${code}\n`), terminal.text());
			await terminal.sees(/ icanon /);
			assert.match(terminal.text(), / echo /);
			assert.match(terminal.text(), /(^| )isig /m);
			// The last word about the cursor, wrapping, bracketed paste and the mouse is that of a terminal at rest.
			const raw = terminal.rawOutput;
			assert.ok(raw.lastIndexOf('\u001B[?25h') > raw.lastIndexOf('\u001B[?25l'), 'the cursor is hidden');
			assert.ok(raw.lastIndexOf('\u001B[?7h') > raw.lastIndexOf('\u001B[?7l'), 'lines do not wrap');
			for (const mode of ['2004', '1000', '1002', '1003', '1006', '1049'])
				assert.ok(
					raw.lastIndexOf(`\u001B[?${mode}l`) >= raw.lastIndexOf(`\u001B[?${mode}h`),
					`mode ${mode} is on`,
				);
			await terminal.type('typed\r');
			await terminal.sees(/^read typed$/m);
		});

	test('a terminal that goes away ends it', async () => {
		const pty = spawn(process.execPath, [gantryPath, '-H', testEngine.host], {
			cols: 120,
			rows: 40,
			encoding: null,
		});
		const {promise: live, resolve} = Promise.withResolvers<void>();
		let seen = '';
		pty.onData(chunk => {
			seen += Buffer.from(chunk).toString('latin1');
			if (seen.includes('live')) resolve();
		});
		await live;
		const deadline = Date.now() + 10_000;
		try {
			// The master's end closes: what a broken SSH connection does.
			(pty as unknown as {destroy: () => void}).destroy();
			while (isAlive(pty.pid) && Date.now() < deadline) await delay(50);
			assert.equal(isAlive(pty.pid), false);
		} finally {
			if (isAlive(pty.pid)) process.kill(pty.pid, 'SIGKILL');
		}
	});

	test('a crash gives the terminal back, and then says what happened', async () => {
		await using gantry = await openTerminal({
			commandArgs: ['--import', crashOnSignal, gantryPath, '-H', testEngine.host],
		});
		await gantry.sees('● live');
		assert.equal(gantry.isAlternate, true);
		gantry.kill('SIGUSR2');
		assert.equal((await gantry.waitExit()).code, 1);
		assert.equal(gantry.isAlternate, false);
		assert.match(gantry.text(), /planted crash/);
		assert.match(gantry.rawOutput, /\u001B\[\?25h(?!.*\u001B\[\?25l)/s);
	});

	test('a stdin that is no terminal is told about', async () => {
		await using terminal = await openTerminal({
			command: 'sh',
			commandArgs: [
				'-c',
				'"$@" </dev/null; echo "ended with $?"',
				'sh',
				process.execPath,
				gantryPath,
				'-H',
				testEngine.host,
			],
		});
		await terminal.sees('ended with 1');
		assert.match(terminal.text(), /^gantry: the dashboard needs a terminal on stdin/m);
	});

	test('an engine that is not there is waited for, with the reason', async () => {
		await using terminal = await openTerminal({args: ['-H', 'unix:///nowhere/docker.sock']});
		await terminal.sees(/engine away, .*: no socket there/);
		await terminal.sees('unix:///nowhere/docker.sock');
		await terminal.press('q');
		assert.equal((await terminal.waitExit()).code, 0);
	});

	test('a read-only session refuses what changes things, and says why', async () => {
		const name = testName('read-only');
		await runBusy(name);
		await using gantry = await openGantry({args: ['--read-only']});
		await gantry.sees('read-only');
		await gantry.select(name);
		for (const [key, title] of [
			['s', 'stop'],
			['d', 'remove'],
			['R', 'run'],
			['P', 'pull'],
			['e', 'shell'],
			['D', 'prune'],
			['n', 'rename'],
		] as const) {
			await gantry.press(key);
			await gantry.tells(`${title}: read-only session: nothing can be changed from here`);
		}
		assert.equal(await docker('inspect', '--format', '{{.State.Status}}', name), 'running');
		await gantry.press('l');
		await gantry.sees('╭ Logs');
	});
});
