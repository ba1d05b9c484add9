import type {Container} from '../../engine/types.ts';
import {build as buildResource} from '../../resources/build.ts';
import {changes} from '../../resources/changes.ts';
import {compare as compareResource} from '../../resources/compare.ts';
import {containers} from '../../resources/containers.ts';
import {events} from '../../resources/events.ts';
import {files} from '../../resources/files.ts';
import {history as historyResource} from '../../resources/history.ts';
import {repositoryKeyPrefix} from '../../resources/image-row.ts';
import {images} from '../../resources/images.ts';
import {inspect} from '../../resources/inspect.ts';
import {layers as layersResource} from '../../resources/layers.ts';
import {manifest as manifestResource} from '../../resources/manifest.ts';
import {outdated as outdatedResource} from '../../resources/outdated.ts';
import {processes} from '../../resources/processes.ts';
import {registries as registriesResource} from '../../resources/registries.ts';
import {repositories as repositoriesResource} from '../../resources/repositories.ts';
import type {ListId} from '../../resources/resource.ts';
import {search as searchResource} from '../../resources/search.ts';
import {tags as tagsResource} from '../../resources/tags.ts';
import {transferLayers as transferLayersResource} from '../../resources/transfer-layers.ts';
import {transfers} from '../../resources/transfers.ts';
import {waste as wasteResource} from '../../resources/waste.ts';
import type {State} from '../model.ts';
import {cursorOf, offsetOf, type RowKeys} from '../slices/lists.ts';
import {selectBuildRows} from './build-rows.ts';
import {selectChangesRows} from './changes-rows.ts';
import {selectCompareRows} from './compare-rows.ts';
import {projectMembers, selectContainerRows} from './container-rows.ts';
import {allFileKeys, selectFilesRows} from './files-rows.ts';
import {selectHistoryRows} from './history-rows.ts';
import {isImageRow, repositoryKeys, selectImageRows} from './image-rows.ts';
import {selectInspectRows} from './inspect-rows.ts';
import {isLayerFile, selectLayerFileKeys} from './layer-files-rows.ts';
import {selectLayerRows} from './layers-rows.ts';
import {listHeight, readerList} from './layout.ts';
import {selectManifestRows} from './manifest-rows.ts';
import {createSelector} from './memo.ts';
import {selectEventRows} from './other-rows.ts';
import {selectOutdatedRows} from './outdated-rows.ts';
import {selectProcessesRows} from './processes-rows.ts';
import {membersOf} from './projects.ts';
import {selectRegistriesRows} from './registries-rows.ts';
import {selectRepositoriesRows} from './repositories-rows.ts';
import {selectSearchRows} from './search-rows.ts';
import {selectTagsRows} from './tags-rows.ts';
import {selectTransferLayerRows} from './transfer-layers-rows.ts';
import {selectTransferRows} from './transfer-rows.ts';
import {selectWasteRows} from './waste-rows.ts';

const selectContainerKeys = createSelector(
	(state: State) => [selectContainerRows(state)],
	rows => rows.map(containers.rowId),
);
const selectProcessKeys = createSelector(
	(state: State) => [selectProcessesRows(state)],
	rows => rows.map(processes.rowId),
);
const selectInspectKeys = createSelector(
	(state: State) => [selectInspectRows(state)],
	rows => rows.map(inspect.rowId),
);
const selectChangeKeys = createSelector(
	(state: State) => [selectChangesRows(state)],
	rows => rows.map(changes.rowId),
);
const selectFileKeys = createSelector(
	(state: State) => [selectFilesRows(state)],
	rows => rows.map(files.rowId),
);
const selectImageKeys = createSelector(
	(state: State) => [selectImageRows(state)],
	rows => rows.map(images.rowId),
);
const selectTransferKeys = createSelector(
	(state: State) => [selectTransferRows(state)],
	rows => rows.map(transfers.rowId),
);
const selectEventKeys = createSelector(
	(state: State) => [selectEventRows(state)],
	rows => rows.map(events.rowId),
);

