import type {Command} from './types.ts';

/** The key that shows the secrets of the object on the screen, and hides them again. */
export const secretsCommand = (scope: 'inspect' | 'config'): Command => ({
	id: `${scope}.secrets`,
	scope,
	title: 'secrets',
	help: 'Shows the values whose names look secret, and hides them again',
	keys: ['.'],
	group: 'view',
	inFooter: 0.7,
	disabledReason: state => (state.document?.value === undefined ? 'nothing is loaded yet' : undefined),
	run: ({store}) => {
		store.dispatch({type: 'document/secrets-toggled'});
	},
});
