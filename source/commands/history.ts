import {dockerfileInstruction} from '../format/instruction.ts';
import type {State} from '../state/model.ts';
import {cursorStep} from '../state/selectors/history-rows.ts';
import {imageSecretsCommand} from './image-config.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

/** As it is, whatever is hidden of it on the screen. */
const wholeInstruction = (state: State): string | undefined => {
	const row = cursorStep(state);
	const steps = state.image?.history?.steps ?? [];
	const step = row === undefined ? undefined : steps[steps.length - 1 - row.index];
	return step && dockerfileInstruction(step.createdBy);
};

export const historyCommands: readonly Command[] = [
	{
		id: 'history.copy',
		scope: 'history',
		title: 'copy instruction',
		help: 'Copies the whole instruction under the cursor (OSC 52)',
		keys: ['y'],
		group: 'act',
		inFooter: 1,
		disabledReason: state => (cursorStep(state) === undefined ? 'no instruction is listed' : undefined),
		run: context => {
			const text = wholeInstruction(context.store.getState());
			if (text === undefined || text === '') showError(context, 'the step says nothing of itself');
			else if (context.terminal.copy(text)) showSuccess(context, `copied ${text.length} characters`);
			else showError(context, `${text.length} characters are more than a terminal takes into its clipboard`);
		},
	},
	imageSecretsCommand('history'),
];
