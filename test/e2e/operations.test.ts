import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

const MiB = 1024 ** 2;
const inspect = (name: string, format: string) => docker('inspect', '--format', format, name);
const isPresent = async (name: string) =>
	(await docker('ps', '--all', '--quiet', '--filter', `name=^${name}$`)) !== '';

const fields = ['memory', 'reservation', 'swap', 'cpus', 'shares', 'cpuset', 'pids', 'restart'] as const;
type Field = (typeof fields)[number];

/** Fills in fields of the form that `L` has opened, which has its cursor on the first, and sends it. */
const change = async (gantry: Gantry, edits: Readonly<Partial<Record<Field, string>>>): Promise<void> => {
	for (const [index, field] of fields.entries()) {
		const text = edits[field];
		if (text !== undefined) await gantry.fill(text);
		if (index < fields.length - 1) await gantry.press('down');
	}
	await gantry.press('enter');
};

const openLimits = async (gantry: Gantry, name: string): Promise<void> => {
	await gantry.press('L');
	await gantry.sees(`Limits of ${name}`);
	await gantry.seesNot('asking the engine');
};

describe('limits of a live container', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('every one is set, as docker inspect says, and shown when the form is opened again', async () => {
		const name = testName('limits');
		await runBusy(name);
		await using gantry = await openGantry({columns: 160});
		await gantry.select(name);
		await openLimits(gantry, name);
		const cores = Number((await docker('info', '--format', '{{.NCPU}}')) || 1);
		await change(gantry, {
			memory: '64m',
			reservation: '32m',
			swap: '96m',
			cpus: '0.5',
			shares: '512',
			cpuset: '0',
			pids: '50',
			restart: 'on-failure:3',
		});
		await gantry.seesNot('Limits of');
		const format =
			'{{with .HostConfig}}{{.Memory}} {{.MemoryReservation}} {{.MemorySwap}} {{.NanoCpus}} {{.CpuShares}} {{.CpusetCpus}} {{.PidsLimit}} {{.RestartPolicy.Name}}:{{.RestartPolicy.MaximumRetryCount}}{{end}}';
		assert.equal(
			await inspect(name, format),
			`${64 * MiB} ${32 * MiB} ${96 * MiB} 500000000 512 0 50 on-failure:3`,
		);
		assert.equal(await inspect(name, '{{.State.Status}}'), 'running');

		await openLimits(gantry, name);
		for (const shown of [
			/Memory {2,}64m/,
			/Reservation {2,}32m/,
			/swap {2,}96m/,
			/CPUs {2,}0\.5/,
			/shares {2,}512/,
			/Cores {2,}0 /,
			/Processes {2,}50/,
			/on-failure:3/,
		])
			await gantry.line(shown);

		// Taken away, as far as an engine lets one.
		await change(gantry, {swap: '-1', reservation: '', cpuset: '', pids: '0', restart: 'no'});
		await gantry.seesNot('Limits of');
		assert.equal(
			await inspect(name, format),
			`${64 * MiB} -1 -1 500000000 512 ${cores > 1 ? `0-${cores - 1}` : '0'} 0 no:0`,
		);
	});

	test('only what was changed is sent: what somebody else sets meanwhile stays', async () => {
		const name = testName('shared');
		await runBusy(name);
		await using gantry = await openGantry();
		await gantry.select(name);
		await openLimits(gantry, name);
		await docker('update', '--pids-limit', '77', name);
		await change(gantry, {shares: '256'});
		await gantry.seesNot('Limits of');
		assert.equal(await inspect(name, '{{.HostConfig.CpuShares}} {{.HostConfig.PidsLimit}}'), '256 77');
	});

	test('what the engine or the kernel refuses stands in the form, with what was typed', async () => {
		const name = testName('refused');
		await runBusy(name);
		await docker('exec', name, 'dd', 'if=/dev/zero', 'of=/dev/shm/full', 'bs=1M', 'count=30');
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.select(name);
		await openLimits(gantry, name);

		await change(gantry, {cpus: '99'});
		await gantry.sees('Range of CPUs is from 0.01');
		await gantry.line(/CPUs {2,}99/);
		await gantry.press('esc');
		await gantry.seesNot('Limits of');

		await openLimits(gantry, name);
		await change(gantry, {memory: '1m'});
		await gantry.sees('a memory limit is 6m at least');
		await gantry.press('esc');
		await gantry.seesNot('Limits of');

		// The kernel's own refusal, of the first version of its control groups: what is in use cannot be taken away.
		if ((await docker('info', '--format', '{{.CgroupVersion}}')) === '1') {
			await openLimits(gantry, name);
			await change(gantry, {memory: '8m', swap: '8m'});
			await gantry.sees(`Cannot update container ${name}`);
			await gantry.line(/Memory {2,}8m/);
			assert.equal(await inspect(name, '{{.HostConfig.Memory}}'), '0');
			await gantry.press('esc');
			await gantry.seesNot('Limits of');
		}

		await openLimits(gantry, name);
		await change(gantry, {memory: '64m', swap: '32m'});
		await gantry.sees('less than the memory alone');
		await gantry.fill('64m');
		await gantry.press('enter');
		await gantry.seesNot('Limits of');
		await openLimits(gantry, name);
		await change(gantry, {memory: ''});
		await gantry.sees('can be raised, not taken away');
		assert.equal(
			await inspect(name, '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}'),
			`${64 * MiB} ${64 * MiB}`,
		);
	});

	test('of several marked ones at once, from what each has', async () => {
		const [first, second] = [testName('pair-1st'), testName('pair-2nd')];
		await runBusy(first, '--memory', '64m', '--memory-swap', '-1');
		await docker('create', '--name', second, 'gantry-test/busy:1', 'true');
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', `name:${testName('pair')}`);
		await gantry.row('1 Containers', /2nd/);
		await gantry.press('ctrl-a', 'L');
		await gantry.sees('they differ: 64m, not set');
		await gantry.fill('128m');
		await gantry.press('enter');
		await gantry.sees('2 of 2 containers: memory 128m');
		const format = '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}';
		assert.equal(await inspect(first, format), `${128 * MiB} -1`);
		assert.equal(await inspect(second, format), `${128 * MiB} ${256 * MiB}`);
	});
});

