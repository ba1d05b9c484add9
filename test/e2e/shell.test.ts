import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

/** An image whose only program is busybox's `sleep`: nothing in it is a shell. */
async function importWithoutShell(name: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-bare-'));
	try {
		const busybox = execFileSync('sh', ['-c', 'command -v busybox'], {encoding: 'utf8'}).trim();
		execFileSync('cp', ['--dereference', busybox, join(folder, 'sleep')]);
		writeFileSync(join(folder, 'note'), 'no shell here\n');
		const archive = join(folder, 'image.tar');
		execFileSync('tar', ['--create', '--file', archive, '--directory', folder, 'sleep', 'note']);
		await docker('import', '--change', 'CMD ["/sleep","3600"]', archive, name);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

async function enter(gantry: Gantry): Promise<void> {
	await gantry.press('e');
	await gantry.seesNot('1 Containers');
	await gantry.sees(/[#$] *$/m);
}

describe('a shell inside a container', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('runs what is typed, and leaves the dashboard as it was', async () => {
		const name = testName('shell');
		await runBusy(name, '--hostname', 'inside');
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		let before = '';
		await gantry.until('a frame is whole', () => {
			before = frameOf(gantry);
			return true;
		});

		await enter(gantry);
		assert.equal(gantry.isAlternate, true);
		await gantry.type('echo "$(hostname) $((6 * 7))" > /tmp/proof; cat /tmp/proof\r');
		await gantry.sees(/^inside 42$/m);
		await gantry.type('printf "h\\303\\251llo\\n"; stty size\r');
		await gantry.sees(/^héllo$/m);
		await gantry.sees(/^40 120$/m);
		assert.equal(await docker('exec', name, 'cat', '/tmp/proof'), 'inside 42');

		await gantry.type('exit 7\r');
		await gantry.sees('1 Containers');
		await gantry.tells(`shell in ${name} ended with exit code 7`);
		assert.equal(gantry.isAlternate, true);
		await gantry.seesNot('exit code 7');
		await gantry.until('the frame is back', () => frameOf(gantry) === before);
		await gantry.press('?');
		await gantry.sees('╭ Help');
		await gantry.press('esc');
		await gantry.seesNot('╭ Help');
		await gantry.press('q');
		assert.equal((await gantry.waitExit()).code, 0);
		assert.equal(gantry.isAlternate, false);
		assert.doesNotMatch(gantry.text(), /inside 42|1 Containers/);
	});

	test('follows the size of the terminal, there and back', async () => {
		const name = testName('resized');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		await enter(gantry);
		gantry.resize(90, 25);
		// The engine hears of it a moment later: the shell asks until it is so.
		await gantry.type(
			'until [ "$(stty size)" = "25 90" ]; do sleep 0.1; done; echo size is "$(stty size)"\r',
		);
		await gantry.sees(/^size is 25 90$/m);
		await gantry.type('exit\r');
		await gantry.sees('1 Containers');
		assert.equal(gantry.screen()[1]?.length, 90);
		assert.match(gantry.screen().at(-1) ?? '', /[?] help/);
		await gantry.rowIs(name, '● up');
	});

	test('ctrl-c belongs to the shell', async () => {
		const name = testName('ctrl-c');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		await enter(gantry);
		await gantry.type('sleep 1000 || echo interrupted\r');
		// Before that the key would meet the shell itself.
		while (!(await docker('top', name)).includes(' sleep 1000'));
		await gantry.press('ctrl-c');
		await gantry.type('echo still "here"\r');
		await gantry.sees(/^still here$/m);
		await gantry.press('ctrl-d');
		await gantry.sees('1 Containers');
	});

	test('the container stopped from outside ends the shell, and the screen comes back', async () => {
		const name = testName('stopped');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		await enter(gantry);
		await docker('kill', name);
		await gantry.sees('1 Containers');
		await gantry.rowIs(name, '○ exited 137');
		await gantry.tells(`shell in ${name} ended: the container stopped (exited 137)`);
	});

	test('a container without a shell says so', async () => {
		const image = testName('bare:1');
		const name = testName('bare');
		await importWithoutShell(image);
		await docker('run', '--detach', '--name', name, '--network', 'none', image);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('e');
		await gantry.tells(/shell/i);
		await gantry.sees('1 Containers');
		await gantry.rowIs(name, '● up');
		await gantry.tells(new RegExp(`${name} has no shell.*tried sh and bash.*executable file not found`));
		await gantry.tells(/:exec COMMAND runs a program that the image has/);
	});

	test('every byte reaches the process as it was typed', async () => {
		const name = testName('bytes');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		await enter(gantry);
		const bytes = Uint8Array.from({length: 256}, (_, byte) => byte);
		await gantry.type('stty raw -echo; echo rea"dy"; head -c 262 > /tmp/bytes; stty sane; echo do"ne"\r');
		await gantry.sees('ready');
		await gantry.send(bytes);
		await gantry.type('\u00E9\u{1F6A2}');
		await gantry.sees('done');
		await gantry.type('exit\r');
		await gantry.sees('1 Containers');
		const expected = Buffer.concat([bytes, Buffer.from('\u00E9\u{1F6A2}')]).toString('hex');
		const dump = await docker('exec', name, 'busybox', 'base64', '/tmp/bytes');
		assert.equal(Buffer.from(dump, 'base64').toString('hex'), expected);
	});

	test('what it leaves set in the terminal is set back', async () => {
		const name = testName('modes');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		await enter(gantry);
		const modes = [
			'?1049h',
			'?1003h',
			'?1006h',
			'?1004h',
			'?2004h',
			'?6h',
			'?5h',
			'4h',
			'5;9r',
			'31;7m',
			'5 q',
			'?25l',
		];
		const printed = modes.map(each => `\\033[${each}`).join('');
		await gantry.type(`printf '${printed}\\033]11;#ff0000\\a'; exit\r`);
		await gantry.sees('1 Containers');
		const raw = gantry.rawOutput.slice(gantry.rawOutput.lastIndexOf('\u001B[?1003h'));
		for (const mode of ['1003', '1006', '1004', '6', '5'])
			assert.match(raw, new RegExp(`\u001B\\[\\?(?:\\d+;)*${mode}(?:;\\d+)*l`), `mode ${mode} stays on`);
		for (const reset of ['\u001B[!p', '\u001B[r', '\u001B[4l', '\u001B[0 q', '\u001B]111\u0007'])
			assert.ok(raw.includes(reset), JSON.stringify(reset));
		// On the alternate screen all the while: what was there before Gantry is never shown.
		const screens = gantry.rawOutput.match(/\u001B\[\?1049[hl]/g);
		assert.deepEqual(screens, ['\u001B[?1049h']);
		assert.match(gantry.screen().at(-1) ?? '', /[?] help/);
	});

	test('a container that is removed says so', async () => {
		const name = testName('removed');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 40});
		await gantry.select(name);
		await enter(gantry);
		await docker('rm', '--force', name);
		await gantry.tells(new RegExp(`shell in ${name} ended: the container (?:was removed|stopped)`));
	});
});

/** The borders of the frame, which do not change with time. */
function frameOf(gantry: Gantry): string {
	return gantry
		.screen()
		.map(row => row.replaceAll(/[^╭╮╰╯│]/g, ' ').trimEnd())
		.join('\n');
}
