import type {Container} from '../engine/types.ts';
import {actOnContainers, askBefore, containerReason, containerTargets} from './container-actions.ts';
import {isPaused, isRunning} from './container-states.ts';
import type {Command} from './types.ts';

const id = 'containers.pause';
const pausing = {id, verb: 'pausing', done: 'paused', infinitive: 'pause', applies: isRunning};
const resuming = {id, verb: 'resuming', done: 'resumed', infinitive: 'resume', applies: isPaused};

const applies = (container: Container): boolean => isRunning(container) || isPaused(container);

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
	confirm: askBefore('pause', applies),
	run: async (context, {targets}) => {
		const {engine, signal} = context;
		// Both are told apart before anything is done: what has just been paused is not resumed again.
		await Promise.all([
			actOnContainers(context, targets, pausing, async target => engine.pauseContainer(target, signal)),
			actOnContainers(context, targets, resuming, async target => engine.unpauseContainer(target, signal)),
		]);
	},
};
