import assert from 'node:assert/strict';
import {
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, beforeEach, describe, it} from 'node:test';
import {packTar, type TarEntry} from 'modern-tar';
import {pack} from '../../source/engine/archive/pack.ts';
import {tarEntries} from '../../source/engine/archive/read-tar.ts';
import {unpack} from '../../source/engine/archive/unpack.ts';
import {EngineError} from '../../source/engine/errors.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'gantry-unpack-')));
const secret = join(root, 'secret');
let target = '';
let count = 0;

beforeEach(() => {
	count += 1;
	target = join(root, `target${count}`);
	mkdirSync(target);
	writeFileSync(secret, 'secret');
});
after(() => {
	rmSync(root, {recursive: true});
});

const mtime = new Date('2020-01-02T03:04:05Z');
const file = (name: string, body = 'content', mode = 0o644): TarEntry => ({
	header: {name, size: Buffer.byteLength(body), type: 'file', mode, mtime},
	body,
});
const directory = (name: string, mode = 0o755): TarEntry => ({
	header: {name, size: 0, type: 'directory', mode, mtime},
});
const symlink = (name: string, linkname: string): TarEntry => ({
	header: {name, size: 0, type: 'symlink', linkname, mtime},
});
const hardlink = (name: string, linkname: string): TarEntry => ({
	header: {name, size: 0, type: 'link', linkname, mtime},
});

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const unpacked = async (entries: readonly TarEntry[], isReplacing = false): Promise<readonly string[]> => {
	const leftOut: string[] = [];
	await unpack(tarEntries(inPieces(await packTar(entries))), {
		target,
		base: 'a',
		isReplacing,
		onBytes: () => {},
		onFile: () => {},
		onLeftOut: (path, reason) => leftOut.push(`${path}: ${reason}`),
	});
	return leftOut;
};

/** Without following links, as a recursive readdir does. */
const namesIn = (folder: string): readonly string[] =>
	readdirSync(folder)
		.toSorted()
		.flatMap(name => {
			const path = join(folder, name);
			const beneath = lstatSync(path).isDirectory() ? namesIn(path) : [];
			return [name, ...beneath.map(each => `${name}/${each}`)];
		});

const names = (): readonly string[] => namesIn(target);

describe('a hostile archive', () => {
	const table: readonly (readonly [string, readonly TarEntry[], RegExp, readonly string[]])[] = [
		['climbs out', [file('a/../../secret')], /leaves the target/, []],
		['climbs out at once', [file('../secret')], /leaves the target/, []],
		['climbs and comes back', [file('a/../a/x')], /leaves the target/, []],
		['is absolute', [file(secret)], /its path is absolute/, []],
		['brings what was not asked for', [file('b'), file('.ssh/authorized_keys')], /not beneath/, []],
		[
			'writes through a link to a directory',
			[directory('a/'), symlink('a/l', root), file('a/l/secret')],
			/a\/l\/secret: it leads through a link/,
			['a', 'a/l'],
		],
		[
			'writes through its own root as a link',
			[symlink('a', root), file('a/secret')],
			/a\/secret: it leads through a link/,
			['a'],
		],
		[
			'makes a directory through a link',
			[directory('a/'), symlink('a/l', root), directory('a/l/made/')],
			/it leads through a link/,
			['a', 'a/l'],
		],
		[
			'turns a directory into a link and goes on',
			[directory('a/'), directory('a/d/'), symlink('a/d', root), file('a/d/secret')],
			/a\/d: it exists already/,
			['a', 'a/d', 'a/d/secret'],
		],
		[
			'writes a file onto a link it made',
			[directory('a/'), symlink('a/l', secret), file('a/l')],
			/a\/l: it exists already/,
			['a', 'a/l'],
		],
		[
			'links hard to what it did not bring',
			[directory('a/'), hardlink('a/h', secret)],
			/a\/h: it is a hard link to .*secret, outside/,
			['a'],
		],
		[
			'links hard with a path that climbs',
			[directory('a/'), hardlink('a/h', 'a/../../secret')],
			/hard link/,
			['a'],
		],
		[
			'links hard to a link that leads out',
			[directory('a/'), symlink('a/l', secret), hardlink('a/h', 'a/l')],
			/hard link/,
			['a', 'a/l'],
		],
		[
			'has a NUL in a name',
			[{header: {...file('a').header, pax: {path: 'a/x\0y'}}, body: 'content'}],
			/NUL/,
			[],
		],
		['brings a device', [{header: {name: 'a', size: 0, type: 'character-device'}}], /a device/, []],
		['brings a fifo', [{header: {name: 'a', size: 0, type: 'fifo'}}], /a fifo/, []],
	];
	for (const [title, entries, reason, left] of table) {
		for (const isReplacing of [false, true]) {
			it(`that ${title}: refused and named, nothing outside is touched${isReplacing ? ', replacing too' : ''}`, async () => {
				const before = readdirSync(root).toSorted();
				const told = await unpacked(entries, isReplacing);
				assert.equal(readFileSync(secret, 'utf8'), 'secret');
				assert.deepEqual(readdirSync(root).toSorted(), before);
				if (isReplacing && !/exists already/.test(reason.source)) assert.match(told.join('\n'), reason);
				if (!isReplacing) {
					assert.match(told.join('\n'), reason);
					assert.deepEqual(names(), left);
				}
			});
		}
	}

	it('that ends too early leaves no half file', async () => {
		const tar = await packTar([directory('a/'), file('a/whole'), file('a/half', 'x'.repeat(10_000))]);
		const entries = tarEntries(inPieces(tar.subarray(0, 5000)));
		const options = {target, base: 'a', isReplacing: false, onBytes: () => {}, onFile: () => {}};
		await assert.rejects(
			unpack(entries, {...options, onLeftOut: () => {}}),
			error => error instanceof EngineError && /truncated/.test(error.message),
		);
		assert.ok(!names().includes('a/half'));
	});
});

