import {localPath} from './local-path.ts';
import {logName, logText} from './log-text.ts';
import {showSuccess} from './toasts.ts';
import type {Command} from './types.ts';
import {checkTarget, write} from './write-file.ts';

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
		const path = localPath(values.path ?? '');
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
