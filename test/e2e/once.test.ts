import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {after, describe, test} from 'node:test';
import {removeTestObjects, requireEngine, runBusy, testEngine, testName} from '../helpers/docker.ts';
import {runGantry} from '../helpers/run-gantry.ts';

const onTestEngine = ['--host', testEngine.host];

/** Root opens every socket, unless it leaves this capability behind. */
const withoutPower = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];

function whyPowerStays(): string | false {
	if (process.getuid?.() !== 0) return false;
	try {
		execFileSync(withoutPower[0] ?? '', [...withoutPower.slice(1), 'true'], {stdio: 'ignore'});
		return false;
	} catch {
		return 'root cannot give up its power over files here';
	}
}

describe('without a terminal', {skip: requireEngine(), timeout: 120_000}, () => {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-once-'));
	after(async () => {
		rmSync(folder, {recursive: true, force: true});
		await removeTestObjects();
	});

	test('prints the containers and images as plain tables', async () => {
		const name = testName('plain');
		const id = await runBusy(name);
		for (const args of [onTestEngine, [...onTestEngine, '--once']]) {
			const {code, stdout, stderr} = await runGantry(args);
			assert.deepEqual([code, stderr], [0, '']);
			assert.doesNotMatch(stdout, /\u001B/);
			const row = stdout.split('\n').find(line => line.startsWith(name)) ?? '';
			assert.match(row, /gantry-test\/busy:1 +● up \d+s/);
			assert.ok(row.includes(id.slice(0, 12)), row);
			assert.match(stdout, /^gantry-test\/web:1 /m);
			assert.match(stdout, /^NAME +IMAGE +STATE +PORTS +ID$/m);
		}
	});

	test('prints JSON that says the same as the engine', async () => {
		const name = testName('json');
		const id = await runBusy(name, '--label', 'colour=青');
		const {code, stdout} = await runGantry([...onTestEngine, '--json']);
		assert.equal(code, 0);
		const {containers, images, address} = JSON.parse(stdout);
		assert.equal(address, testEngine.host);
		const mine = containers.find((container: {name: string}) => container.name === name);
		assert.deepEqual([mine.id, mine.state, mine.labels.colour], [id, 'running', '青']);
		const tags = images.flatMap((image: {tags: string[]}) => image.tags);
		assert.ok(tags.includes('gantry-test/busy:1'));
	});

	test('DOCKER_HOST and contexts name the engine as they do for docker', async () => {
		const config = join(folder, 'docker');
		mkdirSync(join(config, 'contexts/meta/x'), {recursive: true});
		execFileSync('docker', ['context', 'create', 'mine', '--docker', `host=${testEngine.host}`], {
			env: {PATH: process.env.PATH, DOCKER_CONFIG: config},
		});
		for (const [args, env] of [
			[['--once'], {DOCKER_HOST: testEngine.host}],
			[['--once', '--context', 'mine'], {DOCKER_CONFIG: config}],
			[['--once'], {DOCKER_CONFIG: config, DOCKER_CONTEXT: 'mine'}],
		] as const) {
			const {code, stdout, stderr} = await runGantry(args, {env});
			assert.deepEqual([code, stderr], [0, ''], JSON.stringify(args));
			assert.ok(stdout.includes(`at ${testEngine.host}`));
		}
	});

	for (const [what, args, code, words] of [
		['an unknown option', ['--colour'], 2, ['unknown option --colour', 'gantry --help']],
		['an unknown command', ['serve'], 2, ['unknown command "serve"']],
		['an option without its value', ['--host'], 2, ['--host needs a value']],
		['two places at once', ['-H', 'tcp://x', '-c', 'y'], 2, ['exclude each other']],
		['a host that is none', ['-H', 'nonsense://x'], 2, ['nonsense://x']],
		['a port that is none', ['-H', 'tcp://127.0.0.1:port'], 2, ['tcp://127.0.0.1:port']],
		['a context that is not there', ['-c', 'elsewhere'], 1, ['elsewhere']],
		[
			'a socket that is not there',
			['--once', '-H', 'unix:///nowhere/docker.sock'],
			1,
			['unix:///nowhere/docker.sock', 'no socket there'],
		],
		[
			'a port where nobody listens',
			['--once', '-H', 'tcp://127.0.0.1:1'],
			1,
			['tcp://127.0.0.1:1', 'nothing answers there'],
		],
	] as const)
		test(`${what} is one line on stderr and exit code ${code}`, async () => {
			const ended = await runGantry(args);
			assert.equal(ended.code, code);
			assert.equal(ended.stdout, '');
			assert.match(ended.stderr, /^gantry: [^\n]+\n$/);
			for (const word of words) assert.ok(ended.stderr.includes(word), ended.stderr);
		});

	test('a file that is no socket, and one that does not answer HTTP', async () => {
		const file = join(folder, 'file.sock');
		writeFileSync(file, '');
		const plain = await runGantry(['--once', '-H', `unix://${file}`]);
		assert.equal(plain.code, 1);
		assert.match(plain.stderr, /^gantry: [^\n]*file\.sock[^\n]*\n$/);

		const path = join(folder, 'rude.sock');
		const server = createServer(socket => {
			socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n');
		}).listen(path);
		await once(server, 'listening');
		try {
			const rude = await runGantry(['--once', '-H', `unix://${path}`]);
			assert.equal(rude.code, 1);
			assert.match(rude.stderr, /^gantry: [^\n]*rude\.sock[^\n]*\n$/);
		} finally {
			server.close();
		}
	});

	test('a socket that may not be opened names the group', {skip: whyPowerStays()}, async () => {
		const path = join(folder, 'closed.sock');
		const server = createServer().listen(path);
		await once(server, 'listening');
		chmodSync(path, 0);
		try {
			const through = process.getuid?.() === 0 ? withoutPower : [];
			const {code, stderr} = await runGantry(['--once', '-H', `unix://${path}`], {through});
			assert.equal(code, 1);
			assert.match(stderr, /^gantry: [^\n]*no permission[^\n]*group[^\n]*\n$/);
			assert.ok(stderr.includes(path));
		} finally {
			server.close();
		}
	});

	test('a reader that goes away ends it quietly', async () => {
		// `true` reads nothing and is gone long before there is anything to print.
		const script = '("$@"; echo "ended with $?" >&2) | true';
		const through = ['sh', '-c', script, 'sh'];
		const {stderr} = await runGantry([...onTestEngine, '--json'], {through});
		assert.equal(stderr, 'ended with 0\n');
	});

	test('tells its version, and its options', async () => {
		assert.match((await runGantry(['--version'])).stdout, /^gantry \d+\.\d+\.\d+\n$/);
		const {code, stdout} = await runGantry(['--help']);
		assert.equal(code, 0);
		for (const option of ['--host', '--context', '--read-only', '--once', '--json'])
			assert.ok(stdout.includes(option));
	});
});
