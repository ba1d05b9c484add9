import {containerTabs, imageTabs, type State} from '../state/model.ts';
import {readerList} from '../state/selectors/layout.ts';
import {isUnconnected} from '../state/selectors/unconnected.ts';
import type {Scope} from './types.ts';

const readerScopes: ReadonlySet<Scope> = new Set([
	...containerTabs,
	...imageTabs,
	'container',
	'image',
	'layerFiles',
	'waste',
	'compare',
	'build',
	'registry',
	'registries',
	'repositories',
	'tags',
	'manifest',
	'search',
	'outdated',
	'transferLayers',
	'reader',
]);

/** Belongs to a full screen alone: what can be done there is told before what can be done everywhere. */
export const isReaderScope = (scope: Scope): boolean => readerScopes.has(scope);

/** The scopes of what is on the screen, the nearest first. */
const screenScopes = (state: State): readonly Scope[] => {
	const {screen, focus} = state.ui;
	switch (screen.kind) {
		case 'container': {
			const list: readonly Scope[] = readerList(state) === undefined ? [] : ['lists'];
			const isFileOpen = screen.tab === 'files' && state.files?.content !== undefined;
			return [isFileOpen ? 'content' : screen.tab, ...list, 'container', 'containers'];
		}
		case 'logs':
			return ['logs', 'reader'];
		case 'image': {
			const list = readerList(state);
			if (screen.tab === 'layers' && list === undefined) return ['content', 'image', 'images'];
			return [
				...(list === undefined ? ([screen.tab] as const) : ([list, 'lists'] as const)),
				'image',
				'images',
			];
		}
		case 'compare':
		case 'build':
		case 'transfers':
		case 'search':
			return [screen.kind, 'lists', 'reader'];
		case 'outdated':
			return [screen.kind, 'lists', 'reader', 'containers'];
		case 'transfer':
			return ['transferLayers', 'lists', 'reader'];
		case 'registry':
			return [screen.place.level, 'lists', 'registry', 'reader'];
		case 'dashboard':
			if (focus === 'containers') return ['containerList', 'containers', 'lists'];
			return focus === 'images' ? ['imageList', 'images', 'lists'] : [focus, 'lists'];
	}
};

/** Where a key is looked up now, the nearest scope first. */
export const activeScopes = (state: State): readonly Scope[] => {
	const {ui, engine} = state;
	const top = ui.overlays.at(-1);
	if (top?.kind === 'choice' || top?.kind === 'messages') return ['menu', 'dialog'];
	if (top !== undefined) return ['dialog'];
	if (ui.filterEdit !== undefined) return ['filter'];
	if (ui.queryEdit !== undefined) return ['query'];
	if (ui.screen.kind === 'dashboard' && isUnconnected(state)) return ['unconnected', 'offline', 'global'];
	const offline: readonly Scope[] = engine.connection.status === 'reconnecting' ? ['offline'] : [];
	return [...offline, ...screenScopes(state), 'global'];
};
