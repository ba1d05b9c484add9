import type {LogLine} from '../../engine/types.ts';
import {isMerged} from '../selectors/log-window.ts';
import {appended, type Compare, type LogEntry, merged, prepended} from '../views/log-buffer.ts';
import type {LogPart, LogsState} from '../views/logs.ts';

/** What has no stamp of its own stays with the line before it. */
const stamped = (lines: readonly LogLine[], from: number): readonly LogEntry[] => {
	let last = '';
	return lines.map(line => {
		last = line.stamp === '' ? last : line.stamp;
		return {...line, stamp: last, from};
	});
};

const entriesOf = (logs: LogsState, parts: readonly LogPart[], compare: Compare): readonly LogEntry[] => {
	const [first] = parts;
	if (!isMerged(logs)) return parts.length === 1 && first ? first.lines : parts.flatMap(({lines}) => lines);
	const entries = parts.flatMap(({containerId, lines}) => {
		const from = logs.members.findIndex(({id}) => id === containerId);
		return from < 0 ? [] : stamped(lines, from);
	});
	return entries.toSorted((left, right) => compare(left.stamp, right.stamp));
};

const woven = (logs: LogsState, entries: readonly LogEntry[], compare: Compare): LogsState => {
	const {buffer, moved} = merged(logs.buffer, entries, logs.request.limits, compare);
	return {
		...logs,
		buffer,
		place: {...logs.place, line: moved(logs.place.line)},
		...(logs.found === undefined ? {} : {found: moved(logs.found)}),
	};
};

/** One container's lines stay in the order in which the engine gives them, those of several go by time. */
export const withNewLines = (logs: LogsState, parts: readonly LogPart[], compare: Compare): LogsState => {
	const entries = entriesOf(logs, parts, compare);
	if (entries.length === 0) return logs;
	if (isMerged(logs)) return woven(logs, entries, compare);
	return {...logs, buffer: appended(logs.buffer, entries, logs.request.limits)};
};

/** What is on the screen stays there. */
export const withOlderLines = (logs: LogsState, parts: readonly LogPart[], compare: Compare): LogsState => {
	const entries = entriesOf(logs, parts, compare);
	if (entries.length === 0) return {...logs, older: 'start'};
	if (isMerged(logs)) {
		const room = logs.request.limits.lines - logs.buffer.count;
		if (room < entries.length) return {...logs, older: 'full'};
		return {...woven(logs, entries, compare), older: 'idle'};
	}
	const {buffer, added} = prepended(logs.buffer, entries, logs.request.limits);
	const {place, found} = logs;
	return {
		...logs,
		buffer,
		place: {...place, line: place.line + added},
		...(found === undefined ? {} : {found: found + added}),
		older: added < entries.length ? 'full' : 'idle',
	};
};
