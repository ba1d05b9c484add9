import {parseContainerName} from '../format/run-fields.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {cursorContainer, cursorProject} from '../state/selectors/rows.ts';
import {chosenContainers, containerTargets, singleReason} from './container-actions.ts';
import {openTab, tabCommands} from './container-screen.ts';
import {copyIds} from './copy.ts';
import {foldCommands} from './fold-projects.ts';
import {killCommand} from './kill.ts';
import {lifecycleCommands} from './lifecycle.ts';
import {pauseCommand} from './pause.ts';
import {pruneContainersCommand} from './prune-containers.ts';
import {pullContainersCommand} from './pull-containers.ts';
import {removeContainerCommand} from './remove-containers.ts';
import type {Command} from './types.ts';

export const containerCommands: readonly Command[] = [
	...lifecycleCommands,
	...tabCommands,
	removeContainerCommand,
	pauseCommand,
	killCommand,
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
	...foldCommands,
	pullContainersCommand,
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
