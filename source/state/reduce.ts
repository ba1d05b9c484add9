import type {EnginePlace} from '../engine/types.ts';
import type {ListId} from '../resources/resource.ts';
import type {Message} from './messages.ts';
import {type EngineChoice, eventsKept, type ListState, type State} from './model.ts';
import {replaced} from './replaced.ts';
import {buildFollowUp} from './selectors/build-cursor.ts';
import {findFollowUp} from './selectors/inspect-cursor.ts';
import {listHeight, readerHeight} from './selectors/layout.ts';
import {focusedList, isThere, listKeys} from './selectors/rows.ts';
import {reduceBusy} from './slices/busy.ts';
import {reduceChanges} from './slices/changes.ts';
import {reduceCompare} from './slices/compare.ts';
import {reduceContainers} from './slices/containers.ts';
import {reduceDocument} from './slices/document.ts';
import {reduceEngine} from './slices/engine.ts';
import {scrolledFacts} from './slices/facts-scroll.ts';
import {reduceFiles} from './slices/files.ts';
import {reduceImage} from './slices/image.ts';
import {scrolledImage} from './slices/image-scroll.ts';
import {initialImages, reduceImages} from './slices/images.ts';
import {reduceLayers} from './slices/layers.ts';
import {type ListShape, settled} from './slices/lists.ts';
import {soughtAnew} from './slices/log-find.ts';
import {settleMembers} from './slices/log-members.ts';
import {reduceLogs} from './slices/logs.ts';
import {reduceMoveTarget} from './slices/move-target.ts';
import {reduceOpened} from './slices/opened.ts';
import {reduceOutdated} from './slices/outdated.ts';
import {reduceProcesses} from './slices/processes.ts';
import {reduceRegistry} from './slices/registry.ts';
import {reduceSearch} from './slices/search.ts';
import {initialStats, reduceStats} from './slices/stats.ts';
import {reduceTransfers} from './slices/transfers.ts';
import {reduceTroubles} from './slices/troubles.ts';
import {initialUi, reduceUi} from './slices/ui.ts';
import type {LogLimits} from './views/log-buffer.ts';

export const initialState = (facts: {
	readonly place: EnginePlace;
	readonly isDemo?: boolean;
	readonly choices?: readonly EngineChoice[];
	readonly columns: number;
	readonly rows: number;
	readonly isReadOnly: boolean;
	readonly isTrusting?: boolean;
	readonly logLimits?: LogLimits;
	readonly transferLimit?: number;
	readonly now: number;
}): State => ({
	engine: {
		place: facts.place,
		isDemo: facts.isDemo ?? false,
		choices: facts.choices ?? [],
		connection: {status: 'connecting'},
	},
	containers: {byId: new Map(), loading: {status: 'loading'}},
	images: initialImages,
	stats: initialStats(facts.now),
	troubles: new Map(),
	transfers: new Map(),
	events: [],
	busy: new Map(),
	ui: initialUi({
		columns: facts.columns,
		rows: facts.rows,
		isReadOnly: facts.isReadOnly,
		isTrusting: facts.isTrusting ?? false,
		...(facts.logLimits && {logLimits: facts.logLimits}),
		...(facts.transferLimit === undefined ? {} : {transferLimit: facts.transferLimit}),
	}),
	now: facts.now,
});

/** What is only there while a screen is open. */
type View =
	| 'logs'
	| 'document'
	| 'opened'
	| 'processes'
	| 'changes'
	| 'files'
	| 'image'
	| 'layers'
	| 'compare'
	| 'registry'
	| 'search'
	| 'outdated'
	| 'moveTarget';
type Views = {readonly [Key in View]: State[Key] | undefined};

