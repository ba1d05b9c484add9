import type {State} from '../state/model.ts';
import {confirmListRows} from '../state/selectors/confirm-list.ts';
import {overlayHeight} from '../state/selectors/layout.ts';
import {helpLength, helpSections} from './help.ts';
import {askPalette} from './palette.ts';
import type {Command} from './types.ts';

/** The furthest that the overlay on top can be moved: its last row, or what still fills its height. */
export const overlayLimit = (commands: readonly Command[], state: State): number => {
	const top = state.ui.overlays.at(-1);
	switch (top?.kind) {
		case 'help': {
			const sections = helpSections(commands, state, {search: top.query.text, first: top.scopes});
			return Math.max(0, helpLength(sections) - overlayHeight(state));
		}
		case 'palette':
			return Math.max(0, askPalette(commands, state, top.query.text).matches.length - 1);
		case 'messages':
			return Math.max(0, state.ui.messages.length - 1);
		case 'form':
			return top.spec.fields.length;
		case 'choice':
			return top.spec.items.length - 1;
		case 'confirm':
			return Math.max(0, (top.spec.list?.length ?? 0) - confirmListRows(state, top.spec));
		case undefined:
			return 0;
	}
};
