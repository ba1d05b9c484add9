import {containersNamed} from '../state/selectors/containers.ts';
import {wholeProject} from '../state/selectors/projects.ts';
import {
	actOnContainers,
	containerReason,
	containerTargets,
	hiddenLines,
	namesOf,
	titleOf,
} from './container-actions.ts';
import {isActive} from './container-states.ts';
import type {Command} from './types.ts';

export const removeContainerCommand: Command = {
	id: 'containers.remove',
	scope: 'containers',
	title: 'remove',
	help: 'Removes; asks first, offers force and volumes',
	keys: ['d'],
	group: 'danger',
	inFooter: 6,
	targets: containerTargets,
	disabledReason: containerReason(),
	confirm: (state, input) => {
		const chosen = containersNamed(state, input.targets);
		const [only] = chosen;
		if (only === undefined) return undefined;
		const active = chosen.filter(isActive);
		const isOne = chosen.length === 1;
		const project = wholeProject(state, chosen);
		const activeLine = isOne
			? `It is ${only.state}.`
			: `${active.length} of them ${active.length === 1 ? 'is' : 'are'} running: ${namesOf(active)}`;
		return {
			title: `Remove ${titleOf(state, chosen)}?`,
			lines: [
				isOne
					? `Container ${only.name} of image ${only.image} is deleted with its writable layer.`
					: namesOf(chosen, project === undefined ? undefined : chosen.length),
				...hiddenLines(state, chosen),
				...(active.length > 0 ? [activeLine] : []),
				...(project === undefined ? [] : ['Its networks and named volumes stay.']),
				'This cannot be undone.',
			],
			action: 'Remove',
			toggles: [
				...(active.length > 0
					? [{id: 'force', key: 'f', label: 'force: kill what runs, then remove it'}]
					: []),
				{id: 'volumes', key: 'v', label: 'also delete its anonymous volumes'},
			],
			blocked: toggles => {
				if (active.length === 0 || toggles.force === true) return undefined;
				return isOne ? `it is ${only.state}: f switches force on` : 'some run: f switches force on';
			},
			...(isOne ? {} : {mustType: String(chosen.length)}),
		};
	},
	run: async (context, input) => {
		const options = {force: input.values?.force === 'yes', volumes: input.values?.volumes === 'yes'};
		const action = {
			id: 'containers.remove',
			verb: 'removing',
			done: 'removed',
			infinitive: 'remove',
			applies: () => true,
			order: 'dependencies-last',
		} as const;
		await actOnContainers(context, input.targets, action, async ({id}) =>
			context.engine.removeContainer(id, options, context.signal),
		);
	},
};
