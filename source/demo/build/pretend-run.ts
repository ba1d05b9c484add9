/** What a command of a build says and does, without being run. */
export type RunPiece = {readonly text: string; readonly isError?: boolean; readonly waitMs: number};

export type Pretended = {
	readonly output: readonly RunPiece[];
	/** 0 when it went well. */
	readonly code: number;
	/** Paths that it makes, with their bytes. */
	readonly made: Readonly<Record<string, number>>;
	readonly removed: readonly string[];
};

const nothing: Pretended = {output: [], code: 0, made: {}, removed: []};

const said = (text: string, waitMs = 40, isError = false): RunPiece => ({text: `${text}\n`, waitMs, isError});

const plainName = (name: string): string => name.replace(/[=@<>~^].*$/, '').replaceAll(/[^\w.+-]/g, '');

const installed = (
	names: readonly string[],
	lines: (name: string, index: number) => string,
	files: (name: string) => Readonly<Record<string, number>>,
	last: string,
): Pretended => ({
	...nothing,
	output: [...names.map((name, index) => said(lines(name, index), 350)), said(last, 150)],
	made: Object.assign({}, ...names.map(plainName).map(files)),
});

const packages = (args: readonly string[]): readonly string[] =>
	args.filter(arg => !arg.startsWith('-') && !['install', 'add', 'update', 'ci', 'i'].includes(arg));

const programs: Readonly<Record<string, (args: readonly string[], line: string) => Pretended>> = {
	echo: (args, line) => {
		const [, file] = />>?\s*(\S+)\s*$/.exec(line) ?? [];
		const text = args.join(' ').replace(/\s*>>?\s*\S+$/, '');
		if (file === undefined || file.startsWith('&'))
			return {...nothing, output: [said(text, 10, file === '&2')]};
		return {...nothing, made: {[file]: text.length + 1}};
	},
	exit: ([code = '0']) => ({...nothing, code: Number(code) || 0}),
	false: () => ({...nothing, code: 1}),
	sleep: ([seconds = '1']) => ({...nothing, output: [{text: '', waitMs: 1000 * (Number(seconds) || 0)}]}),
	touch: args => ({...nothing, made: Object.fromEntries(args.filter(isPath).map(path => [path, 0]))}),
	rm: args => ({...nothing, removed: args.filter(arg => isPath(arg) && !/[*?]/.test(arg))}),
	'apt-get': args => {
		if (args.includes('update'))
			return {
				...nothing,
				output: [
					said('Get:1 http://deb.debian.org/debian trixie InRelease [140 kB]', 300),
					said('Get:2 http://deb.debian.org/debian trixie/main amd64 Packages [9669 kB]', 500),
					said('Reading package lists...', 200),
				],
				made: {'/var/lib/apt/lists/deb.debian.org_debian_dists_trixie_main_binary-amd64_Packages': 900_000},
			};
		return installed(
			packages(args),
			name => `Setting up ${name} ...`,
			name => ({
				[`/usr/bin/${name}`]: 640_000,
				[`/usr/share/doc/${name}/copyright`]: 4200,
				[`/var/lib/dpkg/info/${name}.list`]: 700,
			}),
			'Processing triggers for libc-bin (2.41-12) ...',
		);
	},
	apk: args =>
		installed(
			packages(args),
			(name, index) => `(${index + 1}/${packages(args).length}) Installing ${name}`,
			name => ({[`/usr/bin/${name}`]: 320_000, '/lib/apk/db/installed': 24_000}),
			'OK: 14 MiB in 21 packages',
		),
	npm: args =>
		installed(
			packages(args).length > 0 ? packages(args) : ['fastify', 'pg', 'undici'],
			name => `npm http fetch GET 200 https://registry.npmjs.org/${name}`,
			name => ({[`node_modules/${name}/index.js`]: 90_000, '/root/.npm/_cacache/index': 260_000}),
			'added 214 packages in 4s',
		),
	pip: args =>
		installed(
			packages(args).length > 0 ? packages(args) : ['requests'],
			name => `Collecting ${name}`,
			name => ({[`/usr/lib/python3/${name}/__init__.py`]: 120_000, '/root/.cache/pip/http-v2/0': 180_000}),
			'Successfully installed',
		),
};

const isPath = (arg: string): boolean => /^[\w./]/.test(arg) && !arg.startsWith('-');

/** What `/bin/sh -c` does with a line, as far as the demo pretends it. */
export const pretendRun = (command: string): Pretended => {
	let all: Pretended = nothing;
	for (const line of command.split(/&&|;/).map(part => part.trim())) {
		const [name = '', ...args] = line.split(/\s+/).map(word => word.replaceAll(/^["']|["']$/g, ''));
		const one = programs[name]?.(args, line) ?? {...nothing, output: [{text: '', waitMs: 250}]};
		all = {
			output: [...all.output, ...one.output],
			code: one.code,
			made: {...all.made, ...one.made},
			removed: [...all.removed, ...one.removed],
		};
		if (one.code !== 0) break;
	}
	return all;
};
