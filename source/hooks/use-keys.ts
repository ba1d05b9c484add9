import {useInput, usePaste} from 'ink';
import {afterEscape, type KeyPress, keyPresses} from '../keys/canonical.ts';
import {type Resolution, resolve, resolveEdit} from '../keys/resolve.ts';
import {useServices} from './services.ts';

/** The one place where keys come in. */
export const useKeys = (): void => {
	const {store, runner, keymap} = useServices();

	/** @returns whether it meant anything */
	const act = (meaning: Resolution): boolean => {
		switch (meaning.kind) {
			case 'command':
				runner.invoke(meaning.command.id);
				return true;
			case 'message':
				store.dispatch(meaning.message);
				return true;
			case 'secret':
				runner.typeSecret(meaning.edit);
				return true;
			case 'nothing':
				return false;
		}
	};

	const hear = (press: KeyPress): void => {
		if (act(resolve(store.getState(), press, keymap))) return;
		for (const part of afterEscape(press)) hear(part);
	};

	useInput((input, key) => {
		for (const press of keyPresses(input, key)) hear(press);
	});

	// Pasted text is text: it goes into a field or nowhere, never to the commands behind its letters.
	usePaste(text => {
		act(resolveEdit(store.getState(), {kind: 'insert', text}));
	});
};
