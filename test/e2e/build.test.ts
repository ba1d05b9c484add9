import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, type GantryOptions, openGantry} from '../helpers/gantry.ts';
import {hasImage} from '../helpers/registry-image.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
const base = 'FROM gantry-test/busy:1';

const contextOf = (name: string, files: Readonly<Record<string, string>>): string => {
	const directory = join(folder, name);
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(directory, path)), {recursive: true});
		writeFileSync(join(directory, path), content);
	}
	return directory;
};

type Fields = {
	readonly directory?: string;
	readonly dockerfile?: string;
	readonly tags?: string;
	readonly args?: string;
	readonly labels?: string;
	readonly target?: string;
	readonly platform?: string;
	readonly builder?: string;
};

const order = ['directory', 'dockerfile', 'tags', 'args', 'labels', 'target', 'platform', 'builder'] as const;

/** Fills in the form that is open, and answers it. */
async function fillIn(gantry: Gantry, fields: Fields): Promise<void> {
	await gantry.sees('╭ Build an image');
	for (const field of order) {
		const value = fields[field];
		if (value !== undefined) await gantry.fill(value);
		await gantry.press('tab');
	}
	await gantry.press('enter');
}

async function build(gantry: Gantry, fields: Fields): Promise<void> {
	await gantry.press('2', 'b');
	await fillIn(gantry, fields);
}

const open = (options: GantryOptions = {}): Promise<Gantry> => openGantry({columns: 160, ...options});

const idOf = (reference: string): Promise<string> =>
	docker('image', 'inspect', '--format', '{{.Id}}', reference);
const inside = (reference: string, ...command: readonly string[]): Promise<string> =>
	docker('run', '--rm', reference, ...command);
const leftovers = (text: string): Promise<string> =>
	docker('ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Command}}').then(list =>
		list
			.split('\n')
			.filter(line => line.includes(text))
			.join('\n'),
	);

/** What BuildKit runs is no container that could be listed: its processes are those of the engine's machine. */
const isRunningHere = (text: string): boolean =>
	readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.some(name => {
			try {
				return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
			} catch {
				return false;
			}
		});

