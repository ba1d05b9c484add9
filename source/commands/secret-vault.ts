import {editText, type TextEdit, type TextValue, textValue} from '../state/text-edit.ts';

/**
 * What is being typed into the secret field of the form on top. It is kept here and nowhere else: the state, and so
 * the screen, crash reports and tests, know how many characters there are.
 */
export type SecretVault = {
	readonly type: (edit: TextEdit) => void;
	/** What the field shows: a star for each character. */
	readonly shown: () => TextValue;
	/** What was typed. It stays until it is forgotten: a form that was refused for another reason is sent again. */
	readonly read: () => string;
	readonly forget: () => void;
};

/** A line end that came along with the clipboard belongs to no secret. */
const withoutLineEnd = (edit: TextEdit): TextEdit =>
	edit.kind === 'insert' ? {...edit, text: edit.text.replace(/[\r\n]+$/, '')} : edit;

export const createSecretVault = (): SecretVault => {
	let value = textValue('');
	return {
		type(edit) {
			value = editText(value, withoutLineEnd(edit));
		},
		shown: () => ({text: '*'.repeat(value.text.length), cursor: value.cursor}),
		read: () => value.text,
		forget() {
			value = textValue('');
		},
	};
};
