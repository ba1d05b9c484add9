import type {Message, Movement} from '../messages.ts';
import type {ListId, ListState} from '../model.ts';

export const initialList: ListState = {
	cursorIndex: 0,
	offset: 0,
	filter: '',
	isReversed: false,
	marks: new Set(),
};

/** What a list shows now, as far as moving in it needs. `height`: rows on the screen. */
export type ListShape = {readonly keys: readonly string[]; readonly height: number};

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The cursor's row, found by its key, else by where it was. */
export const cursorOf = (list: ListState, keys: readonly string[]): number => {
	const found = list.cursorKey === undefined ? -1 : keys.indexOf(list.cursorKey);
	return found === -1 ? clamp(list.cursorIndex, keys.length) : found;
};

/** The first row shown, such that the cursor is on the screen and no row is wasted. */
export const offsetOf = (offset: number, cursor: number, shape: {readonly height: number; readonly count: number}): number => {
	const visible = Math.min(cursor, Math.max(offset, cursor - shape.height + 1));
	return Math.max(0, Math.min(visible, shape.count - shape.height));
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

const at = (list: ListState, index: number, {keys, height}: ListShape): ListState => {
	const cursorIndex = clamp(index, keys.length);
	const cursorKey = keys[cursorIndex];
	const offset = offsetOf(list.offset, cursorIndex, {height, count: keys.length});
	const {cursorKey: _, ...rest} = list;
	return {...rest, cursorIndex, offset, ...(cursorKey === undefined ? {} : {cursorKey})};
};

/** Follows the rows: the cursor stays on its object when others come and go. */
export const settled = (list: ListState, {keys, height}: ListShape): ListState => {
	const cursorIndex = cursorOf(list, keys);
	const offset = offsetOf(list.offset, cursorIndex, {height, count: keys.length});
	return cursorIndex === list.cursorIndex && offset === list.offset ? list : {...list, cursorIndex, offset};
};

const toggledMarks = (marks: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> => {
	const isOff = keys.every(key => marks.has(key));
	const next = new Set(marks);
	for (const key of keys) {
		if (isOff) next.delete(key);
		else next.add(key);
	}
	return next;
};

type Addressed = Extract<Message, {readonly list: ListId}>;

export const reduceList = (list: ListState, message: Addressed, shape: ListShape): ListState => {
	switch (message.type) {
		case 'ui/moved':
			return at(list, target(cursorOf(list, shape.keys), message.movement, shape), shape);
		case 'ui/landed':
			return settled({...list, cursorKey: message.key}, shape);
		case 'ui/mark-toggled':
			return {...list, marks: toggledMarks(list.marks, message.keys)};
		case 'ui/marks-set':
			return {...list, marks: new Set(message.keys)};
		case 'ui/filter-cleared':
			return {...list, filter: ''};
		case 'ui/sorted': {
			const {sortBy: _, ...rest} = list;
			return {...rest, isReversed: false, ...(message.column === undefined ? {} : {sortBy: message.column})};
		}
		case 'ui/sort-reversed':
			return {...list, isReversed: !list.isReversed};
		default:
			return list;
	}
};
