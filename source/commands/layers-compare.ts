import type {Image} from '../engine/types.ts';
import {parseReference, shortId} from '../format/image-name.ts';
import type {CompareSide, State} from '../state/model.ts';
import {inspectorCommand} from './layers-scopes.ts';

type Named = {readonly image: Image; readonly name: string};

const namesOf = (image: Image): readonly string[] =>
	image.tags.length > 0 ? image.tags : [shortId(image.id)];

const repositoryOf = (name: string): string => {
	const parsed = parseReference(name);
	return parsed.ok ? parsed.value.repository : name;
};

/** Other tags of the same repository first, the newest on top: most often the last one is meant. */
const others = ({images, layers}: State): readonly Named[] => {
	const own = repositoryOf(layers?.title ?? '');
	const named = [...images.byId.values()]
		.filter(({id}) => id !== layers?.imageId)
		.flatMap(image => namesOf(image).map(name => ({image, name})));
	const rank = ({name}: Named): number => (repositoryOf(name) === own ? 0 : 1);
	return named.toSorted((a, b) => rank(a) - rank(b) || b.image.createdAt - a.image.createdAt);
};

const sideOf = (state: State, id: string | undefined, name: string): CompareSide | undefined => {
	const image = [...state.images.byId.values()].find(each => each.id === id);
	return image === undefined ? undefined : {imageId: image.id, name};
};

const separator = ' ';

export const compareCommand = inspectorCommand({
	name: 'compare',
	title: 'compare',
	help: 'Compares it with another image: layers in common, files and configuration',
	keys: ['='],
	group: 'view',
	inFooter: 0.8,
	argument: 'IMAGE',
	disabledReason: state => (others(state).length === 0 ? 'there is no other image' : undefined),
	choice: (state, {argument}) =>
		argument === undefined
			? {
					title: `Compare ${state.layers?.title ?? 'it'} with`,
					field: 'image',
					items: others(state).map(({image, name}) => ({id: `${image.id}${separator}${name}`, label: name})),
				}
			: undefined,
	run: ({store}, {values, argument}) => {
		const state = store.getState();
		const {layers} = state;
		if (layers === undefined) return;
		const found = others(state).find(({name}) => name === argument);
		const [id = found?.image.id, name = found?.name ?? ''] = values?.image?.split(separator) ?? [];
		const other = sideOf(state, id, name);
		if (other === undefined) throw new Error(`no image here is called ${argument ?? name}`);
		const own: CompareSide = {imageId: layers.imageId, name: layers.title};
		store.dispatch({type: 'ui/screen-opened', screen: {kind: 'compare', sides: [own, other]}});
	},
});
