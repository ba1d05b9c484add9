import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {ArchiveEntry, FileFacts, FileKind} from '../../source/engine/file-types.ts';
import {createFilesIndex} from '../../source/feed/files-index.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const containerId = idOf(1);

const factsOf = (name: string, kind: FileKind = 'file', sizeBytes = 10): FileFacts => ({
	name,
	kind,
	sizeBytes,
	mode: 0o644,
	modifiedAt: 0,
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}

const entry = (path: string, text = '0123456789'): ArchiveEntry => {
	const kind = path.endsWith('/') ? 'directory' : 'file';
	const name = path.split('/').findLast(part => part !== '') ?? '/';
	return {path, facts: factsOf(name, kind, kind === 'file' ? text.length : 0), content: bytes(text)};
};

const indexed = (root: string, paths: readonly string[], limit?: number) => {
	const index = createFilesIndex(root, limit);
	for (const path of paths) index.add(entry(path));
	index.end();
	return index;
};

describe('the index of an archive', () => {
	it('knows every directory beneath with its sums once it is through', () => {
		const told = indexed('/a/b', ['b/', 'b/one', 'b/c/', 'b/c/two', 'b/c/d/', 'b/z']).take();
		assert.deepEqual(
			told.map(({path, entries, isComplete, treeBytes}) => [
				path,
				entries.map(each => each.name).join(' '),
				isComplete,
				treeBytes,
			]),
			[
				['/a/b/c/d', '', true, 0],
				['/a/b/c', 'two d', true, 10],
				['/a/b', 'one c z', true, 30],
			],
		);
	});

	it('of a root takes its names with a slash, with a dot and without', () => {
		for (const root of ['/', './', '']) {
			const [etc, all] = indexed('/', [root, `${root}etc/`, `${root}etc/hosts`, `${root}z`]).take();
			assert.deepEqual([etc?.path, all?.path], ['/etc', '/']);
			assert.deepEqual(
				all?.entries.map(each => each.name),
				['etc', 'z'],
			);
		}
	});

	it('tells what is new only, and lets go what is beneath when there is too much', () => {
		const index = createFilesIndex('/', 3);
		for (const path of ['/', '/a/', '/a/1', '/a/2']) index.add(entry(path));
		assert.deepEqual(
			index.take().map(({path, entries}) => [path, entries.length]),
			[
				['/', 1],
				['/a', 2],
			],
		);
		for (const path of ['/a/3', '/b/', '/b/1', '/c']) index.add(entry(path));
		index.end();
		const told = new Map(index.take().map(each => [each.path, each]));
		assert.equal(index.isFull(), true);
		assert.equal(told.get('/a')?.isComplete, false);
		assert.equal(told.get('/b')?.isComplete, false);
		assert.deepEqual(
			told.get('/')?.entries.map(each => each.name),
			['a', 'b', 'c'],
		);
		assert.equal(told.get('/')?.isComplete, true);
	});

	it('takes nothing from names that climb', () => {
		assert.deepEqual(indexed('/a', ['a/', 'a/../x', 'a/b/../../y']).take().at(-1)?.entries, []);
	});
});

const list = (path: string) => ({kind: 'list', path, isPatient: false, turn: 0}) as const;

describe('the files tab', () => {
	const start = () => startHarness({containers: [containerOf(1)]});

	it('tells a directory as it comes, and gives it up the moment another is wanted', async () => {
		const {clock, engine, demand, told, feed} = await start();
		demand({files: {containerId, job: list('/a')}});
		await clock.settle();
		engine.files.archiveOf('/a').push(entry('a/'));
		engine.files.archiveOf('/a').push(entry('a/one'));
		await clock.settle();
		engine.files.came('/a', 2048);
		await clock.advance(200);
		const [listed] = told('engine/files-listed');
		assert.deepEqual([listed?.root, listed?.bytes, listed?.entryCount], ['/a', 2048, 1]);
		assert.equal(listed?.directories.at(-1)?.isComplete, false);
		demand({files: {containerId, job: list('/b')}});
		await clock.settle();
		assert.deepEqual(engine.open('readArchive'), ['/b']);
		demand({files: {containerId}});
		await clock.settle();
		assert.deepEqual(engine.open('readArchive'), []);
		await feed.stop();
	});

	it('stops by itself after a while, so that the engine lets the container go; not when asked to go on', async () => {
		const {clock, engine, demand, told, feed} = await start();
		demand({files: {containerId, job: list('/a')}});
		await clock.advance(3100);
		assert.deepEqual(engine.open('readArchive'), []);
		assert.equal(told('engine/files-halted').at(-1)?.status, 'paused');
		demand({files: {containerId, job: {...list('/a'), isPatient: true}}});
		await clock.advance(60_000);
		assert.deepEqual(engine.open('readArchive'), ['/a']);
		await feed.stop();
	});

	it('asks for the usual names of a root before it reads it', async () => {
		const {clock, engine, demand, told, feed} = await start();
		engine.files.stats.set('/etc', factsOf('etc', 'directory'));
		demand({files: {containerId, job: list('/')}});
		await clock.advance(200);
		const [first] = told('engine/files-listed');
		assert.deepEqual(
			first?.directories[0]?.entries.map(each => each.name),
			['etc'],
		);
		assert.deepEqual(engine.open('readArchive'), ['/']);
		await feed.stop();
	});

	it('tells why a directory cannot be read, in the words of the engine', async () => {
		const {clock, engine, demand, told, feed} = await start();
		engine.fail('readArchive', new EngineError('not-found', 'Could not find the file /a'));
		demand({files: {containerId, job: list('/a')}});
		await clock.advance(200);
		const [halted] = told('engine/files-halted');
		assert.deepEqual([halted?.status, halted?.fault?.message], ['failed', 'Could not find the file /a']);
		await feed.stop();
	});

	it('follows a link to what it leads to', async () => {
		const {clock, engine, demand, told, feed} = await start();
		engine.files.stats.set('/l', {...factsOf('l', 'symlink'), linkTarget: '/etc'});
		engine.files.stats.set('/etc', factsOf('etc', 'directory'));
		demand({files: {containerId, job: {kind: 'look', path: '/l'}}});
		await clock.advance(200);
		const [found] = told('engine/files-found');
		assert.deepEqual([found?.asked, found?.path, found?.facts.kind], ['/l', '/etc', 'directory']);
		await feed.stop();
	});

	it('reads no more of a file than is wanted', async () => {
		const {clock, engine, demand, told, feed} = await start();
		demand({files: {containerId, job: {kind: 'content', path: '/f', limitBytes: 4}}});
		await clock.settle();
		engine.files.archiveOf('/f').push(entry('f', 'abcdefgh'));
		await clock.advance(200);
		const [content] = told('engine/files-content');
		assert.equal(Buffer.from(content?.bytes ?? []).toString(), 'abcd');
		assert.equal(content?.isRead, true);
		assert.deepEqual(engine.open('readArchive'), []);
		await feed.stop();
	});
});
