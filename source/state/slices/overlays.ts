import type {Message, Movement} from '../messages.ts';
import type {CommandInput, Overlay} from '../overlays.ts';
import {replaced} from '../replaced.ts';
import {secretIn} from '../selectors/secret-field.ts';
import {editText, type TextEdit, type TextValue, textValue} from '../text-edit.ts';

type Form = Extract<Overlay, {kind: 'form'}>;

const withTop = (overlays: readonly Overlay[], change: (overlay: Overlay) => Overlay): readonly Overlay[] => {
	const top = overlays.at(-1);
	if (top === undefined) return overlays;
	const next = change(top);
	return next === top ? overlays : [...overlays.slice(0, -1), next];
};

/** What was refused before says nothing about what is in the field now. */
const withValue = ({problem: _, ...form}: Form, id: string, value: TextValue): Form => ({
	...form,
	values: {...form.values, [id]: value},
});

const typed = (overlay: Overlay, edit: TextEdit): Overlay => {
	switch (overlay.kind) {
		case 'help':
			return replaced(overlay, {query: editText(overlay.query, edit), offset: 0});
		case 'palette':
			return replaced(overlay, {query: editText(overlay.query, edit), cursor: 0});
		case 'confirm':
			return overlay.spec.mustType === undefined
				? overlay
				: replaced(overlay, {typed: editText(overlay.typed, edit)});
		case 'form': {
			const field = overlay.spec.fields[overlay.cursor];
			if ((overlay.isBusy && overlay.isFilling !== true) || field?.kind !== 'text') return overlay;
			return withValue(overlay, field.id, editText(overlay.values[field.id] ?? textValue(''), edit));
		}
		case 'choice':
		case 'messages':
			return overlay;
	}
};

/** What was refused is still to be read when what was typed has been forgotten with it. */
const secretTyped = (overlay: Overlay, shown: TextValue): Overlay => {
	const id = overlay.kind === 'form' ? secretIn(overlay)?.id : undefined;
	if (overlay.kind !== 'form' || id === undefined) return overlay;
	const {text, cursor} = overlay.values[id] ?? textValue('');
	if (text === shown.text && cursor === shown.cursor) return overlay;
	return shown.text === '' || text === shown.text
		? {...overlay, values: {...overlay.values, [id]: shown}}
		: withValue(overlay, id, shown);
};

/** Rows that a page key goes in an overlay. */
const pageRows = 10;

/** @param isRound after the last row comes the first. */
const movedBy = (from: number, movement: Movement, limit: number, isRound: boolean): number => {
	const within = (value: number): number => Math.min(limit, Math.max(0, value));
	switch (movement.kind) {
		case 'lines': {
			const to = from + movement.count;
			const count = limit + 1;
			return isRound ? ((to % count) + count) % count : within(to);
		}
		case 'pages':
			return within(from + Math.round(movement.count * pageRows));
		case 'start':
			return 0;
		case 'end':
			return limit;
	}
};

const moved = (overlay: Overlay, movement: Movement, limit: number): Overlay => {
	switch (overlay.kind) {
		case 'help':
		case 'messages':
			return replaced(overlay, {offset: movedBy(overlay.offset, movement, limit, false)});
		case 'palette':
		case 'form':
		case 'choice':
			return replaced(overlay, {cursor: movedBy(overlay.cursor, movement, limit, true)});
		case 'confirm': {
			const {offset = 0} = overlay;
			const next = movedBy(offset, movement, limit, false);
			return next === offset ? overlay : {...overlay, offset: next};
		}
	}
};

const toggled = (overlay: Overlay, id: string): Overlay => {
	if (overlay.kind === 'confirm') {
		return {...overlay, toggles: {...overlay.toggles, [id]: overlay.toggles[id] !== true}};
	}
	if (overlay.kind === 'form' && !overlay.isBusy) {
		return withValue(overlay, id, textValue(overlay.values[id]?.text === 'yes' ? '' : 'yes'));
	}
	return overlay;
};

