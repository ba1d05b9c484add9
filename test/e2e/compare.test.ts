import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {
	callDocker,
	docker,
	removeTestObjects,
	requireEngine,
	testEngine,
	testName,
} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const left = testName('pair:1');
const right = testName('pair:2');

/** What both have, and then what only one of them has or does. */
const base = [
	'FROM gantry-test/busy:1',
	'RUN mkdir -p /data/kept /data/gone/deep /data/replaced /data/文書 && echo same > /data/kept/same && echo one > /data/文書/報告.txt',
	'RUN head -c 300000 /dev/zero > /data/big && echo x > /data/gone/deep/file && echo y > /data/replaced/inner && echo mode > /data/kept/mode',
];
const one = ['ENV WHICH=one API_TOKEN=first-secret', 'EXPOSE 80', 'RUN echo only > /data/only-left'];
const other = [
	'ENV WHICH=two API_TOKEN=second-secret',
	'RUN rm -r /data/gone /data/replaced && echo file > /data/replaced && chmod 700 /data/kept/mode',
	'RUN head -c 500000 /dev/zero > /data/big && mkdir /data/new && echo two > /data/new/file && echo two > /data/文書/報告.txt',
];

async function build(name: string, lines: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-compare-'));
	try {
		writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
		await docker('build', '--quiet', '--tag', name, folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** What the engine puts into every container, whatever the image. */
const ofEngine = /^(\.dockerenv|dev|proc|sys|etc\/(hosts|hostname|resolv\.conf|mtab))(\/|$)/;

/** Path → what `docker export` says of it, with the sum of its content. */
async function exported(image: string): Promise<ReadonlyMap<string, string>> {
	const container = await docker('create', image, 'true');
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-export-'));
	try {
		const {output} = await callDocker(testEngine.host, ['export', container]);
		const file = join(folder, 'export.tar');
		writeFileSync(file, output);
		const listed = execFileSync(
			'tar',
			['--extract', '--file', file, '--to-command', 'echo "$TAR_FILENAME|$TAR_MODE|$TAR_SIZE|$(cksum)"'],
			{encoding: 'utf8', env: {...process.env, LANG: 'C.UTF-8'}},
		);
		const folders = execFileSync('tar', ['--list', '--quoting-style=literal', '--file', file], {
			encoding: 'utf8',
			env: {...process.env, LANG: 'C.UTF-8'},
		});
		const facts = new Map<string, string>();
		for (const line of folders.trim().split('\n')) facts.set(line.replace(/\/$/, ''), 'there');
		for (const line of listed.trim().split('\n')) {
			const [path = '', ...rest] = line.split('|');
			facts.set(path, rest.join('|'));
		}
		return new Map([...facts].filter(([path]) => !ofEngine.test(path)));
	} finally {
		await docker('rm', container);
		rmSync(folder, {recursive: true, force: true});
	}
}

/** `+ path` for what is only on the right, `- path` only on the left, `~ path` for what is another one. */
async function judged(): Promise<readonly string[]> {
	const [ours, theirs] = [await exported(left), await exported(right)];
	const paths = [...new Set([...ours.keys(), ...theirs.keys()])];
	return paths
		.flatMap(path => {
			if (!ours.has(path)) return [`+ ${path}`];
			if (!theirs.has(path)) return [`- ${path}`];
			return ours.get(path) === theirs.get(path) ? [] : [`~ ${path}`];
		})
		.sort();
}

describe('two images', {skip: requireEngine(), timeout: 240_000}, () => {
	before(async () => {
		await build(left, [...base, ...one]);
		await build(right, [...base, ...other]);
	});
	after(removeTestObjects);

	const openBoth = async (columns: number, rows: number) => {
		const gantry = await openGantry({columns, rows});
		await gantry.press(':');
		await gantry.type(`compare ${left} ${right}`);
		await gantry.sees('compare [IMAGE] IMAGE');
		await gantry.press('enter');
		await gantry.sees(/ to .* shared, left/);
		return gantry;
	};

	test('differ in exactly the paths in which what docker exports of them differs', async () => {
		const expected = await judged();
		assert.ok(expected.length > 6, expected.join('\n'));
		await using gantry = await openBoth(160, 60);
		await gantry.press('f');
		await gantry.sees(/\+ {3,}data\/new\/file/);
		const shown = gantry
			.text()
			.split('\n')
			.flatMap(line => {
				const [, sign = '', path = ''] = /^│.* ([-+~*]) {3,}(\S+?)\/?(?: {2}\(\d+\))? +│$/.exec(line) ?? [];
				return path === '' ? [] : [`${sign === '*' ? '~' : sign} ${path}`];
			});
		assert.deepEqual(shown.sort(), expected);
	});

	test('what differs is a tree with sums, is narrowed by kind and by words, and goes back with esc', async () => {
		await using gantry = await openBoth(100, 40);
		await gantry.line(/\+200kB +~ +big/);
		await gantry.sees(/layers: \d+ of [\d.]+MB shared, left 1 of 5B, right 2 of [\d.]+kB/);
		await gantry.press('a');
		await gantry.sees('without added');
		await gantry.press('a', '/');
		await gantry.type('報告');
		await gantry.press('enter');
		await gantry.line(/~ +報告\.txt/);
		await gantry.sees(/▾ 文書\//);
		await gantry.seesNot('big');
		await gantry.press('esc', 'esc');
		await gantry.sees('2 Images');
	});

	test('their settings stand side by side, secrets masked; their layers as a diff', async () => {
		await using gantry = await openBoth(100, 40);
		await gantry.press('3');
		await gantry.line(/~ +env +WHICH +one +two/);
		await gantry.line(/~ +env +API_TOKEN +\*{6} +\*{6}/);
		await gantry.line(/- +expose +80\/tcp/);
		await gantry.press('.');
		await gantry.line(/API_TOKEN +first-secret +second-secret/);
		await gantry.press('2');
		await gantry.line(/- +RUN echo only > \/data\/only-left/);
		await gantry.line(/\+ +RUN rm -r \/data\/gone/);
	});

	test('two marked ones are compared with the older on the left, one with what is chosen', async () => {
		await using gantry = await openGantry({columns: 100, rows: 40});
		await gantry.filter('2 Images', testName('pair'));
		await gantry.row('2 Images', 'pair:2');
		await gantry.press('ctrl-a');
		await gantry.sees('2 marked');
		await gantry.press('=');
		await gantry.sees(`${left} → ${right}`);
		await gantry.press('s');
		await gantry.sees(`${right} → ${left}`);
		await gantry.press('q');
		await gantry.sees('2 marked');
		await gantry.press('ctrl-a');
		await gantry.seesNot('2 marked');
		await gantry.press('=');
		await gantry.sees(/╭ Compare .*pair:\d with/);
		await gantry.press('enter');
		await gantry.sees(`${left} → ${right}`);
	});

	test('an image that is gone is one line, and the other tag of the same image is none', async () => {
		const same = testName('pair:same');
		await docker('tag', left, same);
		await using gantry = await openGantry({columns: 100, rows: 40});
		await gantry.press(':');
		await gantry.type(`compare ${left} nothing-of-that-name`);
		await gantry.sees('compare [IMAGE] IMAGE');
		await gantry.press('enter');
		await gantry.sees('no image here is called nothing-of-that-name');
		await gantry.press('esc');
		await gantry.seesNot('no image here is called');
		await gantry.press(':');
		await gantry.type(`compare ${left} ${same}`);
		await gantry.sees('compare [IMAGE] IMAGE');
		await gantry.press('enter');
		await gantry.sees('both names are those of one image');
	});
});
