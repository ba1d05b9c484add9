import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, type GantryOptions, openGantry} from '../helpers/gantry.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-inspector-'));

const freshFolder = (name: string): string => {
	const path = join(folder, name);
	mkdirSync(path);
	return path;
};

const dockerfile = `FROM gantry-test/busy:1
RUN mkdir -p /srv/app/sub /srv/漢字 && head -c 300000 /dev/urandom > /srv/app/blob && echo key > /srv/app/id_rsa \\
 && printf 'line %s\\n' 1 2 3 4 5 > /srv/app/sub/lines && echo x > "/srv/漢字/名前" && echo two > /srv/app/twice && ln /srv/app/twice /srv/app/double && ln -s sub/lines /srv/app/link \\
 && chmod 640 /srv/app/sub/lines && touch -d '2020-01-02 03:04:05' /srv/app/sub/lines
RUN rm /srv/app/id_rsa && chmod 700 /srv/app/blob && echo changed > /srv/app/sub/lines && echo added > /srv/app/added
RUN rm -rf /srv/漢字 && echo last > /srv/last
CMD ["sh"]
`;

const build = async (name: string, text: string): Promise<void> => {
	const context = mkdtempSync(join(folder, 'build-'));
	writeFileSync(join(context, 'Dockerfile'), text);
	await docker('build', '--quiet', '--tag', name, context);
};

/** Every name beneath with its kind, mode, time (to the second) and content. */
const treeOf = (root: string): readonly string[] =>
	readdirSync(root, {recursive: true, encoding: 'utf8'})
		.toSorted()
		.map(name => {
			const path = join(root, name);
			const stat = lstatSync(path);
			const seconds = stat.isSymbolicLink() ? 0 : Math.floor(stat.mtimeMs / 1000);
			const content = stat.isSymbolicLink()
				? readlinkSync(path)
				: stat.isFile()
					? createHash('sha1').update(readFileSync(path)).digest('hex')
					: 'directory';
			return `${name} ${(stat.mode & 0o777).toString(8)} ${seconds} ${content}`;
		});

const image = testName('inspected:2');
const other = testName('inspected:1');

async function openImage(options: GantryOptions = {}, name: string = image): Promise<Gantry> {
	const gantry = await openGantry({columns: 160, ...options});
	await gantry.selectImage(name);
	await gantry.press('enter');
	await gantry.sees(/╭ Layers \d/);
	return gantry;
}

/** Until all of it was read. */
const isRead = (gantry: Gantry): Promise<void> => gantry.sees(/╭ Layers 4 {2}/, {within: 30_000});

/** Shows only what a pattern finds, with the cursor on the last row. */
async function find(gantry: Gantry, pattern: string): Promise<void> {
	await gantry.press('/', 'end', 'ctrl-u');
	await gantry.type(pattern);
	await gantry.press('enter');
	await gantry.sees(/ \d+ match(es)? /);
	await gantry.press('G');
}

async function extract(gantry: Gantry, to: string, ...keys: readonly string[]): Promise<void> {
	await gantry.press('x');
	await gantry.sees('To the directory here');
	await gantry.fill(to);
	await gantry.press(...keys, 'enter');
}

