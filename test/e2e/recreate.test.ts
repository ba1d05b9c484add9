import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {after, before, describe, test} from 'node:test';
import {promisify} from 'node:util';
import {docker, removeTestObjects, requireEngine, runBusy, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {differences, inspectionOf} from '../helpers/same-container.ts';

const busy = 'gantry-test/busy:1';
const forever = [busy, 'sleep', '3600'];
const network = testName('net');
const second = testName('second');
const peer = testName('peer');
const image = testName('made:1');

/** One container each: what it is run with. */
const cases: Readonly<Record<string, readonly string[]>> = {
	plain: forever,
	quoting: [
		...['--env', 'A=b c', '--env', `Q=it's "x" $HOME \`id\` \\ é 日本`, '--env', 'NL=a\nb\n'],
		...['--env', 'ESC=\u001B[31m\t\u0007', '--label', 'x.y=z w', '--label', 'empty'],
		...[busy, 'sh', '-c', 'echo "$A" > /tmp/x; sleep 3600'],
	],
	ports: [
		...['--publish', '80', '--publish', '127.0.0.1:18080:81', '--publish', '18100-18102:90-92/udp'],
		...['--publish', '18500-18510:70', '--expose', '99/udp', ...forever],
	],
	'publish-all': ['--publish-all', '--expose', '80', ...forever],
	volumes: [
		...['--volume', '/anonymous', '--volume', `${testName('named')}:/named:ro`, '--volume', '/tmp:/host:ro'],
		...['--tmpfs', '/run:rw,size=1m', '--tmpfs', '/bare', ...forever],
	],
	mounts: [
		...[
			'--mount',
			'type=volume,target=/nocopy,volume-nocopy',
			'--mount',
			'type=bind,source=/tmp,target=/b,ro',
		],
		...['--mount', 'type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=1770'],
		...['--mount', `type=volume,source=${testName('labelled')},target=/v,"volume-label=a=b,c"`, ...forever],
	],
	'volumes-from': ['--volumes-from', `${peer}:ro`, ...forever],
	memory: [
		...['--memory', '64m', '--memory-reservation', '32m', '--memory-swap', '96m', '--shm-size', '32m'],
		...['--oom-score-adj', '500', ...forever],
	],
	swap: ['--memory', '64m', '--memory-swap', '-1', ...forever],
	cpu: ['--cpus', '0.55', '--cpu-shares', '512', '--cpuset-cpus', '0', '--pids-limit', '77', ...forever],
	quota: [
		...[
			'--cpu-period',
			'50000',
			'--cpu-quota',
			'25000',
			'--ulimit',
			'nofile=1024:2048',
			'--ulimit',
			'core=0',
		],
		...forever,
	],
	rights: [
		...['--cap-add', 'NET_ADMIN', '--cap-drop', 'MKNOD', '--security-opt', 'no-new-privileges'],
		...['--group-add', '1000', '--device', '/dev/null:/dev/nothing:r'],
		...['--device-cgroup-rule', 'c 42:* rmw', ...forever],
	],
	unconfined: [
		'--security-opt',
		'systempaths=unconfined',
		'--security-opt',
		'seccomp=unconfined',
		...forever,
	],
	'host-network': ['--network', 'host', '--user', '1000:1000', '--workdir', '/tmp', ...forever],
	'no-network': ['--network', 'none', '--read-only', '--init=false', ...forever],
	joined: ['--network', `container:${peer}`, '--pid', `container:${peer}`, ...forever],
	names: [
		...['--hostname', 'here', '--domainname', 'example.com', '--add-host', 'a:1.2.3.4', '--dns', '9.9.9.9'],
		...['--dns-search', 'example.com', '--dns-option', 'ndots:1', '--link', `${peer}:other`, ...forever],
	],
	networks: [
		...['--network', network, '--ip', '10.99.7.77', '--network-alias', 'one', '--network-alias', 'two'],
		...['--hostname', 'web', ...forever],
	],
	restart: ['--restart', 'on-failure:3', '--stop-signal', 'SIGINT', ...forever],
	always: ['--restart', 'unless-stopped', '--tty', '--interactive', ...forever],
	health: [
		...['--health-cmd', 'test -e "/x y"', '--health-interval', '90s', '--health-timeout', '1500ms'],
		...['--health-retries', '5', '--health-start-period', '1m', ...forever],
	],
	log: ['--log-opt', 'max-size=1m', '--log-opt', 'max-file=2', ...forever],
	'no-log': ['--log-driver', 'none', '--sysctl', 'net.ipv4.ip_forward=1', ...forever],
	compose: [
		...['--label', 'com.docker.compose.project=shop', '--label', 'com.docker.compose.service=api'],
		...['--label', 'com.docker.compose.container-number=1', ...forever],
	],
	image: [image],
	'image-command': ['--env', 'OWN=2', '--env', 'FROM_IMAGE=changed', '--label', 'own=1', image, '1800'],
	'image-entrypoint': ['--entrypoint', '/bin/sh', '--user', '0', image, '-c', 'sleep 3600'],
	'image-no-entrypoint': ['--entrypoint', '', image, 'sleep', '3600'],
	'image-no-health': ['--no-healthcheck', '--publish', '81', '--workdir', '/', image],
	'image-health': ['--health-interval', '2h', '--stop-signal', 'SIGKILL', image],
};

const names = Object.keys(cases);
/** Those that are made anew as well. */
const anew = [
	...[
		'plain',
		'ports',
		'volumes',
		'mounts',
		'volumes-from',
		'memory',
		'rights',
		'networks',
		'joined',
		'always',
	],
	...['compose', 'image-command', 'image-entrypoint', 'image-no-entrypoint'],
];
const nameOf = (word: string): string => testName(`eq-${word}`);
const bulk = testName('eq-');

/** The text that the program last wrote into the clipboard of the terminal. */
async function clipboard(gantry: Gantry): Promise<string> {
	const writes = (): readonly string[] =>
		[...gantry.rawOutput.matchAll(/\u001B\]52;c;([\w+/=]+)\u0007/g)].map(match => match[1] ?? '');
	await gantry.until('something was copied', () => writes().length > 0);
	return Buffer.from(writes().at(-1) ?? '', 'base64').toString();
}

