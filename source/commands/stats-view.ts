import type {State} from '../state/model.ts';
import {type StatsWindow, statsWindow, timeOfCell} from '../state/selectors/stats-window.ts';
import {spans} from '../state/views/stats.ts';
import type {Command} from './types.ts';

const needsPast = (state: State): string | undefined =>
	statsWindow(state) === undefined ? 'nothing was read yet' : undefined;

const wider = (id: string, title: string, help: string, keys: readonly string[], step: number): Command => ({
	id: `stats.${id}`,
	scope: 'stats',
	title,
	help,
	keys,
	group: 'view',
	inFooter: step > 0 ? 1 : 2,
	run: ({store}) => {
		const {span} = store.getState().stats.view;
		const next = spans[spans.indexOf(span) + step];
		if (next !== undefined) store.dispatch({type: 'stats/span-set', span: next});
	},
});

/** The cell to go to; `undefined` for the newest, whatever comes. */
type Aim = (cell: number, window: StatsWindow) => number | undefined;

const look = (id: string, title: string, keys: readonly string[], aim: Aim): Command => ({
	id: `stats.${id}`,
	scope: 'stats',
	title,
	help: `Looks at ${title}`,
	keys,
	group: 'navigate',
	isKeyOnly: true,
	disabledReason: needsPast,
	run: ({store}) => {
		const window = statsWindow(store.getState());
		if (window === undefined) return;
		const cell = aim(window.cursorCell ?? window.cells, window);
		const isNewest = cell === undefined || cell >= window.cells;
		const at = isNewest ? undefined : timeOfCell(window, Math.max(0, cell));
		store.dispatch({type: 'stats/cursor-set', at});
	},
});

const pageOf = ({cells}: StatsWindow): number => Math.ceil(cells / 10);

export const statsViewCommands: readonly Command[] = [
	wider(
		'longer',
		'further back',
		'Shows more time: 5 minutes, 30 minutes, all since Gantry began to look',
		['-'],
		1,
	),
	wider('shorter', 'closer', 'Shows less time', ['+', '='], -1),
	look('earlier', 'the moment before', ['left'], cell => cell - 1),
	look('later', 'the moment after; beyond the last one it is live again', ['right'], cell => cell + 1),
	look(
		'much-earlier',
		'a tenth of the time before',
		['pgup', 'ctrl-u'],
		(cell, window) => cell - pageOf(window),
	),
	look(
		'much-later',
		'a tenth of the time after',
		['pgdn', 'ctrl-d'],
		(cell, window) => cell + pageOf(window),
	),
	look('first', 'the oldest moment', ['g', 'home'], () => 0),
	look('live', 'what comes, live', ['G', 'end'], () => undefined),
];
