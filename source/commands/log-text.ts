import {sanitise, sanitiseLog} from '../format/sanitise.ts';
import type {State} from '../state/model.ts';
import {filterMatcher} from '../state/selectors/log-index.ts';
import {isMerged} from '../state/selectors/log-window.ts';
import {type LogEntry, logEntries} from '../state/views/log-buffer.ts';
import type {LogsState} from '../state/views/logs.ts';

export type LogTextOptions = {
	/** Only lines that pass this filter. */
	readonly filter: string;
	readonly hasTimestamps: boolean;
	/** For a terminal: colours stay, every other escape sequence goes. Else the text is as the container wrote it. */
	readonly isForTerminal: boolean;
};

/** So many lines are one piece, so that whoever writes them can do something else between. */
const pieceLines = 500;

const headOf = ({stamp, from = 0}: LogEntry, logs: LogsState, hasTimestamps: boolean): string => {
	const name = isMerged(logs) ? `${sanitise(logs.members[from]?.name ?? '')} | ` : '';
	return `${hasTimestamps && stamp !== '' ? `${stamp} ` : ''}${name}`;
};

const textOf = (entry: LogEntry, isForTerminal: boolean): string => {
	const text = isForTerminal ? sanitiseLog(entry.text) : entry.text;
	return entry.source === 'note' ? `~ ${text}` : text;
};

/** The lines that are kept, each ended by a line feed; the pieces of an over-long one joined again. */
export async function* logText(
	logs: LogsState,
	{filter, hasTimestamps, isForTerminal}: LogTextOptions,
): AsyncGenerator<string, void, undefined> {
	const matcher = filterMatcher(filter);
	let piece: string[] = [];
	let open: LogEntry | undefined;
	for (const entry of logEntries(logs.buffer)) {
		if (matcher !== undefined && !matcher.test(entry)) continue;
		const goesOn = open !== undefined && open.source === entry.source && open.from === entry.from;
		// Another output may have a word before a line of this one has ended.
		const before = goesOn ? '' : `${open === undefined ? '' : '\n'}${headOf(entry, logs, hasTimestamps)}`;
		piece.push(`${before}${textOf(entry, isForTerminal)}${entry.isPiece ? '' : '\n'}`);
		open = entry.isPiece ? entry : undefined;
		if (piece.length < pieceLines) continue;
		yield piece.join('');
		piece = [];
	}
	yield piece.join('');
}

/** Of a name for a file: the container's or the project's. */
export const logName = ({logs}: State): string => {
	if (logs === undefined) return 'log';
	const {of} = logs.request;
	const name = of.kind === 'project' ? of.project : (logs.members[0]?.name ?? 'log');
	return sanitise(name).replaceAll(/[^\w.-]+/g, '_') || 'log';
};
