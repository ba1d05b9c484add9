import type {EnginePlace} from '../engine/types.ts';
import type {Message} from './messages.ts';
import {type EngineChoice, eventsKept, type ListId, type ListState, type State} from './model.ts';
import {replaced} from './replaced.ts';
import {listHeight, readerHeight} from './selectors/layout.ts';
import {isThere, rowKeys} from './selectors/rows.ts';
import {reduceBusy} from './slices/busy.ts';
import {reduceContainers} from './slices/containers.ts';
import {reduceDocument} from './slices/document.ts';
import {reduceEngine} from './slices/engine.ts';
import {reduceImages} from './slices/images.ts';
import {type ListShape, settled} from './slices/lists.ts';
import {reduceLogs, scrolled} from './slices/logs.ts';
import {emptySeries, reduceStats} from './slices/stats.ts';
import {reduceTransfers} from './slices/transfers.ts';
import {initialUi, reduceUi} from './slices/ui.ts';

export const initialState = (facts: {
	readonly place: EnginePlace;
	readonly isDemo?: boolean;
	readonly choices?: readonly EngineChoice[];
	readonly columns: number;
	readonly rows: number;
	readonly isReadOnly: boolean;
	readonly isTrusting?: boolean;
	readonly now: number;
}): State => ({
	engine: {
		place: facts.place,
		isDemo: facts.isDemo ?? false,
		choices: facts.choices ?? [],
		connection: {status: 'connecting'},
	},
	containers: {byId: new Map(), loading: {status: 'loading'}},
	images: {byId: new Map(), loading: {status: 'loading'}},
	stats: {byId: new Map(), totals: emptySeries},
	transfers: new Map(),
	events: [],
	busy: new Map(),
	ui: initialUi({
		columns: facts.columns,
		rows: facts.rows,
		isReadOnly: facts.isReadOnly,
		isTrusting: facts.isTrusting ?? false,
	}),
	now: facts.now,
});

const withLogs = (state: State, logs: State['logs']): State => {
	if (logs === state.logs) return state;
	const {logs: _, ...rest} = state;
	return logs === undefined ? rest : {...rest, logs};
};

const withDocument = (state: State, document: State['document']): State => {
	if (document === state.document) return state;
	const {document: _, ...rest} = state;
	return document === undefined ? rest : {...rest, document};
};

const reduceFacts = (state: State, message: Message): State => {
	const containers = reduceContainers(state.containers, message);
	return replaced(state, {
		now: message.type === 'clock/ticked' ? message.now : state.now,
		engine: reduceEngine(state.engine, message, state.now),
		containers,
		images: reduceImages(state.images, message),
		stats: reduceStats(state.stats, message, containers.byId),
		transfers: reduceTransfers(state.transfers, message),
		busy: reduceBusy(state.busy, message),
		events:
			message.type === 'engine/events-arrived' && message.events.length > 0
				? [...state.events, ...message.events].slice(-eventsKept)
				: state.events,
	});
};

const reduceReaders = (state: State, message: Message): State => {
	const height = readerHeight(state);
	const next = withLogs(state, reduceLogs(state.logs, message, height));
	return withDocument(next, reduceDocument(next.document, message, height));
};

const shapeOf = (state: State, list: ListId): ListShape => ({
	keys: rowKeys(state, list),
	height: listHeight(state, list),
	isNewestFirst: list === 'transfers' || list === 'events',
});

const withoutStaleMarks = (state: State, list: ListId): ListState => {
	const known = state.ui.lists[list];
	if (known.marks.size === 0) return known;
	const marks = [...known.marks].filter(isThere(state, list));
	return marks.length === known.marks.size ? known : {...known, marks: new Set(marks)};
};

/** Rows may have come, gone or moved: cursors stay on their objects and on the screen, marks on what is there. */
const settleLists = (state: State): State => {
	const settle = (list: ListId): ListState => settled(withoutStaleMarks(state, list), shapeOf(state, list));
	const lists = replaced(state.ui.lists, {
		containers: settle('containers'),
		images: settle('images'),
		transfers: settle('transfers'),
		events: settle('events'),
	});
	return replaced(state, {ui: replaced(state.ui, {lists})});
};

/** On a larger screen, or with fewer lines, a reader shows no blank below its last line. */
const settleReaders = (state: State): State => {
	const {logs, document} = state;
	const height = readerHeight(state);
	const kept = (offset: number, count: number): number =>
		scrolled(offset, {kind: 'lines', count: 0}, height, count);
	return replaced(state, {
		...(logs && {logs: replaced(logs, {offset: kept(logs.offset, logs.lines.length)})}),
		...(document && {document: replaced(document, {offset: kept(document.offset, document.lines.length)})}),
	});
};

/** The whole truth of what a message does; pure, and the same reference when it does nothing. */
export const reduce = (state: State, message: Message): State => {
	const facts = reduceReaders(reduceFacts(state, message), message);
	const next = replaced(facts, {ui: reduceUi(facts.ui, message, list => shapeOf(facts, list))});
	return next === state ? state : settleReaders(settleLists(next));
};