/** Runs a line as a person would who pastes it. */
async function inShell(line: string): Promise<void> {
	const env = {PATH: process.env.PATH, HOME: '/nonexistent', DOCKER_HOST: testEngine.host};
	await promisify(execFile)('sh', ['-c', line], {env});
}

/** Four at a time: the engine is not waited for one by one. */
async function forEach(words: readonly string[], act: (word: string) => Promise<void>): Promise<void> {
	const waiting = words.values();
	const work = async (): Promise<void> => {
		for (const word of waiting) await act(word);
	};
	await Promise.all([work(), work(), work(), work()]);
}

/** Makes an image of settings alone. */
async function build(reference: string, lines: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
	try {
		writeFileSync(join(folder, 'Dockerfile'), [`FROM ${busy}`, ...lines].join('\n'));
		await docker('build', '--quiet', '--tag', reference, folder);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

const runCase = async (word: string): Promise<void> => {
	await docker('rm', '--force', '--volumes', nameOf(word)).catch(() => undefined);
	await docker('run', '--detach', '--name', nameOf(word), '--stop-timeout', '1', ...(cases[word] ?? []));
	if (word === 'networks') await docker('network', 'connect', '--alias', 'more', second, nameOf(word));
};

describe('another one like it', {skip: requireEngine(), timeout: 600_000}, () => {
	before(async () => {
		await docker('network', 'create', '--subnet', '10.99.7.0/24', network);
		await docker('network', 'create', second);
		await runBusy(peer, '--volume', '/shared');
		await build(image, [
			...[
				'ENV FROM_IMAGE=1',
				'ENTRYPOINT ["sleep"]',
				'CMD ["3600"]',
				'VOLUME /data',
				'EXPOSE 81',
				'USER 1000',
			],
			...['LABEL from.image=yes', 'WORKDIR /tmp', 'STOPSIGNAL SIGKILL'],
			'HEALTHCHECK --interval=1h --timeout=3s CMD true',
		]);
		await forEach(names, runCase);
	});
	after(removeTestObjects);

	test('Y copies lines that make equivalent containers, one for each that is marked', async () => {
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', `name:${bulk}`);
		await gantry.press('ctrl-a', 'Y');
		await gantry.tells(`copied ${names.length} docker run lines`);
		const text = await clipboard(gantry);
		const lines = new Map(
			// A line feed inside quotes is part of a line.
			text.split(/\n(?=docker )/).map(line => [/--name (\S+)/.exec(line)?.[1] ?? '', line] as const),
		);
		assert.equal(lines.size, names.length);
		await forEach(names, async word => {
			const [name, other] = [nameOf(word), testName(`again-${word}`)];
			const one = await inspectionOf(name);
			// Two cannot hold one port of the host, or one address.
			await docker('rm', '--force', name);
			await inShell((lines.get(name) ?? '').replaceAll(name, other));
			const two = await inspectionOf(other);
			assert.deepEqual(differences(one, two), [], `${word}: ${lines.get(name)}`);
			await docker('rm', '--force', '--volumes', other);
		});
	});

	test('N makes them anew, one after the other, with the same settings and volumes', async () => {
		const words = anew;
		await forEach(words, runCase);
		const before = await Promise.all(words.map(async word => inspectionOf(nameOf(word))));
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', `name:${bulk}`);
		await gantry.press('ctrl-a', 'N');
		await gantry.sees(`Recreate ${words.length} containers, one after the other?`);
		await gantry.type(String(words.length));
		await gantry.press('enter');
		for (const one of before) {
			const is = async (): Promise<boolean> => {
				const [id, state] = (
					await docker('inspect', '--format', '{{.Id}} {{.State.Status}}', one.name)
				).split(' ');
				return id !== one.id && state === 'running';
			};
			while (!(await is().catch(() => false))) await gantry.row('1 Containers', /./);
			const two = await inspectionOf(one.name);
			assert.deepEqual(differences(one, two, {volumes: 'same'}), [], one.name);
		}
		const left = await docker('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${bulk}`);
		assert.deepEqual(left.split('\n').toSorted(), words.map(nameOf).toSorted());
	});

	test('a line that is too long for the clipboard says how to get it', async () => {
		const name = testName('long');
		const file = join(mkdtempSync(join(tmpdir(), 'gantry-test-line-')), 'run.sh');
		const big = 'x'.repeat(70_000);
		await docker('create', '--name', name, '--env', `BIG=${big}`, ...forever);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.filter('1 Containers', `name:${name}`);
		await gantry.press('Y');
		await gantry.tells(/more than a terminal takes/);
		await gantry.tells(/:run-line FILE writes it to a file/);
		await gantry.press('esc');
		await gantry.command(`run-line ${file}`);
		await gantry.tells('wrote the docker run line of');
		assert.ok(readFileSync(file, 'utf8').includes(`--env BIG=${big} ${busy} sleep 3600`));
		rmSync(dirname(file), {recursive: true});
	});

	test('the line is written to a file that only its owner can read', async () => {
		const name = testName('to-file');
		const folder = mkdtempSync(join(tmpdir(), 'gantry-test-line-'));
		const file = join(folder, 'run.sh');
		try {
			await runBusy(name, '--env', 'TOKEN=secret');
			await using gantry = await openGantry();
			await gantry.select(name);
			await gantry.command(`run-line ${file}`);
			await gantry.tells('wrote the docker run line of');
			assert.match(
				readFileSync(file, 'utf8'),
				/^#!\/bin\/sh\ndocker run --detach --name .* --env TOKEN=secret /,
			);
			assert.equal(statSync(file).mode & 0o077, 0);
			await gantry.command(`run-line ${file}`);
			await gantry.tells(/cannot write .* EEXIST/);
			await gantry.press('esc');
			await gantry.command('run-line');
			await gantry.sees('Any key leads back to Gantry.');
			await gantry.sees(/docker run --detach --name .*TOKEN=secret/);
			await gantry.press('q');
			await gantry.sees('● live');
		} finally {
			rmSync(folder, {recursive: true});
		}
	});
});
