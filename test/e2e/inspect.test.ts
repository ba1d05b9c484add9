import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

type Tab = {readonly key: string; readonly title: string};

const tabs = {
	inspect: {key: 'i', title: '╭ Inspect'},
	config: {key: 'C', title: '╭ Configuration'},
	network: {key: 'M', title: '╭ Network & mounts'},
} as const satisfies Readonly<Record<string, Tab>>;

const openTab = async (gantry: Gantry, name: string, {key, title}: Tab): Promise<void> => {
	await gantry.select(name);
	await gantry.press(key);
	await gantry.sees(title);
	await gantry.seesNot('│ Loading');
};

/** Types into the field of the tree, and takes it. */
const find = async (gantry: Gantry, text: string): Promise<void> => {
	await gantry.press('/', 'end', 'ctrl-u');
	await gantry.type(text);
	await gantry.sees(` / ${text}`);
	await gantry.press('enter');
	await gantry.sees('/ find');
};

/** What was last put on the clipboard of the terminal. */
const copied = (gantry: Gantry): string => {
	const written = [...gantry.rawOutput.matchAll(/\u001B\]52;c;([A-Za-z0-9+/=]*)/g)].at(-1)?.[1] ?? '';
	return Buffer.from(written, 'base64').toString();
};

const inspected = async (name: string, template: string): Promise<unknown> =>
	JSON.parse(await docker('inspect', name, '--format', `{{json ${template}}}`));

const networksOf = async (name: string): Promise<Readonly<Record<string, {readonly Aliases: unknown}>>> =>
	JSON.parse(await docker('inspect', name, '--format', '{{json .NetworkSettings.Networks}}'));