const selectLayerKeys = createSelector(
	(state: State) => [selectLayerRows(state)],
	rows => rows.map(layersResource.rowId),
);
const selectWasteKeys = createSelector(
	(state: State) => [selectWasteRows(state)],
	rows => rows.map(wasteResource.rowId),
);
const selectHistoryKeys = createSelector(
	(state: State) => [selectHistoryRows(state)],
	rows => rows.map(historyResource.rowId),
);
const selectCompareKeys = createSelector(
	(state: State) => [selectCompareRows(state)],
	rows => rows.map(compareResource.rowId),
);
const selectBuildKeys = createSelector(
	(state: State) => [selectBuildRows(state)],
	rows => rows.map(buildResource.rowId),
);
const selectRegistriesKeys = createSelector(
	(state: State) => [selectRegistriesRows(state)],
	rows => rows.map(registriesResource.rowId),
);
const selectRepositoriesKeys = createSelector(
	(state: State) => [selectRepositoriesRows(state)],
	rows => rows.map(repositoriesResource.rowId),
);
const selectTagsKeys = createSelector(
	(state: State) => [selectTagsRows(state)],
	rows => rows.map(tagsResource.rowId),
);
const selectManifestKeys = createSelector(
	(state: State) => [selectManifestRows(state)],
	rows => rows.map(manifestResource.rowId),
);
const selectSearchKeys = createSelector(
	(state: State) => [selectSearchRows(state)],
	rows => rows.map(searchResource.rowId),
);
const selectOutdatedKeys = createSelector(
	(state: State) => [selectOutdatedRows(state)],
	rows => rows.map(outdatedResource.rowId),
);
const selectTransferLayersKeys = createSelector(
	(state: State) => [selectTransferLayerRows(state)],
	rows => rows.map(transferLayersResource.rowId),
);

/** The keys of all rows that a list shows, in order. */
export const rowKeys = (state: State, list: ListId): readonly string[] => {
	switch (list) {
		case 'containers':
			return selectContainerKeys(state);
		case 'images':
			return selectImageKeys(state);
		case 'transfers':
			return selectTransferKeys(state);
		case 'events':
			return selectEventKeys(state);
		case 'processes':
			return selectProcessKeys(state);
		case 'inspect':
			return selectInspectKeys(state);
		case 'changes':
			return selectChangeKeys(state);
		case 'files':
			return selectFileKeys(state);
		case 'layers':
			return selectLayerKeys(state);
		case 'layerFiles':
			return [...selectLayerFileKeys(state)];
		case 'waste':
			return selectWasteKeys(state);
		case 'history':
			return selectHistoryKeys(state);
		case 'compare':
			return selectCompareKeys(state);
		case 'build':
			return selectBuildKeys(state);
		case 'registries':
			return selectRegistriesKeys(state);
		case 'repositories':
			return selectRepositoriesKeys(state);
		case 'tags':
			return selectTagsKeys(state);
		case 'manifest':
			return selectManifestKeys(state);
		case 'search':
			return selectSearchKeys(state);
		case 'outdated':
			return selectOutdatedKeys(state);
		case 'transferLayers':
			return selectTransferLayersKeys(state);
	}
};

/** Those of a long list are not made before they are asked for. */
export const listKeys = (state: State, list: ListId): RowKeys =>
	list === 'layerFiles' ? selectLayerFileKeys(state) : rowKeys(state, list);

/** The list that has the focus; the resources pane is none, and what is only read is none. */
export const focusedList = (state: State): ListId | undefined => {
	if (state.ui.screen.kind !== 'dashboard') return readerList(state);
	return state.ui.focus === 'resources' ? undefined : state.ui.focus;
};

export type ListView = {
	/** Index of the cursor's row among all rows. */
	readonly cursor: number;
	readonly offset: number;
	readonly height: number;
	readonly count: number;
};

/** Which part of a list is on the screen. */
export const listView = (state: State, list: ListId): ListView => {
	const keys = listKeys(state, list);
	const height = listHeight(state, list);
	const cursor = cursorOf(state.ui.lists[list], keys);
	const offset = offsetOf(state.ui.lists[list].offset, cursor, {height, count: keys.length});
	return {cursor, offset, height, count: keys.length};
};

