import {nextChange} from '../layers/tree/tree-rows.ts';
import type {TreeRows} from '../layers/tree/view.ts';
import type {State} from '../state/model.ts';
import {isWayToChange} from '../state/selectors/layer-cursor.ts';
import {selectTreeRows} from '../state/selectors/layer-files-rows.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {listView} from '../state/selectors/rows.ts';
import {land, treeCommand, unfold} from './layer-targets.ts';
import {showInfo} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/** The last row of what a directory shows. */
const lastWithin = ({nodes, depths}: TreeRows, row: number): number => {
	let last = row;
	while (last + 1 < nodes.length && (depths[last + 1] ?? 0) > (depths[row] ?? 0)) last += 1;
	return last;
};

/** Opens the directories on the way until the cursor is on what changed itself. */
const toChange =
	(step: 1 | -1) =>
	(context: CommandContext): void => {
		const {getState} = context.store;
		const view = selectTreeView(getState());
		if (view === undefined) return;
		let rows = selectTreeRows(getState());
		let from = listView(getState(), 'layerFiles').cursor;
		for (let row = nextChange(view, rows, from, step); row !== undefined; ) {
			const node = rows.nodes[row] ?? 0;
			if (!isWayToChange(getState(), node)) {
				land(context, node);
				return;
			}
			unfold(context, node, getState());
			rows = selectTreeRows(getState());
			const opened = rows.nodes.indexOf(node);
			from = step === 1 ? opened : lastWithin(rows, opened) + 1;
			row = nextChange(view, rows, from, step);
		}
		showInfo(context, step === 1 ? 'no change further down' : 'no change further up');
	};

const nothingSought = (state: State): string | undefined => {
	if (state.ui.lists.layerFiles.filter.trim() === '') return 'nothing is looked for: / finds';
	return selectTreeRows(state).matches === 0 ? 'it is nowhere in here' : undefined;
};

/** The match after the cursor, or before it, going round. What is shown for another's sake is no match. */
const toMatch =
	(step: 1 | -1) =>
	(context: CommandContext): void => {
		const state = context.store.getState();
		const {nodes, parents, open: isOpen} = selectTreeRows(state);
		const {cursor} = listView(state, 'layerFiles');
		for (let count = 1; count <= nodes.length; count++) {
			const row = (cursor + step * count + nodes.length * count) % nodes.length;
			// A directory stands open for what was found in it.
			if (parents[row] === 1 && isOpen[row] === 1) continue;
			land(context, nodes[row] ?? 0);
			return;
		}
	};

export const jumpCommands: readonly Command[] = [
	treeCommand({
		id: 'tree.next-change',
		title: 'next change',
		help: 'Goes to the next path that was changed, and opens the directories it is in',
		keys: ['.'],
		inFooter: 0.25,
		run: toChange(1),
	}),
	treeCommand({
		id: 'tree.previous-change',
		title: 'change before',
		help: 'Goes to the path before that was changed',
		keys: [','],
		run: toChange(-1),
	}),
	treeCommand({
		id: 'tree.next-match',
		title: 'next match',
		help: 'Goes to the next path that was found',
		keys: ['n'],
		isKeyOnly: true,
		disabledReason: nothingSought,
		run: toMatch(1),
	}),
	treeCommand({
		id: 'tree.previous-match',
		title: 'match before',
		help: 'Goes to the path before that was found',
		keys: ['N'],
		isKeyOnly: true,
		disabledReason: nothingSought,
		run: toMatch(-1),
	}),
];
