import type {Container, ContainerId} from '../../engine/types.ts';
import type {Demand} from '../demand.ts';
import type {State} from '../model.ts';
import {isMeasured, selectMeasuredIds} from './containers.ts';
import {createSelector, withSameItems} from './memo.ts';
import {cursorContainer, selectVisibleContainers} from './rows.ts';

const selectVisibleMeasured = withSameItems(
	createSelector(
		(state: State) => [
			selectVisibleContainers(state),
			state.ui.screen.kind === 'dashboard' ? cursorContainer(state) : undefined,
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
		(state: State) => [selectVisibleContainers(state)],
		(visible): readonly ContainerId[] =>
			visible.filter(container => container.details === undefined).map(container => container.id),
	),
);

const selectQueued = createSelector(
	(state: State) => [state.transfers],
	transfers =>
		[...transfers.values()]
			.filter(transfer => transfer.status === 'queued')
			.map(({id, reference}) => ({id, reference})),
);

const selectCancelled = createSelector(
	(state: State) => [state.transfers],
	transfers =>
		[...transfers.values()].filter(transfer => transfer.status === 'cancelling').map(transfer => transfer.id),
);

const selectLogs = createSelector(
	(state: State) => [
		state.ui.screen.kind === 'logs' ? state.ui.screen.containerId : undefined,
		state.ui.screen.kind === 'logs'
			? state.containers.byId.get(state.ui.screen.containerId)?.state
			: undefined,
	],
	(containerId: ContainerId | undefined, at: Container['state'] | undefined) =>
		containerId === undefined ? undefined : {containerId, isRunning: at === 'running' || at === 'paused'},
);

const selectDocument = createSelector(
	(state: State) => [state.ui.screen],
	screen =>
		screen.kind === 'document' ? {objectKind: screen.objectKind, objectId: screen.objectId} : undefined,
);

/** What the screen needs from the engine. Behind a reader nobody sees more of the numbers than the header's sums. */
export const selectDemand: (state: State) => Demand = createSelector(
	(state: State) => [
		selectVisibleMeasured(state),
		selectMeasuredIds(state),
		selectUninspected(state),
		selectQueued(state),
		selectCancelled(state),
		selectLogs(state),
		selectDocument(state),
		state.ui.retryCount,
	],
	(
		fastStats: Demand['fastStats'],
		measured: Demand['measured'],
		details: Demand['details'],
		queuedPulls: Demand['queuedPulls'],
		cancelledTransfers: Demand['cancelledTransfers'],
		logs: Demand['logs'],
		document: Demand['document'],
		retryCount: number,
	): Demand => ({
		fastStats,
		measured,
		details,
		queuedPulls,
		cancelledTransfers,
		retryCount,
		...(logs === undefined ? {} : {logs}),
		...(document === undefined ? {} : {document}),
	}),
);