export const cursorRowKey = (state: State, list: ListId): string | undefined => {
	const keys = listKeys(state, list);
	return keys.at(cursorOf(state.ui.lists[list], keys));
};

const groupPrefix = 'project:';

/** The project that a row stands for, when it stands for one. */
const projectOfKey = (key: string): string | undefined =>
	key.startsWith(groupPrefix) ? key.slice(groupPrefix.length) : undefined;

/** The repository that a row of the image list stands for, when it stands for one. */
export const repositoryOfKey = (key: string): string | undefined =>
	key.startsWith(repositoryKeyPrefix) ? key.slice(repositoryKeyPrefix.length) : undefined;

/** These are read: nothing in them can be worked on. */
const unmarkable: ReadonlySet<ListId> = new Set(['inspect', 'layers', 'waste', 'build', 'transferLayers']);

/** The objects that marking a row marks: itself, or those members of its project that the filter lets through. */
export const markableKeys = (state: State, list: ListId, key: string): readonly string[] => {
	if (unmarkable.has(list)) return [];
	const repository = list === 'images' ? repositoryOfKey(key) : undefined;
	if (repository !== undefined) return repositoryKeys(state, repository, 'shown');
	const project = list === 'containers' ? projectOfKey(key) : undefined;
	return project === undefined ? [key] : projectMembers(state, project).map(({id}) => id);
};

/** Whether a row's object is still there, shown or not. */
export const isThere = (state: State, list: ListId): ((key: string) => boolean) => {
	switch (list) {
		case 'containers': {
			const known: ReadonlySet<string> = new Set(state.containers.byId.keys());
			return key => known.has(key);
		}
		case 'images':
			return key => isImageRow(state, key);
		case 'transfers':
			return key => state.transfers.has(key);
		case 'events':
			return () => true;
		case 'files': {
			const known = new Set(allFileKeys(state));
			return key => known.has(key);
		}
		case 'layerFiles':
			return key => isLayerFile(state, key);
		case 'processes':
		case 'inspect':
		case 'changes':
		case 'layers':
		case 'waste':
		case 'history':
		case 'compare':
		case 'build':
		case 'registries':
		case 'repositories':
		case 'tags':
		case 'manifest':
		case 'search':
		case 'outdated':
		case 'transferLayers': {
			const known = new Set(rowKeys(state, list));
			return key => known.has(key);
		}
	}
};

/**
 * What a command works on: the marked rows, whether the filter shows them or not, else the row under the cursor. That
 * of a project is the whole project, as its numbers are: all members, shown or not.
 */
export const targetsIn = (state: State, list: ListId): readonly string[] => {
	const {marks} = state.ui.lists[list];
	if (marks.size > 0) return [...marks];
	const key = cursorRowKey(state, list);
	if (key === undefined) return [];
	const repository = list === 'images' ? repositoryOfKey(key) : undefined;
	if (repository !== undefined) return repositoryKeys(state, repository, 'all');
	const project = list === 'containers' ? projectOfKey(key) : undefined;
	return project === undefined ? [key] : membersOf(state, project).map(({id}) => id);
};

/** The container under the cursor; nothing on the row of a project. */
export const cursorContainer = (state: State): Container | undefined => {
	const rows = selectContainerRows(state);
	const row = rows[cursorOf(state.ui.lists.containers, rowKeys(state, 'containers'))];
	return row?.kind === 'container' ? row.container : undefined;
};

/** The compose project whose row is under the cursor. */
export const cursorProject = (state: State): string | undefined => {
	const key = cursorRowKey(state, 'containers');
	return key === undefined ? undefined : projectOfKey(key);
};

/** The containers whose rows are on the screen. */
export const selectVisibleContainers: (state: State) => readonly Container[] = createSelector(
	(state: State) => [
		selectContainerRows(state),
		listView(state, 'containers').offset,
		state.ui.screen.kind === 'dashboard' ? listHeight(state, 'containers') : 0,
	],
	(rows: ReturnType<typeof selectContainerRows>, offset: number, height: number): readonly Container[] =>
		rows.slice(offset, offset + height).flatMap(row => (row.kind === 'container' ? [row.container] : [])),
);
