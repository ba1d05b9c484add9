import {repositoryOf} from '../format/repository.ts';
import {quoteWord} from '../format/shell-words.ts';
import type {State} from '../state/model.ts';
import {type ImageTarget, imageTargets} from '../state/selectors/images.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

/** Of the chosen name's own repository, where it has one there. */
const pullReference = ({image, reference}: ImageTarget): string | undefined =>
	image.digests.find(digest => repositoryOf(digest) === repositoryOf(reference ?? '')) ?? image.digests[0];

const lines = (state: State, targets: readonly string[]): readonly string[] => [
	...new Set(
		imageTargets(state, targets).flatMap(target => {
			const reference = pullReference(target);
			return reference === undefined ? [] : [`docker pull ${quoteWord(reference)}`];
		}),
	),
];

export const copyPullLineCommand: Command = {
	id: 'images.copy-pull-line',
	scope: 'images',
	title: 'copy pull line',
	help: 'Copies the docker pull line that gets this very image, by its digest (OSC 52)',
	keys: ['Y'],
	group: 'act',
	targets: selectedImages,
	disabledReason: imagesReason,
	run: (context, {targets}) => {
		const found = lines(context.store.getState(), targets);
		const [only] = found;
		if (only === undefined) showInfo(context, 'no registry knows it: it was neither pulled nor pushed here');
		else if (!context.terminal.copy(found.join('\n')))
			showError(context, `${found.length} lines are more than a terminal takes into its clipboard`);
		else showSuccess(context, found.length === 1 ? `copied ${only}` : `copied ${found.length} pull lines`);
	},
};
