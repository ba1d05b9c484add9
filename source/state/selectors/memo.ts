/**
 * Computes from the state once per change of its inputs (compared by reference) and hands out the same
 * result until then. It keeps one result: there is one state.
 */
export const createSelector = <State, Inputs extends readonly unknown[] | [], Result>(
	inputsOf: (state: State) => Inputs,
	compute: (...inputs: Inputs) => Result,
): ((state: State) => Result) => {
	let last: {readonly inputs: Inputs; readonly result: Result} | undefined;
	return state => {
		const inputs = inputsOf(state);
		if (last !== undefined) {
			const known = last.inputs;
			if (inputs.every((input, index) => Object.is(input, known[index]))) return last.result;
		}
		last = {inputs, result: compute(...inputs)};
		return last.result;
	};
};

/** Hands out the list of before as long as the selector's new one holds the same items in the same order. */
export const withSameItems = <State, Item>(
	select: (state: State) => readonly Item[],
): ((state: State) => readonly Item[]) => {
	let last: readonly Item[] = [];
	return state => {
		const next = select(state);
		const isSame = next.length === last.length && next.every((item, index) => Object.is(item, last[index]));
		if (!isSame) last = next;
		return last;
	};
};
