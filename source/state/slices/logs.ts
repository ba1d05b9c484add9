import type {Message, Movement} from '../messages.ts';
import {type LogsState, logLengthKept, logLinesKept} from '../model.ts';
import {replaced} from '../replaced.ts';

export const scrolled = (offset: number, movement: Movement, height: number, count: number): number => {
	const last = Math.max(0, count - height);
	const at = (value: number): number => Math.min(last, Math.max(0, value));
	switch (movement.kind) {
		case 'lines':
			return at(offset + movement.count);
		case 'pages':
			return at(offset + Math.trunc(movement.count * Math.max(1, height - 1)));
		case 'start':
			return 0;
		case 'end':
			return last;
	}
};

const appended = (state: LogsState, lines: LogsState['lines']): LogsState => {
	if (lines.length === 0) return state;
	const all = [...state.lines, ...lines];
	let length = lines.reduce((sum, {text}) => sum + text.length, state.length);
	let dropped = 0;
	for (const {text} of all) {
		if (all.length - dropped <= logLinesKept && length <= logLengthKept) break;
		length -= text.length;
		dropped += 1;
	}
	return {
		...state,
		length,
		lines: dropped === 0 ? all : all.slice(dropped),
		droppedLines: state.droppedLines + dropped,
		// What is being read stays where it is while older lines leave at the top.
		offset: state.isFollowing ? state.offset : Math.max(0, state.offset - dropped),
	};
};

const scrolledLogs = (state: LogsState, movement: Movement, height: number): LogsState => {
	const last = Math.max(0, state.lines.length - height);
	const from = state.isFollowing ? last : state.offset;
	const offset = scrolled(from, movement, height, state.lines.length);
	return replaced(state, {
		offset,
		isFollowing: offset >= last && (state.isFollowing || movement.kind === 'end'),
	});
};

/** @param height rows of the log on the screen. */
export const reduceLogs = (
	state: LogsState | undefined,
	message: Message,
	height: number,
): LogsState | undefined => {
	if (message.type === 'ui/screen-opened') {
		if (message.screen.kind !== 'container') return undefined;
		if (message.screen.containerId === state?.containerId) return state;
		return {
			containerId: message.screen.containerId,
			lines: [],
			length: 0,
			droppedLines: 0,
			status: 'opening',
			isFollowing: true,
			hasTimestamps: state?.hasTimestamps ?? false,
			offset: 0,
		};
	}
	if (state === undefined) return state;
	switch (message.type) {
		case 'engine/logs-opened': {
			if (message.containerId !== state.containerId) return state;
			const {fault: _, ...rest} = state;
			return {
				...rest,
				status: 'following',
				...(message.isReopened ? {} : {lines: [], length: 0, droppedLines: 0}),
			};
		}
		case 'engine/logs-appended':
			return message.containerId === state.containerId ? appended(state, message.lines) : state;
		case 'engine/logs-ended':
			if (message.containerId !== state.containerId) return state;
			return message.fault === undefined
				? {...state, status: 'waiting'}
				: {...state, status: 'failed', fault: message.fault};
		case 'ui/log-follow-set':
			if (message.isFollowing === state.isFollowing) return state;
			return {
				...state,
				isFollowing: message.isFollowing,
				offset: Math.max(0, state.lines.length - height),
			};
		case 'ui/log-timestamps-toggled':
			return {...state, hasTimestamps: !state.hasTimestamps};
		case 'ui/scrolled':
			return scrolledLogs(state, message.movement, height);
		default:
			return state;
	}
};
