import {baseName, joinPath, parentPath, resolvePath} from '../format/container-path.ts';
import type {State} from '../state/model.ts';
import {filesNamed} from '../state/selectors/files-rows.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {absenceReason, copyInCommand, copyOutCommand} from './file-copies.ts';
import {fileViewCommands} from './file-view.ts';
import {showError, showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

/** Goes to a directory; its list begins at the top, or at `landing`. */
const enter = ({store}: CommandContext, path: string, landing?: string): void => {
	store.dispatch(
		{type: 'ui/filter-cleared', list: 'files'},
		{type: 'files/entered', path},
		landing === undefined
			? {type: 'ui/moved', list: 'files', movement: {kind: 'start'}}
			: {type: 'ui/landed', list: 'files', key: landing},
	);
};

/** Asks what is at a path and opens that. */
const goTo = ({store}: CommandContext, path: string): void => {
	const {opened} = store.getState();
	if (opened !== undefined) store.dispatch({type: 'files/wanted', containerId: opened.containerId, path});
};

const noRow = (state: State): string | undefined =>
	cursorRowKey(state, 'files') === undefined ? 'there is nothing here' : undefined;

const readingStatus = ({files}: State): string | undefined =>
	files?.reading?.path === files?.path ? files?.reading?.status : undefined;

const openCommand: Command = {
	id: 'files.open',
	scope: 'files',
	title: 'open',
	help: 'Opens a directory, what a link leads to, or the content of a file',
	keys: ['enter', 'right'],
	group: 'navigate',
	inFooter: 0.1,
	disabledReason: noRow,
	run: (context, _input) => {
		const state = context.store.getState();
		const key = cursorRowKey(state, 'files');
		const [row] = key === undefined ? [] : filesNamed(state, [key]);
		if (row === undefined) return;
		if (row.facts.kind === 'directory') {
			enter(context, row.key);
			return;
		}
		const reason = absenceReason(state);
		if (reason === undefined) goTo(context, row.key);
		else showError(context, `Cannot open ${row.facts.name}: ${reason}`);
	},
};

const goCommand: Command = {
	id: 'files.go',
	scope: 'files',
	title: 'go to a path',
	help: 'Opens a directory or a file by its path; a relative one begins here',
	keys: ['~'],
	group: 'navigate',
	inFooter: 0.5,
	argument: 'PATH',
	disabledReason: absenceReason,
	form: (state, input) =>
		input.argument === undefined
			? {
					title: 'Go to',
					action: 'Go',
					fields: [
						{
							id: 'path',
							label: 'Path in the container',
							hint: 'of a directory or a file: /etc/hosts, ../lib',
							kind: 'text',
							initial: state.files?.path === '/' ? '/' : `${state.files?.path ?? ''}/`,
						},
					],
				}
			: undefined,
	run: (context, input) => {
		const text = input.values?.path ?? input.argument ?? '';
		if (text === '') throw new FormProblem('the path is missing', 'path');
		if (text.includes('\0')) throw new FormProblem('a path has no NUL in it', 'path');
		context.store.dispatch({type: 'ui/filter-cleared', list: 'files'});
		goTo(context, resolvePath(context.store.getState().files?.path ?? '/', text));
	},
};

/** Before the screen is left, what could not be opened is taken off it. */
const backCommand: Command = {
	id: 'files.back',
	scope: 'files',
	title: 'back',
	help: 'Takes a refusal off the screen, then clears the filter and the marks, then goes back to the dashboard',
	keys: ['esc'],
	group: 'navigate',
	isKeyOnly: true,
	run: ({store, invoke}) => {
		if (store.getState().files?.goingFault === undefined) invoke('container.back');
		else store.dispatch({type: 'files/refusal-dismissed'});
	},
};

export const fileCommands: readonly Command[] = [
	openCommand,
	backCommand,
	{
		id: 'files.up',
		scope: 'files',
		title: 'up',
		help: 'Goes to the directory that holds this one',
		keys: ['left', 'backspace'],
		group: 'navigate',
		inFooter: 0.2,
		disabledReason: ({files}) =>
			files === undefined ? 'no files are shown' : files.path === '/' ? 'this is the root' : undefined,
		run: context => {
			const path = context.store.getState().files?.path ?? '/';
			enter(context, parentPath(path), joinPath(parentPath(path), baseName(path)));
		},
	},
	copyOutCommand,
	copyInCommand,
	goCommand,
	{
		id: 'files.read-on',
		scope: 'files',
		title: 'read on',
		help: 'Reads this directory to its end, however long that takes; the container cannot be stopped meanwhile',
		keys: ['+'],
		group: 'view',
		inFooter: 0.6,
		disabledReason: state => {
			const status = readingStatus(state);
			const isHalted = status === 'paused' || status === 'failed';
			return isHalted ? absenceReason(state) : 'the directory is read, or being read';
		},
		run: ({store}) => {
			store.dispatch({type: 'files/read-on'});
		},
	},
	{
		id: 'files.reread',
		scope: 'files',
		title: 'read again',
		help: 'Reads this directory again',
		keys: ['ctrl-r'],
		group: 'view',
		inFooter: 0.7,
		disabledReason: absenceReason,
		run: ({store}) => {
			store.dispatch({type: 'files/reread'});
		},
	},
	{
		id: 'files.copy-path',
		scope: 'files',
		title: 'copy path',
		help: 'Copies the path in the container to the clipboard',
		keys: ['y'],
		group: 'view',
		disabledReason: noRow,
		run: context => {
			const key = cursorRowKey(context.store.getState(), 'files');
			if (key === undefined) return;
			if (context.terminal.copy(key)) showSuccess(context, `copied ${key}`);
			else showError(context, 'the path is longer than a terminal takes into its clipboard');
		},
	},
	...fileViewCommands,
];
