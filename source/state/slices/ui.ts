import type {ListId} from '../../resources/resource.ts';
import type {Message} from '../messages.ts';
import {type ListState, messagesKept, type Screen, type Toast, type UiState} from '../model.ts';
import {replaced} from '../replaced.ts';
import {editText} from '../text-edit.ts';
import {defaultLogLimits} from '../views/log-buffer.ts';
import {initialList, type ListShape, reduceList} from './lists.ts';
import {reduceOverlays} from './overlays.ts';
import {reduceQueries} from './queries.ts';
import {anewBelow} from './registry-lists.ts';
import {defaultTransferLimit} from './transfers.ts';

export const initialUi = (
	facts: Pick<UiState, 'columns' | 'rows' | 'isReadOnly' | 'isTrusting'> &
		Partial<Pick<UiState, 'logLimits' | 'transferLimit'>>,
): UiState => ({
	logLimits: defaultLogLimits,
	transferLimit: defaultTransferLimit,
	logLook: {hasTimestamps: false, isWrapped: false, isPretty: false},
	...facts,
	screen: {kind: 'dashboard'},
	focus: 'containers',
	isZoomed: false,
	lists: {
		containers: initialList,
		images: initialList,
		transfers: initialList,
		events: initialList,
		processes: initialList,
		inspect: initialList,
		changes: initialList,
		files: initialList,
		layers: initialList,
		layerFiles: initialList,
		waste: initialList,
		history: initialList,
		compare: initialList,
		build: initialList,
		registries: initialList,
		repositories: initialList,
		tags: initialList,
		manifest: initialList,
		search: initialList,
		outdated: initialList,
		transferLayers: initialList,
	},
	queries: {},
	buildForm: {},
	isRunningOnly: false,
	isGrouped: false,
	collapsedProjects: new Set(),
	isTree: false,
	foldedRepositories: new Set(),
	overlays: [],
	toasts: [],
	messages: [],
	look: {count: 0, ids: []},
	retryCount: 0,
});

const toggledIn = (set: ReadonlySet<string>, value: string): ReadonlySet<string> => {
	const next = new Set(set);
	if (!next.delete(value)) next.add(value);
	return next;
};

const withList = (ui: UiState, list: ListId, next: ListState): UiState =>
	replaced(ui, {lists: replaced(ui.lists, {[list]: next})});

const withoutFilterEdit = ({filterEdit: _, ...rest}: UiState): UiState => rest;

const reduceFilterEdit = (ui: UiState, message: Message): UiState => {
	const edit = ui.filterEdit;
	if (message.type === 'ui/filter-opened') {
		const {filter: before, cursorKey: keyBefore} = ui.lists[message.list];
		const place = keyBefore === undefined ? {} : {keyBefore};
		return {...ui, filterEdit: {list: message.list, before, cursor: before.length, ...place}};
	}
	if (edit === undefined) return ui;
	const list = ui.lists[edit.list];
	if (message.type === 'ui/filter-edited') {
		const {text, cursor} = editText({text: list.filter, cursor: edit.cursor}, message.edit);
		const next = withList(ui, edit.list, replaced(list, {filter: text}));
		return replaced(next, {filterEdit: replaced(edit, {cursor})});
	}
	if (message.type === 'ui/filter-closed') {
		if (message.isKept) return withoutFilterEdit(ui);
		const place = edit.keyBefore === undefined ? {} : {cursorKey: edit.keyBefore};
		return withoutFilterEdit(withList(ui, edit.list, {...list, filter: edit.before, ...place}));
	}
	return ui;
};

const reduceToasts = (ui: UiState, message: Message): UiState => {
	switch (message.type) {
		case 'ui/toast-shown':
			return {
				...ui,
				toasts: [...ui.toasts, message.toast].slice(-5),
				messages: [...ui.messages, message.toast].slice(-messagesKept),
			};
		case 'ui/toasts-dismissed':
			return ui.toasts.length === 0 ? ui : {...ui, toasts: []};
		case 'clock/ticked': {
			const isCurrent = (toast: Toast): boolean =>
				toast.expiresAt === undefined || toast.expiresAt > message.now;
			return ui.toasts.every(isCurrent) ? ui : {...ui, toasts: ui.toasts.filter(isCurrent)};
		}
		default:
			return ui;
	}
};

