import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {
	callDocker,
	docker,
	removeTestObjects,
	requireEngine,
	runBusy,
	testEngine,
	testName,
} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const image = 'gantry-test/busy:1';

describe('alarm marks', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('a container that crashes again and again is a crash loop, until somebody stops it', async () => {
		const name = testName('loop');
		await using gantry = await openGantry();
		await docker('run', '--detach', '--name', name, '--restart', 'always', image, 'sh', '-c', 'exit 7');
		await gantry.select(name);
		await gantry.rowIs(name, /[●↻] crash loop \d+×\/5m/);
		await gantry.sees(/crash loop: restarted \d+ times/);
		assert.ok(Number(await docker('inspect', '--format', '{{.RestartCount}}', name)) >= 3);
		await gantry.press('enter');
		await gantry.sees(/crash loop: restarted \d+ times in 5 min, last exit 7/);
		await gantry.press('q');
		await docker('stop', '--time', '0', name);
		await gantry.rowIs(name, '○ exited 7');
	});

	test('a restart by a person is none, however often', async () => {
		const name = testName('hand');
		await runBusy(name, '--restart', 'always');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.rowIs(name, '● up');
		for (let turn = 0; turn < 4; turn += 1) await docker('restart', '--time', '0', name);
		for (let turn = 0; turn < 3; turn += 1) {
			await docker('stop', '--time', '0', name);
			await docker('start', name);
		}
		await docker('pause', name);
		const row = await gantry.rowIs(name, '◐ paused');
		assert.doesNotMatch(row, /loop/);
		await gantry.filter('1 Containers', `alarm:yes name:${name}`);
		await gantry.sees('Nothing matches');
	});

	test('a process killed for memory is seen, with the limit, though the container runs on', async () => {
		const name = testName('oom');
		await using gantry = await openGantry({columns: 160});
		await runBusy(name, '--memory', '16m');
		// Not a child of the main process, which the kernel might take in its stead.
		await callDocker(testEngine.host, ['exec', name, 'tail', '/dev/zero']);
		await gantry.filter('1 Containers', `name:${name} alarm:oom`);
		await gantry.row('1 Containers', /!OOM/);
		await gantry.sees(/OOM: killed by the kernel/);
		await gantry.sees(/ \d+ alarms?/);
		await gantry.press('m');
		await gantry.sees(/\d OOM kill/);
		await gantry.sees(/of 16M \(its limit\)/);
	});

	test('a container killed for memory and started again by its policy keeps the mark', async () => {
		const name = testName('oomagain');
		// The main process itself is killed, once, and no sooner than it has run for longer than the row then says.
		const script = 'test -e /was || { touch /was; sleep 8; exec tail /dev/zero; }; exec sleep 3600';
		const policy = ['--memory', '16m', '--restart', 'always'];
		await docker('run', '--detach', '--name', name, ...policy, image, 'sh', '-c', script);
		await using gantry = await openGantry({columns: 160});
		await gantry.select(name);
		await gantry.row('1 Containers', /● up [0-6]s !OOM/, {within: 30_000});
		assert.equal(await docker('inspect', '--format', '{{.RestartCount}}', name), '1');
		assert.equal(await docker('inspect', '--format', '{{.State.Running}}', name), 'true');
	});

	test('failing probes are told with what the last one wrote, and on the row of the project', async () => {
		const [sick, well] = [testName('sick'), testName('well')];
		const project = testName('proj');
		const label = ['--label', `com.docker.compose.project=${project}`];
		await runBusy(well, ...label);
		await runBusy(
			sick,
			...label,
			...[
				'--health-cmd',
				'echo "disk is 98% full"; exit 3',
				'--health-interval',
				'1s',
				'--health-retries',
				'1',
			],
		);
		await using gantry = await openGantry();
		await gantry.select(sick);
		await gantry.rowIs(sick, /● up \S+ !unhealthy/);
		await gantry.sees('unhealthy: probe exit 3: disk is 98% full');
		await gantry.filter('1 Containers', project);
		await gantry.press('v');
		await gantry.row('1 Containers', /2 up 1 unhealthy/);
		await gantry.press('!');
		await gantry.row('1 Containers', /2 up 1 unhealthy/);
		await gantry.noRow('1 Containers', well);
	});
});