/** Only while it is on top: below another nobody reads it. */
const reworded = (
	overlay: Overlay,
	{input, spec}: Extract<Message, {type: 'ui/question-reworded'}>,
): Overlay => {
	if (overlay.kind === 'confirm' && overlay.input === input && 'lines' in spec) return {...overlay, spec};
	if (overlay.kind === 'choice' && overlay.input === input && 'items' in spec) return {...overlay, spec};
	return overlay;
};

/** Identity tells it from a later form of the same command. */
const isFormOf =
	(input: CommandInput) =>
	(overlay: Overlay): overlay is Form =>
		overlay.kind === 'form' && overlay.input === input;

const isBusyForm = (overlay: Overlay): overlay is Form => overlay.kind === 'form' && overlay.isBusy;

const refused = (overlay: Form, message: Extract<Message, {type: 'ui/form-refused'}>): Form => {
	const at = overlay.spec.fields.findIndex(field => field.id === message.field);
	const {progress: _, ...form} = overlay;
	return {...form, isBusy: false, problem: message.problem, cursor: at === -1 ? overlay.cursor : at};
};

/** What was typed ahead comes after what the field begins with, as if it had been there when it was typed. */
const filled = (before: Form, form: Form): Form => ({
	...form,
	cursor: isUntouched(before) ? form.cursor : before.cursor,
	values: Object.fromEntries(
		Object.entries(form.values).map(([id, {text}]) => [
			id,
			textValue(text + (before.values[id]?.text ?? '').slice(initialOf(before, id).length)),
		]),
	),
});

/** Nobody has moved in it or typed into it yet. */
const isUntouched = (form: Form): boolean =>
	form.cursor ===
		Math.max(
			0,
			form.spec.fields.findIndex(({id}) => id === form.spec.start),
		) && form.spec.fields.every(({id, initial}) => (form.values[id]?.text ?? '') === initial);

const initialOf = ({spec}: Form, id: string): string =>
	spec.fields.find(field => field.id === id)?.initial ?? '';

export const reduceOverlays = (overlays: readonly Overlay[], message: Message): readonly Overlay[] => {
	switch (message.type) {
		case 'ui/overlay-opened':
			return [...overlays, message.overlay];
		case 'ui/overlay-closed':
			return overlays.length === 0 ? overlays : overlays.slice(0, -1);
		case 'ui/overlay-typed':
			return withTop(overlays, overlay => typed(overlay, message.edit));
		case 'ui/secret-typed':
			return overlays.some(overlay => secretTyped(overlay, message.shown) !== overlay)
				? overlays.map(overlay => secretTyped(overlay, message.shown))
				: overlays;
		case 'ui/overlay-moved':
			return withTop(overlays, overlay => moved(overlay, message.movement, message.limit));
		case 'ui/overlay-toggled':
			return withTop(overlays, overlay => toggled(overlay, message.id));
		case 'ui/form-submitted':
			return withTop(overlays, overlay => (overlay.kind === 'form' ? {...overlay, isBusy: true} : overlay));
		case 'ui/form-progressed':
			return overlays.some(isBusyForm)
				? overlays.map(overlay => (isBusyForm(overlay) ? {...overlay, progress: message.text} : overlay))
				: overlays;
		case 'ui/form-refused':
			return overlays.some(isFormOf(message.input))
				? overlays.map(overlay => (isFormOf(message.input)(overlay) ? refused(overlay, message) : overlay))
				: overlays;
		case 'ui/question-reworded':
			return withTop(overlays, overlay => reworded(overlay, message));
		case 'ui/form-done':
			return overlays.some(isFormOf(message.input))
				? overlays.filter(overlay => !isFormOf(message.input)(overlay))
				: overlays;
		case 'ui/form-filled':
			return overlays.some(isFormOf(message.input))
				? overlays.map(overlay =>
						isFormOf(message.input)(overlay) ? filled(overlay, message.form) : overlay,
					)
				: overlays;
		default:
			return overlays;
	}
};
