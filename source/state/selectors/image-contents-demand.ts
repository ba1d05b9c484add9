import type {ImageId} from '../../engine/types.ts';
import type {ImagesState, State} from '../model.ts';
import {createSelector, withSameItems} from './memo.ts';

/** Questions that tell what would be freed. */
const askers: ReadonlySet<string> = new Set(['images.prune', 'images.remove', 'images.untag']);

/** Each image costs its engine some 10 ms of CPU once: of more than these nobody is asked unasked. */
const measuredUnasked = 1000;

const sharingColumns: ReadonlySet<string> = new Set(['unique', 'shared', 'platform']);

/** The list that has the focus; a very long one when it is sorted by what has to be found out. */
const isListRead = ({ui: {screen, focus, lists}, images}: State): boolean =>
	screen.kind === 'dashboard' &&
	focus === 'images' &&
	(images.byId.size <= measuredUnasked || sharingColumns.has(lists.images.sortBy ?? ''));

const isReader = ({ui: {screen}, images}: State): boolean =>
	(screen.kind === 'image' || screen.kind === 'compare') && images.byId.size <= measuredUnasked;

/** Whether somebody looks at what images share: the list, an image, a question about images. */
const isLookedAt = (state: State): boolean =>
	isListRead(state) ||
	isReader(state) ||
	state.ui.overlays.some(overlay => 'commandId' in overlay && askers.has(overlay.commandId));

/** Nobody asks, as they are too many, until they are sorted by it. */
export const isLeftUnmeasured = ({images}: State): boolean =>
	images.byId.size > measuredUnasked && images.contents.size === 0;

const nothing: readonly ImageId[] = [];

/** The images whose layers nobody has asked for yet, while somebody looks. */
export const selectImageContentsDemand = withSameItems(
	createSelector(
		(state: State) => [isLookedAt(state), state.images],
		(isWanted: boolean, {byId, contents, unreadable}: ImagesState): readonly ImageId[] =>
			isWanted ? [...byId.keys()].filter(id => !contents.has(id) && !unreadable.has(id)) : nothing,
	),
);
