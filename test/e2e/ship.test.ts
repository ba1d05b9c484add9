import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {startEngine, type ThrowawayEngine} from '../../scripts/engine/throwaway.ts';
import {dialogSays} from '../helpers/dialog.ts';
import {
	docker,
	dockerAt,
	removeTestObjects,
	requireEngine,
	runBusy,
	testEngine,
	testName,
} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';
import {openStuckWay} from '../helpers/stuck-way.ts';

const account = {user: 'gantry', password: 'lighthouse'};

describe('from one engine to another', {skip: requireEngine(), timeout: 300_000}, () => {
	const {authRegistry} = testEngine;
	const configuration = mkdtempSync(join(tmpdir(), 'gantry-test-ship-'));
	const env = {DOCKER_CONFIG: configuration};
	const made: string[] = [];
	let second: ThrowawayEngine;

	const context = (name: string, host: string) =>
		docker('--config', configuration, 'context', 'create', name, '--docker', `host=${host}`);
	const idThere = (reference: string) =>
		dockerAt(second.host, 'inspect', '--format', '{{.Id}}', reference).catch(() => 'none');
	const idHere = (reference: string) => docker('inspect', '--format', '{{.Id}}', reference);

	before(async () => {
		second = await startEngine({hasRegistries: false});
		await context('second', second.host);
		await context('dead', 'unix:///nowhere/docker.sock');
	});
	after(async () => {
		for (const reference of made) if (await hasImage(reference)) await docker('rmi', '--force', reference);
		await removeTestObjects();
		await second?.stop();
		rmSync(configuration, {recursive: true, force: true});
	});

	test('login, pull, run, commit, tag, push, and pull there: without leaving Gantry', async () => {
		const source = await pushImage(testName('base:1'), {isRunnable: true});
		const name = testName('ship');
		const image = testName('shipped:1');
		const pushed = `${authRegistry}/${testName('shipped:2')}`;
		made.push(source, pushed);
		await using gantry = await openGantry({env});

		await gantry.command(`login ${authRegistry}`);
		await gantry.sees('╭ Log in to a registry');
		await gantry.seesNot('asking the engine');
		await gantry.type(account.user);
		await gantry.press('tab');
		await gantry.type(account.password);
		await gantry.press('enter');
		await dialogSays(gantry, 'Log in', 'would be kept readable');
		await gantry.press('space', 'enter');
		await gantry.tells(`logged in to ${authRegistry} as ${account.user}`);

		await gantry.command(`pull ${source}`);
		await gantry.tells(`${source} pulled`);

		await gantry.selectImage('base:1');
		await gantry.press('R');
		await gantry.sees(/╭ Run/);
		await gantry.press('tab');
		await gantry.fill(name);
		await gantry.press('tab');
		await gantry.fill('sleep 3600');
		await gantry.press('enter');
		await gantry.seesNot(/╭ Run/);
		await gantry.select(name);
		await gantry.rowIs(name, '● up');

		await docker('exec', name, 'sh', '-c', 'echo shipped > /shipped');
		await gantry.press('c');
		await gantry.sees(`Commit ${name} to an image`);
		await gantry.type(image);
		await gantry.press('enter');
		await gantry.tells(`committed to ${image}`);

		await gantry.selectImage('shipped:1');
		await gantry.press('t');
		await gantry.sees(`╭ Tag ${image}`);
		await gantry.fill(pushed);
		await gantry.press('enter');
		await gantry.tells(`${pushed} names`);

		await gantry.selectImage('shipped:2');
		await gantry.press('U');
		await dialogSays(gantry, 'Push', `goes to the registry ${authRegistry}`);
		await gantry.press('enter');
		await gantry.tells(`${pushed} pushed: sha256:`);

		// What the client pulls is what the registry says that it has.
		const [told = ''] = await digests(pushed);
		const id = await idHere(pushed);
		await docker('rmi', '--force', pushed);
		await docker('--config', configuration, 'pull', '--quiet', pushed);
		assert.deepEqual(await digests(pushed), [told]);
		assert.equal(await idHere(pushed), id);

		await gantry.press('H');
		await gantry.chooseItem('second');
		await gantry.sees(second.host);
		await gantry.sees('● live');
		await gantry.command(`pull ${pushed}`);
		await gantry.tells(`${pushed} pulled`);
		assert.equal(await idThere(pushed), id);
		assert.equal(await dockerAt(second.host, 'run', '--rm', pushed, 'cat', '/shipped'), 'shipped');
	});

	const ask = async (gantry: Gantry, image: string, line: string): Promise<void> => {
		await gantry.selectImage(image);
		await gantry.command(line);
		await gantry.sees('╭ Move ');
	};

	test('an image moves without a registry, and is not sent again', async () => {
		const [one, two] = [testName('move:1'), testName('move:2')];
		await commitFile(one, 'one');
		await using gantry = await openGantry({env});
		await ask(gantry, 'move:1', 'move');
		await gantry.chooseItem('second');
		await dialogSays(gantry, 'Move', 'second answers: Docker');
		await dialogSays(gantry, 'Move', /at most go through this machine/);
		await gantry.press('enter');
		await gantry.tells(`${one} is on second now`);
		await gantry.row('4 Transfers', /→ second .*100% +[\d.]+MB sent/);
		assert.equal(await idThere(one), await idHere(one));

		// There already: there is nothing that enter could do.
		await ask(gantry, 'move:1', 'move second');
		await dialogSays(gantry, 'Move', 'nothing to do: second has it');
		await gantry.press('enter', 'esc');
		await gantry.seesNot('╭ Move ');

		// Under another name only that is given there; what has it there is told.
		await docker('tag', one, two);
		await dockerAt(second.host, 'tag', 'gantry-test/busy:1', two).catch(() => {});
		await ask(gantry, 'move:2', 'move second');
		await dialogSays(gantry, 'Move', 'only the name is given there');
		await gantry.press('enter');
		await gantry.tells(`${two} is on second now; it had the layers already`);
		assert.equal(await idThere(two), await idHere(one));

		// Another image under a name that is taken there.
		await commitFile(one, 'another');
		const another = (await idHere(one)).replace('sha256:', '').slice(0, 12);
		await gantry.selectImage('move:1');
		await gantry.row('2 Images', another);
		await ask(gantry, 'move:1', 'move second');
		await dialogSays(gantry, 'Move', /On second .*names [0-9a-f]{12}, which keeps its other names/);
		await gantry.press('enter');
		// What was told of the first is still to be read.
		await gantry.until(
			'both were sent',
			() => gantry.pane('4 Transfers').filter(row => /→ second .*100% +[\d.]+MB sent/.test(row)).length === 2,
		);
		assert.equal(await idThere(one), await idHere(one));
		assert.notEqual(await idThere(two), await idThere(one));
	});

	test('a container moves as an image of what it is now, and stays', async () => {
		const name = testName('web');
		await runBusy(name);
		await docker('exec', name, 'sh', '-c', 'echo here > /here');
		await using gantry = await openGantry({env});
		await gantry.select(name);
		await gantry.command('move second');
		await dialogSays(gantry, 'Move', `the image ${name}:moved here`);
		await dialogSays(gantry, 'Move', 'It is frozen while it is committed.');
		await dialogSays(gantry, 'Move', 'second answers');
		await gantry.press('enter');
		await gantry.tells(`${name}:moved is on second now`);
		await gantry.rowIs(name, '● up');
		assert.equal(await idThere(`${name}:moved`), await idHere(`${name}:moved`));
		assert.equal(await dockerAt(second.host, 'run', '--rm', `${name}:moved`, 'cat', '/here'), 'here');
	});

	test('an engine that does not answer, or that nobody knows, is named before anything is sent', async () => {
		const image = testName('stay:1');
		await commitFile(image, 'stay');
		await using gantry = await openGantry({env});
		await ask(gantry, 'stay:1', 'move dead');
		await dialogSays(gantry, 'Move', 'dead: no socket there');
		await dialogSays(gantry, 'Move', 'nothing can be sent to dead');
		await gantry.press('enter', 'esc');
		await gantry.seesNot('╭ Move ');
		await gantry.selectImage('stay:1');
		await gantry.command('move nowhere');
		await gantry.sees('No engine is called nowhere');
		await gantry.press('esc');
		await gantry.row('4 Transfers', 'No transfers');
	});

	test('x ends it on both engines, nothing is there, and r sends it anew', async () => {
		const image = testName('stuck:1');
		await commitFile(image, 'stuck', 3_000_000);
		await using way = await openStuckWay(second.host, 1_000_000);
		await context('stuck', `tcp://${way.address}`);
		await using gantry = await openGantry({env});
		await ask(gantry, 'stuck:1', 'move stuck');
		await dialogSays(gantry, 'Move', 'stuck answers');
		await gantry.press('enter');
		await gantry.row('4 Transfers', /→ stuck/);
		await way.stuck;
		await gantry.press('4', 'x');
		await gantry.tells('→ stuck cancelled');
		await way.idle();
		assert.equal(await idThere(image), 'none');
		way.release();
		await gantry.press('r');
		await gantry.tells(`${image} is on stuck now`);
		assert.equal(await idThere(image), await idHere(image));
		await way.idle();
	});

	test('an engine that goes away in the middle is named, with its own words', async () => {
		const image = testName('broken:1');
		await commitFile(image, 'broken', 3_000_000);
		await using way = await openStuckWay(second.host, 1_000_000);
		await context('broken', `tcp://${way.address}`);
		await using gantry = await openGantry({env});
		await ask(gantry, 'broken:1', 'move broken');
		await dialogSays(gantry, 'Move', 'broken answers');
		await gantry.press('enter');
		await gantry.row('4 Transfers', /→ broken/);
		await way.stuck;
		await way[Symbol.asyncDispose]();
		await gantry.tells(/Cannot move .*: broken: the connection broke/);
		assert.equal(await idThere(image), 'none');
	});
});

const digests = async (reference: string): Promise<readonly string[]> =>
	JSON.parse(await docker('inspect', '--format', '{{json .RepoDigests}}', reference));

/** Makes an image of busy with a file in it that is nobody else's. */
async function commitFile(reference: string, text: string, bytes = 1000): Promise<void> {
	const id = await docker(
		'create',
		'gantry-test/busy:1',
		'sh',
		'-c',
		`echo ${text} > /made; head -c ${bytes} /dev/urandom > /bytes`,
	);
	await docker('start', '--attach', id);
	await docker('commit', id, reference);
	await docker('rm', id);
}
