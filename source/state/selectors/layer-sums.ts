import {entryKinds, type ImageTree, type LayerEntries} from '../../layers/types.ts';
import {createSelector} from './memo.ts';

const uncounted: ReadonlySet<number> = new Set([
	entryKinds.indexOf('directory'),
	entryKinds.indexOf('whiteout'),
]);

const counts = new WeakMap<LayerEntries, number>();

/** How many of a layer's entries are neither directories nor whiteouts. */
export const fileCountOf = (entries: LayerEntries): number => {
	const known = counts.get(entries);
	if (known !== undefined) return known;
	let count = 0;
	for (const kind of entries.kinds.subarray(0, entries.count)) if (!uncounted.has(kind)) count += 1;
	counts.set(entries, count);
	return count;
};

/** Bytes of the files of each layer and all below it; nothing from the first layer on that was not read. */
export const cumulativeBytes: (tree: ImageTree) => readonly (number | undefined)[] = createSelector(
	(tree: ImageTree) => [tree],
	(tree: ImageTree): readonly (number | undefined)[] => {
		let sum: number | undefined = 0;
		return tree.layers.map(({contentBytes}) => {
			sum = sum === undefined || contentBytes === undefined ? undefined : sum + contentBytes;
			return sum;
		});
	},
);

/** How many layers were read. */
export const layersRead = ({layers}: ImageTree): number =>
	layers.filter(({entries, absence}) => entries !== undefined || absence !== undefined).length;
