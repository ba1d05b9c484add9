import {env} from 'node:process';
import {splitWords} from '../format/shell-words.ts';
import {logText} from './log-text.ts';
import {showError, wordsOf} from './toasts.ts';
import type {Command} from './types.ts';

/** `$PAGER` by the quoting rules of a shell, without a shell; `less -R` when there is none. */
const pagerOf = (pager: string | undefined): readonly string[] => {
	const words = splitWords(pager ?? '');
	return words.ok && words.value.length > 0 ? words.value : ['less', '-R'];
};

const isMissing = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'ENOENT';

export const pageLogCommand: Command = {
	id: 'logs.pager',
	scope: 'logs',
	title: 'pager',
	help: 'Opens the lines that are loaded, as the filter shows them, in $PAGER (less)',
	keys: ['v'],
	group: 'view',
	inFooter: 0.9,
	disabledReason: ({logs}) =>
		logs === undefined || logs.buffer.count === 0 ? 'there are no lines' : undefined,
	run: async context => {
		const {logs, ui} = context.store.getState();
		if (logs === undefined) return;
		const command = pagerOf(env.PAGER);
		const text = logText(logs, {
			filter: ui.queries['logs.filter'] ?? '',
			hasTimestamps: logs.look.hasTimestamps,
			isForTerminal: true,
		});
		try {
			await context.terminal.runProgram(command, text);
		} catch (error) {
			const words = isMissing(error) ? 'there is no such program' : wordsOf(error);
			showError(context, `cannot open ${command[0]}: ${words}`, 'set PAGER to a program that is there');
		}
	},
};
