import {spawn} from 'node:child_process';
import {createReadStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {run, say} from '../../engine/shell.ts';

/** An image on the engine. @property n what the table calls its size */
export type BenchImage = {readonly name: string; readonly n: number; readonly what: string};

const megabyte = 1_000_000;
const million = 1_048_576;

/** Files of this machine in one tar, copied under further folders until there is enough of it. */
async function makeTar(file: string, megabytes: number, signal: AbortSignal): Promise<void> {
	const listed = await run('find', [
		'/usr/share',
		'/usr/lib',
		'-xdev',
		'-type',
		'f',
		'-size',
		'-20M',
		'-readable',
		'-printf',
		'%s %p\\n',
	]);
	const lines = listed
		.trim()
		.split('\n')
		.sort((one, other) => (one.slice(one.indexOf(' ')) < other.slice(other.indexOf(' ')) ? -1 : 1));
	let left = megabytes * megabyte;
	for (let copy = 0; left > megabyte / 10; copy += 1) {
		signal.throwIfAborted();
		const names: string[] = [];
		for (const line of lines) {
			if (left <= 0) break;
			const at = line.indexOf(' ');
			names.push(line.slice(at + 1));
			left -= Number(line.slice(0, at));
		}
		if (names.length === 0) throw new Error('this machine has no files to make an image of');
		const list = `${file}.list`;
		writeFileSync(list, `${names.join('\0')}\0`);
		const into = copy === 0 ? [] : ['--transform', `s,^,copy-${copy}/,`];
		const mode = copy === 0 ? '--create' : '--append';
		await run('tar', [mode, '--file', file, '--null', '--files-from', list, '--ignore-failed-read', ...into]);
		rmSync(list);
	}
}

/** `POST /images/create?fromSrc=-` of a file. */
function importTar(socketPath: string, file: string, name: string): Promise<void> {
	const [repository = '', tag = ''] = name.split(':');
	const query = new URLSearchParams({fromSrc: '-', repo: repository, tag});
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				socketPath,
				method: 'POST',
				path: `/images/create?${query}`,
				headers: {'content-type': 'application/x-tar', 'content-length': statSync(file).size},
			},
			response => {
				let answer = '';
				response.setEncoding('utf8').on('data', (piece: string) => {
					answer += piece;
				});
				response.once('error', reject).once('end', () => {
					if ((response.statusCode ?? 500) < 400 && !answer.includes('"error"')) resolve();
					else reject(new Error(`import of ${name}: ${answer.trim()}`));
				});
			},
		);
		sent.once('error', reject);
		createReadStream(file).once('error', reject).pipe(sent);
	});
}

/** Layers over an image, each a folder of small files; the first of them are written over by the next. */
async function build(host: string, name: string, base: string, layers: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-layers-'));
	try {
		const steps = Array.from({length: layers}, (_, layer) => {
			const part = join(folder, `part-${layer}`);
			mkdirSync(part);
			for (let file = 0; file < 40; file += 1)
				writeFileSync(join(part, `file-${file}`), `${layer} ${file}\n`.repeat(20));
			return `COPY part-${layer} /opt/part-${layer % 7}/`;
		});
		writeFileSync(join(folder, 'Dockerfile'), `FROM ${base}\n${steps.join('\n')}\n`);
		await run('docker', ['build', '--quiet', '--tag', name, folder], {
			env: {DOCKER_HOST: host, DOCKER_BUILDKIT: '0'},
		});
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Makes the images one after the other. They go with the engine, which is thrown away. */
export async function makeImages(
	host: string,
	{isQuick, signal}: {readonly isQuick: boolean; readonly signal: AbortSignal},
): Promise<readonly BenchImage[]> {
	const socketPath = host.replace('unix://', '');
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-tar-'));
	try {
		const images: BenchImage[] = [];
		for (const megabytes of isQuick ? [10, 200] : [10, 200, 1000]) {
			signal.throwIfAborted();
			say(`making an image of ${megabytes} MB …`);
			const file = join(folder, 'root.tar');
			await makeTar(file, megabytes, signal);
			const base = `gantry-bench/base:${megabytes}`;
			await importTar(socketPath, file, base);
			rmSync(file);
			const name = `gantry-bench/image:${megabytes}`;
			await build(host, name, base, 4);
			images.push({name, n: megabytes, what: 'MB'});
		}
		say('making an image of 100 layers …');
		await build(host, 'gantry-bench/layers:100', 'gantry-test/busy:1', 99);
		return [...images, {name: 'gantry-bench/layers:100', n: 100, what: 'layers'}];
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** `docker save IMAGE > /dev/null`, as the shell does it. @returns ms */
export function timeSave(host: string, image: string, signal: AbortSignal): Promise<number> {
	const startedAt = performance.now();
	return new Promise((resolve, reject) => {
		const child = spawn('sh', ['-c', 'exec docker save "$1" > /dev/null', 'sh', image], {
			env: {...process.env, DOCKER_HOST: host},
			stdio: ['ignore', 'ignore', 'inherit'],
			signal,
		});
		child.once('error', reject);
		child.once('close', code => {
			if (code === 0) resolve(performance.now() - startedAt);
			else reject(new Error(`docker save ended with ${code}`));
		});
	});
}

/** 1 MB of memory, as everywhere in the table. */
export const mebibyte = million;
