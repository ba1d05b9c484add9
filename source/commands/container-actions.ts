import type {Container, ContainerId} from '../engine/types.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {isActive} from './container-states.ts';
import {onEach} from './on-each.ts';
import type {Command, CommandContext} from './types.ts';

export const offlineReason = (state: State): string | undefined =>
	state.engine.connection.status === 'live' ? undefined : 'the engine is not connected';

/** On a container's own screen that one; else what the list has marked, or under its cursor. */
export const containerTargets = (state: State): readonly string[] =>
	state.ui.screen.kind === 'container' ? [state.ui.screen.containerId] : targetsIn(state, 'containers');

export const chosenContainers = (state: State): readonly Container[] =>
	containersNamed(state, containerTargets(state));

const noneReason = (state: State): string =>
	state.opened?.departure === undefined ? 'no container is selected' : 'it was removed';

/** Why something that needs a container cannot be done: none is there, or none is in the right state. */
export const containerReason =
	(applies: (container: Container) => boolean = () => true, otherwise = '') =>
	(state: State): string | undefined => {
		const chosen = chosenContainers(state);
		if (chosen.length === 0) return noneReason(state);
		return offlineReason(state) ?? (chosen.some(applies) ? undefined : otherwise);
	};

/** Like `containerReason`, for what works on one container only. */
export const singleReason =
	(applies?: (container: Container) => boolean, otherwise?: string) =>
	(state: State): string | undefined =>
		chosenContainers(state).length > 1
			? 'it works on one container: unmark the others'
			: containerReason(applies, otherwise)(state);

export const namesOf = (containers: readonly Container[]): string => {
	const shown = containers.slice(0, 8).map(container => container.name);
	const more = containers.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
};

export type ContainerAction = Omit<Command, 'run' | 'targets' | 'disabledReason' | 'scope'> & {
	readonly applies: (container: Container) => boolean;
	/** Said when no chosen container is in the right state. */
	readonly otherwise: string;
	readonly verb: string;
	readonly done: string;
	readonly infinitive: string;
	/** What it does to those who use the container; with it, one that is up is asked about too. */
	readonly effect?: string;
	readonly act: (context: CommandContext, id: ContainerId) => Promise<void>;
};

/** Runs an action on those of the targets it applies to. */
export const actOnContainers = async (
	context: CommandContext,
	targets: readonly string[],
	action: Pick<ContainerAction, 'id' | 'verb' | 'done' | 'infinitive' | 'applies'>,
	act: (id: ContainerId) => Promise<void>,
): Promise<void> => {
	const chosen = containersNamed(context.store.getState(), targets).filter(action.applies);
	const byId = new Map(chosen.map(container => [String(container.id), container]));
	await onEach(
		context,
		[...byId.keys()],
		{
			commandId: action.id,
			verb: action.verb,
			done: action.done,
			infinitive: action.infinitive,
			kind: 'container',
			nameOf: target => byId.get(target)?.name ?? target,
		},
		async target => {
			const container = byId.get(target);
			if (container !== undefined) await act(container.id);
		},
	);
};

/**
 * A question before something is done to several containers, or to one that is up and may be relied on.
 * @param effect what it does to those who use the container; absent: one container is not asked about.
 */
export const askBefore =
	(
		title: string,
		applies: (container: Container) => boolean,
		effect?: string,
	): NonNullable<Command['confirm']> =>
	(state, input) => {
		const chosen = containersNamed(state, input.targets).filter(applies);
		const [only] = chosen;
		if (only === undefined) return undefined;
		const isHarmless = effect === undefined || state.ui.isTrusting || !isActive(only);
		if (chosen.length === 1 && isHarmless) return undefined;
		const what = chosen.length === 1 ? only.name : `${chosen.length} containers`;
		return {
			title: `${title} ${what}?`,
			lines: [
				chosen.length === 1
					? `Container ${only.name} of image ${only.image} is ${only.state}.`
					: namesOf(chosen),
				...(effect === undefined ? [] : [effect]),
			],
			action: title,
			toggles: [],
		};
	};

/** A plain lifecycle command: one request for each chosen container that it applies to. */
export const containerAction = ({
	applies,
	otherwise,
	act,
	verb,
	done,
	infinitive,
	effect,
	...command
}: ContainerAction): Command => ({
	...command,
	scope: 'containers',
	targets: containerTargets,
	disabledReason: containerReason(applies, otherwise),
	confirm: askBefore(command.title, applies, effect),
	run: async (context, input) => {
		await actOnContainers(
			context,
			input.targets,
			{id: command.id, verb, done, infinitive, applies},
			async id => {
				await act(context, id);
			},
		);
	},
});
