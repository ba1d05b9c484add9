import type {Movement} from '../state/messages.ts';
import {overlayLimit} from './overlay-limit.ts';
import type {Command} from './types.ts';

const move = (
	id: string,
	scope: 'dialog' | 'menu',
	title: string,
	keys: readonly string[],
	movement: Movement,
): Command => ({
	id: `${scope}.${id}`,
	scope,
	title,
	help: `Goes ${title}`,
	keys,
	group: 'navigate',
	isKeyOnly: true,
	run: ({store, commands}) => {
		const limit = overlayLimit(commands, store.getState());
		store.dispatch({type: 'ui/overlay-moved', movement, limit});
	},
});

/** Keys while a dialog is open. */
export const dialogCommands: readonly Command[] = [
	move('up', 'dialog', 'up', ['up', 'shift-tab', 'ctrl-p'], {kind: 'lines', count: -1}),
	move('down', 'dialog', 'down', ['down', 'tab', 'ctrl-n'], {kind: 'lines', count: 1}),
	move('page-up', 'dialog', 'a page up', ['pgup'], {kind: 'pages', count: -1}),
	move('page-down', 'dialog', 'a page down', ['pgdn'], {kind: 'pages', count: 1}),
	move('up', 'menu', 'up', ['k'], {kind: 'lines', count: -1}),
	move('down', 'menu', 'down', ['j'], {kind: 'lines', count: 1}),
	move('first', 'menu', 'to the start', ['g', 'home'], {kind: 'start'}),
	move('last', 'menu', 'to the end', ['G', 'end'], {kind: 'end'}),
	{
		id: 'dialog.accept',
		scope: 'dialog',
		title: 'confirm',
		help: 'Does what the dialog says',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		run: ({submit}) => {
			submit();
		},
	},
	{
		id: 'dialog.close',
		scope: 'dialog',
		title: 'leave',
		help: 'Closes the dialog; nothing is done',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 2,
		run: ({store}) => {
			store.dispatch({type: 'ui/overlay-closed'});
		},
	},
	{
		id: 'dialog.quit',
		scope: 'dialog',
		title: 'quit',
		help: 'Leaves Gantry',
		keys: ['ctrl-c'],
		group: 'navigate',
		isKeyOnly: true,
		run: ({store, invoke, submit}) => {
			const top = store.getState().ui.overlays.at(-1);
			// Who presses it again at the question whether to leave has answered it.
			if (top?.kind === 'confirm' && top.commandId === 'app.quit') submit();
			else invoke('app.quit');
		},
	},
];
