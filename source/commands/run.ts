import {isAborted} from '../engine/errors.ts';
import type {CommandInput, Overlay} from '../state/overlays.ts';
import {textValue} from '../state/text-edit.ts';
import {askPalette} from './palette.ts';
import {nextStep, showError, showInfo, wordsOf} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

export type Runner = {
	/** Runs a command as if its key were pressed: guards, questions, then the work. */
	readonly invoke: (commandId: string, input?: Partial<CommandInput>) => void;
	/** Answers the dialog on top. */
	readonly submit: () => void;
};

export const readOnlyReason = 'read-only session: nothing can be changed from here';

/** Why a command cannot be done now; the same words in the footer, the help and the toast. */
export const reasonAgainst = (command: Command, state: ReturnType<CommandContext['store']['getState']>) =>
	command.group === 'danger' && state.ui.isReadOnly ? readOnlyReason : command.disabledReason?.(state);

const formOverlay = (
	commandId: string,
	input: CommandInput,
	spec: Extract<Overlay, {kind: 'form'}>['spec'],
): Overlay => ({
	kind: 'form',
	commandId,
	input,
	spec,
	values: Object.fromEntries(spec.fields.map(field => [field.id, textValue(field.initial)])),
	cursor: 0,
	isBusy: false,
});

/** The first field that is not right, with the reason. */
const problemIn = (form: Extract<Overlay, {kind: 'form'}>) => {
	for (const field of form.spec.fields) {
		const problem = field.check?.(form.values[field.id]?.text ?? '');
		if (problem !== undefined) return {field: field.id, problem};
	}
	return undefined;
};

export const createRunner = (
	commands: readonly Command[],
	parts: Omit<CommandContext, 'invoke' | 'submit' | 'nextId'>,
): Runner => {
	const byId = new Map(commands.map(command => [command.id, command]));
	let lastId = 0;
	const context: CommandContext = {
		...parts,
		nextId: () => {
			lastId += 1;
			return lastId;
		},
		invoke: (commandId, input) => {
			invoke(commandId, input);
		},
		submit: () => {
			submit();
		},
	};
	const {store} = parts;

	const failed = (command: Command, error: unknown): void => {
		if (isAborted(error)) return;
		const top = store.getState().ui.overlays.at(-1);
		if (top?.kind === 'form' && top.commandId === command.id) {
			const field = error instanceof FormProblem ? error.field : undefined;
			const hint = nextStep(error, command.id);
			const problem = hint === undefined ? wordsOf(error) : `${wordsOf(error)} (${hint})`;
			store.dispatch({
				type: 'ui/form-refused',
				commandId: command.id,
				problem,
				...(field === undefined ? {} : {field}),
			});
			return;
		}
		showError(context, `${command.title}: ${wordsOf(error)}`, nextStep(error, command.id));
	};

	const execute = async (command: Command, input: CommandInput): Promise<boolean> => {
		try {
			await command.run(context, input);
			return true;
		} catch (error) {
			failed(command, error);
			return false;
		}
	};

	const open = (overlay: Overlay): void => {
		store.dispatch({type: 'ui/overlay-opened', overlay});
	};

	/** Asks the next question that is still open, or does it. */
	const proceed = (command: Command, input: CommandInput): void => {
		const state = store.getState();
		if (input.values === undefined) {
			const form = command.form?.(state, input);
			if (form !== undefined) return open(formOverlay(command.id, input, form));
			const choice = command.choice?.(state, input);
			if (choice !== undefined) {
				const initial = choice.items.findIndex(item => item.id === choice.initial);
				return open({
					kind: 'choice',
					commandId: command.id,
					input,
					spec: choice,
					cursor: Math.max(0, initial),
				});
			}
		}
		const confirm = command.confirm?.(state, input);
		if (confirm !== undefined) {
			return open({
				kind: 'confirm',
				commandId: command.id,
				input,
				spec: confirm,
				toggles: {},
				typed: textValue(''),
			});
		}
		void execute(command, input);
	};

	const invoke: Runner['invoke'] = (commandId, given) => {
		const command = byId.get(commandId);
		if (command === undefined) return showError(context, `No command is called ${commandId}`);
		const state = store.getState();
		const reason = reasonAgainst(command, state);
		if (reason !== undefined) return showInfo(context, `${command.title}: ${reason}`);
		proceed(command, {targets: command.targets?.(state) ?? [], ...given});
	};

	const submitForm = async (command: Command, form: Extract<Overlay, {kind: 'form'}>): Promise<void> => {
		const problem = problemIn(form);
		if (problem !== undefined) {
			store.dispatch({type: 'ui/form-refused', commandId: command.id, ...problem});
			return;
		}
		const values = Object.fromEntries(
			Object.entries(form.values).map(([id, value]) => [id, value.text.trim()]),
		);
		store.dispatch({type: 'ui/form-submitted'});
		const isDone = await execute(command, {...form.input, values});
		const top = store.getState().ui.overlays.at(-1);
		if (isDone && top?.kind === 'form' && top.commandId === command.id)
			store.dispatch({type: 'ui/overlay-closed'});
	};

	const submitConfirm = (command: Command, top: Extract<Overlay, {kind: 'confirm'}>): void => {
		const {spec, toggles, typed, input} = top;
		if (spec.blocked?.(toggles) !== undefined) return;
		if (spec.mustType !== undefined && typed.text.trim() !== spec.mustType) return;
		const answers = Object.fromEntries(Object.entries(toggles).map(([id, isOn]) => [id, isOn ? 'yes' : '']));
		store.dispatch({type: 'ui/overlay-closed'});
		void execute(command, {...input, values: {...input.values, ...answers}});
	};

	const submitPalette = (top: Extract<Overlay, {kind: 'palette'}>): void => {
		const {matches, argument} = askPalette(commands, store.getState(), top.query.text);
		const command = matches[Math.min(top.cursor, matches.length - 1)];
		if (command === undefined) return;
		store.dispatch({type: 'ui/overlay-closed'});
		invoke(command.id, argument === undefined ? {} : {argument});
	};

	const submit = (): void => {
		const top = store.getState().ui.overlays.at(-1);
		if (top?.kind === 'palette') return submitPalette(top);
		if (top === undefined || !('commandId' in top)) return store.dispatch({type: 'ui/overlay-closed'});
		const command = byId.get(top.commandId);
		if (command === undefined) return;
		switch (top.kind) {
			case 'form':
				if (!top.isBusy) void submitForm(command, top);
				return;
			case 'choice': {
				const item = top.spec.items[top.cursor];
				store.dispatch({type: 'ui/overlay-closed'});
				if (item !== undefined)
					proceed(command, {...top.input, values: {...top.input.values, [top.spec.field]: item.id}});
				return;
			}
			case 'confirm':
				submitConfirm(command, top);
				return;
			default:
				top satisfies never;
		}
	};

	return {invoke, submit};
};
