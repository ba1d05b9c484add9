import {activeScopes} from '../commands/active-scopes.ts';
import type {Command} from '../commands/types.ts';
import type {Message} from '../state/messages.ts';
import type {State} from '../state/model.ts';
import {isTypingSecret} from '../state/selectors/secret-field.ts';
import type {TextEdit} from '../state/text-edit.ts';
import type {KeyPress} from './canonical.ts';
import type {Keymap} from './keymap.ts';
import {textEdit} from './text-keys.ts';

export type Resolution =
	| {readonly kind: 'command'; readonly command: Command}
	| {readonly kind: 'message'; readonly message: Message}
	/** Into the secret field under the cursor: no message, and so no state, ever holds it. */
	| {readonly kind: 'secret'; readonly edit: TextEdit}
	| {readonly kind: 'nothing'};

const nothing: Resolution = {kind: 'nothing'};

const commandFor = (state: State, key: string, keymap: Keymap): Command | undefined => {
	for (const scope of activeScopes(state)) {
		const command = keymap.get(scope)?.get(key);
		if (command !== undefined) return command;
	}
	return undefined;
};

/** A confirm dialog's switches have letters of their own; what is to be typed there is a number. */
const dialogSwitch = (state: State, press: KeyPress): Message | undefined => {
	const top = state.ui.overlays.at(-1);
	if (top?.kind === 'form' && press.name === 'space') {
		const field = top.spec.fields[top.cursor];
		if (field?.kind === 'toggle') return {type: 'ui/overlay-toggled', id: field.id};
	}
	if (top?.kind !== 'confirm') return undefined;
	const found = top.spec.toggles.find(toggle => toggle.key === press.name);
	return found === undefined ? undefined : {type: 'ui/overlay-toggled', id: found.id};
};

const typing = ({ui}: State, edit: TextEdit): Message | undefined => {
	if (ui.overlays.length > 0) return {type: 'ui/overlay-typed', edit};
	if (ui.queryEdit !== undefined) return {type: 'ui/query-edited', edit};
	return ui.filterEdit === undefined ? undefined : {type: 'ui/filter-edited', edit};
};

/** What a change of the text under the cursor means: it goes into a field or nowhere. */
export const resolveEdit = (state: State, edit: TextEdit): Resolution => {
	if (isTypingSecret(state)) return {kind: 'secret', edit};
	const message = typing(state, edit);
	return message === undefined ? nothing : {kind: 'message', message};
};

/** What one key press means in this state. Pure. */
export const resolve = (state: State, press: KeyPress, keymap: Keymap): Resolution => {
	const flip = dialogSwitch(state, press);
	if (flip !== undefined) return {kind: 'message', message: flip};
	const command = commandFor(state, press.name, keymap);
	if (command !== undefined) return {kind: 'command', command};
	const edit = textEdit(press);
	return edit === undefined ? nothing : resolveEdit(state, edit);
};
