import {lstat, stat} from 'node:fs/promises';
import {basename, join} from 'node:path';
import process from 'node:process';
import {baseName} from '../format/container-path.ts';
import {counted} from '../format/counted.ts';
import type {State, Transfer} from '../state/model.ts';
import {filesNamed} from '../state/selectors/files-rows.ts';
import {presentContainer} from '../state/selectors/reader-demand.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import type {CopyTask} from '../state/views/files.ts';
import {offlineReason} from './container-actions.ts';
import {localPath} from './local-path.ts';
import {transferEnd} from './pull.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

/** What was read can be walked through whatever became of the container; nothing more can be had of it. */
export const absenceReason = (state: State): string | undefined => {
	if (state.opened === undefined) return 'no container is open';
	return presentContainer(state) === undefined ? 'the container was removed' : offlineReason(state);
};

const existsHere = async (path: string): Promise<boolean> =>
	lstat(path).then(
		() => true,
		() => false,
	);

/** Names what cannot be before anything is asked of the engine. */
export const checkTarget = async (
	target: string,
	names: readonly string[],
	isReplacing: boolean,
): Promise<void> => {
	const isDirectory = await stat(target).then(
		found => found.isDirectory(),
		() => undefined,
	);
	if (isDirectory === undefined) throw new FormProblem(`${target}: no such directory here`, 'to');
	if (!isDirectory) throw new FormProblem(`${target} is no directory`, 'to');
	if (isReplacing) return;
	for (const name of names)
		if (await existsHere(join(target, name)))
			throw new FormProblem(
				`${join(target, name)} exists already: choose another directory, or replace`,
				'to',
			);
};

/** Few are named, the others counted: all are in the message history of the transfer. */
export const leftOutText = ({leftOut, leftOutCount}: Transfer): string => {
	const shown = leftOut.slice(0, 4);
	const more = leftOutCount - shown.length;
	return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
};

const tellEnd = (context: CommandContext, transfer: Transfer): void => {
	const {reference, status, message, leftOutCount, fault} = transfer;
	const done = message === '' ? '0 files' : message;
	if (status === 'cancelled') showInfo(context, `${reference}: cancelled; copied before that: ${done}`);
	else if (status === 'failed') {
		const why = fault?.message ?? 'no reason given';
		showError(context, `Cannot copy ${reference}: ${why}; copied before that: ${done}`);
	} else if (status === 'done' && leftOutCount === 0) showSuccess(context, `${reference}: ${done} copied`);
	if (leftOutCount > 0 && status !== 'cancelled')
		showError(context, `${reference}: ${done} copied, ${leftOutCount} left out: ${leftOutText(transfer)}`);
};

/** Asks for a copy, and tells its end; it goes on behind whatever is on the screen. */
export const requestCopy = (context: CommandContext, reference: string, copy: CopyTask): void => {
	const id = `copy-${context.nextId()}`;
	const at = context.clock.now();
	context.store.dispatch({type: 'ui/transfer-requested', id, reference, copy, at});
	transferEnd(context, id).then(
		transfer => {
			tellEnd(context, transfer);
		},
		() => undefined,
	);
};

export const replaceField = {
	id: 'replace',
	label: 'Replace what exists',
	hint: '',
	kind: 'toggle',
	initial: '',
} as const;

export const present = (value: string): string | undefined =>
	value.trim() === '' ? 'the path is missing' : undefined;

const whatOf = (paths: readonly string[]): string => {
	const [only] = paths;
	return paths.length === 1 && only !== undefined
		? only
		: counted(paths.length, 'entry').replace('entrys', 'entries');
};

export const copyOutCommand: Command = {
	id: 'files.get',
	scope: 'files',
	title: 'copy out',
	help: 'Copies the marked files and directories to a directory of this machine, with modes and times',
	keys: ['>'],
	group: 'act',
	inFooter: 0.3,
	argument: 'DIRECTORY',
	targets: state => targetsIn(state, 'files'),
	disabledReason: state =>
		targetsIn(state, 'files').length === 0 ? 'there is nothing here' : absenceReason(state),
	form: (_, {targets, argument}) =>
		argument === undefined
			? {
					title: `Copy ${whatOf(targets)} out of the container`,
					action: 'Copy',
					fields: [
						{
							id: 'to',
							label: 'To the directory here',
							hint: 'it must be there',
							kind: 'text',
							initial: process.cwd(),
							check: present,
						},
						replaceField,
					],
				}
			: undefined,
	run: async (context, {targets, values, argument}) => {
		const state = context.store.getState();
		const container = presentContainer(state);
		if (container === undefined || targets.length === 0) return;
		const target = localPath(values?.to ?? argument ?? '.');
		const isReplacing = values?.replace === 'yes';
		await checkTarget(target, targets.map(baseName), isReplacing);
		const sizes = filesNamed(state, targets).map(({facts, treeBytes}) =>
			facts.kind === 'file' ? facts.sizeBytes : facts.kind === 'directory' ? treeBytes : 0,
		);
		const known = sizes.filter(size => size !== undefined);
		const isKnown = known.length === targets.length;
		context.store.dispatch({type: 'ui/marks-set', list: 'files', keys: []});
		requestCopy(context, `${container.name}:${whatOf(targets)} → ${target}`, {
			direction: 'out',
			containerId: container.id,
			sources: targets,
			target,
			isReplacing,
			...(isKnown ? {totalBytes: known.reduce((sum, size) => sum + size, 0)} : {}),
		});
	},
};

export const copyInCommand: Command = {
	id: 'files.put',
	scope: 'files',
	title: 'copy in',
	help: 'Copies a file or directory of this machine into this directory, with modes and times, owned by root',
	keys: ['<'],
	group: 'danger',
	inFooter: 0.4,
	argument: 'PATH',
	disabledReason: absenceReason,
	form: ({files}, {argument}) =>
		argument === undefined
			? {
					title: `Copy into ${files?.path ?? '/'}`,
					action: 'Copy',
					fields: [
						{
							id: 'from',
							label: 'File or directory here',
							hint: 'a path on this machine',
							kind: 'text',
							initial: `${process.cwd()}/`.replace('//', '/'),
							check: present,
						},
						replaceField,
					],
				}
			: undefined,
	run: async (context, {values, argument}) => {
		const {files} = context.store.getState();
		const container = presentContainer(context.store.getState());
		if (container === undefined || files === undefined) return;
		const source = localPath(values?.from ?? argument ?? '');
		const found = await lstat(source).catch(() => undefined);
		if (found === undefined) throw new FormProblem(`${source}: no such file or directory here`, 'from');
		if (basename(source) === '') throw new FormProblem('the whole of this machine is too much', 'from');
		requestCopy(context, `${source} → ${container.name}:${files.path}`, {
			direction: 'in',
			containerId: container.id,
			sources: [source],
			target: files.path,
			isReplacing: values?.replace === 'yes',
			...(found.isFile() ? {totalBytes: found.size} : {}),
		});
	},
};
