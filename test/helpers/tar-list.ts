import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

/** What GNU tar tells of an entry. */
export type Listed = {
	/** As `ls -l` writes it; of a hard link `h…`. */
	readonly mode: string;
	/** `uid/gid`. */
	readonly owner: string;
	/** In bytes, of a device its numbers. */
	readonly size: string;
	/** Latin1. */
	readonly target?: string;
};

/** The entries of a tar by path (latin1, without slashes at the ends), as GNU tar reads them. */
export const listTar = async (file: string): Promise<ReadonlyMap<string, Listed>> => {
	const options = ['--list', '--verbose', '--numeric-owner', '--quoting-style=c', '--file', file];
	const {stdout} = await promisify(execFile)('tar', options, {
		encoding: 'latin1',
		maxBuffer: 1 << 30,
		env: {...process.env, LC_ALL: 'C', TZ: 'UTC'},
	});
	const entries = new Map<string, Listed>();
	for (const line of stdout.split('\n')) {
		const found =
			/^(\S{10}) (\d+\/\d+) +(\d[\d,]*) \S+ \S+ ("(?:[^"\\]|\\.)*")(?: (?:->|link to) (".*"))?$/.exec(line);
		if (found === null) continue;
		const [, mode = '', owner = '', size = '', path = '', target] = found;
		entries.set(bare(unquoted(path)), {
			mode,
			owner,
			size,
			...(target !== undefined && {target: unquoted(target)}),
		});
	}
	return entries;
};

const bare = (path: string): string => path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');

const escapes: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
};

const unquoted = (text: string): string =>
	text
		.slice(1, -1)
		.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
			code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
		);
