import type {Container} from '../../engine/types.ts';
import type {Demand} from '../demand.ts';
import type {ContainerTab, Screen, State} from '../model.ts';
import type {CompareDemand, CompareView} from '../views/compare.ts';
import type {FilesView} from '../views/files.ts';
import type {LayersView} from '../views/layers.ts';
import type {SearchDemand, SearchView} from '../views/search.ts';
import {filesDemand} from './files-demand.ts';
import {layersDemand} from './layers-demand.ts';
import {createSelector} from './memo.ts';

/** What a full screen needs from the engine. */
type ReaderDemand = Pick<
	Demand,
	'detailedStats' | 'document' | 'processes' | 'files' | 'image' | 'layers' | 'compare' | 'search'
>;

const nothing: ReaderDemand = {};

/** The container whose screen is open, while it is there. */
export const presentContainer = ({opened}: State): Container | undefined =>
	opened?.departure === undefined ? opened?.container : undefined;

const ofTab = (tab: ContainerTab, container: Container, files: FilesView | undefined): ReaderDemand => {
	const {id: containerId, state} = container;
	const isRunning = state === 'running' || state === 'paused';
	switch (tab) {
		case 'inspect':
		case 'config':
		case 'network':
			return {document: {objectKind: 'container', objectId: containerId}};
		case 'processes':
			return isRunning ? {processes: {containerId, isPaused: state === 'paused'}} : nothing;
		case 'files':
			return {files: filesDemand(containerId, files)};
		case 'stats':
			return {detailedStats: containerId};
		// See `logs-demand.ts` and, as it needs the rows, `changes-demand.ts`.
		case 'logs':
		case 'changes':
			return nothing;
	}
};

/** What the image is made of is asked for by every tab: the bar of tabs tells of it. */
const ofImage = (
	{imageId, tab}: Extract<Screen, {kind: 'image'}>,
	view: LayersView | undefined,
): ReaderDemand => {
	const layers = layersDemand(view);
	const always = {image: {imageId}, ...(layers && {layers})};
	return tab === 'inspect' ? {...always, document: {objectKind: 'image', objectId: imageId}} : always;
};

const same = <Part>(): ((next: Part) => Part) => {
	let last: {readonly text: string; readonly part: Part} | undefined;
	return next => {
		const text = JSON.stringify(next);
		if (last?.text !== text) last = {text, part: next};
		return last.part;
	};
};

const keepCompared = same<CompareDemand | undefined>();

const compareDemand = (view: CompareView | undefined): CompareDemand | undefined => {
	if (view === undefined || view.isStopped) return undefined;
	const {imageIds, turn, isTimeCompared} = view;
	return keepCompared({imageIds, turn, isTimeCompared});
};

/** Once it was answered nothing is needed. */
const searchDemand = (view: SearchView | undefined): SearchDemand | undefined => {
	if (view?.progress.status !== 'waiting') return undefined;
	const {term, turn, isOfficialOnly, minStars} = view;
	return {term, turn, isOfficialOnly, minStars};
};

const keepDemand = same<ReaderDemand>();

export const selectReaderDemand: (state: State) => ReaderDemand = createSelector(
	(state: State) => [
		state.ui.screen,
		presentContainer(state),
		state.files,
		state.layers,
		compareDemand(state.compare),
		state.search,
	],
	(
		screen: Screen,
		container: Container | undefined,
		files: FilesView | undefined,
		layers: LayersView | undefined,
		compare: CompareDemand | undefined,
		search: SearchView | undefined,
	): ReaderDemand => {
		switch (screen.kind) {
			case 'container':
				return keepDemand(container === undefined ? nothing : ofTab(screen.tab, container, files));
			case 'image':
				return keepDemand(ofImage(screen, layers));
			case 'compare':
				return keepDemand(compare === undefined ? nothing : {compare});
			case 'search': {
				const wanted = searchDemand(search);
				return keepDemand(wanted === undefined ? nothing : {search: wanted});
			}
			// These need the rows: see `outdated-demand.ts` and `registry-demand.ts`.
			case 'outdated':
			case 'registry':
			case 'build':
			case 'transfers':
			case 'transfer':
			case 'logs':
			case 'dashboard':
				return nothing;
		}
	},
);