describe('building an image', {skip: requireEngine(), timeout: 240_000}, () => {
	after(async () => {
		await removeTestObjects();
		rmSync(folder, {recursive: true, force: true});
	});

	test('tags, arguments, labels, a target and an ignore file, as the docker client has them', async () => {
		const directory = contextOf('whole', {
			Dockerfile: `${base} AS first\nARG WHO=nobody\nARG MINE\nRUN echo "built by $WHO with $MINE" | tee /who\nCOPY . /ctx\n${base}\nRUN exit 7\n`,
			'.dockerignore': '*\n!src\nsrc/*.log\nDockerfile\n',
			'src/main': 'main',
			'src/debug.log': 'log',
			secret: 'secret',
		});
		const [one, two] = [testName('whole:1'), testName('whole:2')];
		await using gantry = await open({env: {MINE: 'a value of here'}});
		await build(gantry, {
			directory,
			tags: `${one} ${two}`,
			args: 'WHO="two words" MINE',
			labels: 'team=shop',
			target: 'first',
		});
		await gantry.sees(`╭ Build ${one}`);
		await gantry.sees('built in');
		await gantry.tells(new RegExp(`built ${one} \\([0-9a-f]{12}\\) in \\d`));
		await gantry.sees(/✓ 4\/6 +RUN echo "built by/);
		assert.equal(await idOf(one), await idOf(two));
		assert.equal(await inside(one, 'cat', '/who'), 'built by two words with a value of here');
		const sent = await inside(one, 'find', '/ctx');
		const judged = testName('judge:1');
		await docker('build', '--quiet', '--tag', judged, '--target', 'first', directory);
		assert.equal(sent, await inside(judged, 'find', '/ctx'));
		assert.equal(await docker('image', 'inspect', '--format', '{{.Config.Labels.team}}', one), 'shop');

		// The same again takes every step from the cache, and the image is opened from here.
		await gantry.press('r');
		await gantry.tells('5 of 6 steps cached');
		await gantry.sees(/✓ 4\/6 .* cached/);
		await gantry.press('y');
		await gantry.tells('copied sha256:');
		await gantry.press('enter');
		await gantry.sees(/whole:1 .*layers .*history/);
		assert.equal(gantry.text().includes('╭ Build'), false);

		// The next form begins with what the last one was filled in with.
		await gantry.press('esc', '2', 'b');
		await gantry.sees('╭ Build an image');
		await gantry.sees(directory);
		await gantry.sees('WHO="two words" MINE');
	});

	test('a step that fails is under the cursor with its reason and its output; nothing is left behind', async () => {
		const mark = testName('failing');
		const directory = contextOf('failing', {
			Dockerfile: `${base}\nRUN echo fine\nRUN echo ${mark}; echo oh no >&2; exit 3\nRUN echo never\n`,
		});
		await using gantry = await open({columns: 100, rows: 30});
		await build(gantry, {directory, tags: testName('failing:1')});
		await gantry.sees('failed after');
		await gantry.sees(/✖ 3\/4 +RUN echo .* failed/);
		await gantry.sees("│ The command '/bin/sh -c echo");
		await gantry.sees('non-zero code: 3');
		await gantry.sees('│ oh no');
		const {x, y} = gantry.find('✖ 3/4');
		assert.ok(gantry.cell(x, y).isInverse);
		assert.equal(gantry.text().includes('│ fine'), false);
		assert.equal(await leftovers(mark), '');
		assert.equal(await hasImage(testName('failing:1')), false);

		await gantry.press('esc', 'esc', '4');
		await gantry.row('4 Transfers', /failing:1.*step 3\/4/);
		await gantry.press('enter');
		await gantry.sees('│ oh no');
		await gantry.press('up', 'space');
		await gantry.sees(/│ fine/);
		await gantry.press('/');
		await gantry.type('oh no');
		await gantry.press('enter');
		await gantry.seesNot('│ fine');
		await gantry.sees('│ oh no');
	});

	test('x cancels: the request is closed, and the container of the step goes', async () => {
		const mark = testName('cancelled');
		const directory = contextOf('cancelled', {Dockerfile: `${base}\nRUN echo ${mark}; sleep 600\n`});
		await using gantry = await open({columns: 80, rows: 24});
		await build(gantry, {directory, tags: testName('cancelled:1')});
		await gantry.sees(`│ ${mark}`);
		assert.notEqual(await leftovers(mark), '');
		await gantry.press('esc', 'q');
		await gantry.sees('under way and would be cancelled');
		await gantry.press('esc', '4');
		await gantry.row('4 Transfers', /cancelled:1.*step 2\/2/);
		await gantry.press('enter');
		await gantry.sees('building');
		await gantry.press('x');
		await gantry.sees('cancelled after');
		await gantry.sees(/○ 2\/2 +RUN/);
		for (let tries = 0; tries < 50 && (await leftovers(mark)) !== ''; tries += 1);
		assert.equal(await leftovers(mark), '');
	});

	test('a Dockerfile outside of the directory; an image without a name is there all the same', async () => {
		const directory = contextOf('outside/context', {a: 'a'});
		contextOf('outside', {'other/Own.file': `${base}\nCOPY . /ctx\nRUN ls -a /ctx > /list\n`});
		await using gantry = await open();
		await build(gantry, {directory, dockerfile: '../other/Own.file'});
		await gantry.sees(`╭ Build ${directory}`);
		await gantry.tells(/built .*\([0-9a-f]{12}\)/);
		const id = /\(([0-9a-f]{12})\)/.exec(gantry.text().replaceAll(/[\s│]+/g, ' '))?.[1] ?? '';
		assert.equal(await inside(id, 'cat', '/list'), '.\n..\na');
		await gantry.press('esc', 'esc');
		await gantry.row('2 Images', id);
		await docker('rmi', '--force', id);
	});

	test('what is wrong is refused in the form, before anything is sent', async () => {
		const directory = contextOf('refused', {file: 'x'});
		await using gantry = await open();
		await gantry.command(`build ${directory}/none`);
		await fillIn(gantry, {});
		await gantry.sees(`${directory}/none: no such file or directory`);
		await gantry.fill(directory);
		await gantry.press('enter');
		await gantry.sees(`no Dockerfile: ${directory}/Dockerfile: no such`);
		await gantry.fill('file');
		await gantry.press('tab');
		await gantry.fill('Shop Thing');
		await gantry.press('enter');
		await gantry.sees('lower case');
		await gantry.press('esc');
		await gantry.seesNot('╭ Build an image');
		assert.match(gantry.borderOf('4 Transfers'), /Transfers 0/);
	});

	test('a Dockerfile that the engine does not understand is told in its words', async () => {
		const directory = contextOf('nonsense', {Dockerfile: 'FROM gantry-test/busy:1\nNONSENSE x\n'});
		await using gantry = await open();
		await build(gantry, {directory, tags: testName('nonsense:1')});
		await gantry.sees(/It failed before its first step: .*unknown instruction: NONSENSE/i);
	});

	test('BuildKit builds the same where the engine has it', async () => {
		const directory = contextOf('buildkit', {
			Dockerfile: `${base} AS first\nRUN echo hello from buildkit | tee /hello; sleep 1\nFROM first\nCOPY a /a\n`,
			a: 'content of a',
		});
		const name = testName('buildkit:1');
		await using gantry = await open();
		await build(gantry, {directory, tags: name, builder: 'buildkit'});
		await gantry.sees('│ hello from buildkit');
		await gantry.sees('built in');
		await gantry.sees(/✓ first 2\/2 +RUN echo hello/);
		await gantry.sees(/ buildkit ─/);
		assert.equal(await inside(name, 'cat', '/hello', '/a'), 'hello from buildkit\ncontent of a');

		writeFileSync(join(directory, 'Dockerfile'), `${base}\nRUN echo ${name} runs; sleep 600; echo over\n`);
		await gantry.press('r');
		await gantry.sees(`│ ${name} runs`);
		assert.equal(isRunningHere(`${name} runs`), true);
		await gantry.press('x');
		await gantry.sees('cancelled after');
		await gantry.until('the step has ended', () => !isRunningHere(`${name} runs`));
	});
});
