import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';
import {rootTar} from '../helpers/root-tar.ts';

const idOf = (reference: string) => docker('inspect', '--format', '{{.Id}}', reference);

describe('the choices of a pull', {skip: requireEngine(), timeout: 180_000}, () => {
	const pulled: string[] = [];
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-choices-'));
	after(async () => {
		for (const reference of pulled) if (await hasImage(reference)) await docker('rmi', reference);
		await removeTestObjects();
		rmSync(folder, {recursive: true, force: true});
	});

	test('all tags come, one after the other, and are named', async () => {
		const name = testName('tags');
		const tags = ['1.0', '1.1', 'edge'];
		for (const tag of tags) await pushImage(`${name}:${tag}`);
		const repository = `${testEngine.registry}/${name}`;
		pulled.push(...tags.map(tag => `${repository}:${tag}`));
		await using gantry = await openGantry();
		await gantry.press('P');
		await gantry.sees('╭ Pull an image');
		await gantry.type(`${repository}:1.0`);
		await gantry.press('tab', 'tab', 'space', 'enter');
		await gantry.sees('all tags are asked for by the');
		await gantry.fill(repository);
		await gantry.press('enter');
		await gantry.tells(`${repository} (all tags) pulled: 1.0, 1.1, edge`);
		await gantry.row('4 Transfers', /all tags\).* 100% +3 tags/);
		for (const tag of tags) assert.equal(await hasImage(`${repository}:${tag}`), true);

		for (const tag of tags) await docker('rmi', `${repository}:${tag}`);
		await gantry.command(`pull -a ${repository}`);
		await gantry.until(
			'all are there',
			() => gantry.pane('4 Transfers').filter(row => row.includes('3 tags')).length === 2,
		);
		for (const tag of tags) assert.equal(await hasImage(`${repository}:${tag}`), true);
	});

	test('the platform chooses among those of an image', async () => {
		const name = testName('arch:1');
		const reference = `${testEngine.registry}/${name}`;
		pulled.push(reference);
		const ids: string[] = [];
		const parts = ['amd64', 'arm64'].map(architecture => `${reference}-${architecture}`);
		for (const part of parts) {
			ids.push(await docker('import', rootTar(folder, `${part.slice(-5)}.tar`), part));
			await docker('push', '--quiet', part);
		}
		await docker('manifest', 'create', '--insecure', reference, ...parts);
		await docker('manifest', 'annotate', '--arch', 'arm64', reference, parts[1] ?? '');
		await docker('manifest', 'push', '--insecure', reference);
		await docker('rmi', ...parts);
		await using gantry = await openGantry();
		await gantry.press('P');
		await gantry.sees('╭ Pull an image');
		await gantry.type(reference);
		await gantry.press('tab');
		await gantry.type('linux/arm 64');
		await gantry.sees('a platform is os[/architecture[/variant]]');
		await gantry.fill('linux/arm64');
		await gantry.press('enter');
		await gantry.tells(`${reference} (linux/arm64) pulled`);
		assert.equal(await idOf(reference), ids[1]);
		await gantry.command(`pull --platform linux/amd64 ${reference}`);
		await gantry.tells(`${reference} (linux/amd64) pulled`);
		assert.equal(await idOf(reference), ids[0]);
	});
});
