import {access, constants, stat} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import {archiveName, compressionOf, compressions} from '../format/archive-name.ts';
import {counted} from '../format/counted.ts';
import {isImageId, shortId} from '../format/image-name.ts';
import {repositoryOf} from '../format/repository.ts';
import type {State} from '../state/model.ts';
import {type ImageTarget, imageTargets} from '../state/selectors/images.ts';
import {isEnded} from '../state/slices/transfers.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {localPath} from './local-path.ts';
import {requestJob} from './request-job.ts';
import {wordsOf} from './toasts.ts';
import {type Command, FormProblem} from './types.ts';

/** By its name where it has one: that is what the archive gives back. */
const referencesOf = (targets: readonly ImageTarget[]): readonly string[] => [
	...new Set(targets.map(({reference, image}) => reference ?? image.id)),
];

const titleOf = (references: readonly string[]): string => {
	const [first = ''] = references;
	if (references.length === 1) return isImageId(first) ? shortId(first) : first;
	const repository = isImageId(first) ? '' : repositoryOf(first);
	const isOne = repository !== '' && references.every(each => repositoryOf(each) === repository);
	return isOne ? `${repository} (${references.length} tags)` : counted(references.length, 'image');
};

/** At most: layers that several share are in the archive once. */
const bytesOf = (targets: readonly ImageTarget[]): number =>
	[...new Map(targets.map(({image}) => [image.id, image.sizeBytes])).values()].reduce(
		(sum, bytes) => sum + bytes,
		0,
	);

const isCompression = (text: string): text is (typeof compressions)[number] =>
	compressions.some(each => each === text);

const checkCompression = (text: string): string | undefined =>
	text.trim() === '' || isCompression(text.trim())
		? undefined
		: `"${text}": it is ${compressions.join(', ')}, or nothing for what the name says`;

const reasonOf = (error: unknown): string => {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOENT') return 'there is no such directory';
	if (code === 'ENOTDIR') return 'a part of the path is no directory';
	if (code === 'ENAMETOOLONG') return 'the name is too long';
	if (code === 'EACCES' || code === 'EPERM') return 'you may not write there';
	if (code === 'EROFS') return 'the file system there can only be read';
	return wordsOf(error);
};

/** Names what cannot be before anything is asked of the engine. */
const checkPath = async (state: State, path: string, isReplacing: boolean): Promise<void> => {
	const refuse = (problem: string): never => {
		throw new FormProblem(problem, 'path');
	};
	const known = await stat(path).catch((error: unknown) =>
		error instanceof Error && 'code' in error && error.code === 'ENOENT'
			? undefined
			: refuse(`${path}: ${reasonOf(error)}`),
	);
	if (known?.isDirectory()) refuse(`${path} is a directory: add a name`);
	if (known !== undefined && !known.isFile()) refuse(`${path} is no plain file`);
	if (known !== undefined && !isReplacing)
		refuse(`${path} exists already: switch Overwrite on, or choose another name`);
	const folder = dirname(path);
	await access(folder, constants.W_OK).catch((error: unknown) => refuse(`${folder}: ${reasonOf(error)}`));
	const isTaken = state.transfers
		.values()
		.some(({job, status}) => job?.kind === 'save' && job.path === path && !isEnded(status));
	if (isTaken) refuse(`${path} is being written already`);
};

const pathField = (initial: string) =>
	({
		id: 'path',
		label: 'File',
		hint: 'a path on this machine',
		kind: 'text',
		initial,
		check: (value: string) => (value.trim() === '' ? 'a file needs a name' : undefined),
	}) as const;

export const saveImagesCommand: Command = {
	id: 'images.save',
	scope: 'images',
	title: 'save',
	help: 'Saves the marked images into one tar file here, plain or compressed, as docker save does',
	keys: ['S'],
	// It changes nothing on the engine.
	group: 'act',
	inFooter: 9,
	argument: 'FILE',
	targets: selectedImages,
	disabledReason: imagesReason,
	form: (state, {targets, argument}) => {
		if (argument !== undefined) return undefined;
		const references = referencesOf(imageTargets(state, targets));
		return {
			title: `Save ${titleOf(references)}`,
			action: 'Save',
			fields: [
				pathField(archiveName(references)),
				{
					id: 'compression',
					label: 'Compression',
					hint: 'none, gzip or zstd; by the name: .tar.gz, .tar.zst',
					kind: 'text',
					initial: '',
					check: checkCompression,
				},
				{id: 'overwrite', label: 'Overwrite', hint: 'a file that is there', kind: 'toggle', initial: ''},
			],
		};
	},
	run: async (context, {targets, values, argument}) => {
		const chosen = imageTargets(context.store.getState(), targets);
		if (chosen.length === 0) throw new FormProblem('it was removed meanwhile');
		const path = localPath(values?.path ?? argument ?? '');
		const isReplacing = values?.overwrite === 'yes';
		await checkPath(context.store.getState(), path, isReplacing);
		const references = referencesOf(chosen);
		const wanted = values?.compression ?? '';
		context.store.dispatch({type: 'ui/marks-set', list: 'images', keys: []});
		requestJob(context, `${titleOf(references)} → ${basename(path)}`, {
			kind: 'save',
			references,
			path,
			compression: isCompression(wanted) ? wanted : compressionOf(path),
			isReplacing,
			totalBytes: bytesOf(chosen),
		});
	},
};
