import {pathOf} from '../layers/tree/paths.ts';
import type {State} from '../state/model.ts';

/** Paths (latin1) of nodes that were marked. */
export const pathsOf = ({layers}: State, keys: readonly string[]): readonly string[] => {
	const paths = layers?.tree?.paths;
	return paths === undefined ? [] : keys.map(each => pathOf(paths, Number(each)));
};
