import type {CommandInput} from '../state/overlays.ts';
import type {Store} from '../state/store.ts';
import {textValue} from '../state/text-edit.ts';
import {askPalette} from './palette.ts';
import {
	answersOf,
	type ConfirmOverlay,
	type FormOverlay,
	isConfirmed,
	problemIn,
	saysTheSame,
	switchesOf,
} from './questions.ts';
import type {Command} from './types.ts';

/** What the runner does with an answer. */
export type Answering = {
	readonly store: Store;
	readonly commands: ReadonlyMap<string, Command>;
	readonly invoke: (commandId: string, input?: Partial<CommandInput>) => void;
	/** Asks what is still open, or runs. */
	readonly proceed: (command: Command, input: CommandInput) => void;
	/** Runs now. @param form the input of the form that a refusal goes to. @returns whether it was done. */
	readonly execute: (command: Command, input: CommandInput, form?: CommandInput) => Promise<boolean>;
};

const close = ({store}: Answering): void => {
	store.dispatch({type: 'ui/overlay-closed'});
};

/** The form stays, busy, until the command is done; refused, it stays with what was typed. */
const submitForm = async (answering: Answering, command: Command, form: FormOverlay): Promise<void> => {
	const {store, execute} = answering;
	const problem = problemIn(form);
	if (problem !== undefined) {
		store.dispatch({type: 'ui/form-refused', input: form.input, ...problem});
		return;
	}
	store.dispatch({type: 'ui/form-submitted'});
	const isDone = await execute(command, {...form.input, values: answersOf(form)}, form.input);
	if (isDone) store.dispatch({type: 'ui/form-done', input: form.input});
};

const changedNotice = 'This has changed since the dialog was opened.';

/** What was read is what is done: a dialog whose words are no longer true asks again. */
const submitConfirm = (answering: Answering, command: Command, dialog: ConfirmOverlay): void => {
	if (!isConfirmed(dialog)) return;
	const {input} = dialog;
	close(answering);
	const now = command.confirm?.(answering.store.getState(), input);
	if (now !== undefined && !saysTheSame(now, dialog.spec)) {
		const overlay = {...dialog, spec: now, typed: textValue(''), notice: changedNotice};
		answering.store.dispatch({type: 'ui/overlay-opened', overlay});
		return;
	}
	void answering.execute(command, {...input, values: {...input.values, ...switchesOf(dialog)}});
};

const submitPalette = (answering: Answering, line: string, cursor: number): void => {
	const {store, commands, invoke} = answering;
	const {matches, argument} = askPalette([...commands.values()], store.getState(), line);
	const command = matches[Math.min(cursor, matches.length - 1)];
	if (command === undefined) return;
	close(answering);
	invoke(command.id, argument === undefined ? {} : {argument});
};

/** Answers the dialog on top; what has nothing to answer is closed. */
export const submitTop = (answering: Answering): void => {
	const top = answering.store.getState().ui.overlays.at(-1);
	if (top === undefined) return;
	if (top.kind === 'palette') {
		submitPalette(answering, top.query.text, top.cursor);
		return;
	}
	const command = 'commandId' in top ? answering.commands.get(top.commandId) : undefined;
	if (command === undefined || top.kind === 'help' || top.kind === 'messages') {
		close(answering);
		return;
	}
	switch (top.kind) {
		case 'form':
			if (!top.isBusy) void submitForm(answering, command, top);
			return;
		case 'choice': {
			const item = top.spec.items[top.cursor];
			close(answering);
			if (item === undefined) return;
			const values = {...top.input.values, [top.spec.field]: item.id};
			answering.proceed(command, {...top.input, values});
			return;
		}
		case 'confirm':
			submitConfirm(answering, command, top);
			return;
		default:
			top satisfies never;
	}
};
