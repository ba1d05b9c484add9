import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

describe('what is on the engine', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test('shows the containers and images that are there', async () => {
		const name = testName('there');
		await runBusy(name);
		const exited = testName('gone');
		await assert.rejects(docker('run', '--name', exited, 'gantry-test/busy:1', 'sh', '-c', 'exit 7'));
		await docker('tag', 'gantry-test/busy:1', testName('img:5'));

		await using gantry = await openGantry();
		assert.match(await gantry.select(name), /gantry-test\/busy:1 +● up \d+s/);
		await gantry.select(exited);
		await gantry.rowIs(exited, '○ exited 7');
		const id = await docker('images', '--quiet', 'gantry-test/busy:1');
		const row = await gantry.selectImage(testName('img:5'));
		assert.ok(row.includes(id), row);
		await gantry.sees(/Docker \d+\.\d+/);
	});

	test('shows what others do, without a key', async () => {
		const name = testName('others');
		const renamed = testName('after');
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', testName(''));
		await runBusy(name);
		await gantry.rowIs(name, '● up');
		await gantry.row('5 Events', /container +start/);
		await docker('stop', '--time', '0', name);
		await gantry.rowIs(name, '○ exited 137');
		await docker('rename', name, renamed);
		await gantry.rowIs(renamed, '○ exited 137');
		await gantry.noRow('1 Containers', 'others');
		await docker('start', renamed);
		await gantry.rowIs(renamed, '● up');
		await docker('pause', renamed);
		await gantry.rowIs(renamed, '◐ paused');
		await docker('unpause', renamed);
		await gantry.rowIs(renamed, '● up');
		await docker('rm', '--force', renamed);
		await gantry.noRow('1 Containers', 'after');
	});

	test('shows images that others tag and remove', async () => {
		const reference = testName('tagged:9');
		await using gantry = await openGantry();
		await gantry.filter('2 Images', testName('tagged'));
		await docker('tag', 'gantry-test/busy:1', reference);
		await gantry.row('2 Images', 'tagged:9');
		await docker('rmi', reference);
		await gantry.noRow('2 Images', 'tagged:9');
	});

	test('a storm of containers ends with all of them in the list', async () => {
		const names = Array.from({length: 12}, (_, index) => testName(`storm-${String(index).padStart(2, '0')}`));
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', testName('storm'));
		await Promise.all(names.map(name => runBusy(name, '--network', 'none')));
		for (const name of names) await gantry.rowIs(name, '● up');
		await docker('rm', '--force', ...names);
		await gantry.noRow('1 Containers', 'storm-');
	});
});
