import type {State} from '../state/model.ts';
import type {CommandInput, ConfirmSpec, Overlay} from '../state/overlays.ts';
import {textValue} from '../state/text-edit.ts';
import type {Command} from './types.ts';

export type FormOverlay = Extract<Overlay, {kind: 'form'}>;
export type ConfirmOverlay = Extract<Overlay, {kind: 'confirm'}>;

/** The next thing that a command must ask before it runs; nothing when all is answered. */
export const nextQuestion = (command: Command, state: State, input: CommandInput): Overlay | undefined => {
	const asked = {commandId: command.id, input};
	const isUnanswered = input.values === undefined;
	const form = isUnanswered ? command.form?.(state, input) : undefined;
	if (form !== undefined) {
		const values = Object.fromEntries(form.fields.map(field => [field.id, textValue(field.initial)]));
		const isFilling = command.prefill !== undefined && input.prefill === undefined;
		const start = form.fields.findIndex(({id}) => id === form.start);
		const cursor = Math.max(0, start);
		return {kind: 'form', ...asked, spec: form, values, cursor, isBusy: isFilling, isFilling};
	}
	const choice = isUnanswered ? command.choice?.(state, input) : undefined;
	if (choice !== undefined) {
		const initial = choice.items.findIndex(item => item.id === choice.initial);
		return {kind: 'choice', ...asked, spec: choice, cursor: Math.max(0, initial)};
	}
	const confirm = command.confirm?.(state, input);
	if (confirm === undefined) return undefined;
	return {kind: 'confirm', ...asked, spec: confirm, toggles: {}, typed: textValue('')};
};

/** The first field that is not right, with the reason. */
export const problemIn = (
	form: FormOverlay,
): {readonly field: string; readonly problem: string} | undefined => {
	for (const field of form.spec.fields) {
		const problem = field.check?.(form.values[field.id]?.text ?? '');
		if (problem !== undefined) return {field: field.id, problem};
	}
	return undefined;
};

/** What was typed, field by field, without the blanks around it. */
export const answersOf = ({values}: FormOverlay): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value.text.trim()]));

/** May it be done as the dialog stands? */
export const isConfirmed = ({spec, toggles, typed}: ConfirmOverlay): boolean =>
	spec.blocked?.(toggles) === undefined &&
	(spec.mustType === undefined || typed.text.trim() === spec.mustType);

/** The switches of a confirm dialog as answers. */
export const switchesOf = ({toggles}: ConfirmOverlay): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(toggles).map(([id, isOn]) => [id, isOn ? 'yes' : '']));

/** Do both tell a person the same? */
export const saysTheSame = (left: ConfirmSpec, right: ConfirmSpec): boolean =>
	wordsIn(left) === wordsIn(right);

const wordsIn = ({title, lines, list, mustType}: ConfirmSpec): string =>
	JSON.stringify([title, lines, list, mustType]);
