import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {request as ask, createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {after, before, describe, test} from 'node:test';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {runGantry} from '../helpers/run-gantry.ts';
import {openTerminal} from '../helpers/terminal.ts';

const onEngine = ['-H', testEngine.host];
const nowhere = ['-H', 'unix:///nowhere/docker.sock'];

/** Writes OCI layouts; where it is not installed, that test is skipped. */
const skopeo = 'skopeo';

const dockerfile = `FROM gantry-test/busy:1
ARG NPM_TOKEN=not-for-you-1
ENV DB_PASSWORD=not-for-you-2
COPY .env /app/.env
RUN mkdir -p /root/.ssh /var/cache/pack /app/modules && echo secret > /root/.ssh/id_rsa \\
 && head -c 400000 /dev/zero > /var/cache/pack/a && head -c 100000 /dev/zero > /var/cache/pack/b \\
 && head -c 50000 /dev/zero > /app/blob && echo 1 > /app/modules/old && ln /app/blob /app/linked \\
 && mknod /app/device c 1 3 && touch "$(printf '/app/caf\\303\\251')" "$(printf '/app/bad\\377')"
RUN rm -r /var/cache/pack /root/.ssh && chmod 700 /bin/busybox
RUN rm -r /app/modules && mkdir /app/modules && echo 22 > /app/modules/new && rm /app/.env
`;

type Exported = {
	image: {target: string; references: string[]; platform: string};
	config: {env: string[]};
	history: {createdBy: string; layer?: number}[];
	layers: {
		createdBy: string;
		diffId: string;
		contentBytes: number;
		entries: {path: string; pathBase64?: string; change: string; kind?: string}[];
	}[];
	waste: {wastedBytes: number; items: {path: string; bytes: number; reason: string}[]};
	secrets: {hidden: {path: string; layer: number; hiddenBy: number}[]};
	rules?: {rule: string; status: string}[];
};

function whyNoSkopeo(): string | false {
	try {
		execFileSync(skopeo, ['--version'], {stdio: 'ignore'});
		return false;
	} catch {
		return 'no skopeo here';
	}
}

describe('gantry layers', {skip: requireEngine(), timeout: 180_000}, () => {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-layers-'));
	const archive = join(folder, 'image.tar');
	const image = `${testName('layers')}:1`;
	const cache = {XDG_CACHE_HOME: join(folder, 'cache')};

	const layers = (args: readonly string[], through: readonly string[] = []) =>
		runGantry(['layers', ...args], {env: cache, through});
	const exported = async (args: readonly string[]): Promise<Exported> => {
		const {code, stdout, stderr} = await layers([...args, '--json', '--files']);
		assert.deepEqual([code, stderr], [0, '']);
		return JSON.parse(stdout);
	};
	/** One line on stderr, nothing else. */
	const fails = async (args: readonly string[], exitCode: number, ...words: readonly string[]) => {
		const {code, stdout, stderr} = await layers(args);
		assert.deepEqual([code, stdout], [exitCode, ''], stderr);
		assert.match(stderr, /^gantry: [^\n]+\n$/);
		for (const word of words) assert.ok(stderr.includes(word), stderr);
	};

	before(async () => {
		const context = join(folder, 'context');
		mkdirSync(context);
		writeFileSync(join(context, 'Dockerfile'), dockerfile);
		writeFileSync(join(context, '.env'), 'PASSWORD=not-for-you-3\n');
		await docker('build', '--quiet', '--tag', image, context);
		await docker('save', '--output', archive, image);
	});
	after(async () => {
		rmSync(folder, {recursive: true, force: true});
		await removeTestObjects();
	});

	test('JSON says what docker history and tar say', async () => {
		const {image: facts, layers: found, history, config} = await exported([...onEngine, image]);
		assert.deepEqual([facts.target, facts.references], [image, [image]]);
		const told = (await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image))
			.split('\n')
			.reverse();
		assert.deepEqual(
			history.map(({createdBy}) => createdBy.replaceAll('******', '')).filter(Boolean),
			told.map(text => text.replaceAll(/not-for-you-\d/g, '')),
		);
		assert.ok(config.env.includes('DB_PASSWORD=******'));

		const unpacked = join(folder, 'unpacked');
		mkdirSync(unpacked);
		execFileSync('tar', ['-xf', archive, '-C', unpacked]);
		const [manifest] = JSON.parse(readFileSync(join(unpacked, 'manifest.json'), 'utf8'));
		assert.equal(found.length, manifest.Layers.length);
		for (const [index, path] of manifest.Layers.entries()) {
			const listed = execFileSync('tar', ['--quoting-style=literal', '-tf', join(unpacked, path)], {
				encoding: 'latin1',
			});
			const names = listed
				.trimEnd()
				.split('\n')
				.filter(name => !name.endsWith('.wh..wh..opq'))
				.map(
					name =>
						`/${name
							.replace(/^\.\//, '')
							.replace(/\/$/, '')
							.replace(/(^|\/)\.wh\.(?=[^/]+$)/, '$1')}`,
				);
			const paths = found[index]?.entries.map(({path: text, pathBase64}) =>
				(pathBase64 === undefined ? Buffer.from(text) : Buffer.from(pathBase64, 'base64')).toString('latin1'),
			);
			assert.deepEqual(paths?.toSorted(), names.toSorted());
		}
	});

	test('an archive, plain or compressed, says the same, without an engine', async () => {
		const {image: _, ...fromEngine} = await exported([...onEngine, image]);
		writeFileSync(`${archive}.gz`, gzipSync(readFileSync(archive), {level: 1}));
		writeFileSync(`${archive}.zst`, zstdCompressSync(readFileSync(archive)));
		for (const target of [archive, `${archive}.gz`, `${archive}.zst`, `docker-archive:${archive}`]) {
			const {image: facts, ...rest} = await exported([...nowhere, '--no-cache', target]);
			assert.deepEqual(rest, fromEngine, target);
			assert.deepEqual(facts.references, [image]);
		}
	});

	test('an OCI layout as skopeo writes it', {skip: whyNoSkopeo()}, async () => {
		const layout = join(folder, 'layout');
		execFileSync(skopeo, ['copy', '--quiet', `docker-archive:${archive}`, `oci:${layout}:first`], {
			env: {PATH: process.env.PATH, HOME: folder},
		});
		const {layers: expected, waste} = await exported([...onEngine, image]);
		for (const target of [layout, `oci:${layout}:first`]) {
			const found = await exported([...nowhere, '--no-cache', target]);
			assert.deepEqual([found.layers, found.waste], [expected, waste], target);
		}
		await fails([...nowhere, `oci:${layout}:second`], 1, 'second');
	});

	test('waste, and the files that are hidden only', async () => {
		const {waste, secrets} = await exported([...onEngine, image]);
		const at = (path: string) => waste.items.find(item => item.path === path);
		assert.deepEqual(
			[at('/var/cache/pack')?.bytes, at('/var/cache/pack')?.reason],
			[500_000, 'deleted-directory'],
		);
		assert.deepEqual(at('/app/modules')?.reason, 'replaced-directory');
		assert.deepEqual(at('/bin/busybox')?.reason, 'metadata');
		assert.equal(at('/app/blob'), undefined);
		assert.deepEqual(
			secrets.hidden.map(({path, layer, hiddenBy}) => `${path} ${layer} ${hiddenBy}`),
			['/app/.env 1 4', '/root/.ssh/id_rsa 2 3'],
		);
	});

	test('a report for people, without a value of a secret', async () => {
		const {code, stdout, stderr} = await layers([...onEngine, image, '--waste', '1', '--exclude-base']);
		assert.deepEqual([code, stderr], [0, '']);
		assert.doesNotMatch(stdout, /\u001B|not-for-you/);
		assert.ok(stdout.startsWith(`${image}  linux/amd64  `), stdout);
		assert.match(stdout, /^2 +550kB .* RUN mkdir -p \/root\/\.ssh/m);
		assert.match(stdout, /^Efficiency \d+\.\d %: of .* above the base \(1 layer\)/m);
		assert.match(stdout, /^… and \d+ paths more: --waste \d+ shows them all$/m);
		assert.match(stdout, /^ *2 +3 +private SSH key +\/root\/\.ssh\/id_rsa$/m);
		assert.match(stdout, /DB_PASSWORD in the environment/);
		const dive = await layers([...onEngine, image, '--dive-compatible']);
		assert.match(dive.stdout, /^By dive's definitions: efficiency /m);
	});

	test('rules: what fails is named, and the exit code is 1', async () => {
		const failed = await layers([...onEngine, image, '--ci']);
		assert.equal(failed.code, 1);
		assert.match(failed.stdout, /^FAIL highestHiddenSecrets: found 2 hidden secrets/m);
		assert.match(failed.stdout, /^SKIP highestWastedBytes: rule disabled$/m);
		assert.match(failed.stderr, /^gantry: \S+ fails [^\n]*highestHiddenSecrets[^\n]*\n$/);

		const json = await layers([...onEngine, image, '--ci', '--json', '--highest-wasted-bytes', '1kB']);
		assert.equal(json.code, 1);
		const {rules}: Exported = JSON.parse(json.stdout);
		assert.deepEqual(rules?.find(({rule}) => rule === 'highestWastedBytes')?.status, 'FAIL');
	});

	test('a .dive-ci of the working directory is read as it is; flags count more; a bad one is named', async () => {
		const here = ['env', '-C', folder];
		const lenient =
			'rules:\n  lowestEfficiency: 0.1\n  highestUserWastedPercent: 1\n  highest-hidden-secrets: 2\n';
		writeFileSync(join(folder, '.dive-ci'), `${lenient}  plugin/rule: error\n`);
		const passed = await layers([...onEngine, image, '--ci'], here);
		assert.equal(passed.code, 0, passed.stdout);
		assert.match(passed.stderr, /^gantry: \.dive-ci: "plugin\/rule" is no rule known here[^\n]*\n$/);
		assert.equal((await layers([...onEngine, image, '--ci', '--highest-hidden-secrets', '1'], here)).code, 1);

		const bad = join(folder, 'rules.yaml');
		writeFileSync(bad, 'rules:\n  highestWastedBytes: 3 elephants\n');
		await fails(
			[...nowhere, image, '--ci', '--ci-config', bad],
			2,
			`${bad}:2: highestWastedBytes: "3 elephants"`,
		);
		await fails([...nowhere, image, '--ci', '--ci-config', `${bad}.none`], 2, `${bad}.none`);
	});

	test('what cannot be read is one line', async () => {
		const none = testName('none');
		await fails([...onEngine, none], 1, `no image "${none}"`, testEngine.host, `docker pull ${none}:latest`);
		await fails([...nowhere, none], 1, 'unix:///nowhere/docker.sock');
		await fails([...onEngine, './none.tar'], 1, './none.tar: there is no such file or directory');
		const text = join(folder, 'text.tar');
		writeFileSync(text, 'no archive at all\n'.repeat(100));
		await fails([text], 1, text, 'no tar archive');
		await fails(
			[...onEngine, image, '--platform', 'linux/s390x'],
			1,
			'nothing for linux/s390x',
			'linux/amd64',
		);
		const two = join(folder, 'two.tar');
		await docker('save', '--output', two, image, 'gantry-test/busy:1');
		await fails([two], 1, 'gantry-test/busy:1', image, '--image');
		const chosen = await exported([two, '--image', 'gantry-test/busy:1']);
		assert.equal(chosen.layers.length, 1);
		const short = join(folder, 'short.tar');
		writeFileSync(short, readFileSync(archive));
		truncateSync(short, 1_000_000);
		await fails([short], 1, short);
		await fails([folder], 1, folder);
	});

	test('of an image and a file of one name the image is meant, unless there is a slash or no such image', async () => {
		const name = testName('both');
		await docker('tag', image, `${name}:latest`);
		writeFileSync(join(folder, name), readFileSync(archive));
		const here = ['env', '-C', folder];
		const names = async (target: string, engine: readonly string[]) => {
			const {stdout} = await layers([...engine, target, '--json'], here);
			const {image: found}: Exported = JSON.parse(stdout);
			return found.references.length;
		};
		assert.equal(await names(name, onEngine), 2);
		assert.equal(await names(`./${name}`, onEngine), 1);
		assert.equal(await names(name, nowhere), 1);
		await docker('rmi', `${name}:latest`);
		assert.equal(await names(name, onEngine), 1);
	});

	test('an image seen before is not read again', async () => {
		await exported([...onEngine, image]);
		await using engine = await openStallingEngine(testEngine.host, folder);
		const {layers: found} = await exported(['-H', engine.host, image]);
		assert.equal(found.length, 5);
		assert.equal(engine.stalled(), 0);
	});

	test('says that the engine is packing, and ctrl+c closes its request', async () => {
		await using engine = await openStallingEngine(testEngine.host, folder);
		await using terminal = await openTerminal({args: ['layers', '-H', engine.host, image]});
		await terminal.sees(/the engine is packing \(\d+ s\)/);
		await engine.asked;
		await terminal.press('ctrl-c');
		assert.equal((await terminal.waitExit()).code, 130);
		await engine.closed();
		assert.equal(engine.stalled(), 0);
	});
});

/** An engine whose images are never packed. */
async function openStallingEngine(host: string, folder: string) {
	const socketPath = host.replace('unix://', '');
	const path = join(mkdtempSync(join(folder, 'stall-')), 'docker.sock');
	let stalled = 0;
	const asked = Promise.withResolvers<void>();
	const ends: Promise<unknown>[] = [];
	const server = createServer((from, to) => {
		if (/\/images\/.*get(?:\?|$)/.test(from.url ?? '')) {
			stalled += 1;
			asked.resolve();
			ends.push(once(to, 'close').then(() => (stalled -= 1)));
			return;
		}
		const {method, url, headers} = from;
		const upstream = ask({socketPath, method, path: url, headers}, answer => {
			to.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(to);
		});
		upstream.on('error', () => to.destroy());
		from.pipe(upstream);
	}).listen(path);
	await once(server, 'listening');
	return {
		host: `unix://${path}`,
		/** Resolves when an image was asked for. */
		asked: asked.promise,
		/** Requests that wait for an image. */
		stalled: () => stalled,
		closed: () => Promise.all(ends),
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
