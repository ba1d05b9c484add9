import {dockerfileInstruction} from '../../format/instruction.ts';
import {maskText} from '../../format/secrets.ts';
import type {LayerSharing} from '../../layers/sharing.ts';
import {type HistoryRow, history as resource} from '../../resources/history.ts';
import type {State} from '../model.ts';
import {cursorOf} from '../slices/lists.ts';
import type {ImageView} from '../views/image.ts';
import {selectSharing} from './image-sharing.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';

const none: readonly HistoryRow[] = [];

/** The newest first, as engines tell them. */
const selectAll: (state: State) => readonly HistoryRow[] = createSelector(
	(state: State) => [
		state.image?.history,
		state.image?.config,
		state.image?.isRevealed ?? false,
		selectSharing(state),
	],
	(
		history: ImageView['history'],
		config: ImageView['config'],
		isRevealed: boolean,
		sharing: LayerSharing,
	): readonly HistoryRow[] => {
		if (history === undefined || config === undefined) return none;
		return history.steps.map(({createdBy, comment, createdAt, sizeBytes}, place): HistoryRow => {
			const index = history.steps.length - 1 - place;
			const layer = history.map.layers[index] ?? 'unknown';
			const diffId = typeof layer === 'number' ? config.diffIds[layer] : undefined;
			const whole = dockerfileInstruction(createdBy);
			const row = {key: `step:${index}`, index, comment, createdAt, sizeBytes, layer};
			const instruction = isRevealed ? whole : maskText(whole);
			if (diffId === undefined) return {...row, instruction};
			const otherImages = sharing.imagesWith(diffId).filter(id => id !== config.id).length;
			return {...row, instruction, diffId, otherImages};
		});
	},
);

const selectSorting = sortingSelector('history');

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	(rows: readonly HistoryRow[], sorting: Sorting) =>
		// Steps have no names that would stay theirs in another image: each image is sorted by itself.
		createSorter(resource)(rows, sorting),
);

export const selectHistoryRows: (state: State) => readonly HistoryRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.history.filter],
	(rows: readonly HistoryRow[], filter: string) => filtered(resource, rows, filter),
);

/** The step under the cursor. */
export const cursorStep = (state: State): HistoryRow | undefined => {
	const rows = selectHistoryRows(state);
	return rows[
		cursorOf(
			state.ui.lists.history,
			rows.map(({key}) => key),
		)
	];
};

/** How many values the history hides, or would. */
export const selectMaskedSteps: (state: State) => number = createSelector(
	(state: State) => [state.image?.history],
	(history: ImageView['history']) =>
		(history?.steps ?? []).filter(({createdBy}) => {
			const whole = dockerfileInstruction(createdBy);
			return maskText(whole) !== whole;
		}).length,
);
