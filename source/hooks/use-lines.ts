import {useMemo} from 'react';
import type {State} from '../state/model.ts';
import {useSelector} from './use-selector.ts';

const isSame = (left: readonly string[], right: readonly string[]): boolean =>
	left.length === right.length && left.every((line, index) => line === right[index]);

/** Remembers the lines for a state, and keeps their identity while no line reads differently. */
const createLines = (compute: (state: State) => readonly string[]): ((state: State) => readonly string[]) => {
	let last: {readonly state: State; readonly lines: readonly string[]} | undefined;
	return state => {
		if (last?.state === state) return last.lines;
		const lines = compute(state);
		last = {state, lines: last !== undefined && isSame(last.lines, lines) ? last.lines : lines};
		return last.lines;
	};
};

/** Finished lines of the screen; the component is drawn again only when one of them changed. */
export const useLines = (
	compute: (state: State) => readonly string[],
	inputs: readonly unknown[],
): readonly string[] => {
	// biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what its function depends on.
	const select = useMemo(() => createLines(compute), inputs);
	return useSelector(select);
};
