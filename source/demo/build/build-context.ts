import {createHash} from 'node:crypto';
import {packTar} from 'modern-tar';
import {DemoError} from '../contract.ts';
import {globOf} from '../filter-values.ts';
import {sentArchive} from '../images/sent-archive.ts';
import {tarEntries} from '../images/tar-read.ts';

export type ContextFile = {
	readonly kind: 'file' | 'directory' | 'symlink';
	readonly mode: number;
	readonly data: Buffer;
	readonly linkTarget: string;
};

/** By path, without a slash before it. */
export type ContextFiles = ReadonlyMap<string, ContextFile>;

export const readContext = async (body: AsyncIterable<Uint8Array>): Promise<ContextFiles> => {
	const files = new Map<string, ContextFile>();
	for await (const {name, kind, mode, linkTarget, content} of tarEntries(sentArchive(body))) {
		if (kind === 'other' || kind === 'hardlink' || name === '') continue;
		files.set(name, {kind, mode, linkTarget, data: Buffer.concat(await content())});
	}
	return files;
};

/**
 * What an instruction copies, by where it comes to lie.
 * @param folder the working directory
 * @throws DemoError in the words of the classic builder, for what is not there
 */
export const copied = (
	files: ContextFiles,
	sources: readonly string[],
	target: string,
	folder: string,
): ContextFiles => {
	const to = trimmed(target.startsWith('/') ? target : `${folder}/${target}`);
	const found = sources.flatMap(source => matching(files, trimmed(source), source));
	const isInto = target.endsWith('/') || target === '.' || found.length > 1;
	const result = new Map<string, ContextFile>();
	for (const name of found) {
		const file = files.get(name);
		if (name !== '' && file?.kind !== 'directory') {
			if (file) result.set(isInto ? joined(to, name.slice(name.lastIndexOf('/') + 1)) : to, file);
			continue;
		}
		const prefix = name === '' ? '' : `${name}/`;
		for (const [path, inner] of files)
			if (path.startsWith(prefix)) result.set(joined(to, path.slice(prefix.length)), inner);
	}
	return result;
};

const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

const trimmed = (path: string): string =>
	path
		.split('/')
		.filter(part => part !== '' && part !== '.')
		.join('/');

const matching = (files: ContextFiles, name: string, asked: string): readonly string[] => {
	const isFolder = [...files.keys()].some(path => path.startsWith(`${name}/`));
	if (name === '' || files.has(name) || isFolder) return [name];
	const glob = globOf(name);
	const found = /[*?[]/.test(name) ? [...files.keys()].filter(path => glob(path)) : [];
	if (found.length > 0) return found;
	throw new DemoError(
		500,
		`COPY failed: file not found in build context or excluded by .dockerignore: stat ${asked}: file does not exist`,
	);
};

/** What a step's cache is known by. */
export const digestOfFiles = (files: ContextFiles): string => {
	const hash = createHash('sha256');
	for (const [path, {kind, mode, data, linkTarget}] of [...files].sort(([one], [other]) =>
		one < other ? -1 : 1,
	))
		hash.update(JSON.stringify([path, kind, mode, linkTarget, data.length])).update(data);
	return hash.digest('hex');
};

/** A tar of them, each directory before what is in it. */
export const packFiles = (files: ContextFiles, now: number): Promise<Uint8Array> => {
	const all = new Map<string, ContextFile>();
	for (const [path, file] of files) {
		for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
			if (!all.has(path.slice(0, at))) all.set(path.slice(0, at), emptyFolder);
		all.set(path, file);
	}
	const mtime = new Date(Math.floor(now / 1000) * 1000);
	return packTar(
		[...all].map(([path, {kind, mode, data, linkTarget}]) => ({
			header: {
				name: kind === 'directory' ? `${path}/` : path,
				type: kind,
				size: data.length,
				mode,
				mtime,
				...(kind === 'symlink' && {linkname: linkTarget}),
			},
			...(kind === 'file' && {body: data}),
		})),
	);
};

const emptyFolder: ContextFile = {kind: 'directory', mode: 0o755, data: Buffer.alloc(0), linkTarget: ''};

export const fileOf = (text: string): ContextFile => ({
	...emptyFolder,
	kind: 'file',
	mode: 0o644,
	data: Buffer.from(text),
});
