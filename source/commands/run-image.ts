import type {State} from '../state/model.ts';
import {imageNamed, imageTargets} from '../state/selectors/images.ts';
import {offlineReason} from './container-actions.ts';
import {referenceOf, requestPull, transferEnd} from './pull.ts';
import {runFields, specOf} from './run-form.ts';
import {showError, showInfo, showSuccess, wordsOf} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

/** An id is never pulled: it names an image that is here. */
const imageById = /^(sha256:)?[0-9a-f]{12,64}$/;

/** The image under the cursor, when the images have the focus. */
const proposed = (state: State): string => {
	if (state.ui.focus !== 'images') return '';
	const [target] = imageTargets(state);
	return target?.reference ?? target?.image.id ?? '';
};

/** Pulls what is not there. @throws FormProblem when it could not be had. */
const provide = async (context: CommandContext, image: string): Promise<void> => {
	if (imageNamed(context.store.getState(), image) !== undefined) return;
	const transfer = await transferEnd(context, requestPull(context, image));
	if (transfer.status === 'done') return;
	if (transfer.status === 'cancelled') throw new FormProblem(`the pull of ${image} was cancelled`, 'image');
	throw new FormProblem(`cannot pull ${image}: ${transfer.fault?.message ?? 'no reason given'}`, 'image');
};

const land = ({store}: CommandContext, id: string): void => {
	const {containers} = store.getState().ui.lists;
	store.dispatch(
		...(containers.filter === '' ? [] : [{type: 'ui/filter-cleared' as const, list: 'containers' as const}]),
		{type: 'ui/pane-focused', pane: 'containers'},
		{type: 'ui/landed', list: 'containers', key: id},
	);
};

export const runCommand: Command = {
	id: 'images.run',
	scope: 'global',
	title: 'run',
	help: 'Makes and starts a container from an image; pulls the image first when it is not there',
	keys: ['R'],
	group: 'danger',
	inFooter: 7,
	argument: 'IMAGE',
	disabledReason: offlineReason,
	form: (state, input) => ({
		title: 'Run a container',
		action: 'Run',
		fields: runFields(input.argument ?? proposed(state)),
	}),
	run: async (context, input) => {
		const {engine, signal} = context;
		const spec = specOf(input.values ?? {});
		const isId = imageById.test(spec.image);
		const image = isId ? spec.image : referenceOf(spec.image, 'image');
		if (!isId) await provide(context, image);
		const {id, warnings} = await engine.createContainer({...spec, image}, signal);
		for (const warning of warnings) showInfo(context, warning);
		land(context, id);
		try {
			await engine.startContainer(id, signal);
			showSuccess(context, `${spec.name ?? id.slice(0, 12)} runs`);
		} catch (error) {
			// It does not run, and must be seen all the same.
			if (context.store.getState().ui.isRunningOnly)
				context.store.dispatch({type: 'ui/running-only-toggled'});
			showError(
				context,
				`${spec.name ?? id.slice(0, 12)} was created but cannot start: ${wordsOf(error)}`,
				'it is selected: d removes it, u tries again',
			);
		}
	},
};
