import {basename} from 'node:path';
import process from 'node:process';
import {offlineReason} from './container-actions.ts';
import {localPath} from './local-path.ts';
import {requestJob} from './request-job.ts';
import {showInfo, wordsOf} from './toasts.ts';
import {type Command, FormProblem} from './types.ts';

const unreadable: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	ENOTDIR: 'a part of the path is no directory',
	EACCES: 'you may not read it',
	EPERM: 'you may not read it',
	ELOOP: 'its links lead in a circle',
	ENAMETOOLONG: 'the name is too long',
};

const reasonOf = (error: unknown): string => {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return unreadable[code] ?? wordsOf(error);
};

/** What is in the file. @throws FormProblem for what is no archive, or cannot be read */
export const lookAt = async (path: string) => {
	// What it takes is loaded with the first look.
	const {lookAtArchive} = await import('./archive-look.ts');
	const look = await lookAtArchive(path).catch((error: unknown) => {
		throw new FormProblem(`${path}: ${reasonOf(error)}`, 'path');
	});
	if (look.kind === 'none') throw new FormProblem(`${path} ${look.reason}`, 'path');
	return look;
};

export const pathHere = (initial: string) =>
	({
		id: 'path',
		label: 'Tar file',
		hint: 'a path on this machine',
		kind: 'text',
		initial,
		check: (value: string) => (value.trim() === '' ? 'the path is missing' : undefined),
	}) as const;

/** One key for both: what is in the file says which it is. */
export const loadImagesCommand: Command = {
	id: 'images.load',
	scope: 'images',
	title: 'load',
	help: 'Loads images from a tar file here; one of a root file system can be imported',
	keys: ['I'],
	group: 'danger',
	inFooter: 10,
	argument: 'FILE',
	disabledReason: offlineReason,
	form: (_, {argument}) =>
		argument === undefined
			? {
					title: 'Load or import a tar file',
					action: 'Load',
					fields: [pathHere(`${process.cwd()}/`.replace('//', '/'))],
				}
			: undefined,
	run: async (context, {values, argument}) => {
		const path = localPath(values?.path ?? argument ?? '');
		const look = await lookAt(path);
		if (look.kind !== 'files') {
			requestJob(context, basename(path), {kind: 'load', path});
			return;
		}
		showInfo(
			context,
			look.isRoot
				? `${basename(path)} is no archive of images: it looks like a root file system. Import it, or esc`
				: `${basename(path)} is no archive of images: it has no manifest.json. Import its files, or esc`,
		);
		context.invoke('images.import', {prefill: {path}});
	},
};
