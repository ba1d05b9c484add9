import type {Container, ContainerId} from '../../engine/types.ts';
import type {Demand} from '../demand.ts';
import type {State} from '../model.ts';
import {selectChangesDemand} from './changes-demand.ts';
import {isMeasured, selectMeasuredIds} from './containers.ts';
import {selectImageContentsDemand} from './image-contents-demand.ts';
import {selectLogsDemand} from './logs-demand.ts';
import {createSelector, withSameItems} from './memo.ts';
import {selectMoveTargetDemand} from './move-target.ts';
import {selectOutdatedDemand} from './outdated-demand.ts';
import {presentContainer, selectReaderDemand} from './reader-demand.ts';
import {selectRegistryDemand} from './registry-demand.ts';
import {cursorContainer, selectVisibleContainers} from './rows.ts';
import {queuedTransfers} from './transfer-queue.ts';

const selectVisibleMeasured = withSameItems(
	createSelector(
		(state: State) => [
			selectVisibleContainers(state),
			state.ui.screen.kind === 'dashboard' ? cursorContainer(state) : presentContainer(state),
		],
		(visible: readonly Container[], selected: Container | undefined): readonly ContainerId[] => {
			const measured = visible.filter(isMeasured).map(container => container.id);
			if (selected === undefined || !isMeasured(selected) || measured.includes(selected.id)) return measured;
			return [...measured, selected.id];
		},
	),
);

const selectUninspected = withSameItems(
	createSelector(
		(state: State) => [selectVisibleContainers(state), presentContainer(state)],
		(visible: readonly Container[], opened: Container | undefined): readonly ContainerId[] =>
			[...visible, ...(opened === undefined ? [] : [opened])]
				.filter(container => container.details === undefined)
				.map(container => container.id),
	),
);

const selectQueued = createSelector((state: State) => [state.transfers], queuedTransfers);

const selectCancelled = createSelector(
	(state: State) => [state.transfers],
	transfers =>
		[...transfers.values()].filter(transfer => transfer.status === 'cancelling').map(transfer => transfer.id),
);

/** What the screen needs from the engine. Behind a reader nobody sees more of the numbers than the header's sums. */
export const selectDemand: (state: State) => Demand = createSelector(
	(state: State) => [
		selectVisibleMeasured(state),
		selectMeasuredIds(state),
		selectUninspected(state),
		selectQueued(state),
		state.ui.transferLimit,
		selectCancelled(state),
		selectReaderDemand(state),
		selectLogsDemand(state),
		selectChangesDemand(state),
		selectImageContentsDemand(state),
		selectMoveTargetDemand(state),
		selectOutdatedDemand(state),
		selectRegistryDemand(state),
		state.ui.look,
		state.ui.retryCount,
	],
	(
		fastStats: Demand['fastStats'],
		measured: Demand['measured'],
		details: Demand['details'],
		queuedTransfers: Demand['queuedTransfers'],
		transferLimit: number,
		cancelledTransfers: Demand['cancelledTransfers'],
		reader: ReturnType<typeof selectReaderDemand>,
		logs: Demand['logs'],
		changes: Demand['changes'],
		imageContents: NonNullable<Demand['imageContents']>,
		moveTarget: Demand['moveTarget'],
		outdated: Demand['outdated'],
		registry: Demand['registry'],
		look: NonNullable<Demand['look']>,
		retryCount: number,
	): Demand => ({
		fastStats,
		measured,
		details,
		queuedTransfers,
		transferLimit,
		cancelledTransfers,
		look,
		retryCount,
		...reader,
		...(logs && {logs}),
		...(changes && {changes}),
		...(imageContents.length > 0 && {imageContents}),
		...(moveTarget && {moveTarget}),
		...(outdated && {outdated}),
		...(registry && {registry}),
	}),
);