describe('commit', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test('c makes an image that runs with what was changed; the list follows by itself', async () => {
		const name = testName('commit');
		const image = `${testName('image')}:two`;
		await runBusy(name);
		await docker('exec', name, 'sh', '-c', 'echo kept > /kept');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('c');
		await gantry.sees(`Commit ${name} to an image`);
		await gantry.sees('it is frozen while it is saved');
		await gantry.type('Not:A:Name');
		await gantry.press('enter');
		await gantry.sees(/"Not:A:?.*": /);
		await gantry.fill(image);
		await gantry.press('down');
		await gantry.type('a message');
		await gantry.press('down');
		await gantry.type('A. Uthor <a@example.com>');
		await gantry.press('down');
		await gantry.type('CMD ["cat", "/kept"]; ENV MADE=by;hand');
		await gantry.press('enter');
		await gantry.tells(new RegExp(`committed to ${image}: [0-9a-f]{12}, [\\d.]+MB`));
		await gantry.filter('2 Images', testName('image'));
		await gantry.row('2 Images', /image:two/);

		assert.equal(
			await docker('image', 'inspect', '--format', '{{.Comment}}|{{.Author}}|{{json .Config.Cmd}}', image),
			'a message|A. Uthor <a@example.com>|["cat","/kept"]',
		);
		assert.match(
			await docker('image', 'inspect', '--format', '{{json .Config.Env}}', image),
			/"MADE=by;hand"/,
		);
		assert.equal(await docker('run', '--rm', '--network', 'none', image), 'kept');
		assert.equal(await inspect(name, '{{.State.Status}}'), 'running');

		// The name is taken now: it moves only when that is switched on.
		const before = await docker('image', 'inspect', '--format', '{{.Id}}', image);
		await gantry.select(name);
		await gantry.command(`commit ${image}`);
		await gantry.press('enter');
		await gantry.sees(`${image} names image`);
		assert.equal(await docker('image', 'inspect', '--format', '{{.Id}}', image), before);
		await gantry.press('space', 'enter');
		await gantry.seesNot('Commit ');
		assert.notEqual(await docker('image', 'inspect', '--format', '{{.Id}}', image), before);
		await docker('rmi', before);
	});
});

describe('arguments', {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test(':kill with a bad name is refused in place and sends nothing', async () => {
		const name = testName('signal');
		const script = 'trap "exit 44" RTMIN+1; touch /tmp/ready; while :; do sleep 0.1; done';
		const numbered = script.replace('RTMIN+1', '35');
		await docker('run', '--detach', '--name', name, 'gantry-test/busy:1', 'sh', '-c', numbered);
		await docker('exec', name, 'sh', '-c', 'until [ -e /tmp/ready ]; do sleep 0.05; done');
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.select(name);
		await gantry.press(':');
		await gantry.type('kill SIGFOO');
		await gantry.press('enter');
		await gantry.sees('"SIGFOO": no signal; there are HUP INT');
		await gantry.press('enter');
		await gantry.sees('"SIGFOO": no signal; there are HUP INT');
		assert.equal(await inspect(name, '{{.State.Status}}'), 'running');
		await gantry.fill('rtmin+1');
		await gantry.press('enter');
		await gantry.rowIs(name, /exited 44/);
	});

	test(':stop 0 kills at once what would be waited for, :restart takes seconds too', async () => {
		const name = testName('grace');
		await docker(
			'run',
			'--detach',
			'--name',
			name,
			'--stop-timeout',
			'600',
			'gantry-test/busy:1',
			'sleep',
			'3600',
		);
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.command('restart 0');
		await gantry.sees('within 0 s');
		const before = await inspect(name, '{{.State.StartedAt}}');
		await gantry.press('enter');
		await gantry.sees(`${name} restarted`);
		assert.notEqual(await inspect(name, '{{.State.StartedAt}}'), before);
		await gantry.command('stop 0');
		await gantry.press('enter');
		await gantry.rowIs(name, '○ exited 137');
	});
});

