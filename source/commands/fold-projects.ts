import type {State} from '../state/model.ts';
import {cursorContainer, cursorProject} from '../state/selectors/rows.ts';
import type {Command} from './types.ts';

/** The project whose row, or one of whose containers, is under the cursor of a grouped list. */
const projectHere = (state: State): string | undefined =>
	cursorProject(state) ?? (state.ui.isGrouped ? cursorContainer(state)?.project : undefined);

const reason = (state: State): string | undefined => {
	if (!state.ui.isGrouped) return 'the list is not grouped: v groups it';
	return projectHere(state) === undefined ? 'it belongs to no project' : undefined;
};

const command = (facts: Pick<Command, 'id' | 'title' | 'help' | 'keys'>, isFolding: boolean): Command => ({
	...facts,
	scope: 'containerList',
	group: 'navigate',
	disabledReason: reason,
	run: ({store}) => {
		const state = store.getState();
		const project = projectHere(state);
		if (project === undefined || state.ui.collapsedProjects.has(project) === isFolding) return;
		store.dispatch(
			{type: 'ui/project-folded', project},
			// The row that it was on may be gone: the cursor goes to the project's own.
			...(isFolding ? [{type: 'ui/landed', list: 'containers', key: `project:${project}`} as const] : []),
		);
	},
});

export const foldCommands: readonly Command[] = [
	command(
		{id: 'containers.fold', title: 'fold', help: 'Folds the project under the cursor', keys: ['left']},
		true,
	),
	command(
		{id: 'containers.unfold', title: 'unfold', help: 'Unfolds the project under the cursor', keys: ['right']},
		false,
	),
];
