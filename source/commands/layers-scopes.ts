import type {State} from '../state/model.ts';
import type {LayersFocus} from '../state/views/layers.ts';
import type {Command, CommandContext} from './types.ts';

/** The three lists of the inspector, which are scopes too. */
const everywhere: readonly LayersFocus[] = ['layers', 'layerFiles', 'waste'];

type Facts = Omit<Command, 'scope' | 'id'> & {
	/** Behind the scope: `cumulative` becomes `layers.cumulative`, `layerFiles.cumulative` … */
	readonly name: string;
	readonly scopes?: readonly LayersFocus[];
	/** In the palette it stands once, as it would do the same. */
};

/** One command for each list in which its key does the same. Only the first is named in the palette. */
export const inspectorCommand = ({name, scopes = everywhere, ...facts}: Facts): readonly Command[] =>
	scopes.map(
		(scope, index): Command => ({
			...facts,
			id: `${scope}.${name}`,
			scope,
			...(index > 0 && {isKeyOnly: true}),
		}),
	);

export const focusOn = ({store}: CommandContext, focus: LayersFocus): void => {
	store.dispatch({type: 'layers/focused', focus});
};

/** Why there is nothing to be seen of the image. */
export const needsTree = ({layers}: State): string | undefined =>
	layers?.tree === undefined ? 'nothing was read yet' : undefined;

export const isReading = ({layers}: State): boolean => layers?.reading.status === 'reading';
