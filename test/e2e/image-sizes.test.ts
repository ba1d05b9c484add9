import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {startEngine, type ThrowawayEngine} from '../../scripts/engine/throwaway.ts';
import {dockerAt, requireEngine} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const megabyte = (path: string, count: number) =>
	`RUN dd if=/dev/zero of=${path} bs=1048576 count=${count} 2> /dev/null\n`;

const parse = (text: string): number => {
	const [, number = '', unit = ''] = /^([\d.]+)(B|kB|MB|GB)$/.exec(text) ?? [];
	return Number(number) * ({B: 1, kB: 1e3, MB: 1e6, GB: 1e9}[unit] ?? Number.NaN);
};

/** An engine of its own: pruning is about all images of an engine. */
describe('what images share', {skip: requireEngine(), timeout: 240_000}, () => {
	let engine: ThrowawayEngine;
	const docker = (...args: readonly string[]) => dockerAt(engine.host, ...args);

	const build = async (name: string, dockerfile: string): Promise<string> => {
		const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
		try {
			writeFileSync(join(folder, 'Dockerfile'), dockerfile);
			return await docker('build', '--quiet', '--tag', name, folder);
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	};

	/** Size, shared and unique size by image, as the engine reckons them. */
	const judged = async (): Promise<ReadonlyMap<string, readonly [string, string]>> => {
		const format = '{{range .Images}}{{.Repository}}:{{.Tag}} {{.SharedSize}} {{.UniqueSize}}\n{{end}}';
		const lines = (await docker('system', 'df', '--verbose', '--format', format)).split('\n');
		return new Map(
			lines.filter(Boolean).map(line => {
				const [name = '', shared = '', unique = ''] = line.split(' ');
				return [name, [shared, unique] as const];
			}),
		);
	};

	before(async () => {
		engine = await startEngine({hasRegistries: false});
		await build('base:1', `FROM gantry-test/busy:1\n${megabyte('/base', 5)}`);
		await build('api:1', `FROM base:1\n${megabyte('/one', 3)}WORKDIR /new\nRUN rm /base\n`);
		await build('api:2', `FROM base:1\nENV A=1\n${megabyte('/two', 7)}RUN true\nRUN chmod 600 /two\n`);
		await build('app:1', `FROM api:2\nRUN rm /two\nLABEL a=b\n${megabyte('/three', 2)}`);
		await build('gone:1', `FROM gantry-test/busy:1\n${megabyte('/gone', 4)}`);
		await build('gone:1', `FROM gantry-test/busy:1\n${megabyte('/kept', 6)}`);
		await docker('create', '--name', 'user', 'api:1');
	});
	after(async () => {
		await engine?.stop();
	});

	test('the columns say what docker system df says', async () => {
		await using gantry = await openGantry({host: engine.host});
		const expected = await judged();
		await gantry.press('2');
		await gantry.row('2 Images', /app:1 .*MB +2\.1MB +21\.9MB/);
		for (const [name, [shared, unique]] of expected) {
			if (name.startsWith('<none>')) continue;
			const row = await gantry.row('2 Images', name);
			const [, , , ownText = '', sharedText = ''] = row.trim().split(/ +/);
			for (const [told, judge] of [
				[ownText, unique],
				[sharedText, shared],
			] as const) {
				// The client writes four digits, we three.
				const [left, right] = [parse(told), parse(judge)];
				assert.ok(Math.abs(left - right) <= right * 0.006, `${name}: ${told} is not ${judge}`);
			}
		}
	});

	test('prune frees what it promised, dangling and unused apart, and lists them before', async () => {
		await using gantry = await openGantry({host: engine.host});
		await gantry.press('2');
		await gantry.row('2 Images', 'dangling');
		await gantry.press('D');
		await gantry.sees('dangling: no name');
		await gantry.sees(/1 image, 4\.19MB/);
		await gantry.chooseItem('dangling: no name and no container');
		await gantry.sees('╭ Prune 1 dangling image?');
		await gantry.sees('Frees 4.19MB');
		await gantry.press('enter');
		await gantry.tells('1 image pruned, 4.19MB freed');
		await gantry.noRow('2 Images', 'dangling');

		const all = async () =>
			parse((await docker('system', 'df', '--format', '{{.Size}}')).split('\n')[0] ?? '');
		const had = await all();
		await gantry.press('D');
		await gantry.chooseItem('unused: no container, named ones too');
		await gantry.sees(/╭ Prune \d unused images\?/);
		const count = /Prune (\d) unused/.exec(gantry.text())?.[1] ?? '';
		const promised = parse(/Frees ([\d.]+MB)/.exec(gantry.text())?.[1] ?? '');
		for (const name of ['api:2', 'app:1', 'gone:1']) await gantry.sees(new RegExp(`\\d+MB .* ${name}`));
		await gantry.press('enter');
		await gantry.sees(`type ${count} to confirm`);
		await gantry.type(count);
		await gantry.press('enter');
		await gantry.tells(new RegExp(`${count} images pruned, [\\d.]+MB freed`));
		const freed = had - (await all());
		assert.ok(Math.abs(freed - promised) < 0.02 * promised, `${promised} promised, ${freed} freed`);
		assert.match(await docker('images', '--format', '{{.Repository}}:{{.Tag}}'), /^api:1$/m);
	});
});
