import {useInput, usePaste} from 'ink';
import {afterEscape, type KeyPress, keyPresses} from '../keys/canonical.ts';
import {resolve} from '../keys/resolve.ts';
import {useServices} from './services.ts';

/** The one place where keys come in. */
export const useKeys = (): void => {
	const {store, runner, keymap} = useServices();

	const hear = (press: KeyPress): void => {
		const meaning = resolve(store.getState(), press, keymap);
		switch (meaning.kind) {
			case 'command':
				runner.invoke(meaning.command.id);
				return;
			case 'message':
				store.dispatch(meaning.message);
				return;
			case 'nothing':
				for (const part of afterEscape(press)) hear(part);
				return;
			default:
				meaning satisfies never;
		}
	};

	useInput((input, key) => {
		for (const press of keyPresses(input, key)) hear(press);
	});

	// Pasted text is text: it goes into a field or nowhere, never to the commands behind its letters.
	usePaste(text => {
		const {ui} = store.getState();
		const edit = {kind: 'insert' as const, text};
		if (ui.overlays.length > 0) store.dispatch({type: 'ui/overlay-typed', edit});
		else if (ui.queryEdit !== undefined) store.dispatch({type: 'ui/query-edited', edit});
		else if (ui.filterEdit !== undefined) store.dispatch({type: 'ui/filter-edited', edit});
	});
};
