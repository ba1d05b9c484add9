import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';

/** The text fields of the run form in their order. */
const fields = [
	'Image',
	'Name',
	'Command',
	'Ports',
	'Environment',
	'Volumes',
	'Restart',
	'Network',
	'Memory',
	'CPUs',
	'Copies',
] as const;

type Values = {readonly [Field in (typeof fields)[number]]?: string};

/** Opens the form and fills it in; the cursor stays in the last field that was given. */
async function openForm(gantry: Gantry, values: Values): Promise<void> {
	// Where nothing is proposed.
	await gantry.press('3', 'R');
	await gantry.sees(/╭ Run/);
	const last = fields.findLastIndex(field => values[field] !== undefined);
	for (const [index, field] of fields.slice(0, last + 1).entries()) {
		if (index > 0) await gantry.press('tab');
		const text = values[field];
		if (text === undefined) continue;
		await gantry.fill(text);
		await gantry.line(new RegExp(`│ ${field} .*${escaped(text.slice(-40))}`));
	}
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const inspect = (name: string, format: string) => docker('inspect', '--format', format, name);

describe('quick run', {skip: requireEngine(), timeout: 180_000}, () => {
	const pulled: string[] = [];
	after(async () => {
		await removeTestObjects();
		for (const reference of pulled) if (await hasImage(reference)) await docker('rmi', reference);
	});

	test('starts what the form says, and lands on it', async () => {
		const name = testName('formed');
		await using gantry = await openGantry();
		await openForm(gantry, {
			Image: 'gantry-test/web:1',
			Name: name,
			Command: 'sh -c "echo $GREETING > /tmp/it; exec httpd -f -p 80 -h /www"',
			Ports: '127.0.0.1::80 9/udp',
			Environment: 'GREETING="two words" EMPTY=',
			Volumes: '/kept',
			Restart: 'on-failure:3',
			Memory: '64m',
			CPUs: '0.5',
		});
		await gantry.press('enter');
		await gantry.seesNot(/╭ Run/);
		await gantry.rowIs(name, '● up');
		await gantry.sees(`╭ 3 Resources ${name}`);

		const {
			Config: config,
			HostConfig: host,
			NetworkSettings: network,
		} = JSON.parse(await docker('inspect', name))[0];
		assert.equal(config.Image, 'gantry-test/web:1');
		assert.deepEqual(config.Cmd.slice(0, 2), ['sh', '-c']);
		assert.ok(config.Env.includes('GREETING=two words'));
		assert.ok(config.Env.includes('EMPTY='));
		assert.deepEqual(host.RestartPolicy, {Name: 'on-failure', MaximumRetryCount: 3});
		assert.equal(host.Memory, 64 * 1024 * 1024);
		assert.equal(host.NanoCpus, 500_000_000);
		assert.equal(await docker('exec', name, 'cat', '/tmp/it'), 'two words');
		const [{HostIp: ip, HostPort: port}] = network.Ports['80/tcp'];
		assert.equal(ip, '127.0.0.1');
		await gantry.rowIs(name, `${port}`);
		const answer = await fetch(`http://127.0.0.1:${port}/`);
		assert.equal(await answer.text(), 'gantry\n');
	});

	test('the image under the cursor is filled in; toggles make a terminal that goes away by itself', async () => {
		const name = testName('toggles');
		await using gantry = await openGantry();
		await gantry.selectImage('gantry-test/busy:1');
		await gantry.press('R');
		await gantry.sees(/╭ Run/);
		await gantry.line(/│ Image +gantry-test\/busy:1 /);
		await gantry.press('tab');
		await gantry.fill(name);
		// From the name to the toggles: terminal, interactive, auto-remove.
		await gantry.press(
			...Array.from({length: 10}, () => 'tab'),
			'space',
			'tab',
			'space',
			'tab',
			'space',
			'enter',
		);
		await gantry.seesNot(/╭ Run/);
		await gantry.select(name);
		await gantry.rowIs(name, '● up');
		const told = await inspect(name, '{{.Config.Tty}} {{.Config.OpenStdin}} {{.HostConfig.AutoRemove}}');
		assert.equal(told, 'true true true');
		await docker('kill', name);
		await gantry.noRow('1 Containers', name.slice(-7));
	});

	test('an image that is missing is pulled first', async () => {
		const name = testName('pulls');
		const reference = await pushImage(testName('needed:1'), {megabytes: 2, isRunnable: true});
		pulled.push(reference);
		await using gantry = await openGantry();
		await openForm(gantry, {Image: reference, Name: name, Command: 'sleep 3600'});
		await gantry.press('enter');
		await gantry.row('4 Transfers', /needed:1.* 100%/);
		await gantry.seesNot(/╭ Run/);
		await gantry.select(name);
		await gantry.rowIs(name, '● up');
		assert.equal(await inspect(name, '{{.Config.Image}}'), reference);
	});

	test('an image that nobody has keeps the form, in the words of the engine', async () => {
		await using gantry = await openGantry();
		await openForm(gantry, {Image: `127.0.0.1:1/${testName('nowhere')}:1`});
		await gantry.press('enter');
		await gantry.sees(/╭ Run/);
		await gantry.sees('dial tcp 127.0.0.1:1: connect');
		await gantry.sees(`127.0.0.1:1/${testName('nowhere')}:1`);
	});

	for (const [field, wrong, rule] of [
		['Ports', '99999:80', '99999'],
		['Ports', 'http:80', '"http'],
		['Environment', '=x', 'the key is missing'],
		['Volumes', 'relative/path:/x', '"relative/path:/x": '],
		['Restart', 'sometimes', '"sometimes": '],
		['Memory', 'much', '"much": '],
	] as const)
		test(`${field} does not take ${wrong}, and nothing is made`, async () => {
			const name = testName(`wrong-${field.toLowerCase()}`);
			await using gantry = await openGantry();
			await openForm(gantry, {Image: 'gantry-test/busy:1', Name: name, [field]: wrong});
			await gantry.press('enter');
			await gantry.sees(rule);
			await gantry.sees(`│ ${field.padEnd(11)}  ${wrong}`);
			await assert.rejects(inspect(name, '{{.Id}}'), /No such object/);
			await gantry.press('esc');
			await gantry.seesNot(/╭ Run/);
		});

	test('a name that is taken keeps the form, and another name goes through', async () => {
		const [name, other] = [testName('taken'), testName('free')];
		await runBusy(name);
		await using gantry = await openGantry();
		await openForm(gantry, {Image: 'gantry-test/busy:1', Name: name, Command: 'sleep 3600'});
		await gantry.press('enter');
		await gantry.sees('is already in use');
		await gantry.sees('choose another name');
		await gantry.sees(`│ Name         ${name}`);
		// From the command back to the name.
		await gantry.press('up');
		await gantry.fill(other);
		await gantry.press('enter');
		await gantry.seesNot(/╭ Run/);
		await gantry.rowIs(other, '● up');
	});

	test('what cannot start is shown with the reason, and can be removed from there', async () => {
		const name = testName('no-start');
		await using gantry = await openGantry();
		await openForm(gantry, {Image: 'gantry-test/busy:1', Name: name, Command: 'no-such-program'});
		await gantry.press('enter');
		await gantry.tells(/no-such-program.*executable file not found/);
		await gantry.rowIs(name, '◌ start failed');
		assert.equal(await inspect(name, '{{.State.Status}}'), 'created');
		await gantry.press('d');
		await gantry.sees(`Remove ${name}?`);
		await gantry.press('enter');
		await gantry.tells(`${name} removed`);
		await assert.rejects(inspect(name, '{{.Id}}'), /No such object/);
	});
});
