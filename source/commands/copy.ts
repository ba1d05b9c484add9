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
