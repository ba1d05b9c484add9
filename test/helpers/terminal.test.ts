import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import test from 'node:test';
import {openTerminal} from './terminal.ts';
import {bytesOf} from './terminal-keys.ts';

const echoKeys = (options = {}) =>
	openTerminal({
		commandArgs: [join(import.meta.dirname, 'fixtures/echo-keys.mjs')],
		columns: 60,
		rows: 12,
		...options,
	});

test('shows the screen as cells, wide ones too', async () => {
	await using app = await echoKeys();
	await app.sees(/^red 漢字 🚢 inverse exact$/m);
	assert.equal(app.screen()[1], 'size 60x12');
	assert.equal(app.isAlternate, true);
	const red = app.cell(0, 0);
	assert.deepEqual([red.text, red.foreground, red.isBold, red.isInverse], ['r', 1, true, false]);
	assert.deepEqual([app.cell(4, 0).width, app.cell(5, 0).width], [2, 0]);
	assert.deepEqual(app.find('inverse'), {x: 12, y: 0});
	assert.equal(app.cell(12, 0).isInverse, true);
	const exact = app.find('exact');
	assert.deepEqual([app.cell(exact.x, 0).foreground, app.cell(exact.x, 0).background], ['#010203', 200]);
	assert.throws(() => app.cell(60, 0), RangeError);
});

test('keys arrive in order, an escape apart from what follows it', async () => {
	await using app = await echoKeys();
	await app.sees('size');
	void app.press('esc', 'j');
	await app.press('down');
	await app.type('né');
	await app.sees('né');
	const got = app
		.screen()
		.slice(2)
		.join('')
		.replaceAll(/got |"/g, '');
	assert.equal(got, String.raw`\u001bj\u001b[Bné`);
	assert.equal(await app.line('got'), String.raw`got "\u001b"`);
});

test('a new size reaches the program and the screen', async () => {
	await using app = await echoKeys();
	await app.sees('size 60x12');
	app.resize(100, 30);
	await app.sees('size 100x30');
	assert.equal(app.screen().length, 30);
	await app.seesNot('size 60x12');
});

test('tells the exit code, or the signal, with all output on the screen', async () => {
	await using app = await echoKeys();
	await app.sees('size');
	await app.press('q');
	assert.deepEqual(await app.waitExit(), {code: 7, signal: undefined});
	assert.equal(app.isAlternate, false);
	assert.match(app.text(), /bye/);
	assert.ok(app.rawOutput.includes('\u001B[?1049l'));
	assert.equal(app.bytesWritten, Buffer.byteLength(app.rawOutput));
	await assert.rejects(app.press('x'), /ended \(exit code 7\)/);

	await using other = await echoKeys();
	await other.sees('size');
	other.kill('SIGHUP');
	assert.equal((await other.waitExit()).signal, 'SIGHUP');
});

test('a wait that is not met fails with the screen, and at once when the program has ended', async () => {
	await using app = await echoKeys();
	await app.sees('size');
	await assert.rejects(
		app.sees('never', {within: 50}),
		/waited \d+ ms until the screen shows "never"[\s\S]*size 60x12/,
	);
	const waiting = assert.rejects(app.sees('never'), /the program ended \(exit code 7\) before/);
	await app.press('q');
	await waiting;
});

test('ends the program with the test', async () => {
	let pid = 0;
	{
		await using app = await echoKeys();
		await app.sees('size');
		pid = app.pid;
	}
	assert.equal(existsSync(`/proc/${pid}`), false);
});

test('the environment is clean, with a home of its own', async () => {
	const script =
		'console.log(Object.keys(process.env).sort().join(" "), process.env.HOME !== "/root", process.env.X)';
	await using app = await openTerminal({commandArgs: ['-e', script], env: {X: 'x', TZ: undefined}});
	await app.sees('HOME LANG NODE_COMPILE_CACHE PATH PWD TERM X true x');
});

const bytes = {
	s: 's',
	P: 'P',
	enter: '\r',
	'ctrl-c': '\u0003',
	'ctrl-@': '\0',
	'alt-x': '\u001Bx',
	'shift-tab': '\u001B[Z',
};
for (const [key, expected] of Object.entries(bytes)) {
	test(`the key ${key} is ${JSON.stringify(expected)}`, () => {
		assert.equal(bytesOf(key), expected);
	});
}

test('an unknown key is refused', () => {
	assert.throws(() => bytesOf('entr'), /no such key: entr/);
});
