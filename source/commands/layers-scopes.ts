import type {State} from '../state/model.ts';
import type {LayersFocus} from '../state/views/layers.ts';
import type {Command, CommandContext} from './types.ts';

/** The three lists of the inspector, which are scopes too. */
const everywhere: readonly LayersFocus[] = ['layers', 'layerFiles', 'waste'];

/** What the ids of their commands begin with. */
const prefixes: {readonly [Scope in LayersFocus]: string} = {
	layers: 'layers',
	layerFiles: 'tree',
	waste: 'waste',
};

type Facts = Omit<Command, 'scope' | 'id'> & {
	/** `cumulative` becomes `layers.cumulative`, `tree.cumulative` … */
	readonly name: string;
	readonly scopes?: readonly LayersFocus[];
};

/** One command for each list in which its key does the same. Only the first is named in the palette. */
export const inspectorCommand = ({name, scopes = everywhere, ...facts}: Facts): readonly Command[] =>
	scopes.map(
		(scope, index): Command => ({
			...facts,
			id: `${prefixes[scope]}.${name}`,
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
