import {hasSecretForm, isTypingSecret} from '../state/selectors/secret-field.ts';
import type {Store} from '../state/store.ts';
import type {TextEdit} from '../state/text-edit.ts';
import type {SecretVault} from './secret-vault.ts';

export type SecretKeeper = {
	/** Into the vault; the state is told how it looks. */
	readonly type: (edit: TextEdit) => void;
	/** Shows what is in the vault by now. */
	readonly show: () => void;
};

/** What was typed is forgotten as soon as no form is open that asked for it. */
export const keepSecrets = (store: Store, secrets: SecretVault): SecretKeeper => {
	let hadForm = false;
	store.subscribe(() => {
		const hasForm = hasSecretForm(store.getState());
		if (hadForm && !hasForm) secrets.forget();
		hadForm = hasForm;
	});
	const show = (): void => {
		if (hasSecretForm(store.getState())) store.dispatch({type: 'ui/secret-typed', shown: secrets.shown()});
	};
	return {
		show,
		type(edit) {
			const top = store.getState().ui.overlays.at(-1);
			if (!isTypingSecret(store.getState())) return;
			if (top?.kind === 'form' && top.isBusy && top.isFilling !== true) return;
			secrets.type(edit);
			show();
		},
	};
};
