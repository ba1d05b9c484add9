import {createWriteStream} from 'node:fs';
import {rename, rm, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {logName, logText} from './log-text.ts';
import {showSuccess, wordsOf} from './toasts.ts';
import {type Command, FormProblem} from './types.ts';

const absolute = (path: string): string =>
	resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path);

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What the system refused, in words that name the place. */
const problemOf = (error: unknown, path: string): FormProblem => {
	switch (codeOf(error)) {
		case 'ENOENT':
			return new FormProblem(`there is no folder ${dirname(path)}`, 'path');
		case 'ENOTDIR':
			return new FormProblem(`${dirname(path)} is no folder`, 'path');
		case 'EACCES':
		case 'EPERM':
			return new FormProblem(`you may not write ${path}`, 'path');
		case 'EROFS':
			return new FormProblem(`${dirname(path)} can only be read`, 'path');
		case 'ENOSPC':
		case 'EDQUOT':
			return new FormProblem(`the disk of ${dirname(path)} is full; nothing was left there`, 'path');
		case 'ENAMETOOLONG':
			return new FormProblem('the name is too long', 'path');
		default:
			return new FormProblem(`cannot write ${path}: ${wordsOf(error)}`, 'path');
	}
};

const checkTarget = async (path: string, mayOverwrite: boolean): Promise<void> => {
	const known = await stat(path).catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw problemOf(error, path);
	});
	if (known?.isDirectory()) throw new FormProblem(`${path} is a folder: add a name`, 'path');
	if (known !== undefined && !known.isFile()) throw new FormProblem(`${path} is no plain file`, 'path');
	if (known !== undefined && !mayOverwrite)
		throw new FormProblem(`${path} is there already: switch Overwrite on, or choose another name`, 'path');
};

/** Beside its place first, so that a disk that gets full takes nothing away that was there. */
const write = async (path: string, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> => {
	const partial = `${path}.${process.pid}.partial`;
	try {
		await pipeline(text, createWriteStream(partial, {flags: 'wx'}), {signal});
		await rename(partial, path);
	} catch (error) {
		await rm(partial, {force: true}).catch(() => undefined);
		throw problemOf(error, path);
	}
};

export const saveLogCommand: Command = {
	id: 'logs.save',
	scope: 'logs',
	title: 'save',
	help: 'Saves the lines that are loaded, or those that the filter shows, to a file',
	keys: ['S'],
	group: 'act',
	inFooter: 0.8,
	argument: 'FILE',
	disabledReason: ({logs}) =>
		logs === undefined || logs.buffer.count === 0 ? 'there are no lines' : undefined,
	form: (state, input) => ({
		title: 'Save the log',
		action: 'Save',
		fields: [
			{
				id: 'path',
				label: 'File',
				hint: 'a path on this machine',
				kind: 'text',
				initial: input.argument ?? `${logName(state)}.log`,
				check: value => (value.trim() === '' ? 'a file needs a name' : undefined),
			},
			...((state.ui.queries['logs.filter'] ?? '') === ''
				? []
				: [
						{
							id: 'filtered',
							label: 'Filtered',
							hint: 'only the lines that the filter shows',
							kind: 'toggle' as const,
							initial: 'yes',
						},
					]),
			{
				id: 'timestamps',
				label: 'Timestamps',
				hint: 'the time before each line',
				kind: 'toggle',
				initial: state.logs?.look.hasTimestamps === true ? 'yes' : '',
			},
			{id: 'overwrite', label: 'Overwrite', hint: 'a file that is there', kind: 'toggle', initial: ''},
		],
	}),
	run: async (context, {values = {}}) => {
		const state = context.store.getState();
		const {logs} = state;
		if (logs === undefined) return;
		const path = absolute(values.path ?? '');
		await checkTarget(path, values.overwrite === 'yes');
		const text = logText(logs, {
			filter: values.filtered === 'yes' ? (state.ui.queries['logs.filter'] ?? '') : '',
			hasTimestamps: values.timestamps === 'yes',
			isForTerminal: false,
		});
		await write(path, text, context.signal);
		showSuccess(context, `saved to ${path}`);
	},
};
