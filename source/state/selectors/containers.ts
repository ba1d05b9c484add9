import type {Container, ContainerId, ImageId} from '../../engine/types.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

/** The containers of these ids that are still there, in the order given. */
export const containersNamed = (state: State, ids: readonly string[]): readonly Container[] => {
	const byKey: ReadonlyMap<string, Container> = state.containers.byId;
	return ids.flatMap(id => byKey.get(id) ?? []);
};

export const isUp = (container: Container): boolean =>
	container.state === 'running' || container.state === 'paused' || container.state === 'restarting';

/** Has numbers to read: a paused one holds its memory, and uses no processor. */
export const isMeasured = (container: Container): boolean =>
	container.state === 'running' || container.state === 'paused';

export const selectMeasuredIds = createSelector(
	(state: State) => [state.containers.byId],
	(byId): readonly ContainerId[] => [...byId.values()].filter(isMeasured).map(container => container.id),
);

export const selectRunningIds = createSelector(
	(state: State) => [state.containers.byId],
	(byId): readonly ContainerId[] =>
		[...byId.values()].filter(container => container.state === 'running').map(container => container.id),
);

/** Containers by the image they were made from, in any state. */
export const selectUsers = createSelector(
	(state: State) => [state.containers.byId],
	(byId): ReadonlyMap<ImageId, readonly Container[]> => {
		const users = new Map<ImageId, Container[]>();
		for (const container of byId.values()) {
			const known = users.get(container.imageId);
			if (known === undefined) users.set(container.imageId, [container]);
			else known.push(container);
		}
		return users;
	},
);
