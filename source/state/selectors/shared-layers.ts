import {shortId} from '../../format/image-name.ts';
import type {ImageTree} from '../../layers/types.ts';
import type {ImagesState, State} from '../model.ts';
import {selectSharing} from './image-sharing.ts';
import {createSelector} from './memo.ts';

/** Names of the other images that have each layer of the open one, by its digest, as far as images were asked. */
export const selectSharedLayers: (state: State) => ReadonlyMap<string, readonly string[]> = createSelector(
	(state: State) => [state.layers?.tree, state.layers?.imageId, selectSharing(state), state.images.byId],
	(
		tree: ImageTree | undefined,
		ownId: string | undefined,
		sharing: ReturnType<typeof selectSharing>,
		byId: ImagesState['byId'],
	): ReadonlyMap<string, readonly string[]> => {
		const names = new Map(
			[...byId.values()].map(({id, tags}): [string, string] => [id, tags[0] ?? shortId(id)]),
		);
		return new Map(
			tree?.layers.map(({diffId}) => [
				diffId,
				sharing
					.imagesWith(diffId)
					.filter(id => id !== ownId)
					.map(id => names.get(id) ?? shortId(id))
					.toSorted(),
			]),
		);
	},
);
