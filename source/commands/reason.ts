import type {State} from '../state/model.ts';
import type {Command} from './types.ts';

const readOnlyReason = 'read-only session: nothing can be changed from here';

/** Why a command cannot be done now; the same words in the footer, the help and the toast. */
export const reasonAgainst = (command: Command, state: State): string | undefined =>
	command.group === 'danger' && state.ui.isReadOnly ? readOnlyReason : command.disabledReason?.(state);
