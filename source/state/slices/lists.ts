import type {ListId} from '../../resources/resource.ts';
import type {Message, Movement} from '../messages.ts';
import type {ListState} from '../model.ts';
import {replaced} from '../replaced.ts';

export const initialList: ListState = {
	cursorIndex: 0,
	offset: 0,
	filter: '',
	isReversed: false,
	marks: new Set(),
};

/** The keys of a list's rows in order: an array, or for a long list something that makes each when it is asked for. */
export type RowKeys = Iterable<string> & {
	readonly length: number;
	/** @param index from 0; none beyond the end */
	readonly at: (index: number) => string | undefined;
	/** -1: no such row. */
	readonly indexOf: (key: string) => number;
};

/** What a list shows now, as far as moving in it needs. */
export type ListShape = {
	readonly keys: RowKeys;
	/** Rows on the screen; 0: the list is not shown. */
	readonly height: number;
	/** New rows come at the top: a cursor that stands there stays there. */
	readonly isNewestFirst: boolean;
};

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The cursor's row, found by its key, else by where it was. */
export const cursorOf = (list: ListState, keys: RowKeys): number => {
	const found = list.cursorKey === undefined ? -1 : keys.indexOf(list.cursorKey);
	return found === -1 ? clamp(list.cursorIndex, keys.length) : found;
};

/** The first row shown, such that the cursor is on the screen and no row is wasted; one not shown keeps its place. */
export const offsetOf = (
	offset: number,
	cursor: number,
	{height, count}: {readonly height: number; readonly count: number},
): number => {
	if (height === 0) return offset;
	const visible = Math.min(cursor, Math.max(offset, cursor - height + 1));
	return Math.max(0, Math.min(visible, count - height));
};

const target = (cursor: number, movement: Movement, {keys, height}: ListShape): number => {
	switch (movement.kind) {
		case 'lines':
			return cursor + movement.count;
		case 'pages':
			return cursor + Math.trunc(movement.count * Math.max(1, height - 1));
		case 'start':
			return 0;
		case 'end':
			return keys.length - 1;
	}
};

const withKey = (list: ListState, cursorKey: string | undefined): ListState => {
	if (list.cursorKey === cursorKey) return list;
	const {cursorKey: _, ...rest} = list;
	return cursorKey === undefined ? rest : {...rest, cursorKey};
};

const withoutLanding = (list: ListState): ListState => {
	if (list.landingKey === undefined) return list;
	const {landingKey: _, ...rest} = list;
	return rest;
};

/** Puts the cursor on a row and holds on to its object, so that no other one comes under it by itself. */
const at = (list: ListState, index: number, {keys, height, isNewestFirst}: ListShape): ListState => {
	// Nothing to stand on, as while a filter is mistyped: the place is kept for when there is.
	if (keys.length === 0) return list;
	const cursorIndex = clamp(index, keys.length);
	const offset = offsetOf(list.offset, cursorIndex, {height, count: keys.length});
	const isHeld = !(isNewestFirst && cursorIndex === 0);
	return withKey(replaced(list, {cursorIndex, offset}), isHeld ? keys.at(cursorIndex) : undefined);
};

/** On the row of this key, when there is one. */
const landed = (list: ListState, key: string | undefined, shape: ListShape): ListState | undefined => {
	const row = key === undefined ? -1 : shape.keys.indexOf(key);
	return row === -1 ? undefined : at(withoutLanding(list), row, shape);
};

/** Follows the rows: the cursor stays on its object when others come and go, and takes its neighbour when it goes. */
export const settled = (list: ListState, shape: ListShape): ListState =>
	landed(list, list.landingKey, shape) ?? at(list, cursorOf(list, shape.keys), shape);

const toggledMarks = (marks: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> => {
	if (keys.length === 0) return marks;
	return keys.every(key => marks.has(key)) ? marks.difference(new Set(keys)) : marks.union(new Set(keys));
};

type Addressed = Extract<Message, {readonly list: ListId}>;

export const reduceList = (list: ListState, message: Addressed, shape: ListShape): ListState => {
	switch (message.type) {
		case 'ui/moved':
			return at(withoutLanding(list), target(cursorOf(list, shape.keys), message.movement, shape), shape);
		case 'ui/landed':
			return landed(list, message.key, shape) ?? {...list, landingKey: message.key};
		case 'ui/mark-toggled':
			return replaced(list, {marks: toggledMarks(list.marks, message.keys)});
		case 'ui/marks-set': {
			const isSame =
				message.keys.length === list.marks.size && message.keys.every(key => list.marks.has(key));
			return isSame ? list : {...list, marks: new Set(message.keys)};
		}
		case 'ui/filter-cleared':
			return replaced(list, {filter: ''});
		case 'ui/sorted': {
			if (message.column === list.sortBy) return replaced(list, {isReversed: false});
			const {sortBy: _, ...rest} = list;
			return {...rest, isReversed: false, ...(message.column === undefined ? {} : {sortBy: message.column})};
		}
		case 'ui/sort-reversed':
			return {...list, isReversed: !list.isReversed};
		default:
			return list;
	}
};
