import {shellLine} from '../format/shell-line.ts';
import type {Transfer} from '../state/model.ts';
import type {CopyTask} from '../state/views/files.ts';
import type {BuildTask, ImageJob, ImportTask, SaveTask} from '../state/views/image-jobs.ts';

const pullLine = ({reference, pull = {}}: Transfer): string =>
	shellLine(
		'docker',
		'pull',
		...(pull.platform === undefined ? [] : ['--platform', pull.platform]),
		...(pull.isAllTags === true ? ['--all-tags'] : []),
		reference,
	);

const saveLine = ({references, path, compression}: SaveTask): string => {
	const line = shellLine('docker', 'save', ...references);
	return compression === 'none'
		? shellLine('docker', 'save', '--output', path, ...references)
		: `${line} | ${compression} > ${shellLine(path)}`;
};

const importLine = ({path, reference, changes, message, platform}: ImportTask): string =>
	shellLine(
		'docker',
		'import',
		...changes.flatMap(change => ['--change', change]),
		...(message === '' ? [] : ['--message', message]),
		...(platform === undefined ? [] : ['--platform', platform]),
		path,
		...(reference === '' ? [] : [reference]),
	);

const option = (name: string, value: string): readonly string[] => (value === '' ? [] : [name, value]);

const buildLine = (job: BuildTask): string =>
	shellLine(
		'docker',
		'build',
		...option('--file', job.dockerfile),
		...job.tags.flatMap(tag => ['--tag', tag]),
		// The value of an argument may be a secret: the shell has it, or asks for it.
		...Object.keys(job.args).flatMap(name => ['--build-arg', name]),
		...Object.entries(job.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
		...option('--target', job.target),
		...option('--platform', job.platform ?? ''),
		...(job.isCacheless ? ['--no-cache'] : []),
		...(job.isPulling ? ['--pull'] : []),
		job.directory,
	);

const copyLines = ({direction, containerId, sources, target}: CopyTask): string => {
	const container = containerId.slice(0, 12);
	return sources
		.map(source =>
			direction === 'out'
				? shellLine('docker', 'cp', `${container}:${source}`, target)
				: shellLine('docker', 'cp', source, `${container}:${target}`),
		)
		.join(' && ');
};

const jobLine = (job: ImageJob): string | undefined => {
	switch (job.kind) {
		case 'save':
			return saveLine(job);
		case 'load':
			return shellLine('docker', 'load', '--input', job.path);
		case 'import':
			return importLine(job);
		case 'build':
			return buildLine(job);
		case 'push':
			return shellLine('docker', 'push', job.reference);
		// Two engines take part: docker has one line for each.
		case 'move':
		case 'extract':
			return undefined;
	}
};

/** The docker command line that does the same; docker has none for files of an image, nor for two engines. */
export const dockerLine = (transfer: Transfer): string | undefined => {
	const {copy, job} = transfer;
	if (copy !== undefined) return copyLines(copy);
	return job === undefined ? pullLine(transfer) : jobLine(job);
};
