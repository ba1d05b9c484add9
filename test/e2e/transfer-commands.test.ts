import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {registryAccount} from '../../scripts/engine/registry.ts';
import {
	callDocker,
	docker,
	removeTestObjects,
	requireEngine,
	testEngine,
	testName,
} from '../helpers/docker.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';
import {runGantry} from '../helpers/run-gantry.ts';

/** The digest that the registry has under a name, by the docker client's pull of it. */
const digestIn = async (reference: string): Promise<string> => {
	await docker('pull', '--quiet', reference);
	const digests = await docker('image', 'inspect', '--format', '{{join .RepoDigests "\\n"}}', reference);
	return (
		/sha256:[0-9a-f]{64}/.exec(
			digests.split('\n').find(line => line.startsWith(reference.replace(/:[^:/]*$/, '@'))) ?? '',
		)?.[0] ?? ''
	);
};

describe('commands about registries', {skip: requireEngine(), timeout: 180_000}, () => {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-accounts-'));
	const env = {DOCKER_HOST: testEngine.host, DOCKER_CONFIG: folder};
	const gantry = (...args: readonly string[]) => runGantry(args, {env});
	const name = testName('commands');
	const references: string[] = [];
	let first = '';

	before(async () => {
		first = await pushImage(`${name}:1`);
		references.push(first, await pushImage(`${name}:10`), await pushImage(`${name}:9`));
	});
	after(async () => {
		for (const reference of references) if (await hasImage(reference)) await docker('rmi', reference);
		await removeTestObjects();
		rmSync(folder, {recursive: true});
	});

	test('pull prints what docker prints, line by line, and the image is there', async () => {
		const {code, stdout, stderr} = await gantry('pull', first);
		assert.deepEqual({code, stderr}, {code: 0, stderr: ''});
		assert.match(stdout, /^1: Pulling from /m);
		assert.match(stdout, /^[0-9a-f]{12}: Pull complete$/m);
		assert.match(stdout, new RegExp(`^${first}  ${await digestIn(first)}  pulled$`, 'm'));
		assert.equal(await hasImage(first), true);
		const again = await gantry('pull', first);
		assert.match(again.stdout, /up to date\n$/);
	});

	test('--quiet prints the name, --json one object a line, both for several images', async () => {
		const [, ten = '', nine = ''] = references;
		assert.deepEqual(await gantry('pull', '-q', ten, nine), {
			code: 0,
			stdout: `${ten}\n${nine}\n`,
			stderr: '',
		});
		const {stdout} = await gantry('pull', '--json', ten);
		const events = stdout
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		assert.deepEqual(
			{...events.at(-1), status: undefined},
			{event: 'result', reference: ten, outcome: 'done', digest: await digestIn(ten), status: undefined},
		);
	});

	test('a failure goes to stderr in the words of the registry, the others are pulled still', async () => {
		const gone = `${testEngine.registry}/${name}:none`;
		const {code, stdout, stderr} = await gantry('pull', '-q', gone, first);
		assert.equal(code, 1);
		assert.equal(stdout, `${first}\n`);
		assert.match(stderr, new RegExp(`^gantry: cannot pull ${gone}: .*(unknown|not found)`));
		const docker = await callDocker(testEngine.host, ['pull', gone]);
		assert.equal(docker.code, code, "docker's exit code");
	});

	test('all tags of a repository', async () => {
		const {code, stdout} = await gantry('pull', '-q', '-a', first.replace(/:1$/, ''));
		assert.equal(code, 0);
		assert.deepEqual(stdout.trimEnd().split('\n').toSorted(), references.toSorted());
	});

	test('push: what the docker client pulls then has the same digest', async () => {
		const target = `${testEngine.registry}/${testName('pushed')}:2`;
		references.push(target);
		await docker('pull', '--quiet', first);
		await docker('tag', first, target);
		const {code, stdout, stderr} = await gantry('push', target);
		assert.deepEqual({code, stderr}, {code: 0, stderr: ''});
		assert.match(stdout, /^[0-9a-f]{12}: (Pushed|Layer already exists|Mounted from .*)$/m);
		const digest = /(sha256:[0-9a-f]{64}) {2}pushed\n$/.exec(stdout)?.[1];
		await docker('rmi', target);
		assert.equal(digest, await digestIn(target));
	});

	test('push of what is not there, and to a registry that asks who it is', async () => {
		const missing = `${testEngine.registry}/${testName('missing')}:1`;
		assert.deepEqual(await gantry('push', missing), {
			code: 1,
			stdout: '',
			stderr: `gantry: no image here is called ${missing}\n`,
		});
		const closed = `${testEngine.authRegistry}/${testName('closed')}:1`;
		references.push(closed);
		await docker('pull', '--quiet', first);
		await docker('tag', first, closed);
		const refused = await gantry('push', closed);
		assert.equal(refused.code, 1);
		assert.match(refused.stderr, /no basic auth credentials.*gantry login/);
		// What the docker client logged in to, Gantry uses.
		const {user, password} = registryAccount;
		await docker('--config', folder, 'login', '-u', user, '-p', password, testEngine.authRegistry);
		const {code, stdout} = await gantry('push', '-q', closed);
		assert.deepEqual({code, stdout}, {code: 0, stdout: `${closed}\n`});
		assert.deepEqual(await gantry('tags', closed.replace(/:1$/, '')), {code: 0, stdout: '1\n', stderr: ''});
	});

	test('tags in their natural order, with what they stand for', async () => {
		const repository = first.replace(/:1$/, '');
		assert.deepEqual(await gantry('tags', repository), {code: 0, stdout: '1\n9\n10\n', stderr: ''});
		const {stdout} = await gantry('tags', repository, '--digests', '--json');
		const tags: readonly {tag: string; digest: string}[] = JSON.parse(stdout);
		assert.deepEqual(
			tags.map(({tag}) => tag),
			['1', '9', '10'],
		);
		assert.equal(tags[0]?.digest, await digestIn(first));
		const gone = await gantry('tags', `${testEngine.registry}/${testName('nobody')}`);
		assert.equal(gone.code, 1);
		assert.match(gone.stderr, /^gantry: .*(unknown|not found|not known)/i);
	});

	test('search needs the network of the engine: its words when there is none', async () => {
		const {code, stderr} = await gantry('search', 'nginx');
		assert.equal(code, 1);
		assert.match(stderr, /^gantry: .*(no such host|dial tcp|connect|timeout|server misbehaving)/);
	});
});
