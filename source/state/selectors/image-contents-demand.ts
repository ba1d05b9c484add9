import type {ImageId} from '../../engine/types.ts';
import type {ImagesState, State} from '../model.ts';
import {createSelector, withSameItems} from './memo.ts';

/** Questions that tell what would be freed. */
const askers: ReadonlySet<string> = new Set(['images.prune', 'images.remove', 'images.untag']);

/** Whether somebody looks at what images share: the list that has the focus, an image, a question about images. */
const isLookedAt = ({ui: {screen, focus, overlays}}: State): boolean =>
	(screen.kind === 'dashboard' && focus === 'images') ||
	screen.kind === 'image' ||
	screen.kind === 'compare' ||
	overlays.some(overlay => 'commandId' in overlay && askers.has(overlay.commandId));

const nothing: readonly ImageId[] = [];

/** The images whose layers nobody has asked for yet, while somebody looks. */
export const selectImageContentsDemand = withSameItems(
	createSelector(
		(state: State) => [isLookedAt(state), state.images],
		(isWanted: boolean, {byId, contents, unreadable}: ImagesState): readonly ImageId[] =>
			isWanted ? [...byId.keys()].filter(id => !contents.has(id) && !unreadable.has(id)) : nothing,
	),
);
