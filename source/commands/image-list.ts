import {repositoryKeyPrefix, repositoryText} from '../resources/image-row.ts';
import type {State} from '../state/model.ts';
import {imageTargets} from '../state/selectors/images.ts';
import {cursorRowKey, repositoryOfKey} from '../state/selectors/rows.ts';
import type {Command} from './types.ts';

/** The repository whose row is under the cursor. */
const cursorRepository = (state: State): string | undefined =>
	repositoryOfKey(cursorRowKey(state, 'images') ?? '');

/** That, or the one that the row under the cursor is below. */
const repositoryHere = (state: State): string | undefined => {
	const key = cursorRowKey(state, 'images');
	if (!state.ui.isTree || key === undefined) return undefined;
	const [target] = imageTargets(state, [key]);
	if (target === undefined) return cursorRepository(state);
	const {image, reference} = target;
	return repositoryText({image, ...(reference !== undefined && {tag: reference})});
};

const foldReason = (state: State): string | undefined =>
	state.ui.isTree ? undefined : 'the list is flat: v makes a tree of it';

const fold = (facts: Pick<Command, 'id' | 'title' | 'help' | 'keys'>, isFolding: boolean): Command => ({
	...facts,
	scope: 'imageList',
	group: 'navigate',
	disabledReason: foldReason,
	run: ({store}) => {
		const state = store.getState();
		const repository = repositoryHere(state);
		if (repository === undefined || state.ui.foldedRepositories.has(repository) === isFolding) return;
		const key = repositoryKeyPrefix + repository;
		store.dispatch(
			{type: 'images/repository-folded', repository},
			// The row that it was on may be gone: the cursor goes to the repository's own.
			...(isFolding ? [{type: 'ui/landed', list: 'images', key} as const] : []),
		);
	},
});

/** What only the list of images has. */
export const imageListCommands: readonly Command[] = [
	{
		id: 'images.open',
		scope: 'imageList',
		title: 'open',
		help: 'Opens the layer-tree inspector; folds or unfolds a repository',
		keys: ['enter'],
		group: 'view',
		run: ({store, invoke}) => {
			const repository = cursorRepository(store.getState());
			if (repository === undefined) invoke('images.layers');
			else store.dispatch({type: 'images/repository-folded', repository});
		},
	},
	{
		id: 'images.group',
		scope: 'imageList',
		title: 'tree',
		help: 'Shows repositories as a tree of their tags, or every tag by itself',
		keys: ['v'],
		group: 'view',
		inFooter: 25,
		run: ({store}) => {
			store.dispatch({type: 'images/grouping-toggled'});
		},
	},
	fold(
		{id: 'images.fold', title: 'fold', help: 'Folds the repository under the cursor', keys: ['left']},
		true,
	),
	fold(
		{id: 'images.unfold', title: 'unfold', help: 'Unfolds the repository under the cursor', keys: ['right']},
		false,
	),
];
