import type {Container} from '../engine/types.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {wholeProject} from '../state/selectors/projects.ts';
import {
	actOnContainers,
	askBefore,
	type ContainerWork,
	containerReason,
	containerTargets,
} from './container-actions.ts';
import {isPaused, isRunning} from './container-states.ts';
import type {Command} from './types.ts';

const id = 'containers.pause';
const pausing: ContainerWork = {
	id,
	verb: 'pausing',
	done: 'paused',
	infinitive: 'pause',
	applies: isRunning,
	order: 'dependencies-last',
};
const resuming: ContainerWork = {
	id,
	verb: 'resuming',
	done: 'resumed',
	infinitive: 'resume',
	applies: isPaused,
	order: 'dependencies-first',
};

const applies = (container: Container): boolean => isRunning(container) || isPaused(container);

/** A project goes one way as a whole: as long as anything of it runs, what is frozen already stays so. */
const worksFor = (state: State, targets: readonly string[]): readonly ContainerWork[] => {
	const chosen = containersNamed(state, targets);
	return wholeProject(state, chosen) !== undefined && chosen.some(isRunning)
		? [pausing]
		: [pausing, resuming];
};

/** One key both ways: what runs is frozen, what is frozen goes on. */
export const pauseCommand: Command = {
	id,
	scope: 'containers',
	title: 'pause',
	help: 'Freezes a running container; again: lets it go on',
	keys: ['p'],
	group: 'danger',
	inFooter: 20,
	targets: containerTargets,
	disabledReason: containerReason(applies, 'it does not run'),
	confirm: (state, input) => {
		const works = worksFor(state, input.targets);
		const [only] = works;
		const isResuming = !containersNamed(state, input.targets).some(isRunning);
		return askBefore(isResuming ? 'resume' : 'pause', {
			applies: works.length === 1 && only !== undefined ? only.applies : applies,
		})(state, input);
	},
	run: async (context, {targets}) => {
		const {engine, signal, store} = context;
		// Both are told apart before anything is done: what has just been paused is not resumed again.
		await Promise.all(
			worksFor(store.getState(), targets).map(work =>
				actOnContainers(context, targets, work, async container =>
					work === pausing
						? engine.pauseContainer(container.id, signal)
						: engine.unpauseContainer(container.id, signal),
				),
			),
		);
	},
};
