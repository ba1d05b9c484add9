import {naturalOrder} from '../../format/natural-order.ts';

/** Sorts names once, however often what is known of them changes, or the order is reversed. */
export const createNameOrder = (): ((
	names: readonly string[],
	isDescending: boolean,
) => readonly string[]) => {
	let last: {readonly names: readonly string[]; readonly ascending: readonly string[]} | undefined;
	let reversed: readonly string[] | undefined;
	return (names, isDescending) => {
		if (last?.names !== names) {
			last = {names, ascending: names.toSorted(naturalOrder)};
			reversed = undefined;
		}
		if (!isDescending) return last.ascending;
		reversed ??= last.ascending.toReversed();
		return reversed;
	};
};
