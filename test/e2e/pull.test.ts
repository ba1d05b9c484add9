import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';
import {openSlowProxy} from '../helpers/slow-proxy.ts';

const bytesPerSecond = 400_000;

async function pull(gantry: Gantry, reference: string): Promise<void> {
	await gantry.press('P');
	await gantry.sees('╭ Pull an image');
	await gantry.type(reference);
	await gantry.press('enter');
}

describe('quick pull', {skip: requireEngine(), timeout: 180_000}, () => {
	const pulled: string[] = [];
	after(async () => {
		for (const reference of pulled) if (await hasImage(reference)) await docker('rmi', reference);
		await removeTestObjects();
	});

	test('shows its progress, and the image is there', async () => {
		const name = testName('slow:1');
		await pushImage(name, {megabytes: 4});
		await using proxy = await openSlowProxy(testEngine.registry, bytesPerSecond);
		const reference = `${proxy.address}/${name}`;
		pulled.push(reference);
		await using gantry = await openGantry();
		await pull(gantry, reference);
		await gantry.row('4 Transfers', /slow:1.* [1-9]\d?%/);
		await gantry.row('4 Transfers', /slow:1.*kB\/s/);
		assert.equal(await hasImage(reference), false);
		proxy.release();
		await gantry.row('4 Transfers', /slow:1.* 100%/);
		await gantry.tells(`${reference} pulled`);
		assert.equal(await hasImage(reference), true);
		await gantry.selectImage('slow:1');
	});

	test('the tag is latest when none is given; the palette takes a reference too', async () => {
		const name = testName('palette');
		const reference = await pushImage(`${name}:latest`);
		pulled.push(`${reference}`);
		await using gantry = await openGantry();
		await gantry.command(`pull ${reference.replace(/:latest$/, '')}`);
		await gantry.tells(`${reference} pulled`);
		assert.equal(await hasImage(reference), true);
	});

	test('what the registry does not have fails in the words of the engine, until esc', async () => {
		const reference = `${testEngine.registry}/${testName('missing')}:7`;
		await using gantry = await openGantry();
		await pull(gantry, reference);
		await gantry.tells(`Cannot pull ${reference}:`);
		await gantry.tells(/manifest .*(unknown|not found).*check the name and the tag/);
		await gantry.press('2', '1');
		await gantry.tells(`Cannot pull ${reference}:`);
		await gantry.press('esc');
		await gantry.seesNot('Cannot pull');
		await gantry.row('4 Transfers', /✖|manifest|unknown/);
	});

	test('x in the transfers pane cancels a pull, and the engine gives it up', async () => {
		const name = testName('cancel:1');
		await pushImage(name, {megabytes: 6});
		await using proxy = await openSlowProxy(testEngine.registry, bytesPerSecond);
		const reference = `${proxy.address}/${name}`;
		pulled.push(reference);
		await using gantry = await openGantry();
		await pull(gantry, reference);
		await gantry.row('4 Transfers', /cancel:1.* [1-9]\d?%/);
		await gantry.press('4', 'x');
		await gantry.tells(`pull of ${reference} cancelled`);
		await gantry.row('4 Transfers', /cancel:1.*cancelled/);
		assert.equal(await hasImage(reference), false);

		proxy.release();
		await gantry.press('r');
		await gantry.tells(`${reference} pulled`);
		assert.equal(await hasImage(reference), true);
	});

	test('leaving while a pull runs is asked about', async () => {
		const name = testName('leaving:1');
		await pushImage(name, {megabytes: 6});
		await using proxy = await openSlowProxy(testEngine.registry, bytesPerSecond);
		const reference = `${proxy.address}/${name}`;
		pulled.push(reference);
		await using gantry = await openGantry();
		await pull(gantry, reference);
		await gantry.row('4 Transfers', /leaving:1.* [1-9]\d?%/);
		await gantry.press('q');
		await gantry.sees('1 transfer is under way and would be cancelled.');
		await gantry.press('esc');
		await gantry.seesNot('Leave Gantry?');
		await gantry.press('q');
		await gantry.sees('Leave Gantry?');
		await gantry.press('enter');
		assert.equal((await gantry.waitExit()).code, 0);
		assert.equal(await hasImage(reference), false);
	});

	test('a reference that is none stays in the form, with the rule', async () => {
		await using gantry = await openGantry();
		for (const [wrong, rule] of [
			['some/Case:1', '"some/Case": a repository name is lower case'],
			['a B', '"B": '],
			['name:-x', '"-x": a tag is'],
		] as const) {
			await pull(gantry, wrong);
			await gantry.sees(rule);
			await gantry.sees('╭ Pull an image');
			await gantry.press('esc');
			await gantry.seesNot('╭ Pull an image');
		}
		await gantry.row('4 Transfers', 'No transfers');
	});
});
