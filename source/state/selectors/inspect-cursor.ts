import type {InspectRow} from '../../resources/inspect.ts';
import {branchesAround} from '../../resources/inspect-tree.ts';
import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import {cursorOf} from '../slices/lists.ts';
import {selectInspectMatches, selectInspectNodes, selectInspectRows} from './inspect-rows.ts';
import {rowKeys} from './rows.ts';

/** The row under the cursor of the tree. */
export const inspectCursor = (state: State): InspectRow | undefined =>
	selectInspectRows(state)[cursorOf(state.ui.lists.inspect, rowKeys(state, 'inspect'))];

/** Unfolds to a node and puts the cursor on it. */
export const revealNode = (state: State, index: number): readonly Message[] => {
	const nodes = selectInspectNodes(state);
	const node = nodes[index];
	if (node === undefined || state.document === undefined) return [];
	const around = branchesAround(nodes, index).map(({path}) => path);
	const {unfolded} = state.document;
	const opening: readonly Message[] = around.every(path => unfolded.has(path))
		? []
		: [{type: 'document/unfolded', unfolded: unfolded.union(new Set(around))}];
	return [...opening, {type: 'ui/landed', list: 'inspect', key: node.path}];
};

/** The match at a place or the next one after it; from the start when there is none. */
const matchFrom = (matches: readonly number[], index: number): number | undefined =>
	matches.find(match => match >= index) ?? matches[0];

/** The match before or after the row under the cursor, going round. */
export const matchBeside = (state: State, step: 1 | -1): number | undefined => {
	const matches = selectInspectMatches(state);
	const at = inspectCursor(state)?.index ?? 0;
	return step === 1 ? matchFrom(matches, at + 1) : (matches.findLast(match => match < at) ?? matches.at(-1));
};

/** Which of the matches the cursor is on, from 1; 0: on none. */
export const matchNumber = (state: State): number =>
	selectInspectMatches(state).indexOf(inspectCursor(state)?.index ?? -1) + 1;

/** What typing into the field of the tree brings with it: the cursor goes to what is found, and back when it is dropped. */
export const findFollowUp = (before: State, state: State, message: Message): readonly Message[] => {
	if (before.ui.queryEdit?.id !== 'inspect.find' || state.document?.findFrom === undefined) return [];
	const {findFrom} = state.document;
	const isDropped = message.type === 'ui/query-closed' && !message.isKept;
	if (message.type !== 'ui/query-edited' && !isDropped) return [];
	const from = selectInspectNodes(state).findIndex(({path}) => path === findFrom);
	const match = isDropped ? undefined : matchFrom(selectInspectMatches(state), from);
	return revealNode(state, match ?? from);
};
