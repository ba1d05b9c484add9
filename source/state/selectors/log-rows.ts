import {foldStyled, highlighted} from '../../format/fold-styled.ts';
import {prettyJson} from '../../format/json-log.ts';
import {sanitiseLog} from '../../format/sanitise.ts';
import {withoutStyles} from '../../format/styled.ts';
import type {LogEntry} from '../views/log-buffer.ts';
import type {LogLook} from '../views/logs.ts';

/** How the text of a line is laid out. */
export type LogLayout = Pick<LogLook, 'isWrapped' | 'isPretty'> & {
	/** Cells for the text. */
	readonly width: number;
	/** First cell shown, where lines are not wrapped. */
	readonly column: number;
	readonly find: RegExp | undefined;
};

/** More than enough of a text for so many cells of it, colours and all. */
const unitsPerCell = 4;
const unitsForStyles = 512;

const known = new WeakMap<LogEntry, {readonly key: string; readonly rows: readonly string[]}>();

/** A text that is mostly escape sequences shows less than was hoped for: then all of it is looked at. */
const safeText = (start: string, whole: string, cells: number): string => {
	const safe = sanitiseLog(start);
	const isEnough = start === whole || withoutStyles(safe).length >= cells;
	return isEnough ? safe : sanitiseLog(whole);
};

const layOut = ({text, source}: LogEntry, layout: LogLayout): readonly string[] => {
	const {isWrapped, isPretty, width, column, find} = layout;
	const limit = isWrapped ? text.length : (column + width) * unitsPerCell + unitsForStyles;
	const told = isPretty && source !== 'note' ? prettyJson(text) : text;
	// A carriage return late in the line decides what is shown of it.
	const cut = told.length <= limit || told.includes('\r') ? told : told.slice(0, limit);
	const safe = safeText(cut, told, isWrapped ? 0 : column + width);
	const marked = find === undefined || source === 'note' ? safe : highlighted(safe, find);
	return isWrapped ? foldStyled(marked, width) : [marked];
};

/**
 * The rows of one line, safe for the screen, with SGR colours; wrapped ones at most `width` cells each, others as long as
 * they are (or more than reaches the right edge). Remembered until it is laid out otherwise.
 */
export const logRows = (entry: LogEntry, layout: LogLayout): readonly string[] => {
	const {isWrapped, isPretty, width, column, find} = layout;
	const key = `${width} ${isWrapped ? 'w' : Math.ceil(column / 64)} ${isPretty} ${find?.source ?? ''}/${find?.flags ?? ''}`;
	const last = known.get(entry);
	if (last?.key === key) return last.rows;
	const atEdge = isWrapped ? layout : {...layout, column: Math.ceil(column / 64) * 64};
	const rows = layOut(entry, atEdge);
	known.set(entry, {key, rows});
	return rows;
};
