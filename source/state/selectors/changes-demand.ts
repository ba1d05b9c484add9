import type {Container} from '../../engine/types.ts';
import type {Demand} from '../demand.ts';
import type {State} from '../model.ts';
import {selectChangesRows} from './changes-rows.ts';
import {createSelector, withSameItems} from './memo.ts';
import {presentContainer} from './reader-demand.ts';
import {listView} from './rows.ts';

const nothing: readonly string[] = [];

/** Files on the screen that the engine has not told of; a folder with changes in it is one, a deleted path none. */
const selectUndescribed = withSameItems((state: State): readonly string[] => {
	const files = state.changes?.files;
	if (files === undefined) return nothing;
	const {offset, height} = listView(state, 'changes');
	return selectChangesRows(state)
		.slice(offset, offset + height)
		.filter(({path, kind, below}) => kind !== undefined && kind !== 'deleted' && !below && !files.has(path))
		.map(({path}) => path);
});

const isShown = ({ui: {screen}}: State): boolean => screen.kind === 'container' && screen.tab === 'changes';

/** What the tab of changes needs; nothing while it is not open or the container is gone. */
export const selectChangesDemand: (state: State) => Demand['changes'] = createSelector(
	(state: State) => [
		isShown(state) ? presentContainer(state)?.id : undefined,
		isUp(presentContainer(state)),
		state.changes?.refreshCount ?? 0,
		isShown(state) ? selectUndescribed(state) : nothing,
	],
	(
		containerId: Container['id'] | undefined,
		isUpNow: boolean,
		refreshCount: number,
		undescribed: readonly string[],
	): Demand['changes'] =>
		containerId === undefined ? undefined : {containerId, isUp: isUpNow, refreshCount, undescribed},
);

const isUp = (container: Container | undefined): boolean =>
	container?.state === 'running' || container?.state === 'paused';
