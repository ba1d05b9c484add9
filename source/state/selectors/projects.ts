import type {Container} from '../../engine/types.ts';
import {naturalOrder} from '../../format/natural-order.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

/** Every container of every compose project, shown or not. */
export const selectAllMembers = createSelector(
	(state: State) => [state.containers.byId],
	(byId: State['containers']['byId']): ReadonlyMap<string, readonly Container[]> =>
		Map.groupBy(
			[...byId.values()].filter(({project}) => project !== undefined),
			({project = ''}) => project,
		),
);

/** All containers of a compose project by their names, whether the list shows them or not. */
export const membersOf = (state: State, project: string): readonly Container[] =>
	(selectAllMembers(state).get(project) ?? []).toSorted((left, right) => naturalOrder(left.name, right.name));

/** The project whose containers these are, all of them and no others; nothing for a single container. */
export const wholeProject = (state: State, containers: readonly Container[]): string | undefined => {
	const project = containers[0]?.project;
	if (project === undefined || containers.length < 2) return undefined;
	const isWhole =
		containers.every(container => container.project === project) &&
		selectAllMembers(state).get(project)?.length === containers.length;
	return isWhole ? project : undefined;
};

/** Made by `compose run`: a job for once, which is no part of what the project keeps up. */
export const isOneOff = ({labels}: Container): boolean =>
	(labels['com.docker.compose.oneoff'] ?? '').toLowerCase() === 'true';