describe('the layer-tree inspector', {skip: requireEngine(), timeout: 300_000}, () => {
	before(async () => {
		await build(other, 'FROM gantry-test/busy:1\nRUN echo one > /one\n');
		await build(image, dockerfile);
	});
	after(async () => {
		rmSync(folder, {recursive: true, force: true});
		await removeTestObjects();
	});

	test('shows what each layer changed, file by file, at 160x45', async () => {
		await using gantry = await openImage();
		await isRead(gantry);
		await gantry.line(/│ +2 +300kB +\S+ +7 +\+7 .*RUN mkdir -p/);
		await gantry.line(/│ +3 .* \+1 ~1 \*1 -1 .*RUN rm/);
		await gantry.line(/│ +4 .* \+1 -1 .*RUN rm -rf/);
		await gantry.press('j', 'j', 'tab', 'C', 'G');
		await gantry.sees('╭ Files of layer 3 +1 ~1 *1 -1');
		await gantry.line(/-rw-r--r-- +0:0 +6B {2}\+ +added /);
		await gantry.line(/-rwx------ +0:0 +300kB {2}\* +blob /);
		await gantry.line(/-rw-r--r-- +0:0 +4B {2}- +id_rsa /);
		await gantry.line(/-rw-r----- +0:0 +8B {2}~ +lines /);
		await gantry.line(/lrwxrwxrwx +0:0 +link → sub\/lines /);
		await gantry.press('u');
		await gantry.seesNot('link →');
		await gantry.sees('without unmodified');
		await gantry.press('u', 'b');
		await gantry.sees('╭ Files up to layer 3 ');
		await gantry.line(/ {2}\+ +lines /);
		await gantry.press('b', 'left', 'k', 'right', 'G');
		await gantry.line(/(twice|double) = \/srv\/app\/(twice|double)/);
		await gantry.line(/ {2}\+ .*名前/);
		assert.match(gantry.text(), /sha256:[\da-f]{64} /);
	});

	test('shows one part at a time at 80x24, each with a line of the other', async () => {
		await using gantry = await openImage({columns: 80, rows: 24});
		await isRead(gantry);
		await gantry.press('j', 'j');
		await gantry.sees(/Files of layer 3 .*\+1 ~1 \*1 -1/);
		await gantry.seesNot('UID:GID');
		await gantry.press('tab');
		await gantry.sees('UID:GID');
		await gantry.sees(/layer 3 of 4 .* RUN rm/);
		await gantry.press('.');
		await gantry.line(/\+ +added /);
		await gantry.press('.');
		await gantry.line(/\* +blob /);
		await find(gantry, '*名*');
		await gantry.line(/名前/);
		await gantry.press('left');
		await gantry.seesNot('UID:GID');
		await gantry.press('W');
		await gantry.sees('╭ Wasted space');
		await gantry.line(/! +4B +1 +\/srv\/app\/id_rsa|! +4B .*id_rsa/);
	});

	test('lists what is wasted and the secrets that are only hidden, and goes to them', async () => {
		await using gantry = await openImage();
		await isRead(gantry);
		await gantry.press('W');
		await gantry.line(/│ +! +4B +1 +2 +\/srv\/app\/id_rsa +private SSH key/);
		await gantry.line(/300kB +1 +2 +\/srv\/app\/blob +metadata changed in 3/);
		await gantry.line(/2B +1 +2 +\/srv\/漢字 +tree deleted in 4/);
		await gantry.sees(/Wasted space 300kB of \S+ {2}efficiency \d\d\.\d% {2}! 1 secret /);
		await gantry.press('enter');
		await gantry.sees('╭ Files of layer 2 ');
		await gantry.line(/4B {2}\+ +id_rsa /);
		await gantry.press('y');
		await gantry.tells('copied /srv/app/id_rsa');
	});

	test('shows a file as its layer has it', async () => {
		await using gantry = await openImage();
		await isRead(gantry);
		await gantry.press('j', 'tab');
		await find(gantry, 'lines');
		await gantry.press('v');
		await gantry.sees('╭ File /srv/app/sub/lines (layer 2) 35B', {within: 30_000});
		await gantry.line(/│ +5 line 5 /);
		await gantry.press('x');
		await gantry.sees('00000000  6c 69 6e 65');
		await gantry.press('esc', 'left', 'j', 'right', 'v');
		await gantry.sees('╭ File /srv/app/sub/lines (layer 3) 8B', {within: 30_000});
		await gantry.line(/│ +1 changed /);
	});

	test('extracts a directory as it is in the image, and a file that was removed', async () => {
		await using gantry = await openImage();
		await isRead(gantry);
		const [stacked, removed, truth] = ['stacked', 'removed', 'truth'].map(freshFolder) as [
			string,
			string,
			string,
		];
		await gantry.press('G', 'tab');
		await find(gantry, 'srv');
		await gantry.press('g');
		await extract(gantry, stacked);
		await gantry.tells(/\/srv → .*stacked: \d+ files extracted/);
		const container = await docker('create', '--name', testName('truth'), image);
		await docker('cp', `${container}:/srv`, truth);
		assert.deepEqual(treeOf(stacked), treeOf(truth));
		assert.equal(
			statSync(join(stacked, 'srv/app/twice')).ino,
			statSync(join(stacked, 'srv/app/double')).ino,
			'two names of one file',
		);

		await gantry.press('esc', 'left', 'k', 'right');
		await find(gantry, 'id_rsa');
		await extract(gantry, removed);
		await gantry.tells(/id_rsa → .*removed: 1 file extracted/);
		assert.equal(readFileSync(join(removed, 'id_rsa'), 'utf8'), 'key\n');
		await extract(gantry, removed);
		await gantry.sees('id_rsa exists already');
		await gantry.press('esc');
		await extract(gantry, join(folder, 'nowhere'));
		await gantry.sees('nowhere: no such directory here');
	});

	test('writes all it found as JSON, for its owner only, and overwrites nothing unasked', async () => {
		await using gantry = await openImage();
		await isRead(gantry);
		const path = join(freshFolder('export'), 'report.json');
		await gantry.press('J');
		await gantry.sees('╭ Export as JSON');
		await gantry.fill(path);
		await gantry.press('enter');
		await gantry.tells('exported to');
		const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
		assert.ok(report !== null && typeof report === 'object' && 'layers' in report);
		assert.equal((report.layers as readonly unknown[]).length, 4);
		assert.equal(statSync(path).mode & 0o777, 0o600);
		await gantry.press('J');
		await gantry.sees('╭ Export as JSON');
		await gantry.fill(path);
		await gantry.press('enter');
		await gantry.sees('is there already');
	});

	test('asks with which image to compare, the other tag first', async () => {
		await using gantry = await openImage();
		await gantry.press('=');
		await gantry.sees(`╭ Compare ${image} with`);
		await gantry.line(new RegExp(`│ +${other} `));
	});

	test('is stopped by esc while the engine packs, keeps what was read, and reads again', async () => {
		const large = testName('large:1');
		await build(
			large,
			'FROM gantry-test/busy:1\nRUN head -c 200000000 /dev/zero > /zero\nRUN echo one > /one\n',
		);
		await using gantry = await openGantry({columns: 160});
		await gantry.selectImage(large);
		await gantry.press('enter');
		await gantry.sees(/the engine is packing, \d+ s|reading .*MB/, {within: 30_000});
		await gantry.press('esc');
		await gantry.sees('Stopped after');
		await gantry.sees('╭ Layers 0 of 3');
		await gantry.press('ctrl-r');
		await gantry.sees(/╭ Layers 3 {2}/, {within: 60_000});
		// The second time it is remembered.
		await gantry.press('esc');
		await gantry.sees('╭ 2 Images');
		await gantry.press('enter');
		await gantry.sees(/╭ Layers 3 {2}202MB/);
	});

	test('keeps what was read of an image that is removed, and says so', async () => {
		const name = testName('gone:1');
		await build(name, 'FROM gantry-test/busy:1\nRUN echo soon > /gone\n');
		await using gantry = await openImage({}, name);
		await gantry.sees(/╭ Layers 2 {2}/, {within: 30_000});
		await docker('rmi', name);
		await gantry.sees('the image was removed: what was read stays');
		await gantry.press('j', 'tab', '.');
		await gantry.line(/\+ +gone /);
		await gantry.press('v');
		await gantry.tells('the image was removed');
	});

	test("says in the engine's words that there is no such image", async () => {
		const name = testName('unknown:1');
		await build(name, 'FROM gantry-test/busy:1\nRUN echo unknown > /unknown\n');
		await using gantry = await openGantry({columns: 160});
		await gantry.selectImage(name);
		await gantry.press('h');
		await gantry.sees('╭ History');
		await docker('rmi', name);
		await gantry.sees('removed');
		await gantry.press('enter');
		await gantry.sees(/Cannot read the image, it was removed: .*(no such|digest)/i);
		await gantry.press('esc');
		await gantry.sees('╭ 2 Images');
	});
});
