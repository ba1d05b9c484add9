import {showError, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

/** Copies ids, one a line. */
export const copyIds = (context: CommandContext, ids: readonly string[]): void => {
	if (!context.terminal.copy(ids.join('\n'))) {
		showError(context, `${ids.length} ids are more than a terminal takes into its clipboard`);
		return;
	}
	const [only] = ids;
	showSuccess(
		context,
		ids.length === 1 && only !== undefined ? `copied ${only.slice(0, 19)}…` : `copied ${ids.length} ids`,
	);
};

/** Copies texts, one a line. @param what they are, as several are called */
export const copyLines = (context: CommandContext, lines: readonly string[], what: string): void => {
	const [only] = lines;
	if (!context.terminal.copy(lines.join('\n')))
		showError(context, `${lines.length} ${what} are more than a terminal takes into its clipboard`);
	else showSuccess(context, `copied ${lines.length === 1 ? only : `${lines.length} ${what}`}`);
};
