import type {State} from '../state/model.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

const needsProcess = (state: State): string | undefined =>
	targetsIn(state, 'processes').length === 0 ? 'no process is listed' : undefined;

/** Characters of a command that one key brings into sight. */
const shiftStep = 20;

const shift = (id: string, title: string, key: string, cells: number): Command => ({
	id: `processes.${id}`,
	scope: 'processes',
	title,
	help: `Shows ${title} of long commands`,
	keys: [key],
	group: 'navigate',
	isKeyOnly: true,
	run: ({store}) => {
		store.dispatch({type: 'processes/shifted', cells});
	},
});

export const processCommands: readonly Command[] = [
	{
		id: 'processes.tree',
		scope: 'processes',
		title: 'tree',
		help: 'A tree of parents and children, or a list with the busiest of the last 20 s first',
		keys: ['v'],
		group: 'view',
		inFooter: 1,
		run: ({store}) => {
			const isTree = store.getState().ui.lists.processes.sortBy === undefined;
			store.dispatch({type: 'ui/sorted', list: 'processes', column: isTree ? 'now' : undefined});
		},
	},
	{
		id: 'processes.copy-pid',
		scope: 'processes',
		title: 'copy PID',
		help: 'Copies the numbers of the marked processes, or of the one under the cursor',
		keys: ['y'],
		group: 'view',
		inFooter: 2,
		disabledReason: needsProcess,
		targets: state => targetsIn(state, 'processes'),
		run: (context, {targets}) => {
			if (context.terminal.copy(targets.join('\n'))) showSuccess(context, `copied ${targets.join(' ')}`);
			else showError(context, 'these are more than a terminal takes into its clipboard');
		},
	},
	shift('command-end', 'the rest', 'right', shiftStep),
	shift('command-start', 'the beginning', 'left', -shiftStep),
];
