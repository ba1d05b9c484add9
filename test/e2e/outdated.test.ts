import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {registryAccount} from '../../scripts/engine/registry.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, type GantryOptions, openGantry} from '../helpers/gantry.ts';
import {openRegistry} from '../helpers/started-registry.ts';

const {registry, authRegistry} = testEngine;
const manifestList = 'application/vnd.docker.distribution.manifest.list.v2+json';
const manifest = 'application/vnd.docker.distribution.manifest.v2+json';

const inspect = (name: string, format: string) => docker('inspect', '--format', format, name);
const imageOf = (name: string) => inspect(name, '{{.Image}}');
const idOf = (name: string) => inspect(name, '{{.Id}}');

/** Makes an image of settings alone. @returns its id. */
async function build(reference: string, ...lines: readonly string[]): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
	try {
		const text = ['FROM gantry-test/busy:1', 'CMD ["sleep", "3600"]', ...lines].join('\n');
		writeFileSync(join(folder, 'Dockerfile'), text);
		await docker('build', '--quiet', '--tag', reference, folder);
		return await inspect(reference, '{{.Id}}');
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** As `build`, and into its registry. */
async function publish(reference: string, ...lines: readonly string[]): Promise<string> {
	const id = await build(reference, ...lines);
	await docker('push', '--quiet', reference);
	return id;
}

/** Another image for a tag in its registry alone: here the tag stays as it is. @returns the new image's id. */
async function publishThere(reference: string, ...lines: readonly string[]): Promise<string> {
	const before = await inspect(reference, '{{.Id}}');
	const next = await publish(reference, ...lines);
	await docker('tag', before, reference);
	await docker('rmi', next);
	return next;
}

const run = (name: string, image: string): Promise<string> =>
	docker('run', '--detach', '--name', name, '--stop-timeout', '1', image);

async function openOutdated(name: string, options: GantryOptions = {}): Promise<Gantry> {
	const gantry = await openGantry(options);
	await gantry.command('outdated');
	await gantry.sees('╭ Outdated');
	await gantry.press('/');
	await gantry.type(`name:${name}`);
	await gantry.press('enter');
	await gantry.sees(`/name:${name}`);
	return gantry;
}

/** A container's row; its name may be cut in the middle. */
const rowOf = (gantry: Gantry, name: string, state: string | RegExp): Promise<string> => {
	const words = typeof state === 'string' ? state.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : state.source;
	return gantry.line(new RegExp(`${name.slice(-7)} .*${words}`));
};

/** `GET` or `PUT` of a manifest in the open registry. */
async function manifestAt(
	name: string,
	tag: string,
): Promise<{readonly digest: string; readonly size: number}> {
	const answer = await fetch(`http://${registry}/v2/${name}/manifests/${tag}`, {headers: {accept: manifest}});
	const body = await answer.text();
	return {digest: answer.headers.get('docker-content-digest') ?? '', size: Buffer.byteLength(body)};
}

type Entry = {readonly tag: string; readonly architecture: string};

async function putIndex(name: string, tag: string, entries: readonly Entry[]): Promise<void> {
	const manifests = await Promise.all(
		entries.map(async ({tag: of, architecture}) => ({
			mediaType: manifest,
			...(await manifestAt(name, of)),
			platform: {os: 'linux', architecture},
		})),
	);
	const answer = await fetch(`http://${registry}/v2/${name}/manifests/${tag}`, {
		method: 'PUT',
		headers: {'content-type': manifestList},
		body: JSON.stringify({schemaVersion: 2, mediaType: manifestList, manifests}),
	});
	assert.equal(answer.status, 201, await answer.text());
}

describe('outdated containers', {skip: requireEngine(), timeout: 300_000}, () => {
	const images: string[] = [];
	const folders: string[] = [];
	const tagOf = (name: string, host = registry): string => {
		const reference = `${host}/${testName(name)}:1`;
		images.push(reference);
		return reference;
	};
	const folder = (): string => {
		const made = mkdtempSync(join(tmpdir(), 'gantry-test-outdated-'));
		folders.push(made);
		return made;
	};
	let architecture = '';

	before(async () => {
		architecture = await inspect('gantry-test/busy:1', '{{.Architecture}}');
	});
	after(async () => {
		await removeTestObjects();
		for (const image of images) await docker('rmi', '--force', image).catch(() => undefined);
		for (const made of folders) rmSync(made, {recursive: true, force: true});
	});

	for (const [columns, rows] of [
		[160, 45],
		[80, 24],
	] as const) {
		test(`a new tag is shipped, and rolled back, at ${columns}x${rows}`, async () => {
			const [name, image] = [testName(`ship${columns}`), tagOf(`ship${columns}`)];
			const first = await publish(image, 'LABEL version=1');
			await run(name, image);
			const old = await idOf(name);
			await using gantry = await openOutdated(name, {columns, rows});
			await rowOf(gantry, name, '● up to date');

			const second = await publishThere(image, 'LABEL version=2');
			await gantry.press('r');
			await rowOf(gantry, name, '↑ newer there');
			assert.equal(await imageOf(name), first);

			await gantry.press('N');
			await gantry.sees(`Update ${name}?`);
			await gantry.press('k', 'enter');
			await gantry.tells(/was made anew .*the old one is/);
			assert.equal(await imageOf(name), second);
			assert.notEqual(await idOf(name), old);
			assert.equal(await inspect(name, '{{.State.Status}}'), 'running');
			assert.equal(await inspect(old, '{{.State.Status}}'), 'exited');
			await rowOf(gantry, name, '● up to date');

			await gantry.command('roll-back');
			await gantry.sees(`Roll ${name} back?`);
			await gantry.press('r', 'enter');
			await gantry.tells(/is the old one again/);
			assert.equal(await idOf(name), old);
			assert.equal(await imageOf(name), first);
			assert.equal(await inspect(name, '{{.State.Status}}'), 'running');
			await rowOf(gantry, name, '↻ newer here');
			assert.equal(await docker('ps', '--all', '--quiet', '--filter', `name=${name}-new`), '');
		});
	}

	test('a new image that does not get healthy is taken back', async () => {
		const [name, image] = [testName('sick'), tagOf('sick')];
		await publish(image, 'LABEL version=1');
		await run(name, image);
		const old = await idOf(name);
		const check = 'HEALTHCHECK --interval=1s --retries=1 CMD echo "no way to the database"; exit 1';
		await publishThere(image, 'LABEL version=2', check);
		await using gantry = await openOutdated(name);
		await rowOf(gantry, name, '↑ newer there');
		await gantry.press('N');
		await gantry.sees(`Update ${name}?`);
		await gantry.press('enter');
		await gantry.tells(/Cannot recreate .*it is as it was.*turned unhealthy: no way to the database/);
		assert.equal(await idOf(name), old);
		assert.equal(await inspect(name, '{{.State.Status}}'), 'running');
		assert.equal(await docker('ps', '--all', '--quiet', '--filter', `name=${name}-`), '');
		await rowOf(gantry, name, '↻ newer here');
	});

	test('P pulls the images of all that are marked, and their rows follow', async () => {
		const names = [testName('pull-a'), testName('pull-b')];
		const both = [tagOf('pull-a'), tagOf('pull-b')];
		for (const [index, image] of both.entries()) {
			await publish(image, 'LABEL version=1');
			await run(names[index] ?? '', image);
			await publishThere(image, 'LABEL version=2');
		}
		await using gantry = await openOutdated(testName('pull-'));
		for (const name of names) await rowOf(gantry, name, '↑ newer there');
		await gantry.press('ctrl-a', 'P');
		for (const name of names) await rowOf(gantry, name, '↻ newer here');
	});

	test('an index around the same image is up to date, one around another is not', async () => {
		const [name, repository] = [testName('index'), testName('index')];
		const plain = `${registry}/${repository}:plain`;
		const multi = `${registry}/${repository}:multi`;
		images.push(plain, multi);
		await publish(`${registry}/${repository}:foreign`, 'LABEL version=foreign');
		images.push(`${registry}/${repository}:foreign`);
		const id = await publish(plain, 'LABEL version=1');
		const foreign = {tag: 'foreign', architecture: 's390x'};
		const own = {tag: 'plain', architecture};
		await putIndex(repository, 'multi', [foreign, own]);
		await docker('rmi', plain);
		await docker('pull', '--quiet', multi);
		assert.equal(await inspect(multi, '{{.Id}}'), id);
		await run(name, multi);
		await using gantry = await openOutdated(name);
		await rowOf(gantry, name, '● up to date');

		// The digest is another one, the image for this platform is not.
		await putIndex(repository, 'multi', [own, foreign]);
		await gantry.press('r');
		await gantry.sees(/asked|up to date/);
		await rowOf(gantry, name, '● up to date');

		await publish(`${registry}/${repository}:next`, 'LABEL version=2');
		images.push(`${registry}/${repository}:next`);
		await putIndex(repository, 'multi', [{tag: 'next', architecture}, foreign]);
		await gantry.press('r');
		await rowOf(gantry, name, '↑ newer there');
		await gantry.sees(/there [0-9a-f]{12} \(made \d+[sm] ago\)/);
	});

	test('what cannot be known is said to be unknown, with the reason', async () => {
		await using down = await openRegistry();
		const [lost, built, pinned, gone] = ['lost', 'built', 'pinned', 'gone'].map(word =>
			testName(`u-${word}`),
		);
		const image = tagOf('u-lost', down.address);
		await publish(image, 'LABEL version=1');
		await run(lost ?? '', image);
		await down.stop();
		await build(`${testName('u-built')}:1`);
		await run(built ?? '', `${testName('u-built')}:1`);
		const fixed = tagOf('u-pinned');
		await publish(fixed, 'LABEL version=pinned');
		await run(pinned ?? '', await inspect(fixed, '{{index .RepoDigests 0}}'));
		const removed = tagOf('u-gone');
		await publish(removed, 'LABEL version=gone');
		await run(gone ?? '', removed);
		const {digest} = await manifestAt(testName('u-gone'), '1');
		await fetch(`http://${registry}/v2/${testName('u-gone')}/manifests/${digest}`, {method: 'DELETE'});

		await using gantry = await openOutdated(testName('u-'), {args: ['--read-only']});
		await rowOf(gantry, lost ?? '', /\? .*refused/);
		await rowOf(gantry, built ?? '', '· built here');
		await rowOf(gantry, pinned ?? '', '· pinned');
		await rowOf(gantry, gone ?? '', '✖ the tag is gone');
		await gantry.press('N');
		await gantry.tells('read-only session');
	});

	test('a registry that asks for an account is told the one that docker logged in with', async () => {
		const [name, image] = [testName('locked'), tagOf('locked', authRegistry)];
		const config = folder();
		const {user, password} = registryAccount;
		await docker('--config', config, 'login', '--username', user, '--password', password, authRegistry);
		await build(image, 'LABEL version=1');
		await docker('--config', config, 'push', '--quiet', image);
		await run(name, image);
		{
			await using stranger = await openOutdated(name);
			await rowOf(stranger, name, `? no permission: :login ${authRegistry}`);
		}
		await using gantry = await openOutdated(name, {env: {DOCKER_CONFIG: config}});
		await rowOf(gantry, name, '● up to date');
	});
});
