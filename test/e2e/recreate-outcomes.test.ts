import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {pushImage} from '../helpers/registry-image.ts';
import {differences, inspectionOf} from '../helpers/same-container.ts';

const busy = 'gantry-test/busy:1';

/** Makes an image of settings alone. */
async function build(reference: string, ...lines: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
	try {
		writeFileSync(join(folder, 'Dockerfile'), [`FROM ${busy}`, ...lines].join('\n'));
		await docker('build', '--quiet', '--tag', reference, folder);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

const inspect = (name: string, format: string) => docker('inspect', '--format', format, name);

/** Id and state: what must not change when nothing was done. */
const identity = (name: string) => inspect(name, '{{.Id}} {{.State.Status}}');

const containersNamed = async (name: string): Promise<readonly string[]> =>
	(await docker('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${name}`))
		.split('\n')
		.filter(Boolean)
		.toSorted();

async function recreate(gantry: Gantry, name: string, ...keys: readonly string[]): Promise<void> {
	await gantry.select(name);
	await gantry.press('N');
	await gantry.sees(`Recreate ${name}?`);
	await gantry.press(...keys, 'enter');
}

describe('recreate', {skip: requireEngine(), timeout: 300_000}, () => {
	after(removeTestObjects);

	test('takes the newer image that the tag names, its settings and all', async () => {
		const [name, image] = [testName('newer'), testName('moving:1')];
		await build(image, 'ENV VERSION=1', 'LABEL version=1', 'CMD ["sleep", "3600"]');
		const options = ['--stop-timeout', '1', '--env', 'OWN=1', '--volume', '/data'];
		await docker('run', '--detach', '--name', name, ...options, image);
		await docker('exec', name, 'sh', '-c', 'echo kept > /data/file');
		await build(image, 'ENV VERSION=2', 'LABEL version=2', 'CMD ["sleep", "7200"]');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.row('1 Containers', 'moving:1');
		await gantry.press('N');
		await gantry.sees(`Recreate ${name}?`);
		await gantry.sees('and gets the new one');
		await gantry.press('k', 'enter');
		await gantry.tells(/was made anew from the .*moving:1 of now; the old one is .*newer-old-/);
		assert.equal(await inspect(name, '{{.Image}}'), await inspect(image, '{{.Id}}'));
		const told = '{{.Config.Image}} {{.Config.Env}} {{.Config.Cmd}} {{.Config.Labels.version}}';
		const [reference, ...rest] = (await inspect(name, told)).split(' ');
		assert.equal(reference, image);
		assert.match(rest.join(' '), /OWN=1/);
		assert.match(rest.join(' '), /VERSION=2/);
		assert.match(rest.join(' '), /\[sleep 7200\] 2$/);
		assert.equal(await docker('exec', name, 'cat', '/data/file'), 'kept');
		const [, old = ''] = await containersNamed(name);
		assert.match(old, /-newer-old-[0-9a-f]{12}$/);
		assert.equal(await inspect(old, '{{.State.Status}}'), 'exited');
	});

	test('pulls the image first when that is wanted', async () => {
		const name = testName('pulled');
		const image = await pushImage(testName('pulled:1'), {megabytes: 1, isRunnable: true});
		await docker('pull', '--quiet', image);
		await docker('run', '--detach', '--name', name, '--stop-timeout', '1', image, 'sleep', '3600');
		const before = await inspect(name, '{{.Image}}');
		await pushImage(testName('pulled:1'), {megabytes: 2, isRunnable: true});
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.row('1 Containers', /pulled +\S*pulled:1 /);
		await gantry.press('N');
		// What was pushed is not kept under its name here.
		await gantry.sees('it has to be pulled');
		await gantry.press('p', 'enter');
		await gantry.tells(/pulled was made anew from the .* of now/);
		assert.notEqual(await inspect(name, '{{.Image}}'), before);
		await docker('rm', '--force', name);
		await docker('rmi', '--force', image, before);
	});

	test('of one that does not run makes one that does not run', async () => {
		const name = testName('stopped');
		await docker('create', '--name', name, busy, 'sleep', '3600');
		const before = await inspectionOf(name);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.filter('1 Containers', `name:${name}`);
		await gantry.press('N');
		await gantry.sees(/Recreate .*stopped\?/);
		await gantry.sees('pull the image first');
		await gantry.press('enter');
		await gantry.tells('made anew');
		const now = await inspectionOf(name);
		assert.notEqual(now.id, before.id);
		assert.deepEqual(differences(before, now), []);
		assert.equal(await inspect(name, '{{.State.Status}}'), 'created');
	});

	test('on its own screen goes on with the new one', async () => {
		const name = testName('screen');
		await runBusy(name, '--env', 'A=1');
		const before = await inspect(name, '{{.Id}}');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('enter');
		await gantry.sees(`╭ Logs`);
		await gantry.press('ctrl-n');
		await gantry.sees(`Recreate ${name}?`);
		await gantry.press('enter');
		await gantry.tells(`${name} was made anew`);
		// Refused as long as the new one's start was not heard of.
		const isAsked = () =>
			gantry.sees(`stop ${name}?`, {within: 2000}).then(
				() => true,
				() => false,
			);
		do await gantry.press('s');
		while (!(await isAsked()));
		await gantry.press('enter');
		await gantry.tells(`${name} stopped`);
		assert.notEqual(await inspect(name, '{{.Id}}'), before);
		assert.equal(await inspect(name, '{{.State.Status}}'), 'exited');
	});

	test('puts the old one back when the new one cannot start', async () => {
		const [name, image] = [testName('no-start'), testName('broken:1')];
		await build(image, 'ENTRYPOINT ["sleep", "3600"]');
		await docker('run', '--detach', '--name', name, '--stop-timeout', '1', image);
		await build(image, 'ENTRYPOINT ["/nowhere"]');
		const before = await identity(name);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.row('1 Containers', 'broken:1');
		await gantry.press('N');
		await gantry.sees('and gets the new one');
		await gantry.press('enter');
		await gantry.tells(/Cannot recreate .*: it is as it was; cannot start the new one: .*nowhere/);
		assert.equal(await identity(name), before);
		assert.deepEqual(await containersNamed(name), [name]);
		await gantry.rowIs(name, '● up');
	});

	test('puts the old one back when its other name is taken', async () => {
		const name = testName('conflict');
		const id = await runBusy(name);
		const other = `${name}-old-${id.slice(0, 12)}`;
		await docker('create', '--name', other, busy, 'true');
		const before = await identity(name);
		await using gantry = await openGantry();
		await recreate(gantry, name);
		await gantry.tells(/it is as it was; cannot rename the old one to .*Conflict/);
		assert.equal(await identity(name), before);
		assert.deepEqual(await containersNamed(name), [name, other].toSorted());
	});

	test('does not touch the old one when the new one cannot be created', async () => {
		const name = testName('held');
		const id = await runBusy(name);
		await docker('create', '--name', `${name}-new-${id.slice(0, 12)}`, busy, 'true');
		const started = await inspect(name, '{{.Id}} {{.State.StartedAt}}');
		await using gantry = await openGantry();
		await recreate(gantry, name);
		await gantry.tells(/it is as it was; cannot create the new one: .*is already in use/);
		assert.equal(await inspect(name, '{{.Id}} {{.State.StartedAt}}'), started);
	});

	test('refuses what could not be put back, and what others depend on', async () => {
		const [volatile, host, guest, image] = [
			testName('volatile'),
			testName('host'),
			testName('guest'),
			testName('gone:1'),
		];
		await runBusy(volatile, '--rm');
		await runBusy(host);
		await runBusy(guest, '--network', `container:${host}`);
		await docker('tag', busy, image);
		const orphan = testName('orphan');
		await docker('run', '--detach', '--name', orphan, image, 'sleep', '3600');
		await docker('rmi', image);
		await using gantry = await openGantry();
		for (const [name, reason] of [
			[volatile, /it goes as soon as it stops \(--rm\)/],
			[host, /guest shares its network and would lose it/],
			[orphan, /its image .*gone:1 is not here any more/],
		] as const) {
			const before = await identity(name);
			await recreate(gantry, name);
			await gantry.tells(reason);
			await gantry.press('esc');
			assert.equal(await identity(name), before);
		}
	});
});

describe('copies', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	/** The run form from the list of images, with the image under the cursor. */
	async function openForm(gantry: Gantry, values: readonly (readonly [steps: number, text: string])[]) {
		await gantry.selectImage(busy);
		await gantry.press('R');
		await gantry.sees('╭ Run a container');
		for (const [steps, text] of values) {
			await gantry.press(...Array.from({length: Math.abs(steps)}, () => (steps > 0 ? 'tab' : 'shift-tab')));
			await gantry.fill(text);
		}
	}

	test('of one image: a range of ports for all, one number for none', async () => {
		const name = testName('copy');
		await using gantry = await openGantry();
		// Name, command, copies, and back to the ports.
		await openForm(gantry, [
			[1, name],
			[1, 'sleep 3600'],
			[8, '3'],
			[-7, '18600:80'],
		]);
		await gantry.press('enter');
		await gantry.sees('3 copies cannot share port 18600 of the host');
		await gantry.sees('18600-18602:80');
		assert.deepEqual(await containersNamed(name), []);
		await gantry.fill('18600-18602:80');
		await gantry.press('enter');
		await gantry.tells(`3 of 3 copies run: ${name}-1 … ${name}-3`);
		assert.deepEqual(await containersNamed(name), [`${name}-1`, `${name}-2`, `${name}-3`]);
		const ports = await Promise.all(
			[1, 2, 3].map(async n => (await docker('port', `${name}-${n}`, '80')).split('\n')[0]),
		);
		assert.deepEqual(ports.toSorted(), ['0.0.0.0:18600', '0.0.0.0:18601', '0.0.0.0:18602']);
	});

	test('a copy that cannot be made is named, the others are made', async () => {
		const name = testName('gap');
		await docker('create', '--name', `${name}-2`, busy, 'true');
		await using gantry = await openGantry();
		await openForm(gantry, [
			[1, name],
			[1, 'sleep 3600'],
			[8, '3'],
		]);
		await gantry.press('enter');
		await gantry.tells(/Cannot create .*gap-2: .*is already in use/);
		await gantry.rowIs(`${name}-3`, '● up');
		await gantry.rowIs(`${name}-1`, '● up');
	});

	test('R on a container fills the form in, and makes another like it, also in what the form does not say', async () => {
		const name = testName('like');
		await runBusy(
			...([name, '--env', 'A=b c', '--env', 'DB_PASSWORD=secret', '--cap-add', 'NET_ADMIN'] as const),
			...['--publish', '127.0.0.1:18650:80', '--memory', '64m', '--volume', '/data', '--hostname', 'here'],
		);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('R');
		await gantry.sees(`╭ Run another like ${name}`);
		await gantry.line(/│ Image +gantry-test\/busy:1 /);
		await gantry.line(new RegExp(`│ Name +${name}-2 `));
		await gantry.line(/│ Command +sleep 3600 /);
		// The other one has the port.
		await gantry.line(/│ Ports +127\.0\.0\.1::80 /);
		await gantry.line(/│ Environment +'A=b c' /);
		await gantry.line(/│ Volumes +\/data /);
		await gantry.line(/│ Memory +64m /);
		await gantry.tells('their names look secret: DB_PASSWORD');
		assert.ok(!gantry.text().includes('secret '));
		await gantry.press('enter');
		await gantry.rowIs(`${name}-2`, '● up');
		const [one, two] = [await inspectionOf(name), await inspectionOf(`${name}-2`)];
		assert.deepEqual(differences(one, two), ['.HostConfig.PortBindings.80/tcp.0.HostPort: "18650" ≠ ""']);
	});
});