describe('inspect', {skip: requireEngine(), timeout: 240_000}, () => {
	after(removeTestObjects);

	test('every value is found in its folded branch, as docker inspect has it, and its path is copied', async () => {
		const name = testName('tree');
		await runBusy(name, '--network', 'none', '--label', 'depth.of.it=needle in it', '--memory', '64m');
		await using gantry = await openGantry({columns: 160});
		await openTab(gantry, name, tabs.inspect);
		await gantry.sees(/▸ HostConfig: \{\d+\}/);
		await gantry.seesNot('needle in it');
		await find(gantry, 'needle');
		await gantry.sees('depth.of.it: "needle in it"');
		await gantry.sees('"needle" 1/1');
		await gantry.press('y');
		await gantry.tells('copied .Config.Labels["depth.of.it"]');
		assert.equal(copied(gantry), '.Config.Labels["depth.of.it"]');
		await gantry.press('Y');
		await gantry.tells('copied the value of .Config.Labels');
		assert.equal(JSON.parse(copied(gantry)), await inspected(name, '(index .Config.Labels "depth.of.it")'));
		await find(gantry, 'Memory');
		await gantry.sees(`Memory: ${String(await inspected(name, '.HostConfig.Memory'))}`);
		// A capital letter is meant.
		await gantry.seesNot('needle" 1/1');
		await find(gantry, 'mEMORY');
		await gantry.sees('no match for "mEMORY"');
	});

	test('n and N go round the matches; esc forgets them, then leaves', async () => {
		const name = testName('round');
		await runBusy(name, '--network', 'none', '--label', 'a.zebra=1', '--label', 'b.zebra=2');
		await using gantry = await openGantry({columns: 120, rows: 30});
		await openTab(gantry, name, tabs.inspect);
		await find(gantry, 'zebra');
		await gantry.sees('"zebra" 1/2');
		await gantry.press('n');
		await gantry.sees('"zebra" 2/2');
		await gantry.press('n');
		await gantry.sees('"zebra" 1/2');
		await gantry.press('N');
		await gantry.sees('"zebra" 2/2');
		await gantry.press('esc');
		await gantry.seesNot('"zebra"');
		await gantry.sees('╭ Inspect');
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
	});

	test('folds and unfolds: one branch, all branches, a long text', async () => {
		const name = testName('fold');
		const long = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
		await runBusy(name, '--network', 'none', '--env', `LONG=${long}`);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await openTab(gantry, name, tabs.inspect);
		await gantry.press('-');
		await gantry.sees('▸ State: {');
		await gantry.seesNot('Running: true');
		await gantry.press('+');
		await gantry.sees('Running: true');
		await gantry.press('-');
		await gantry.seesNot('Running: true');
		await find(gantry, 'LONG=');
		await gantry.sees('▸ 0: "LONG=word0');
		await gantry.seesNot('word30');
		await gantry.press('enter');
		// All its lines come into view, though it stood at the lower edge.
		await gantry.sees('▾ 0: "LONG=word0');
		await gantry.sees('word30');
		await gantry.sees('word59 ');
		await gantry.press('left');
		await gantry.sees('▸ 0: "LONG=word0');
	});

	test('secrets are hidden in every tab, and found or copied only when they are shown', async () => {
		const name = testName('secret');
		await runBusy(
			name,
			...['--network', 'none', '--env', 'DB_PASSWORD=hunter2', '--env', 'URL=amqp://me:geheim@mq/'],
			...['--label', 'com.example.api-token=t0ken', '--env', 'PLAIN=shown'],
		);
		await using gantry = await openGantry({columns: 160});
		await openTab(gantry, name, tabs.inspect);
		await gantry.sees('3 masked');
		await find(gantry, 'hunter2');
		await gantry.sees('no match for "hunter2"');
		await find(gantry, 'DB_PASS');
		await gantry.sees('"DB_PASSWORD=******"');
		await gantry.press('Y');
		await gantry.tells('not copied: it holds masked values');
		assert.equal(copied(gantry), '');
		await gantry.press('.');
		await gantry.sees('"DB_PASSWORD=hunter2"');
		await gantry.sees('secrets shown');
		await gantry.press('Y');
		await gantry.tells('copied the value of');
		assert.equal(copied(gantry), '"DB_PASSWORD=hunter2"');
		// One choice for the object, in all its tabs.
		await gantry.press(']');
		await gantry.sees(/DB_PASSWORD +│ hunter2/);
		await gantry.sees('amqp://me:geheim@mq/');
		await gantry.press('.');
		await gantry.sees(/DB_PASSWORD +│ \*{6}/);
		await gantry.sees('amqp://me:******@mq/');
		await gantry.sees(/com\.example\.api-token +│ \*{6}/);
		await gantry.sees(/PLAIN +│ shown/);
		for (const secret of ['hunter2', 'geheim', 't0ken']) assert.ok(!gantry.text().includes(secret));
	});

	test('the cursor stays on its path while the object changes, and what was loaded stays when it is gone', async () => {
		const name = testName('gone');
		const id = await runBusy(name, '--network', 'none');
		await using gantry = await openGantry({columns: 160});
		await openTab(gantry, name, tabs.inspect);
		await find(gantry, 'OOMKilled');
		await gantry.sees('.State.OOMKilled');
		await docker('stop', name);
		await gantry.sees('Status: "exited"');
		await gantry.sees('.State.OOMKilled');
		await docker('rm', name);
		await gantry.sees(/removed \d\d:\d\d:\d\d \(destroy\)/);
		await gantry.sees('as it was last');
		await gantry.sees('Status: "exited"');
		await find(gantry, id.slice(0, 20));
		await gantry.sees(`Id: "${id}"`);
		await gantry.press(']');
		await gantry.sees(/status +│ exited/);
	});

	test('an image is inspected the same way', async () => {
		await using gantry = await openGantry({columns: 120});
		await gantry.selectImage('gantry-test/busy:1');
		await gantry.press('i');
		await gantry.sees('╭ Inspect gantry-test/busy:1');
		const id = await docker('image', 'inspect', 'gantry-test/busy:1', '--format', '{{.Id}}');
		await gantry.sees(`Id: "${id}"`);
		await gantry.press('+');
		await find(gantry, 'RepoTags');
		await gantry.press('Y');
		await gantry.tells('copied the value of .RepoTags');
		assert.deepEqual(
			JSON.parse(copied(gantry)),
			JSON.parse(await docker('image', 'inspect', 'gantry-test/busy:1', '--format', '{{json .RepoTags}}')),
		);
		// The message, what was looked for, the screen: one at a time.
		await gantry.press('esc');
		await gantry.seesNot('copied the value');
		await gantry.press('esc');
		await gantry.seesNot('"RepoTags" 1');
		await gantry.press('esc');
		await gantry.sees('╭ 2 Images');
	});
});

