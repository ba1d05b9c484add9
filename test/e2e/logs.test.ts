import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

const run = (name: string, script: string, ...options: readonly string[]) =>
	docker(
		'run',
		'--detach',
		'--name',
		name,
		'--network',
		'none',
		'--stop-timeout',
		'1',
		...options,
		'gantry-test/busy:1',
		'sh',
		'-c',
		script,
	);

/** Prints what is written into this file of the container, and goes on. */
const echoing = 'touch /in; tail -f /in';
const say = (name: string, text: string) => docker('exec', name, 'sh', '-c', `echo '${text}' >> /in`);

async function openLogs(gantry: Gantry, name: string): Promise<void> {
	await gantry.select(name);
	await gantry.press('l');
	await gantry.sees('╭ Logs');
	await gantry.sees(/lines .*(following|ended)/);
}

const times = (gantry: Gantry, text: string) => gantry.text().split(text).length - 1;

describe('logs', {skip: requireEngine(), timeout: 600_000}, () => {
	after(removeTestObjects);

	test('lines of both streams are whole and in their order, stderr marked', async () => {
		const name = testName('streams');
		await run(name, 'echo first; echo wrong >&2; printf "half "; sleep 0.2; echo line; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees(/│ half line +│/);
		await gantry.sees(/│ first +│/);
		await gantry.sees(/│!wrong +│/);
		await gantry.sees('3 lines');
		await gantry.sees('following');
	});

	test('follows what comes, and esc goes back to the dashboard', async () => {
		const name = testName('follow');
		await run(name, echoing);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		for (const text of ['one', 'two', 'three']) {
			await say(name, `said ${text}`);
			await gantry.sees(`said ${text}`);
		}
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
		await gantry.rowIs(name, '● up');
	});

	test('of a container with a terminal the lines are right too', async () => {
		const name = testName('tty');
		await run(
			name,
			'echo plain; printf "\\033[31mred\\033[0m 漢字 end\\n"; printf "10%%\\r20%%\\n"; sleep 3600',
			'--tty',
		);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees(/│ plain +│/);
		await gantry.sees(/│ red 漢字 end +│/);
		const {x, y} = gantry.find('red 漢字');
		assert.equal(gantry.cell(x, y).foreground, 1);
		assert.equal(gantry.cell(x + 4, y).foreground, 'default');
	});

	test('what a log says cannot move the cursor or change the screen', async () => {
		const name = testName('hostile');
		await run(name, 'printf "\\033[2J\\033[H\\033]0;title\\007gone\\033[?1049lstill here\\n"; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('still here');
		assert.equal(gantry.isAlternate, true);
		assert.doesNotMatch(gantry.rawOutput, /title\u0007/);
		await gantry.sees('╭ Logs');
	});

	test('the container started again: its log goes on, nothing comes twice', async () => {
		const name = testName('again');
		await run(name, 'echo began; echo ready; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('ready');
		assert.equal(times(gantry, 'began'), 1);
		await docker('stop', name);
		await gantry.sees('ended: the container does not run');
		await docker('start', name);
		await gantry.until('the second start is seen', () => times(gantry, 'ready') === 2);
		await gantry.sees('following');
		assert.equal(times(gantry, 'began'), 2);
		await docker('restart', '--time', '0', name);
		await gantry.until('the third start is seen', () => times(gantry, 'ready') === 3);
		assert.equal(times(gantry, 'began'), 3);
		assert.equal((await docker('logs', name)).split('\n').length, 6);
		await gantry.sees('6 lines');
	});

	test('thousands of lines: the last are shown, scrolling stays, f follows again', async () => {
		const name = testName('many');
		await run(name, `i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "line $i."; done; ${echoing}`);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('line 3000.');
		await gantry.press('g');
		await gantry.seesNot('line 3000.');
		await gantry.sees('paused: f follows');
		await say(name, 'while away');
		await gantry.press('f');
		await gantry.sees('while away');
		await gantry.sees('line 3000.');
	});

	test('the log of what has exited can be read, and of what was removed stays', async () => {
		const name = testName('exited');
		await run(name, 'echo last words; exit 3');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('last words');
		await docker('rm', '--force', name);
		await gantry.sees('removed: what was read stays');
		await gantry.sees('last words');
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
	});

	test('a million lines: the tail at once, older pages from the top, nothing missing between', async () => {
		const name = testName('million');
		await run(name, 'seq 1 1000000 | sed "s/.*/number &./"; sleep 3600');
		await docker('exec', name, 'true');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('number 1000000.', {within: 240_000});
		await gantry.press('0');
		await gantry.sees('500 lines');
		await gantry.press('g');
		await gantry.sees('1500 lines');
		await gantry.press('k');
		await gantry.sees('number 999500.');
		await gantry.press('6');
		await gantry.sees('50000 lines', {within: 60_000});
		await gantry.press('g');
		await gantry.sees('number 950001.');
		await gantry.sees('no room for older lines');
	});

	test('carriage returns, bytes that are no text, and escapes by the thousand leave one harmless line each', async () => {
		const name = testName('odd');
		const bomb =
			'i=0; while [ $i -lt 400 ]; do i=$((i+1)); printf "\\033[%dm\\033[2J\\033]0;t\\007" $i; done; echo bombed';
		await run(
			name,
			`printf "1%%\\r50%%\\r100%%\\n"; printf "a\\377\\376z\\n"; ${bomb}; echo after; sleep 3600`,
		);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees(/│ 100% +│/);
		await gantry.sees(/│ a\uFFFD\uFFFDz +│/);
		await gantry.sees(/│ bombed +│/);
		await gantry.sees(/│ after +│/);
		const {x, y} = gantry.find('after');
		assert.equal(gantry.cell(x, y).foreground, 'default');
	});

	for (const terminal of [[], ['--tty']]) {
		test(`a line of 100 kB is folded${terminal.length > 0 ? ', of a terminal too' : ''}`, async () => {
			const name = testName(`long${terminal.length}`);
			await run(name, 'head -c 100000 /dev/zero | tr "\\0" x; echo END; sleep 3600', ...terminal);
			await using gantry = await openGantry();
			await openLogs(gantry, name);
			await gantry.sees('7 lines');
			await gantry.press('w');
			await gantry.sees(/xEND +│/);
		});
	}

	test('finds, goes on, filters, and says what is no pattern', async () => {
		const name = testName('find');
		await run(name, 'seq 1 300 | sed "s/.*/row &;/"; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('row 300;');
		await gantry.press('/');
		await gantry.type('row 1.5;');
		await gantry.press('enter');
		await gantry.sees('10/10');
		await gantry.press('N');
		await gantry.sees('9/10');
		await gantry.sees(/→row 185;/);
		await gantry.press('n', 'n');
		await gantry.sees('1/10');
		await gantry.press('esc', 'F');
		await gantry.type('row 2.9;');
		await gantry.press('enter');
		await gantry.sees('10 of 300 lines');
		await gantry.press('F');
		await gantry.type('(');
		await gantry.sees('Unterminated group');
		await gantry.press('esc', 'esc');
		await gantry.sees('300 lines');
		await gantry.sees('╭ Logs');
	});

	test('from when on: what is older is not there, and a quiet time is said', async () => {
		const name = testName('since');
		await run(name, 'echo early; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.press('4');
		await gantry.sees('last 1h');
		await gantry.sees('early');
		await gantry.press('t');
		await gantry.sees(/│20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}early/);
	});

	test('saves what is loaded, or what the filter shows; a file that is there is not overwritten unasked', async () => {
		const name = testName('save');
		await run(name, 'seq 1 300 | sed "s/.*/row &;/"; sleep 3600');
		const folder = mkdtempSync(join(tmpdir(), 'gantry-save-'));
		const file = join(folder, 'out.log');
		try {
			await using gantry = await openGantry();
			await openLogs(gantry, name);
			const save = async (path: string): Promise<void> => {
				await gantry.press('S');
				await gantry.sees('╭ Save the log');
				await gantry.fill(path);
				await gantry.press('enter');
			};
			await save(file);
			await gantry.tells(`saved to ${file}`);
			assert.equal(readFileSync(file, 'utf8'), `${await docker('logs', name)}\n`);
			writeFileSync(file, 'mine');
			await save(file);
			await gantry.sees('is there already');
			assert.equal(readFileSync(file, 'utf8'), 'mine');
			await gantry.press('esc');
			await save(join(folder, 'none', 'out.log'));
			await gantry.sees('there is no folder');
			await gantry.press('esc', 'F');
			await gantry.type('row 7;');
			await gantry.press('enter');
			await save(join(folder, 'some.log'));
			await gantry.tells('some.log');
			assert.equal(readFileSync(join(folder, 'some.log'), 'utf8'), 'row 7;\n');
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	});

	test('opens in the pager, to which every key belongs, and comes back; one that is missing is said', async () => {
		const name = testName('pager');
		await run(name, 'seq 1 3 | sed "s/.*/row &;/"; sleep 3600');
		const folder = mkdtempSync(join(tmpdir(), 'gantry-pager-'));
		try {
			const go = join(folder, 'go');
			const busyAtFirst = `cat <&3; echo PAGED; until test -e ${go}; do sleep 0.1; done; read line; echo got $line; read line`;
			await using gantry = await openGantry({env: {PAGER: `sh -c "exec 3<&0 </dev/tty; ${busyAtFirst}"`}});
			await openLogs(gantry, name);
			await gantry.press('v');
			await gantry.sees('PAGED');
			await gantry.sees('row 3;');
			assert.ok(!gantry.text().includes('╭ Logs'));
			await gantry.type('typed early');
			await gantry.press('enter');
			await gantry.sees('typed early');
			writeFileSync(go, '');
			await gantry.sees('got typed early');
			await gantry.press('enter');
			await gantry.sees('╭ Logs');
			await gantry.press('t');
			await gantry.sees(/\d\.\d{3} {2}row 3;/);
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
		await using other = await openGantry({env: {PAGER: 'no-such-pager'}});
		await openLogs(other, name);
		await other.press('v');
		await other.tells('cannot open no-such-pager: there is no such program');
	});

	test('a log driver that keeps nothing says so, with what to do', async () => {
		const name = testName('none');
		await run(name, 'sleep 3600', '--log-driver', 'none');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('l');
		await gantry.sees('configured logging driver does not support reading');
		await gantry.sees('look where it sends them');
	});

	test('of a project all in one, by time, with names; who comes later joins', async () => {
		const project = testName('shop');
		const label = ['--label', `com.docker.compose.project=${project}`];
		for (const service of ['one', 'two']) await run(testName(service), echoing, ...label);
		await using gantry = await openGantry();
		await gantry.press('v');
		await gantry.filter('1 Containers', project);
		await gantry.press('g', 'l');
		await gantry.sees(`╭ Logs of project ${project}`);
		await gantry.sees('2 following');
		await say(testName('two'), 'second says');
		await gantry.sees(/two +second says/);
		await say(testName('one'), 'first says');
		await gantry.sees(/one +first says/);
		await run(testName('late'), 'echo joined; sleep 3600', ...label);
		await gantry.sees(/late +joined/);
		await docker('stop', testName('two'));
		await gantry.sees(/two +~does not run any more/);
		await gantry.sees('2 following, 1 ended');
	});
});
