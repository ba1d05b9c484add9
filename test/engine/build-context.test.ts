import assert from 'node:assert/strict';
import {appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {after, beforeEach, describe, it} from 'node:test';
import {tarEntries} from '../../source/engine/archive/read-tar.ts';
import {openContext} from '../../source/engine/build/context.ts';
import {findBuildPlace} from '../../source/engine/build/dockerfile.ts';
import {createIgnoreMatcher} from '../../source/engine/build/ignore-matcher.ts';
import {tarHeader} from '../../source/engine/build/tar-header.ts';

const root = mkdtempSync(join(tmpdir(), 'gantry-test-build-'));
let count = 0;
let folder = '';

const put = (name: string, content: string | Buffer = name): string => {
	const path = join(folder, name);
	mkdirSync(join(path, '..'), {recursive: true});
	writeFileSync(path, content);
	return path;
};

beforeEach(() => {
	count += 1;
	folder = join(root, String(count));
	mkdirSync(folder);
	put('Dockerfile', 'FROM scratch\n');
});
after(() => {
	rmSync(root, {recursive: true});
});

const open = async (dockerfile = '', told: number[] = []) => {
	const meter = {onBytes: (bytes: number) => told.push(bytes), onFile: () => {}};
	return openContext(await findBuildPlace(folder, dockerfile), meter);
};

const bytesOf = async (archive: AsyncIterable<Uint8Array>): Promise<Buffer> =>
	Buffer.concat(await Readable.from(archive).toArray());

const namesIn = async (archive: AsyncIterable<Uint8Array>): Promise<readonly string[]> => {
	const names: string[] = [];
	for await (const entry of tarEntries(archive)) names.push(entry.path);
	return names;
};

describe('a build context', () => {
	it('is made while it is read, piece by piece, and tells how much it sends', async () => {
		put('large', Buffer.alloc(5_000_000));
		const told: number[] = [];
		const {archive} = await open('', told);
		assert.deepEqual(told, []);
		const whole = await bytesOf(archive);
		assert.equal(
			told.reduce((sum, bytes) => sum + bytes, 0),
			whole.length,
		);
		assert.ok(Math.max(...told) <= 300_000);
		assert.equal(whole.length % 512, 0);
	});

	for (const [verb, change] of [
		['grew', (path: string) => appendFileSync(path, 'more')],
		['became shorter', (path: string) => truncateSync(path, 400_000)],
	] as const)
		it(`names a file that ${verb} while it was read`, async () => {
			const path = put('log', Buffer.alloc(900_000));
			const {archive} = await open();
			const pieces = archive[Symbol.asyncIterator]();
			await pieces.next();
			change(path);
			await assert.rejects(
				async () => {
					while (!(await pieces.next()).done);
				},
				{name: 'LocalFileError', message: `${path} ${verb} while it was read`},
			);
		});

	it('is decided by the ignore file of its Dockerfile, where there is one', async () => {
		put('a');
		put('b');
		put('docker/prod');
		put('.dockerignore', 'a');
		put('docker/prod.dockerignore', 'b');
		assert.deepEqual(await namesIn((await open()).archive), [
			'.dockerignore',
			'Dockerfile',
			'b',
			'docker/',
			'docker/prod',
			'docker/prod.dockerignore',
		]);
		const {archive, dockerfile} = await open('docker/prod');
		assert.equal(dockerfile, 'docker/prod');
		assert.ok((await namesIn(archive)).includes('a'));
		assert.equal((await namesIn((await open('docker/prod')).archive)).includes('b'), false);
	});

	it('is refused with the ignore file and the pattern that is none', async () => {
		const path = put('.dockerignore', 'ok\na[\n');
		await assert.rejects(open(), {name: 'LocalFileError', message: `${path}: syntax error in pattern "a["`});
	});

	it('names what was looked for when there is no Dockerfile', async () => {
		rmSync(join(folder, 'Dockerfile'));
		const missing = join(folder, 'Dockerfile');
		await assert.rejects(findBuildPlace(folder, ''), {
			part: 'dockerfile',
			message: `no Dockerfile: ${missing}: no such file or directory`,
		});
		await assert.rejects(findBuildPlace(folder, '../other/Dockerfile'), {part: 'dockerfile'});
		await assert.rejects(findBuildPlace(join(folder, 'none'), ''), {
			part: 'directory',
			message: `${join(folder, 'none')}: no such file or directory`,
		});
		put('file');
		await assert.rejects(findBuildPlace(join(folder, 'file'), ''), {
			part: 'directory',
			message: /is no directory/,
		});
		await assert.rejects(findBuildPlace(folder, '.'), {part: 'dockerfile', message: /is no file/});
	});
});

describe('the header of a member', () => {
	it('has a pax record for a size that its field cannot hold', async () => {
		const header = tarHeader({
			name: Buffer.from('huge'),
			type: 'file',
			mode: 0o644,
			sizeBytes: 9 * 1024 ** 3,
			modifiedSeconds: -5,
		});
		const text = Buffer.from(header).toString('latin1');
		assert.ok(text.includes('19 size=9663676416\n'), text);
		assert.ok(text.includes('12 mtime=-5\n'));
		assert.equal(header.length, 3 * 512);
	});
});

describe('what an ignore file leaves out', () => {
	it('does not look below a directory again that a pattern matched, as the docker client does not', () => {
		const matcher = createIgnoreMatcher(['foo', '!foo/bar', 'foo/bar/baz']);
		const {matches: inFoo} = matcher.match('foo', undefined);
		const bar = matcher.match('foo/bar', inFoo);
		assert.equal(bar.isIgnored, false);
		assert.equal(matcher.match('foo/bar/baz', bar.matches).isIgnored, true);
		assert.equal(matcher.match('foo/bar/keep', bar.matches).isIgnored, false);
		assert.equal(matcher.mayHoldException('foo'), true);
		assert.equal(matcher.mayHoldException('fo'), false);
	});
	it('holds no directory open for an exception that begins with stars', () => {
		assert.equal(createIgnoreMatcher(['*', '!**/keep']).mayHoldException('src'), false);
	});
});