describe('what becomes of a start', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	const create = (name: string, check: string, script: string) =>
		docker(
			...['create', '--name', name, '--stop-timeout', '1'],
			...(check === '' ? [] : ['--health-cmd', check, '--health-interval', '1s', '--health-retries', '2']),
			...['gantry-test/busy:1', 'sh', '-c', script],
		);

	test('healthy, unhealthy, crashed and done are told, while other keys work', async () => {
		const prefix = testName('fate');
		await create(`${prefix}-fine`, 'test -e /tmp/ok', 'sleep 2; touch /tmp/ok; sleep 1000');
		await create(`${prefix}-sick`, 'echo no database here; exit 1', 'sleep 1000');
		await create(`${prefix}-crash`, '', 'sleep 1; exit 3');
		await create(`${prefix}-dies`, 'exit 1', 'sleep 1; exit 4');
		await create(`${prefix}-job`, '', 'true');
		await using gantry = await openGantry();
		const start = async (name: string): Promise<void> => {
			await gantry.select(`${prefix}-${name}`);
			await gantry.press('u');
			await gantry.sees(`${prefix}-${name} started`);
		};

		await start('fine');
		// Nothing waits for it.
		await gantry.press('?', 'esc');
		await gantry.tells(new RegExp(`${prefix}-fine healthy after \\d+ s`));
		assert.equal(await inspect(`${prefix}-fine`, '{{.State.Health.Status}}'), 'healthy');

		await start('sick');
		await gantry.tells(/-sick is unhealthy \d+ s after its start: no database here/);
		assert.equal(await inspect(`${prefix}-sick`, '{{.State.Health.Status}}'), 'unhealthy');
		await gantry.press('esc');

		await start('crash');
		await gantry.tells(/-crash exited with code 3 \d s after its start \(l shows its log\)/);
		await gantry.press('esc');

		await start('dies');
		await gantry.tells(/-dies exited with code 4/);
		await gantry.press('esc');

		await start('job');
		await gantry.tells(/-job exited with code 0/);
	});
});

