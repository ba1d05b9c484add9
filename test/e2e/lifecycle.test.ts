import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const inspect = (name: string, format: string) => docker('inspect', '--format', format, name);
const stateOf = (name: string) => inspect(name, '{{.State.Status}}');

/** A container that ends with the code 41 when it gets SIGUSR1, and 42 for SIGHUP. */
async function runCatcher(name: string): Promise<void> {
	const script = 'trap "exit 41" USR1; trap "exit 42" HUP; touch /tmp/ready; while :; do sleep 0.1; done';
	await docker('run', '--detach', '--name', name, 'gantry-test/busy:1', 'sh', '-c', script);
	await docker('exec', name, 'sh', '-c', 'until [ -e /tmp/ready ]; do sleep 0.05; done');
}

describe('lifecycle keys', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('s stops, u starts, r restarts, p pauses and lets go on', async () => {
		const name = testName('cycle');
		await runBusy(name);
		await using gantry = await openGantry();
		await gantry.select(name);

		await gantry.press('s');
		await gantry.sees(`stop ${name}?`);
		assert.equal(await stateOf(name), 'running');
		await gantry.press('enter');
		await gantry.rowIs(name, 'stopping');
		await gantry.rowIs(name, '○ exited 137');
		await gantry.sees(`${name} stopped`);
		assert.equal(await stateOf(name), 'exited');

		await gantry.press('u');
		await gantry.rowIs(name, '● up');
		assert.equal(await stateOf(name), 'running');

		const before = await inspect(name, '{{.State.StartedAt}}');
		await gantry.sees(`${name} started`);
		await gantry.press('r');
		await gantry.sees(`restart ${name}?`);
		await gantry.press('enter');
		await gantry.sees(`${name} restarted`);
		await gantry.rowIs(name, '● up');
		assert.notEqual(await inspect(name, '{{.State.StartedAt}}'), before);

		await gantry.press('p');
		await gantry.rowIs(name, '◐ paused');
		assert.equal(await stateOf(name), 'paused');
		await gantry.press('p');
		await gantry.rowIs(name, '● up');
		assert.equal(await stateOf(name), 'running');
	});

	test('--yes stops at once', async () => {
		const name = testName('trusting');
		await runBusy(name);
		await using gantry = await openGantry({args: ['--yes']});
		await gantry.select(name);
		await gantry.press('s');
		await gantry.rowIs(name, '○ exited');
		assert.equal(await stateOf(name), 'exited');
	});

	test('a key that does not fit the state says why and asks the engine for nothing', async () => {
		const name = testName('state');
		await runBusy(name);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('u');
		await gantry.sees('start: it runs already');
		await docker('kill', name);
		await gantry.rowIs(name, '○ exited');
		for (const [key, reason] of [
			['s', 'stop: it does not run'],
			['p', 'pause: it does not run'],
			['K', 'kill: it does not run'],
			['e', 'shell: it does not run'],
		] as const) {
			await gantry.press(key);
			await gantry.sees(reason);
		}
		assert.equal(await stateOf(name), 'exited');
	});

	test('K sends the signal that is chosen, :kill the one that is named', async () => {
		const [first, second, third] = [testName('kill-1st'), testName('kill-2nd'), testName('kill-3rd')];
		await Promise.all([runCatcher(first), runCatcher(second), runBusy(third)]);
		await using gantry = await openGantry();

		await gantry.select(first);
		await gantry.press('K');
		await gantry.sees(`Signal for ${first}`);
		await gantry.chooseItem('SIGUSR1');
		await gantry.rowIs(first, '○ exited 41');

		await gantry.select(second);
		await gantry.command('kill SIGHUP');
		await gantry.rowIs(second, '○ exited 42');

		await gantry.select(third);
		await gantry.press('K');
		await gantry.chooseItem('SIGKILL');
		await gantry.rowIs(third, '○ exited 137');
		assert.equal(await stateOf(third), 'exited');

		await gantry.command('kill SIGHUP');
		await gantry.sees('kill: it does not run');
	});

	test('n renames; a name that is taken or wrong keeps the form', async () => {
		const [name, taken, free] = [testName('old'), testName('taken'), testName('fresh')];
		const id = await runBusy(name);
		await runBusy(taken);
		await using gantry = await openGantry();
		await gantry.select(name);

		await gantry.press('n');
		await gantry.sees(`Rename ${name}`);
		await gantry.fill(taken);
		await gantry.press('enter');
		await gantry.sees(/already in use by\s/);
		await gantry.sees(`Rename ${name}`);
		assert.equal(await inspect(id, '{{.Name}}'), `/${name}`);

		await gantry.fill('not/allowed');
		await gantry.press('enter');
		await gantry.sees('"not/allowed": a name has');
		await gantry.fill(free);
		await gantry.press('enter');
		await gantry.seesNot(`Rename ${name}`);
		await gantry.select(free);
		assert.equal(await inspect(id, '{{.Name}}'), `/${free}`);
	});

	test('d asks; what runs needs force, and anonymous volumes go only when told to', async () => {
		const name = testName('remove');
		await runBusy(name, '--volume', '/data');
		const volume = await inspect(name, '{{(index .Mounts 0).Name}}');
		const other = testName('keeps');
		await docker('run', '--name', other, '--volume', '/data', 'gantry-test/busy:1', 'true');
		const kept = await inspect(other, '{{(index .Mounts 0).Name}}');
		await using gantry = await openGantry();

		await gantry.select(name);
		await gantry.press('d');
		await gantry.sees(`Remove ${name}?`);
		await gantry.sees('It is running.');
		await gantry.press('enter');
		await gantry.sees('it is running: f switches force on');
		await gantry.press('esc');
		await gantry.seesNot(`Remove ${name}?`);
		assert.equal(await stateOf(name), 'running');

		await gantry.press('d', 'f', 'v');
		await gantry.sees(/enter remove/);
		await gantry.press('enter');
		await gantry.noRow('1 Containers', name.slice(-8));
		await gantry.sees(`${name} removed`);
		await assert.rejects(stateOf(name), /No such object/);
		await assert.rejects(docker('volume', 'inspect', volume), /No such volume/i);

		await gantry.select(other);
		await gantry.press('d');
		await gantry.sees(/enter remove/);
		await gantry.press('enter');
		await gantry.sees(`${other} removed`);
		await assert.rejects(stateOf(other), /No such object/);
		await docker('volume', 'inspect', kept);
		await docker('volume', 'rm', kept);
	});

	test('one key stops all marked, after a question', async () => {
		const names = ['one', 'two', 'three'].map(name => testName(`mark-${name}`));
		await Promise.all(names.map(name => runBusy(name)));
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', testName('mark-'));
		for (const name of names) await gantry.rowIs(name, '● up');
		// Sorted by name: one, three, two.
		await gantry.press('space', 'space');
		await gantry.press('s');
		await gantry.sees('stop 2 containers?');
		await gantry.press('enter');
		await gantry.sees('2 of 2 containers stopped');
		assert.deepEqual(await Promise.all(names.map(stateOf)), ['exited', 'running', 'exited']);
	});

	test('ctrl-a and d wants the number typed before it removes what the filter shows', async () => {
		const names = ['a', 'b', 'c'].map(name => testName(`all-${name}`));
		await Promise.all(names.map(name => runBusy(name)));
		const bystander = testName('bystander');
		await runBusy(bystander);
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', testName('all-'));
		for (const name of names) await gantry.rowIs(name, '● up');
		await gantry.press('ctrl-a', 'd');
		await gantry.sees('Remove 3 containers?');
		await gantry.press('enter');
		await gantry.sees('some run: f switches force on');
		await gantry.press('f');
		await gantry.sees('type 3 to confirm');
		await gantry.press('enter', '2', 'enter');
		await gantry.sees('type 3 to confirm');
		await gantry.press('backspace', '3');
		await gantry.seesNot('type 3 to confirm');
		await gantry.press('enter');
		await gantry.sees('3 of 3 containers removed');
		const left = await docker('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${testName('')}`);
		assert.deepEqual(
			left.split('\n').filter(name => names.includes(name)),
			[],
		);
		assert.equal(await stateOf(bystander), 'running');
	});

	test('D names what it would remove, and esc leaves it alone', async () => {
		const name = testName('pruned');
		await docker('create', '--name', name, 'gantry-test/busy:1');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('D');
		await gantry.sees(/Remove all \d+ stopped containers\?/);
		await gantry.sees('This cannot be undone.');
		await gantry.press('esc');
		await gantry.seesNot('This cannot be undone.');
		assert.equal(await stateOf(name), 'created');
	});
});
