import type {Container} from '../engine/types.ts';
import {counted} from '../format/counted.ts';
import type {State} from '../state/model.ts';
import type {CommandInput} from '../state/overlays.ts';
import {projectMembers} from '../state/selectors/container-rows.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {isOneOff, wholeProject} from '../state/selectors/projects.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {isActive} from './container-states.ts';
import {startWaves, stopWaves} from './dependency-order.ts';
import {onEach} from './on-each.ts';
import type {Command, CommandContext} from './types.ts';

export const offlineReason = (state: State): string | undefined =>
	state.engine.connection.status === 'live' ? undefined : 'the engine is not connected';

/** On a container's own screen that one; else what the list on the screen has marked, or under its cursor. */
export const containerTargets = (state: State): readonly string[] => {
	const {screen} = state.ui;
	if (screen.kind === 'container') return [screen.containerId];
	return targetsIn(state, screen.kind === 'outdated' ? 'outdated' : 'containers');
};

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

/** @param most how many are named; the rest is counted */
export const namesOf = (containers: readonly Container[], most = 8): string => {
	const shown = containers.slice(0, most).map(container => container.name);
	const more = containers.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
};

/** What an action does, and to which of the chosen ones. */
export type ContainerWork = {
	readonly id: string;
	readonly applies: (container: Container) => boolean;
	readonly verb: string;
	readonly done: string;
	readonly infinitive: string;
	/** Of compose services that depend on each other: which come first. Absent: all together. */
	readonly order?: 'dependencies-first' | 'dependencies-last';
	/** Of a whole project the jobs that were run once are left alone. */
	readonly sparesJobs?: boolean;
};

export type ContainerAction = Omit<Command, 'run' | 'targets' | 'disabledReason' | 'scope'> &
	ContainerWork & {
		/** Said when no chosen container is in the right state. */
		readonly otherwise: string;
		/** What it does to those who use the container; with it, one that is up is asked about too. */
		readonly effect?: string | ((input: CommandInput) => string);
		/** @param work does it to each of the subjects, in the order of the action */
		readonly around: (
			context: CommandContext,
			input: CommandInput,
			work: (act: (container: Container) => Promise<void>) => Promise<void>,
		) => Promise<void>;
	};

/** Those of the targets that the action is for. */
export const subjects = (
	state: State,
	targets: readonly string[],
	{applies, sparesJobs = false}: Pick<ContainerWork, 'applies' | 'sparesJobs'>,
): readonly Container[] => {
	const chosen = containersNamed(state, targets);
	const isSparing = sparesJobs && wholeProject(state, chosen) !== undefined && !chosen.every(isOneOff);
	return chosen.filter(container => applies(container) && !(isSparing && isOneOff(container)));
};

const wavesOf = (
	containers: readonly Container[],
	order: ContainerWork['order'],
): readonly (readonly string[])[] => {
	const keysOf = (wave: readonly Container[]): readonly string[] => wave.map(({id}) => id);
	if (order === undefined) return [keysOf(containers)];
	return (order === 'dependencies-first' ? startWaves : stopWaves)(containers).map(keysOf);
};

/** Runs an action on those of the targets it applies to. */
export const actOnContainers = async (
	context: CommandContext,
	targets: readonly string[],
	action: ContainerWork,
	act: (container: Container) => Promise<void>,
): Promise<void> => {
	const chosen = subjects(context.store.getState(), targets, action);
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
			if (container !== undefined) await act(container);
		},
		wavesOf(chosen, action.order),
	);
};

/**
 * What an action is about to be done to, in a dialog's title: a name, `project shop (5 containers)`, `3 containers`.
 * @param chosen what was pointed at
 * @param subject those of them that it is done to
 */
export const titleOf = (
	state: State,
	chosen: readonly Container[],
	subject: readonly Container[] = chosen,
): string => {
	const [only] = subject;
	if (only !== undefined && subject.length === 1) return only.name;
	const project = wholeProject(state, chosen);
	const count = counted(subject.length, 'container');
	return project === undefined ? count : `project ${project} (${count})`;
};

/** On a project's row the whole project is meant; what the list hides of it is said. */
export const hiddenLines = (state: State, chosen: readonly Container[]): readonly string[] => {
	const project = wholeProject(state, chosen);
	if (project === undefined) return [];
	const shown = projectMembers(state, project).length;
	return shown === chosen.length
		? []
		: [`The whole project is meant; the list shows ${shown} of ${chosen.length}.`];
};

/**
 * A question before something is done to several containers, or to one that is up and may be relied on.
 * @param effect what it does to those who use the container; absent: one container is not asked about.
 */
export const askBefore =
	(
		title: string,
		work: Pick<ContainerWork, 'applies' | 'sparesJobs'>,
		effect?: ContainerAction['effect'],
	): NonNullable<Command['confirm']> =>
	(state, input) => {
		const chosen = subjects(state, input.targets, work);
		const [only] = chosen;
		if (only === undefined) return undefined;
		const isHarmless = effect === undefined || state.ui.isTrusting || !isActive(only);
		if (chosen.length === 1 && isHarmless) return undefined;
		const pointedAt = containersNamed(state, input.targets);
		return {
			title: `${title} ${titleOf(state, pointedAt, chosen)}?`,
			lines: [
				chosen.length === 1
					? `Container ${only.name} of image ${only.image} is ${only.state}.`
					: namesOf(chosen),
				...hiddenLines(state, pointedAt),
				...(effect === undefined ? [] : [typeof effect === 'string' ? effect : effect(input)]),
			],
			action: title,
			toggles: [],
		};
	};

/** A lifecycle command: one request for each chosen container that it applies to. */
export const containerAction = ({
	applies,
	otherwise,
	around,
	verb,
	done,
	infinitive,
	effect,
	order,
	sparesJobs = false,
	...command
}: ContainerAction): Command => {
	const {id} = command;
	const work: ContainerWork = {id, applies, verb, done, infinitive, sparesJobs, ...(order && {order})};
	const reason = containerReason(applies, otherwise);
	return {
		...command,
		scope: 'containers',
		targets: containerTargets,
		disabledReason: state =>
			reason(state) ?? (subjects(state, containerTargets(state), work).length === 0 ? otherwise : undefined),
		confirm: askBefore(command.title, work, effect),
		run: async (context, input) =>
			around(context, input, act => actOnContainers(context, input.targets, work, act)),
	};
};
