import {imageTables} from '../../resources/image-tables.ts';
import type {State} from '../model.ts';
import type {ImageView} from '../views/image.ts';
import type {FactsView} from './facts-layout.ts';
import {readerPaneHeight} from './layout.ts';
import {createSelector} from './memo.ts';
import {maskedIn, type PlacedTables, placeTables} from './placed-tables.ts';

export type ImageFactsLayout = PlacedTables & {
	/** Values that are hidden, or would be. */
	readonly maskedCount: number;
};

/** Where the tables of an image's configuration stand; nothing while nothing is known. */
export const selectImageFactsLayout: (state: State) => ImageFactsLayout | undefined = createSelector(
	(state: State) => [state.image?.config, state.image?.isRevealed ?? false, state.ui.columns],
	(facts: ImageView['config'], isRevealed: boolean, columns: number): ImageFactsLayout | undefined => {
		if (facts === undefined) return undefined;
		const masked = imageTables(facts, {isRevealed: false});
		const whole = imageTables(facts, {isRevealed: true});
		return {...placeTables(isRevealed ? whole : masked, columns), maskedCount: maskedIn(masked, whole)};
	},
);

const PANE_BORDER = 2;

/** The part of the tables that is on the screen. */
export const imageFactsView = (state: State): FactsView => {
	const count = selectImageFactsLayout(state)?.height ?? 0;
	const height = Math.max(0, readerPaneHeight(state) - PANE_BORDER);
	return {offset: Math.max(0, Math.min(state.image?.offset ?? 0, count - height)), height, count};
};
