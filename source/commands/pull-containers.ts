import {parseReference} from '../format/image-name.ts';
import {pullLineOf} from '../format/pull-line.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerReason, containerTargets} from './container-actions.ts';
import {startPulls} from './pull.ts';
import {showInfo} from './toasts.ts';
import type {Command} from './types.ts';

/** What they were made from, each once; an id is no name that a registry knows. */
const imagesOf = (state: State, targets: readonly string[]): readonly string[] => [
	...new Set(
		containersNamed(state, targets)
			.map(({image}) => image)
			.filter(image => !/^(sha256:)?[0-9a-f]{12,64}$/.test(image) && parseReference(image).ok),
	),
];

export const pullContainersCommand: Command = {
	id: 'containers.pull',
	scope: 'containers',
	title: 'pull-images',
	help: 'Pulls the images of the marked containers, or of the project under the cursor, each once',
	keys: [],
	group: 'danger',
	targets: containerTargets,
	disabledReason: containerReason(),
	run: (context, {targets}) => {
		const lines = imagesOf(context.store.getState(), targets).flatMap(image => {
			const line = pullLineOf(image, '', false);
			return line.ok ? [line.value] : [];
		});
		if (lines.length === 0) showInfo(context, 'they were made from images without a name');
		else startPulls(context, lines);
	},
};
