import {scrollCommands} from './readers.ts';
import type {Command} from './types.ts';

/** The key that shows the secrets of the image on the screen, and hides them again. */
export const imageSecretsCommand = (scope: 'history' | 'imageConfig'): Command => ({
	id: `${scope.toLowerCase()}.secrets`,
	scope,
	title: 'secrets',
	help: 'Shows the values whose names look secret, and hides them again',
	keys: ['.'],
	group: 'view',
	inFooter: 0.7,
	disabledReason: state => (state.image?.config === undefined ? 'nothing is loaded yet' : undefined),
	run: ({store}) => {
		store.dispatch({type: 'image/secrets-toggled'});
	},
});

export const imageConfigCommands: readonly Command[] = [
	...scrollCommands('imageConfig').map(command => ({...command, id: command.id.toLowerCase()})),
	imageSecretsCommand('imageConfig'),
];
