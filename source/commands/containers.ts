import {parseContainerName} from '../format/run-fields.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {cursorContainer, cursorProject} from '../state/selectors/rows.ts';
import {
	actOnContainers,
	chosenContainers,
	containerAction,
	containerReason,
	containerTargets,
	namesOf,
	singleReason,
} from './container-actions.ts';
import {openTab, tabCommands} from './container-screen.ts';
import {isActive, isStartable, killSignals} from './container-states.ts';
import {copyIds} from './copy.ts';
import {pauseCommand} from './pause.ts';
import {pruneContainersCommand} from './prune-containers.ts';
import {removeContainerCommand} from './remove-containers.ts';
import type {Command} from './types.ts';

export const containerCommands: readonly Command[] = [
	containerAction({
		id: 'containers.stop',
		title: 'stop',
		help: 'Stops: SIGTERM, and SIGKILL after the grace period',
		keys: ['s'],
		group: 'danger',
		inFooter: 1,
		applies: isActive,
		otherwise: 'it does not run',
		verb: 'stopping',
		done: 'stopped',
		infinitive: 'stop',
		effect: 'Its process is asked to end, and killed when it does not within the grace period.',
		act: async ({engine, signal}, id) => engine.stopContainer(id, signal),
	}),
	containerAction({
		id: 'containers.start',
		title: 'start',
		help: 'Starts a container that does not run',
		keys: ['u'],
		group: 'danger',
		inFooter: 2,
		applies: isStartable,
		otherwise: 'it runs already',
		verb: 'starting',
		done: 'started',
		infinitive: 'start',
		act: async ({engine, signal}, id) => engine.startContainer(id, signal),
	}),
	containerAction({
		id: 'containers.restart',
		title: 'restart',
		help: 'Stops and starts',
		keys: ['r'],
		group: 'danger',
		inFooter: 3,
		applies: container => container.state !== 'removing' && container.state !== 'dead',
		otherwise: 'it is being removed',
		verb: 'restarting',
		done: 'restarted',
		infinitive: 'restart',
		effect: 'It is stopped and started again: what it serves is interrupted.',
		act: async ({engine, signal}, id) => engine.restartContainer(id, signal),
	}),
	...tabCommands,
	removeContainerCommand,
	pauseCommand,
	{
		id: 'containers.kill',
		scope: 'containers',
		title: 'kill',
		help: 'Sends a signal of your choice to the main process',
		keys: ['K'],
		group: 'danger',
		inFooter: 21,
		argument: 'SIGNAL',
		targets: containerTargets,
		disabledReason: containerReason(isActive, 'it does not run'),
		choice: (state, input) =>
			input.argument === undefined
				? {
						title: `Signal for ${namesOf(containersNamed(state, input.targets))}`,
						field: 'signal',
						items: killSignals,
						initial: 'SIGKILL',
					}
				: undefined,
		run: async (context, input) => {
			const signalName = input.values?.signal ?? input.argument ?? 'SIGKILL';
			const action = {
				id: 'containers.kill',
				verb: 'killing',
				done: `got ${signalName}`,
				infinitive: `send ${signalName} to`,
				applies: isActive,
			};
			await actOnContainers(context, input.targets, action, async id =>
				context.engine.killContainer(id, signalName, context.signal),
			);
		},
	},
	{
		id: 'containers.rename',
		scope: 'containers',
		title: 'rename',
		help: 'Gives the container another name',
		keys: ['n'],
		group: 'danger',
		inFooter: 22,
		targets: containerTargets,
		disabledReason: singleReason(),
		form: (state, input) => {
			const [container] = containersNamed(state, input.targets);
			if (container === undefined) return undefined;
			return {
				title: `Rename ${container.name}`,
				action: 'Rename',
				fields: [
					{
						id: 'name',
						label: 'New name',
						hint: 'letters, digits, _ . -',
						kind: 'text',
						initial: container.name,
						check: value => {
							const parsed = parseContainerName(value.trim());
							return parsed.ok ? undefined : parsed.reason;
						},
					},
				],
			};
		},
		run: async ({engine, store, signal}, input) => {
			const [container] = containersNamed(store.getState(), input.targets);
			const name = input.values?.name;
			if (container === undefined || name === undefined || name === container.name) return;
			await engine.renameContainer(container.id, name, signal);
		},
	},
	{
		id: 'containers.open',
		scope: 'containerList',
		title: 'open',
		help: "Opens the container's screen; folds or unfolds a project",
		keys: ['enter'],
		group: 'view',
		run: context => {
			const {store} = context;
			const container = cursorContainer(store.getState());
			const project = cursorProject(store.getState());
			if (container !== undefined) openTab(context, [container.id], 'logs');
			else if (project !== undefined) store.dispatch({type: 'ui/project-folded', project});
		},
	},
	{
		id: 'containers.running-only',
		scope: 'containerList',
		title: 'all/running',
		help: 'Shows all containers, or only those that run',
		keys: ['A'],
		group: 'view',
		inFooter: 24,
		run: ({store}) => {
			store.dispatch({type: 'ui/running-only-toggled'});
		},
	},
	{
		id: 'containers.group',
		scope: 'containerList',
		title: 'group',
		help: 'Groups by compose project, or not',
		keys: ['v'],
		group: 'view',
		inFooter: 25,
		run: ({store}) => {
			store.dispatch({type: 'ui/grouping-toggled'});
		},
	},
	pruneContainersCommand,
	{
		id: 'containers.copy-id',
		scope: 'containers',
		title: 'copy id',
		help: 'Copies the id through the terminal (OSC 52)',
		keys: ['y'],
		group: 'act',
		targets: containerTargets,
		disabledReason: state => (chosenContainers(state).length === 0 ? 'no container is selected' : undefined),
		run: (context, {targets}) => {
			copyIds(context, targets);
		},
	},
];
