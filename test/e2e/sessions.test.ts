import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {startEngine} from '../../scripts/engine/throwaway.ts';
import {docker, dockerAt, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {patience} from '../helpers/terminal.ts';

const busy = 'gantry-test/busy:1';
const size = {columns: 120, rows: 40};

async function enter(gantry: Gantry): Promise<void> {
	await gantry.press('e');
	await gantry.seesNot('1 Containers');
	await gantry.sees(/[#$] *$/m);
}

/** Command lines of what runs in a container, the main process first. */
async function processes(name: string): Promise<readonly string[]> {
	const rows = (await docker('top', name, '-o', 'pid,args')).split('\n').slice(1);
	return rows.map(row => row.trim().replace(/^\d+\s+/, ''));
}

describe('a session that is open when Gantry ends', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)
		test(`by ${signal} leaves no shell behind, nor what it runs`, async () => {
			const name = testName(`orphan-${signal.toLowerCase()}`);
			await runBusy(name);
			await using gantry = await openGantry(size);
			await gantry.select(name);
			await enter(gantry);
			await gantry.type('sleep 12345\r');
			await gantry.sees('sleep 12345');
			while ((await processes(name)).length < 3);
			const from = performance.now();
			gantry.kill(signal);
			assert.equal((await gantry.waitExit()).code, code);
			assert.ok(performance.now() - from < 4000 * patience, `it took ${performance.now() - from} ms`);
			assert.deepEqual(await processes(name), ['sleep 3600']);
			assert.equal(gantry.isAlternate, false);
			assert.doesNotMatch(gantry.text(), /may still run/);
		});

	test('leaves a daemon that the shell has started', async () => {
		const name = testName('daemon');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await enter(gantry);
		await gantry.type('setsid sleep 777 </dev/null >/dev/null 2>&1 &\r');
		while (!(await processes(name)).includes('sleep 777'));
		gantry.kill('SIGTERM');
		await gantry.waitExit();
		assert.deepEqual(await processes(name), ['sleep 3600', 'sleep 777']);
	});

	test('says what is left when it does not end', async () => {
		const name = testName('stubborn');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.command(`exec sh -c "trap '' HUP INT; stty raw; echo stays; while :; do sleep 60; done"`);
		await gantry.sees('stays');
		gantry.kill('SIGTERM');
		assert.equal((await gantry.waitExit()).code, 143);
		// As the terminal has broken it into rows.
		const told = gantry.text().replaceAll(/\s/g, '');
		assert.match(
			told,
			new RegExp(`gantry:sh-c.*maystillrunin${name}\\(process\\d+ontheengine'shost\\);dockertop${name}`),
		);
	});

	test('ends what an image without a shell runs as well', async () => {
		const name = testName('in-form');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.command('exec sleep 4321');
		while (!(await processes(name)).includes('sleep 4321'));
		gantry.kill('SIGHUP');
		await gantry.waitExit();
		assert.deepEqual(await processes(name), ['sleep 3600']);
	});

	test('an attached container runs on', async () => {
		const name = testName('attached');
		await docker('run', '-dit', '--name', name, '--network', 'none', busy, 'sh');
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('a');
		await gantry.sees(`attached to ${name}`);
		gantry.kill('SIGTERM');
		await gantry.waitExit();
		assert.deepEqual(await processes(name), ['sh']);
	});
});

describe('a command of your choice', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('runs as the form says: words, user, directory, environment', async () => {
		const name = testName('form');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('$');
		await gantry.sees('╭ Run a command in');
		await gantry.type(`sh -c 'echo "$(id -u):$(id -g) $(pwd) <$WORD> $TERM"; exit 3' "two words"`);
		await gantry.press('down');
		await gantry.type('1234:2345');
		await gantry.press('down');
		await gantry.type('tmp');
		await gantry.press('enter');
		await gantry.sees('an absolute path');
		await gantry.fill('/tmp');
		await gantry.press('down');
		await gantry.type('WORD="a b"');
		await gantry.press('enter');
		await gantry.sees('1234:2345 /tmp <a b> xterm-256color');
		await gantry.sees('sh ended with exit code 3: press a key to go back');
		await gantry.press('x');
		await gantry.sees('1 Containers');
		await gantry.seesNot('╭ Run a command in');
		await gantry.tells(/ended with exit code 3/);
	});

	test('from the palette it runs at once; its output stays until it was read', async () => {
		const name = testName('palette');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.command('exec ls /nowhere');
		await gantry.sees('/nowhere: No such file or directory');
		await gantry.sees('ls ended with exit code 1: press a key to go back');
		await gantry.press('q');
		await gantry.sees('1 Containers');
		await gantry.rowIs(name, '● up');
	});

	test('that is not there stays in the form, with the words of the engine', async () => {
		const name = testName('missing');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('$');
		await gantry.sees('╭ Run a command in');
		await gantry.type('nosuch --flag');
		await gantry.press('enter');
		await gantry.sees('nosuch could not be started');
		await gantry.sees('nosuch --flag');
		await gantry.sees('╭ Run a command in');
		await gantry.press('esc');
		await gantry.seesNot('╭ Run a command in');
	});

	test('a shell as another user', async () => {
		const name = testName('user');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.command('shell 4711');
		await gantry.sees(/[#$] *$/m);
		await gantry.type('id -u; exit\r');
		await gantry.sees('1 Containers');
		assert.match(gantry.rawOutput, /4711\r+\n/);
	});
});

describe('attached to the main process', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('with a terminal: typed, resized, detached by ctrl-p ctrl-q, and it runs on', async () => {
		const name = testName('tty');
		await docker('run', '-dit', '--name', name, '--network', 'none', busy, 'sh');
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('a');
		await gantry.sees(`attached to ${name}: ctrl-p ctrl-q leaves it running; ctrl-c goes to it`);
		await gantry.type('stty size; echo $((6 * 7))\r');
		await gantry.sees(/^40 120$/m);
		await gantry.sees(/^42$/m);
		gantry.resize(90, 25);
		await gantry.type('until [ "$(stty size)" = "25 90" ]; do sleep 0.1; done; echo is "$(stty size)"\r');
		await gantry.sees(/^is 25 90$/m);
		await gantry.press('ctrl-p', 'ctrl-q');
		await gantry.tells(`left ${name}: it runs on`);
		assert.equal(await docker('inspect', '--format', '{{.State.Status}}', name), 'running');
	});

	test('its end is told with its exit code', async () => {
		const name = testName('ending');
		await docker('run', '-dit', '--rm', '--name', name, '--network', 'none', busy, 'sh');
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('a');
		await gantry.sees('attached to');
		await gantry.type('exit 9\r');
		await gantry.sees(`${name} ended with exit code 9: press a key to go back`);
		await gantry.press('x');
		await gantry.sees('1 Containers');
		await gantry.tells(`${name} ended with exit code 9`);
	});

	test('without a terminal: both outputs, lines to its input, ctrl-c leaves', async () => {
		const name = testName('lines');
		const script = 'echo before; while read -r l; do echo "out $l"; echo "err $l" >&2; done; echo closed';
		await docker('run', '-di', '--name', name, '--network', 'none', busy, 'sh', '-c', script);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('a');
		await gantry.sees(/^ attached to .*ctrl-c leaves it running; lines you type go to its input *$/m);
		await gantry.sees(/^before$/m);
		await gantry.type('h\u00E9x');
		await gantry.press('backspace', 'enter');
		await gantry.sees(/^out h\u00E9$/m);
		await gantry.sees(/^err h\u00E9$/m);
		await gantry.press('ctrl-c');
		await gantry.tells(`left ${name}: it runs on`);
		assert.equal(await docker('logs', name).then(text => text.includes('closed')), false);
		assert.equal(await docker('inspect', '--format', '{{.State.Status}}', name), 'running');
	});

	test('one that takes no input and writes nothing says so', async () => {
		const name = testName('silent');
		await runBusy(name);
		await using gantry = await openGantry(size);
		await gantry.select(name);
		await gantry.press('a');
		await gantry.sees('it takes no input');
		await gantry.sees('(it has written nothing yet)');
		await gantry.press('ctrl-p', 'ctrl-q');
		await gantry.sees('1 Containers');
	});
});

describe('a session whose engine goes away', {skip: requireEngine(), timeout: 240_000}, () => {
	test('comes back to the dashboard with the reason', async () => {
		const engine = await startEngine({hasRegistries: false});
		try {
			const run = ['run', '--detach', '--name', 'away', '--network', 'none', busy, 'sleep', '3600'];
			await dockerAt(engine.host, ...run);
			await using gantry = await openGantry({...size, host: engine.host});
			await gantry.select('away');
			await enter(gantry);
			await engine.killDaemon();
			await gantry.sees(/engine away/, {within: 20_000});
			await gantry.tells(/shell may still run in away.*a restart of the container ends it/);
			await gantry.tells(/shell in away ended: .*(?:refused|no socket|is the engine running|broke)/);
			await gantry.press('q');
			assert.equal((await gantry.waitExit()).code, 0);
		} finally {
			await engine.stop();
		}
	});
});
