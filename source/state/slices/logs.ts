import type {Message, Movement} from '../messages.ts';
import type {Screen, State} from '../model.ts';
import {replaced} from '../replaced.ts';
import {endPlace, isBefore, logReading, placeAfter, topPlace} from '../selectors/log-window.ts';
import {isLogShown} from '../selectors/logs-demand.ts';
import {compareStamps} from '../stamp.ts';
import {emptyLogBuffer} from '../views/log-buffer.ts';
import type {LogMember, LogSelection, LogsFact, LogsState} from '../views/logs.ts';
import {moveFind} from './log-find.ts';
import {withNewLines, withOlderLines} from './log-lines.ts';

const isSameSelection = (left: LogSelection, right: LogSelection): boolean =>
	left.kind === 'project'
		? right.kind === 'project' && left.project === right.project
		: right.kind === 'containers' && left.ids.join() === right.ids.join();

/** Whose log a screen shows, on whichever of its tabs. */
const selectionOf = (screen: Screen): LogSelection | undefined => {
	switch (screen.kind) {
		case 'container':
			return {kind: 'containers', ids: [screen.containerId]};
		case 'logs':
			return screen.of;
		case 'dashboard':
		case 'image':
		case 'compare':
		case 'build':
		case 'transfers':
		case 'transfer':
		case 'registry':
		case 'search':
		case 'outdated':
			return undefined;
	}
};

const begun = (state: State, of: LogSelection, range: LogsState['request']['range']): LogsState => ({
	request: {of, range, limits: state.ui.logLimits},
	members: [],
	buffer: emptyLogBuffer,
	look: state.logs?.look ?? state.ui.logLook,
	isFollowing: true,
	place: {line: 0, row: 0},
	column: 0,
	older: 'idle',
	sought: '',
});

const withMember = (logs: LogsState, id: string, change: Partial<LogMember>): LogsState => ({
	...logs,
	members: logs.members.map(member => (member.id === id ? {...member, ...change} : member)),
});

const opened = (logs: LogsState, id: string): LogsState => ({
	...logs,
	members: logs.members.map(member => {
		if (member.id !== id) return member;
		const {fault: _, ...rest} = member;
		return {...rest, status: 'following'};
	}),
});

const reduceFact = (logs: LogsState, fact: LogsFact): LogsState => {
	if (fact.request !== logs.request) return logs;
	switch (fact.type) {
		case 'engine/logs-opened':
			return opened(logs, fact.containerId);
		case 'engine/logs-appended':
			return withNewLines(logs, fact.parts, compareStamps);
		case 'engine/logs-ended':
			return withMember(
				logs,
				fact.containerId,
				fact.fault === undefined ? {status: 'waiting'} : {status: 'failed', fault: fact.fault},
			);
		case 'engine/older-logs-loaded':
			return withOlderLines(logs, fact.parts, compareStamps);
		case 'engine/older-logs-failed':
			return {...logs, older: 'failed'};
	}
};

/** At the very top what came before is asked for. */
const wantingOlder = (logs: LogsState, isAtTop: boolean): LogsState => {
	const canTry = logs.older === 'idle' || logs.older === 'failed' || logs.older === 'full';
	if (!isAtTop || !canTry || logs.buffer.count === 0) return logs;
	const {limits} = logs.request;
	const isFull = logs.buffer.count >= limits.lines || logs.buffer.bytes >= limits.bytes;
	return replaced(logs, {older: isFull ? 'full' : 'wanted'});
};

const scrolledLogs = (state: State, logs: LogsState, movement: Movement): LogsState => {
	const reading = logReading(state, logs);
	const top = topPlace(reading);
	if (movement.kind === 'end') return replaced(logs, {isFollowing: true, place: top});
	const rows =
		movement.kind === 'lines'
			? movement.count
			: movement.kind === 'pages'
				? Math.trunc(movement.count * Math.max(1, reading.height - 1))
				: 0;
	const place =
		movement.kind === 'start'
			? {line: reading.index.numberAt(0) ?? logs.buffer.dropped, row: 0}
			: placeAfter(reading, top, rows);
	const isAtEnd = !isBefore(place, endPlace(reading));
	const isUp = movement.kind === 'start' || rows < 0;
	const isAtTop = reading.index.positionOf(place.line) === 0 && place.row === 0;
	const isStill = place.line === logs.place.line && place.row === logs.place.row;
	const isFollowing = isAtEnd && logs.isFollowing;
	// While it follows, its place means nothing.
	const next = replaced(logs, {place: isFollowing || isStill ? logs.place : place, isFollowing});
	return isUp ? wantingOlder(next, isAtTop) : next;
};

const followSet = (state: State, logs: LogsState, isFollowing: boolean): LogsState =>
	isFollowing === logs.isFollowing ? logs : {...logs, isFollowing, place: topPlace(logReading(state, logs))};

const reduceIntent = (state: State, logs: LogsState, message: Message): LogsState => {
	switch (message.type) {
		case 'ui/scrolled':
			return isLogShown(state) ? scrolledLogs(state, logs, message.movement) : logs;
		case 'logs/follow-set':
			return followSet(state, logs, message.isFollowing);
		case 'logs/look-toggled': {
			const look = {...logs.look, [message.part]: !logs.look[message.part]};
			const {line} = topPlace(logReading(state, logs));
			return {...logs, look, place: {line, row: 0}};
		}
		case 'logs/moved-sideways':
			return replaced(logs, {column: Math.max(0, logs.column + message.cells)});
		case 'logs/find-moved':
			return moveFind(state, logs, message.step);
		default:
			return logs;
	}
};

const isFact = (message: Message): message is LogsFact =>
	message.type === 'engine/logs-opened' ||
	message.type === 'engine/logs-appended' ||
	message.type === 'engine/logs-ended' ||
	message.type === 'engine/older-logs-loaded' ||
	message.type === 'engine/older-logs-failed';

/** @param state before the message */
export const reduceLogs = (state: State, message: Message): LogsState | undefined => {
	const {logs} = state;
	if (message.type === 'ui/screen-opened') {
		const of = selectionOf(message.screen);
		if (of === undefined) return undefined;
		return logs !== undefined && isSameSelection(logs.request.of, of) ? logs : begun(state, of, 'tail');
	}
	if (logs === undefined) return undefined;
	if (message.type === 'logs/range-set')
		return {...begun(state, logs.request.of, message.range), sought: logs.sought, column: logs.column};
	if (isFact(message)) return reduceFact(logs, message);
	return reduceIntent(state, logs, message);
};