describe('an archive', () => {
	it('keeps modes and times, of directories too, and drops setuid', async () => {
		const told = await unpacked([
			directory('a/', 0o750),
			file('a/one', 'one', 0o640),
			symlink('a/link', '/nowhere/at/all'),
			file('a/set', 'x', 0o4755),
			directory('a/closed/', 0o555),
			file('a/closed/two', 'two', 0o444),
			directory('a/sticky/', 0o1777),
		]);
		const facts = (name: string) => {
			const stat = lstatSync(join(target, name));
			return [(stat.mode & 0o7777).toString(8), stat.mtimeMs === mtime.getTime()];
		};
		assert.deepEqual(facts('a'), ['750', true]);
		assert.deepEqual(facts('a/one'), ['640', true]);
		assert.deepEqual(facts('a/set'), ['755', true]);
		assert.deepEqual(facts('a/closed'), ['555', true]);
		assert.deepEqual(facts('a/closed/two'), ['444', true]);
		assert.deepEqual(facts('a/sticky'), ['1777', true]);
		assert.equal(lstatSync(join(target, 'a/link')).mtimeMs, mtime.getTime());
		assert.equal(told.length, 1);
		assert.match(told[0] ?? '', /not setuid/);
	});

	it('replaces files and links when asked, never a directory', async () => {
		mkdirSync(join(target, 'a/d'), {recursive: true});
		writeFileSync(join(target, 'a/one'), 'old');
		symlinkSync(secret, join(target, 'a/two'));
		const entries = [directory('a/'), file('a/one'), file('a/two'), file('a/d')];
		assert.equal((await unpacked(entries)).length, 3);
		assert.equal(readFileSync(join(target, 'a/one'), 'utf8'), 'old');
		assert.deepEqual(await unpacked(entries, true), ['a/d: a directory is there']);
		assert.equal(readFileSync(join(target, 'a/one'), 'utf8'), 'content');
		assert.equal(readFileSync(join(target, 'a/two'), 'utf8'), 'content');
		assert.equal(readFileSync(secret, 'utf8'), 'secret');
	});

	it('packed from a tree unpacks to the same', async () => {
		const source = join(root, `a`);
		mkdirSync(join(source, 'sub/empty'), {recursive: true});
		writeFileSync(join(source, '漢字 \u001B[31m\nname'), 'x'.repeat(700_000));
		writeFileSync(join(source, 'none'), '');
		symlinkSync('none', join(source, 'sub/link'));
		let bytes = 0;
		const onBytes = (length: number): void => {
			bytes += length;
		};
		const archive = pack({source, onBytes, onFile: () => {}, onLeftOut: assert.fail});
		const options = {target, base: 'a', isReplacing: false, onBytes: () => {}, onFile: () => {}};
		await unpack(tarEntries(archive), {...options, onLeftOut: assert.fail});
		assert.deepEqual(namesIn(join(target, 'a')), namesIn(source));
		assert.equal(bytes, 700_000);
		assert.ok(lstatSync(join(target, 'a/sub/link')).isSymbolicLink());
		rmSync(source, {recursive: true});
	});
});