describe('the configuration', {skip: requireEngine(), timeout: 240_000}, () => {
	after(removeTestObjects);

	test('tells what docker run was told, at 160 columns and at 80, in any script', async () => {
		const name = testName('config');
		await docker(
			...['run', '--detach', '--name', name, '--network', 'none', '--user', '1000:1000', '--workdir', '/tmp'],
			...[
				'--hostname',
				'wirt',
				'--stop-signal',
				'SIGINT',
				'--stop-timeout',
				'1',
				'--restart',
				'on-failure:4',
			],
			...[
				'--memory',
				'64m',
				'--memory-reservation',
				'32m',
				'--ulimit',
				'nofile=100:200',
				'--log-opt',
				'max-size=2m',
			],
			...['--health-cmd', 'echo probed; exit 1', '--health-interval', '1s', '--health-retries', '7'],
			...['--label', `漢字.名前=${'値'.repeat(60)}終`, '--env', 'GREETING=hello you', '--expose', '8443'],
			...['--entrypoint', 'sh', 'gantry-test/busy:1', '-c', 'sleep 3600 # the end'],
		);
		await using gantry = await openGantry({columns: 160, rows: 60});
		await openTab(gantry, name, tabs.config);
		for (const row of [
			/entrypoint +│ sh /,
			/command +│ -c 'sleep 3600 # the end'/,
			/user +│ 1000:1000/,
			/working directory +│ \/tmp /,
			/hostname +│ wirt/,
			/stops with +│ SIGINT, SIGKILL after 1 s/,
			/restart policy +│ on-failure, at most 4 times/,
			/test +│ echo probed; exit 1/,
			/interval +│ 1 s/,
			/retries +│ 7/,
			/GREETING +│ hello you/,
			/漢字\.名前 +│ 値値/,
			/8443\/tcp +│ only exposed, not published/,
			/max-size +│ 2m/,
		])
			await gantry.sees(row);
		// Each probe is seen as it ends, though nothing else happens to the container.
		await gantry.sees(/│ 1 +│ \d+ ms +│ probed/);
		await gantry.press('G');
		await gantry.sees(/memory +│ 64M/);
		await gantry.sees(/memory reservation +│ 32M/);
		await gantry.sees(/ulimit nofile +│ 100, at most 200/);

		await using narrow = await openGantry({columns: 80, rows: 24});
		await narrow.select(name);
		await narrow.press('C');
		await narrow.sees(/command +│ -c 'sleep 3600/);
		await narrow.press('G');
		await narrow.sees(/max-size +│ 2m/);
		await narrow.seesNot(/command +│/);
		await narrow.press('pgup');
		await narrow.sees('値終');
		assert.ok(narrow.screen().every(row => row.length <= 80));
		await narrow.press('g');
		await narrow.sees(/command +│/);
	});
});

describe('network & mounts', {skip: requireEngine(), timeout: 240_000}, () => {
	const first = testName('net-a');
	const second = testName('net-b');
	before(async () => {
		await docker('network', 'create', '--subnet', '10.213.7.0/24', first);
		await docker('network', 'create', second);
	});
	after(removeTestObjects);

	test('how a container is kept apart is told in words, with a warning for what is not', async () => {
		const name = testName('apart');
		// The engine makes a directory of what is not there: only its own socket surely is.
		const socket = testEngine.host.replace('unix://', '');
		await runBusy(
			name,
			...['--network', first, '--cap-drop', 'ALL', '--cap-add', 'SYS_ADMIN', '--read-only'],
			...['--security-opt', 'no-new-privileges', '--security-opt', 'seccomp=unconfined'],
			...['--volume', `${socket}:/var/run/docker.sock`, '--tmpfs', '/scratch:size=1m'],
		);
		await using gantry = await openGantry({columns: 160, rows: 60});
		await openTab(gantry, name, tabs.network);
		await gantry.sees('3 warnings');
		await gantry.sees('has CAP_SYS_ADMIN');
		await gantry.sees('controls the engine: its socket');
		await gantry.sees('may make every system call (seccomp is off)');
		await gantry.sees('cannot gain privileges (no-new-privileges)');
		await gantry.sees('cannot change its root file system (read-only)');
		await gantry.sees(/dropped +│ ALL/);
		await gantry.sees(/so it may have +│ SYS_ADMIN /);
		await gantry.sees(/\/scratch +│ tmpfs/);
		const address = await docker(
			'inspect',
			name,
			'--format',
			`{{(index .NetworkSettings.Networks "${first}").IPAddress}}`,
		);
		await gantry.sees(new RegExp(`IPv4 address +│ ${address.replaceAll('.', String.raw`\.`)}/24`));
	});

	test('namespaces of another container are named by its name', async () => {
		const owner = testName('owner');
		const guest = testName('guest');
		await runBusy(owner, '--network', first);
		await runBusy(guest, '--network', `container:${owner}`, '--pid', `container:${owner}`);
		await using gantry = await openGantry({columns: 160});
		await openTab(gantry, guest, tabs.network);
		await gantry.sees(`shares its network with the container ${owner}`);
		await gantry.sees(new RegExp(`PID +│ of the container ${owner}`));
	});

	test('connects with an alias and an address, and disconnects; docker inspect agrees', async () => {
		const name = testName('join');
		await runBusy(name, '--network', second);
		await using gantry = await openGantry({columns: 120});
		await openTab(gantry, name, tabs.network);
		await gantry.press('+');
		await gantry.sees(new RegExp(`${second} +bridge.*it is on it`));
		await gantry.chooseItem(first);
		await gantry.sees(`Network  ${first}`);
		await gantry.type('db');
		await gantry.press('down');
		// Refused in the engine's words, with what was typed.
		await gantry.type('10.99.0.5');
		await gantry.press('enter');
		await gantry.sees(/[Nn]o configured subnet|invalid|does not belong|not contain/);
		await gantry.fill('10.213.7.77');
		await gantry.press('enter');
		await gantry.sees(`╭ Network & mounts`);
		await gantry.sees(/IPv4 address +│ 10\.213\.7\.77\/24/);
		const joined = await networksOf(name);
		assert.deepEqual(Object.keys(joined).toSorted(), [first, second].toSorted());
		assert.ok(JSON.stringify(joined[first]?.Aliases).includes('"db"'));

		await gantry.press('-');
		await gantry.chooseItem(second);
		await gantry.sees('leaves the network');
		await gantry.press('enter');
		await gantry.seesNot(`Network ${second}`);
		assert.deepEqual(Object.keys(await networksOf(name)), [first]);
	});

	test(':connect NETWORK ALIAS works on all that are marked, from the dashboard', async () => {
		const names = [testName('mark-one'), testName('mark-two')];
		for (const name of names) await runBusy(name, '--network', second);
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', 'name:mark-');
		await gantry.press('ctrl-a');
		await gantry.sees('2 marked');
		await gantry.command(`connect ${first} twin`);
		await gantry.tells(`2 of 2 containers connected to ${first}`);
		for (const name of names) {
			const joined = await networksOf(name);
			assert.ok(JSON.stringify(joined[first]?.Aliases).includes('"twin"'), name);
		}
		await gantry.command(`disconnect ${second}`);
		await gantry.sees(`Disconnect 2 containers from ${second}?`);
		await gantry.press('enter');
		await gantry.tells(`2 of 2 containers disconnected from ${second}`);
		for (const name of names) assert.deepEqual(Object.keys(await networksOf(name)), [first]);
	});

	test('one that does not run is seen on its network at once, though the engine tells nobody', async () => {
		const name = testName('stopped');
		await docker('create', '--name', name, '--network', second, 'gantry-test/busy:1', 'true');
		await using gantry = await openGantry({columns: 120});
		await openTab(gantry, name, tabs.network);
		await gantry.command(`connect ${first}`);
		await gantry.sees(`Network ${first}`);
		assert.deepEqual(Object.keys(await networksOf(name)).toSorted(), [first, second].toSorted());
		await gantry.command(`disconnect ${first}`);
		await gantry.sees('leaves the network');
		await gantry.press('enter');
		await gantry.seesNot(`Network ${first}`);
	});

	test('what the engine refuses is told in its words', async () => {
		const name = testName('refused');
		await runBusy(name, '--network', first);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.command('connect host');
		await gantry.tells('connected to host network');
		await gantry.press('esc');
		await gantry.command('connect no-such-network');
		await gantry.tells('no-such-network not found');
		assert.deepEqual(Object.keys(await networksOf(name)), [first]);
	});
});
