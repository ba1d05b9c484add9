import type {CompareRow} from '../resources/compare.ts';
import type {State} from '../state/model.ts';
import {selectCompareRows} from '../state/selectors/compare-rows.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import type {Command} from './types.ts';

export const isReading = ({compare}: State): boolean =>
	compare !== undefined &&
	!compare.isStopped &&
	compare.comparison === undefined &&
	!compare.readings.some(({status}) => status === 'failed');

const uncompared = ({compare}: State): string | undefined =>
	compare?.comparison === undefined ? 'the images are not compared yet' : undefined;

export const needsFiles = (state: State): string | undefined =>
	state.compare?.section === 'files' ? uncompared(state) : 'the files are not shown: 1 shows them';

export const needsSettings = (state: State): string | undefined =>
	state.compare?.section === 'config' ? uncompared(state) : 'the configuration is not shown: 3 shows it';

/** What is under the cursor. */
export const cursorRow = (state: State): CompareRow | undefined => {
	const key = cursorRowKey(state, 'compare');
	return key === undefined ? undefined : selectCompareRows(state).find(row => row.key === key);
};

/** A command of the screen of two images. */
export const compareCommand = (facts: Omit<Command, 'scope' | 'id'> & {readonly name: string}): Command => {
	const {name, ...rest} = facts;
	return {...rest, scope: 'compare', id: `compare.${name}`};
};
