import {isAborted} from '../engine/errors.ts';
import type {CommandInput} from '../state/overlays.ts';
import type {TextEdit} from '../state/text-edit.ts';
import {keepSecrets} from './keep-secrets.ts';
import {keepWording} from './keep-wording.ts';
import {nextQuestion} from './questions.ts';
import {reasonAgainst} from './reason.ts';
import {submitTop} from './submit.ts';
import {nextStep, showError, showInfo, wordsOf} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

export type Runner = {
	/** Runs a command as if its key were pressed: guards, questions, then the work. */
	readonly invoke: (commandId: string, input?: Partial<CommandInput>) => void;
	/** Answers the dialog on top. */
	readonly submit: () => void;
	/** Types into the secret field under the cursor. */
	readonly typeSecret: (edit: TextEdit) => void;
};

/** Into the form that asked for it, while that is open; else into a toast that stays. */
const tellFailure = (
	context: CommandContext,
	command: Command,
	error: unknown,
	form?: CommandInput,
): void => {
	// Given up by ourselves: there is nobody left to tell.
	if (isAborted(error) && context.signal.aborted) return;
	const {store} = context;
	const hint = nextStep(error, command.id);
	const isOpen = store
		.getState()
		.ui.overlays.some(overlay => overlay.kind === 'form' && overlay.input === form);
	if (form === undefined || !isOpen) {
		showError(context, `${command.title}: ${wordsOf(error)}`, hint);
		return;
	}
	const field = error instanceof FormProblem ? error.field : undefined;
	store.dispatch({
		type: 'ui/form-refused',
		input: form,
		problem: hint === undefined ? wordsOf(error) : `${wordsOf(error)} (${hint})`,
		...(field !== undefined && {field}),
	});
};

/** A form is open at once, so that keys pressed meanwhile do nothing else; it takes input when its values are there. */
const fillForm = async (context: CommandContext, command: Command, input: CommandInput): Promise<void> => {
	const {store} = context;
	try {
		const filled = {...input, prefill: (await command.prefill?.(context, input)) ?? {}};
		const form = nextQuestion(command, store.getState(), filled);
		if (form?.kind === 'form') store.dispatch({type: 'ui/form-filled', input, form});
		else store.dispatch({type: 'ui/form-done', input});
	} catch (error) {
		const {overlays} = store.getState().ui;
		// Who has left the form does not wait for it any more.
		if (!overlays.some(overlay => overlay.kind === 'form' && overlay.input === input)) return;
		store.dispatch({type: 'ui/form-done', input});
		tellFailure(context, command, error);
	}
};

/** The way of every command: may it be done → what must be asked → do it → what became of it. */
export const createRunner = (
	commandList: readonly Command[],
	parts: Omit<CommandContext, 'commands' | 'invoke' | 'submit' | 'nextId'>,
): Runner => {
	const commands = new Map(commandList.map(command => [command.id, command]));
	const {store} = parts;
	const secrets = keepSecrets(store, parts.secrets);
	let lastId = 0;

	const execute = async (command: Command, input: CommandInput, form?: CommandInput): Promise<boolean> => {
		try {
			await command.run(context, input);
			return true;
		} catch (error) {
			tellFailure(context, command, error, form);
			// The command may have forgotten what turned out wrong.
			secrets.show();
			return false;
		}
	};

	const proceed = (command: Command, input: CommandInput): void => {
		const overlay = nextQuestion(command, store.getState(), input);
		if (overlay === undefined) {
			void execute(command, input);
			return;
		}
		store.dispatch({type: 'ui/overlay-opened', overlay});
		if (overlay.kind === 'form' && overlay.isFilling === true) void fillForm(context, command, input);
	};

	const invoke: Runner['invoke'] = (commandId, given) => {
		const command = commands.get(commandId);
		if (command === undefined) {
			showError(context, `No command is called ${commandId}`);
			return;
		}
		const state = store.getState();
		const reason = reasonAgainst(command, state);
		if (reason === undefined) proceed(command, {targets: command.targets?.(state) ?? [], ...given});
		else showInfo(context, `${command.title}: ${reason}`);
	};

	const submit = (): void => {
		submitTop({store, commands, invoke, proceed, execute});
	};

	const context: CommandContext = {
		...parts,
		commands: commandList,
		invoke,
		submit,
		nextId: () => {
			lastId += 1;
			return lastId;
		},
	};
	keepWording(store, commands);
	return {invoke, submit, typeSecret: secrets.type};
};