const isSameScreen = (left: Screen, right: Screen): boolean => {
	switch (left.kind) {
		case 'container':
			return right.kind === 'container' && left.containerId === right.containerId && left.tab === right.tab;
		case 'logs':
			return right.kind === 'logs' && left.of === right.of;
		case 'image':
			return right.kind === 'image' && left.imageId === right.imageId && left.tab === right.tab;
		case 'compare':
			return right.kind === 'compare' && left.sides === right.sides;
		case 'build':
			return right.kind === 'build' && left.transferId === right.transferId;
		case 'transfer':
			return right.kind === 'transfer' && left.transferId === right.transferId;
		case 'registry':
			return right.kind === 'registry' && left.place === right.place;
		case 'search':
			return right.kind === 'search' && left.term === right.term;
		case 'transfers':
		case 'outdated':
		case 'dashboard':
			return right.kind === left.kind;
	}
};

/** What is read on a screen: a container, or an image. */
const subjectOf = (screen: Screen): string | undefined => {
	switch (screen.kind) {
		case 'container':
			return screen.containerId;
		case 'image':
			return screen.imageId;
		case 'compare':
			return screen.sides.map(({imageId}) => imageId).join(' ');
		case 'build':
		case 'transfer':
			return screen.transferId;
		case 'search':
			return screen.term;
		case 'registry':
		case 'transfers':
		case 'outdated':
		case 'dashboard':
		case 'logs':
			return undefined;
	}
};

/** How it is sorted is a habit of the reader; where it was left, and what it was filtered by, are not. */
const anew = ({sortBy, isReversed}: ListState): ListState => ({
	...initialList,
	isReversed,
	...(sortBy === undefined ? {} : {sortBy}),
});

/** The lists of another container, image or repository begin anew. */
const withScreen = (ui: UiState, screen: Screen): UiState => {
	if (screen.kind === 'registry') return anewBelow({...ui, screen}, screen.place, anew);
	const subject = subjectOf(screen);
	if (subject === undefined || subject === ui.lastSubject) return {...ui, screen};
	const {processes, inspect, changes, files, layers, layerFiles, waste, history, compare, build} = ui.lists;
	const {search, transferLayers} = ui.lists;
	const lists = {
		...ui.lists,
		processes: anew(processes),
		inspect: anew(inspect),
		changes: anew(changes),
		files: anew(files),
		layers: anew(layers),
		layerFiles: anew(layerFiles),
		waste: anew(waste),
		history: anew(history),
		compare: anew(compare),
		build: anew(build),
		search: anew(search),
		transferLayers: anew(transferLayers),
	};
	return {...ui, screen, lastSubject: subject, lists};
};

const reduceView = (ui: UiState, message: Message): UiState => {
	switch (message.type) {
		case 'ui/resized':
			return replaced(ui, {columns: message.columns, rows: message.rows});
		case 'ui/pane-focused':
			return replaced(ui, {focus: message.pane});
		case 'ui/zoom-set':
			return replaced(ui, {isZoomed: message.isZoomed});
		case 'ui/screen-opened':
			return isSameScreen(ui.screen, message.screen) ? ui : withScreen(ui, message.screen);
		case 'files/wanted': {
			const {screen} = ui;
			if (screen.kind !== 'container' || screen.containerId !== message.containerId) return ui;
			return screen.tab === 'files' ? ui : {...ui, screen: {...screen, tab: 'files'}};
		}
		case 'ui/running-only-toggled':
			return {...ui, isRunningOnly: !ui.isRunningOnly};
		case 'ui/grouping-toggled':
			return {...ui, isGrouped: !ui.isGrouped};
		case 'ui/project-folded':
			return {...ui, collapsedProjects: toggledIn(ui.collapsedProjects, message.project)};
		case 'images/grouping-toggled':
			return {...ui, isTree: !ui.isTree};
		case 'images/repository-folded':
			return {...ui, foldedRepositories: toggledIn(ui.foldedRepositories, message.repository)};
		case 'ui/look-wanted':
			return {...ui, look: {count: ui.look.count + 1, ids: message.ids}};
		case 'build/remembered':
			return {...ui, buildForm: message.form};
		case 'ui/retry-wanted':
			return {...ui, retryCount: ui.retryCount + 1};
		default:
			return ui;
	}
};

/** @param shapeOf what a list shows, after everything else in the state. */
export const reduceUi = (ui: UiState, message: Message, shapeOf: (list: ListId) => ListShape): UiState => {
	if ('list' in message && message.type !== 'engine/list-failed' && message.type !== 'ui/filter-opened') {
		const {list} = message;
		return withList(ui, list, reduceList(ui.lists[list], message, shapeOf(list)));
	}
	const queried = reduceQueries(ui, message);
	const next = replaced(queried, {overlays: reduceOverlays(ui.overlays, message)});
	return reduceView(reduceToasts(reduceFilterEdit(next, message), message), message);
};