describe('projects', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	const project = testName('shop');
	const memberName = (service: string, number = 1) => `${project}-${service}-${number}`;

	const create = (service: string, dependsOn: string, ...more: readonly string[]) => {
		const number = more[0]?.startsWith('#') ? Number(more[0].slice(1)) : 1;
		const labels = {
			'com.docker.compose.project': project,
			'com.docker.compose.service': service,
			'com.docker.compose.container-number': String(number),
			'com.docker.compose.oneoff': 'False',
			'com.docker.compose.depends_on': dependsOn,
		};
		return docker(
			...['create', '--name', memberName(service, number), '--stop-timeout', '1'],
			...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
			...more.filter(option => !option.startsWith('#')),
			...['gantry-test/busy:1', 'sleep', '3600'],
		);
	};

	/** The services of the project in the order of these events since a moment (seconds). */
	const order = async (action: string, since: string): Promise<readonly string[]> => {
		const told = await docker(
			...['events', '--since', since, '--until', `${Math.ceil(Date.now() / 1000)}`],
			...['--filter', `label=com.docker.compose.project=${project}`, '--filter', `event=${action}`],
			...['--format', '{{index .Actor.Attributes "name"}}'],
		);
		return told.split('\n').map(name => name.replace(`${project}-`, ''));
	};
	const nowOf = async (): Promise<string> =>
		String(Date.parse(await docker('info', '--format', '{{.SystemTime}}')) / 1000);

	test('start, pause, restart, stop and remove of a whole one from its row, in order', async () => {
		await create('web', 'api:service_started:false');
		await create('api', 'db:service_healthy:true', '#1');
		await create('api', 'db:service_healthy:true', '#2');
		// Seldom enough: an engine cannot freeze what has a probe beginning in it.
		await create('db', '', '--health-cmd', 'true', '--health-interval', '6s');
		await docker(
			...['create', '--name', `${project}-web-run-1`, '--label', `com.docker.compose.project=${project}`],
			...['--label', 'com.docker.compose.service=web', '--label', 'com.docker.compose.oneoff=True'],
			...['gantry-test/busy:1', 'true'],
		);
		await using gantry = await openGantry();
		await gantry.filter('1 Containers', `project:${project} !${project}-db`);
		await gantry.press('v', 'g');
		await gantry.row('1 Containers', /0\/4 up/);

		const begun = await nowOf();
		await gantry.press('u');
		await gantry.sees(`start project ${project} (4 containers)?`);
		await gantry.sees('The whole project is meant; the list shows 4 of 5.');
		await gantry.press('enter');
		await gantry.sees('4 of 4 containers started', {within: 30_000});
		await gantry.row('1 Containers', /4 up/);
		const starts = await order('start', begun);
		assert.equal(starts[0], 'db-1');
		assert.deepEqual(starts.slice(1, 3).toSorted(), ['api-1', 'api-2']);
		assert.equal(starts[3], 'web-1');
		// The database was healthy before what waits for it was started.
		const [health] = await order('health_status: healthy', begun);
		assert.equal(health, 'db-1');
		assert.equal(await inspect(`${project}-web-run-1`, '{{.State.Status}}'), 'created');

		await gantry.press('p');
		await gantry.sees(`pause project ${project} (4 containers)?`);
		await gantry.press('enter');
		await gantry.sees('4 of 4 containers paused');
		await gantry.sees(/ 0 running/);
		for (const name of [memberName('web'), memberName('db')])
			assert.equal(await inspect(name, '{{.State.Status}}'), 'paused');
		await gantry.press('p');
		await gantry.sees(`resume project ${project} (4 containers)?`);
		await gantry.press('enter');
		await gantry.sees('4 of 4 containers resumed');
		await gantry.sees(/ 4 running/);

		const restartedAt = await nowOf();
		await gantry.command('restart 0');
		await gantry.sees(`restart project ${project} (4 containers)?`);
		await gantry.press('enter');
		await gantry.sees('4 of 4 containers restarted', {within: 30_000});
		assert.deepEqual(
			(await order('restart', restartedAt)).map(name => name.slice(0, -2)),
			['db', 'api', 'api', 'web'],
		);

		await gantry.sees(/ 4 running/);
		const stoppedAt = await nowOf();
		await gantry.press('s');
		await gantry.sees(`stop project ${project} (4 containers)?`);
		await gantry.press('enter');
		await gantry.sees('4 of 4 containers stopped', {within: 30_000});
		await gantry.sees(/ 0 running/);
		assert.deepEqual(
			(await order('stop', stoppedAt)).map(name => name.slice(0, -2)),
			['web', 'api', 'api', 'db'],
		);

		await gantry.press('d');
		await gantry.sees(`Remove project ${project} (5 containers)?`);
		await gantry.sees('Its networks and named volumes stay.');
		await gantry.press('enter');
		await gantry.sees('type 5 to confirm');
		await gantry.press('5', 'enter');
		await gantry.sees('5 of 5 containers removed');
		for (const name of [memberName('web'), memberName('db'), `${project}-web-run-1`])
			assert.equal(await isPresent(name), false);
	});
});

describe("a container's screen", {skip: requireEngine(), timeout: 120_000}, () => {
	after(removeTestObjects);

	test('tells when it was removed and by what, and offers nothing more', async () => {
		const name = testName('gone');
		await runBusy(name);
		await using gantry = await openGantry({columns: 120, rows: 30});
		await gantry.select(name);
		await gantry.press('enter');
		await gantry.line(/● up/);
		await gantry.press('p');
		await gantry.line(/◐ paused/);
		await docker('rm', '--force', name);
		await gantry.line(/removed \d\d:\d\d:\d\d \(destroy\)/);
		for (const [key, reason] of [
			['s', 'stop: it was removed'],
			['u', 'start: it was removed'],
			['L', 'limits: it was removed'],
			['d', 'remove: it was removed'],
		] as const) {
			await gantry.press(key);
			await gantry.sees(reason);
		}
		await gantry.press('q');
		await gantry.sees('1 Containers');
	});

	test('removed from there stays there', async () => {
		const name = testName('own');
		await docker('create', '--name', name, 'gantry-test/busy:1', 'true');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('enter', 'u');
		await gantry.line(/exited 0/);
		await gantry.press('d');
		await gantry.sees(`Remove ${name}?`);
		await gantry.press('enter');
		await gantry.line(/removed \d\d:\d\d:\d\d \(destroy\)/);
		assert.equal(await isPresent(name), false);
	});
});
