import type {Message} from './messages.ts';
import {eventsKept, type ListId, type State} from './model.ts';
import {listHeight, readerHeight} from './selectors/layout.ts';
import {rowKeys} from './selectors/rows.ts';
import {reduceBusy} from './slices/busy.ts';
import {reduceContainers} from './slices/containers.ts';
import {reduceDocument} from './slices/document.ts';
import {reduceEngine} from './slices/engine.ts';
import {reduceImages} from './slices/images.ts';
import {settled} from './slices/lists.ts';
import {reduceLogs} from './slices/logs.ts';
import {emptySeries, reduceStats} from './slices/stats.ts';
import {reduceTransfers} from './slices/transfers.ts';
import {initialUi, reduceUi} from './slices/ui.ts';

export const initialState = (facts: {
	readonly address: string;
	readonly source: string;
	readonly columns: number;
	readonly rows: number;
	readonly isReadOnly: boolean;
	readonly now: number;
}): State => ({
	engine: {address: facts.address, source: facts.source, connection: {status: 'connecting'}},
	containers: {byId: new Map(), loading: {status: 'loading'}},
	images: {byId: new Map(), loading: {status: 'loading'}},
	stats: {byId: new Map(), totals: emptySeries},
	transfers: new Map(),
	events: [],
	busy: new Map(),
	ui: initialUi({columns: facts.columns, rows: facts.rows}, facts.isReadOnly),
	now: facts.now,
});

/** Only what differs is replaced: an untouched state keeps its identity, and so nothing is drawn. */
const replaced = (state: State, parts: Partial<State>): State => {
	const isSame = Object.entries(parts).every(([key, value]) => Object.is(Reflect.get(state, key), value));
	return isSame ? state : {...state, ...parts};
};

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
			message.type === 'engine/events-arrived'
				? [...state.events, ...message.events].slice(-eventsKept)
				: state.events,
	});
};

const reduceReaders = (state: State, message: Message): State => {
	const height = readerHeight(state);
	const next = withLogs(state, reduceLogs(state.logs, message, height));
	return withDocument(next, reduceDocument(next.document, message, height));
};

/** Rows may have come, gone or moved: cursors stay on their objects and on the screen. */
const settleLists = (state: State): State => {
	const {lists} = state.ui;
	const settle = (list: ListId) =>
		settled(lists[list], {keys: rowKeys(state, list), height: listHeight(state, list)});
	const next = {
		containers: settle('containers'),
		images: settle('images'),
		transfers: settle('transfers'),
		events: settle('events'),
	};
	const isSame =
		next.containers === lists.containers &&
		next.images === lists.images &&
		next.transfers === lists.transfers &&
		next.events === lists.events;
	return isSame ? state : {...state, ui: {...state.ui, lists: next}};
};

/** The whole truth of what a message does; pure, and the same reference when it does nothing. */
export const reduce = (state: State, message: Message): State => {
	const facts = reduceReaders(reduceFacts(state, message), message);
	const ui = reduceUi(facts.ui, message, list => ({
		keys: rowKeys(facts, list),
		height: listHeight(facts, list),
	}));
	const next = ui === facts.ui ? facts : {...facts, ui};
	return next === state ? state : settleLists(next);
};
