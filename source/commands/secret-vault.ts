import {editText, type TextEdit, type TextValue, textValue} from '../state/text-edit.ts';

/**
 * What is being typed into the secret field of the form on top. It is kept here and nowhere else: the state, and so
 * the screen, crash reports and tests, know how many characters there are.
 */
export type SecretVault = {
	/** @returns what the field shows */
	readonly type: (edit: TextEdit) => TextValue;
	/** What was typed; it is forgotten with that. */
	readonly take: () => string;
	readonly forget: () => void;
};

const masked = ({text, cursor}: TextValue): TextValue => ({text: '*'.repeat(text.length), cursor});

export const createSecretVault = (): SecretVault => {
	let value = textValue('');
	return {
		type(edit) {
			value = editText(value, edit);
			return masked(value);
		},
		take() {
			const {text} = value;
			value = textValue('');
			return text;
		},
		forget() {
			value = textValue('');
		},
	};
};