const withViews = (state: State, views: Views): State => {
	const {
		logs,
		document,
		opened,
		processes,
		changes,
		files,
		image,
		layers,
		compare,
		registry,
		search,
		outdated,
		moveTarget,
	} = views;
	const isSame =
		logs === state.logs &&
		document === state.document &&
		opened === state.opened &&
		processes === state.processes &&
		changes === state.changes &&
		files === state.files &&
		image === state.image &&
		layers === state.layers &&
		compare === state.compare &&
		registry === state.registry &&
		search === state.search &&
		outdated === state.outdated &&
		moveTarget === state.moveTarget;
	if (isSame) return state;
	const {logs: _, document: _d, opened: _o, processes: _p, changes: _c, files: _f, ...others} = state;
	const {
		image: _i,
		layers: _l,
		compare: _x,
		registry: _r,
		search: _s,
		outdated: _u,
		moveTarget: _m,
		...rest
	} = others;
	return {
		...rest,
		...(logs && {logs}),
		...(document && {document}),
		...(opened && {opened}),
		...(processes && {processes}),
		...(changes && {changes}),
		...(files && {files}),
		...(image && {image}),
		...(layers && {layers}),
		...(compare && {compare}),
		...(registry && {registry}),
		...(search && {search}),
		...(outdated && {outdated}),
		...(moveTarget && {moveTarget}),
	};
};

const reduceFacts = (state: State, message: Message): State => {
	const containers = reduceContainers(state.containers, message);
	return replaced(state, {
		now: message.type === 'clock/ticked' ? message.now : state.now,
		engine: reduceEngine(state.engine, message, state.now),
		containers,
		images: reduceImages(state.images, message),
		stats: reduceStats(state.stats, message, {
			containers: containers.byId,
			openedId: state.opened?.containerId,
			now: state.now,
		}),
		troubles: reduceTroubles(state.troubles, message, containers.byId, state.now),
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
	const opened = reduceOpened(state.opened, message, state.containers, state.now);
	return withViews(state, {
		opened,
		logs: reduceLogs(state, message),
		document: scrolledFacts(state, reduceDocument(state.document, message), message),
		processes: reduceProcesses(state.processes, message, opened),
		changes: reduceChanges(state.changes, message, opened),
		files: reduceFiles(state.files, message, opened, height),
		image: scrolledImage(state, reduceImage(state.image, message, state.images, state.now), message),
		layers: reduceLayers(state, message, height),
		compare: reduceCompare(state.compare, message),
		registry: reduceRegistry(state.registry, message),
		search: reduceSearch(state.search, message),
		outdated: reduceOutdated(state.outdated, message, state.now),
		moveTarget: reduceMoveTarget(state.moveTarget, message),
	});
};

const shapeOf = (state: State, list: ListId): ListShape => ({
	keys: listKeys(state, list),
	height: listHeight(state, list),
	// Answers put what is outdated on top. Who looks at transfers keeps theirs: one that ends makes room for another.
	isNewestFirst:
		list === 'events' || list === 'outdated' || (list === 'transfers' && focusedList(state) !== list),
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
		processes: settle('processes'),
		inspect: settle('inspect'),
		changes: settle('changes'),
		files: settle('files'),
		layers: settle('layers'),
		layerFiles: settle('layerFiles'),
		waste: settle('waste'),
		history: settle('history'),
		compare: settle('compare'),
		build: settle('build'),
		registries: settle('registries'),
		repositories: settle('repositories'),
		tags: settle('tags'),
		manifest: settle('manifest'),
		search: settle('search'),
		outdated: settle('outdated'),
		transferLayers: settle('transferLayers'),
	});
	return replaced(state, {ui: replaced(state.ui, {lists})});
};

/** Containers may have come or gone, and what is looked for may have changed. */
const settleLogs = (before: State, state: State): State => {
	if (state.logs === undefined) return state;
	const logs = soughtAnew(state, settleMembers(before.logs, state.logs, state.containers));
	const ui = replaced(state.ui, {logLook: logs.look});
	return replaced(state, {logs, ui});
};

const step = (state: State, message: Message): State => {
	const facts = reduceReaders(reduceFacts(state, message), message);
	const next = replaced(facts, {ui: reduceUi(facts.ui, message, list => shapeOf(facts, list))});
	return next === state ? state : settleLogs(state, settleLists(next));
};

/** The whole truth of what a message does; pure, and the same reference when it does nothing. */
export const reduce = (state: State, message: Message): State => {
	const next = step(state, message);
	const followUps = [...findFollowUp(state, next, message), ...buildFollowUp(state, next, message)];
	return followUps.reduce(step, next);
};
