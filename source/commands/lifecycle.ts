import type {Container} from '../engine/types.ts';
import {parseGrace} from '../format/grace-time.ts';
import type {CommandInput} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {argumentForm, argumentOf} from './argument-form.ts';
import {
	type ContainerAction,
	type ContainerWork,
	containerAction,
	subjects,
	titleOf,
} from './container-actions.ts';
import {isActive, isStartable} from './container-states.ts';
import {createStartWatches} from './start-outcomes.ts';
import type {Command, CommandContext} from './types.ts';

/** Seconds given in the palette; absent: the container's own. */
const graceOf = (input: CommandInput): number | undefined => {
	const parsed = parseGrace(argumentOf(input) ?? '');
	return parsed.ok ? parsed.value : undefined;
};

const graceWords = (input: CommandInput): string => {
	const seconds = graceOf(input);
	return seconds === undefined ? 'its grace period' : `${seconds} s`;
};

const graceForm =
	(action: string): NonNullable<Command['form']> =>
	(state, input) =>
		argumentForm(input, parseGrace, {
			title: `${action} ${titleOf(state, containersNamed(state, input.targets))}`,
			action,
			label: 'Seconds',
			hint: 'until it is killed; 0 kills at once',
		});

const stopping: ContainerWork = {
	id: 'containers.stop',
	applies: isActive,
	verb: 'stopping',
	done: 'stopped',
	infinitive: 'stop',
	order: 'dependencies-last',
};

const starting: ContainerWork = {
	id: 'containers.start',
	applies: isStartable,
	verb: 'starting',
	done: 'started',
	infinitive: 'start',
	order: 'dependencies-first',
	sparesJobs: true,
};

const restarting: ContainerWork = {
	id: 'containers.restart',
	applies: ({state}) => state !== 'removing' && state !== 'dead',
	verb: 'restarting',
	done: 'restarted',
	infinitive: 'restart',
	order: 'dependencies-first',
	sparesJobs: true,
};

/** Starts can be followed: whether each stays up, and what its health check says. */
const followed =
	(
		work: ContainerWork,
		isPatient: boolean,
		act: (context: CommandContext, container: Container, input: CommandInput) => Promise<void>,
	): ContainerAction['around'] =>
	async (context, input, onSubjects) => {
		const all = subjects(context.store.getState(), input.targets, work);
		const watches = createStartWatches(context, all, isPatient);
		await onSubjects(container => watches.start(container, () => act(context, container, input)));
		watches.finish();
	};

export const lifecycleCommands: readonly Command[] = [
	containerAction({
		...stopping,
		title: 'stop',
		help: 'Stops: SIGTERM, and SIGKILL after the grace period',
		keys: ['s'],
		group: 'danger',
		inFooter: 1,
		argument: 'SECONDS',
		otherwise: 'it does not run',
		effect: input => `Its process is asked to end, and killed when it does not within ${graceWords(input)}.`,
		form: graceForm('Stop'),
		around: async ({engine, signal}, input, work) =>
			work(({id}) => engine.stopContainer(id, signal, graceOf(input))),
	}),
	containerAction({
		...starting,
		title: 'start',
		help: 'Starts a container that does not run, and tells when it is healthy or why it ended',
		keys: ['u'],
		group: 'danger',
		inFooter: 2,
		otherwise: 'it runs already',
		around: followed(starting, true, async ({engine, signal}, {id}) => engine.startContainer(id, signal)),
	}),
	containerAction({
		...restarting,
		title: 'restart',
		help: 'Stops and starts, and tells when it is healthy or why it ended',
		keys: ['r'],
		group: 'danger',
		inFooter: 3,
		argument: 'SECONDS',
		otherwise: 'it is being removed',
		effect: input =>
			`It is stopped (and killed when it does not end within ${graceWords(input)}) and started again: what it serves is interrupted.`,
		form: graceForm('Restart'),
		around: followed(restarting, false, async ({engine, signal}, {id}, input) =>
			engine.restartContainer(id, signal, graceOf(input)),
		),
	}),
];
