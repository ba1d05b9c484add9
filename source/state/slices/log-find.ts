import type {State} from '../model.ts';
import {findMatcher, logIndex} from '../selectors/log-index.ts';
import {endPlace, isBefore, logReading, logWindow, placeAfter, topPlace} from '../selectors/log-window.ts';
import type {LogsState} from '../views/logs.ts';

/** Shows the line, in the upper part of the screen when it was not there before. */
const revealed = (state: State, logs: LogsState, number: number): LogsState => {
	const reading = logReading(state, logs);
	const top = topPlace(reading);
	const isShown = logWindow(reading, top).rows.some(row => row.number === number);
	if (isShown) return {...logs, found: number, place: top};
	const place = placeAfter(reading, {line: number, row: 0}, -Math.floor(reading.height / 3));
	const end = endPlace(reading);
	return {...logs, found: number, isFollowing: false, place: isBefore(end, place) ? end : place};
};

const indexOf = ({ui: {queries}}: State, logs: LogsState) => {
	const matcher = findMatcher(queries['logs.find'] ?? '', queries['logs.filter'] ?? '');
	return matcher === undefined ? undefined : logIndex(logs.buffer, matcher);
};

/** To the next or the last line with what is looked for, from the one found before; over the end to the start. */
export const moveFind = (state: State, logs: LogsState, step: 1 | -1): LogsState => {
	const index = indexOf(state, logs);
	if (index === undefined || index.count === 0) return logs;
	const {line} = topPlace(logReading(state, logs));
	const from = logs.found ?? line - 1;
	const here = index.positionOf(from);
	const isHere = index.numberAt(here) === from;
	const next = step === -1 ? here - 1 : isHere ? here + 1 : here;
	const number = index.numberAt((next + index.count) % index.count);
	return number === undefined ? logs : {...revealed(state, logs, number), isFollowing: false};
};

/** What is looked for has changed: the first line with it from the top of the screen on, else the last above. */
export const soughtAnew = (state: State, logs: LogsState): LogsState => {
	const sought = state.ui.queries['logs.find'] ?? '';
	if (sought === logs.sought) return logs;
	const {found: _, ...rest} = logs;
	const next: LogsState = {...rest, sought};
	const index = indexOf(state, next);
	if (index === undefined || index.count === 0) return next;
	const {line} = topPlace(logReading(state, next));
	const position = index.positionOf(line);
	const number = index.numberAt(Math.min(position, index.count - 1));
	return number === undefined ? next : revealed(state, next, number);
};
