import type {Image} from '../engine/types.ts';
import {parseReference, shortId} from '../format/image-name.ts';
import type {CompareSide, State} from '../state/model.ts';
import {imageNamed, imageTargets} from '../state/selectors/images.ts';
import type {CommandContext} from './types.ts';

export type NamedImage = {readonly image: Image; readonly name: string};

/** Opens the screen of two images; the left one is what is compared against. */
export const openCompare = ({store}: CommandContext, sides: readonly [CompareSide, CompareSide]): void => {
	const {ui, image} = store.getState();
	const {screen} = ui;
	const origin =
		screen.kind === 'image'
			? {imageId: screen.imageId, tab: screen.tab, title: image?.title ?? ''}
			: screen.kind === 'compare'
				? screen.origin
				: undefined;
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'compare', sides, ...(origin && {origin})}});
};

export const sideOf = ({image, name}: NamedImage): CompareSide => ({imageId: image.id, name});

/** Who compares two of which neither was named first wants to know what the newer one has changed. */
export const olderFirst = (one: NamedImage, other: NamedImage): readonly [CompareSide, CompareSide] =>
	one.image.createdAt <= other.image.createdAt ? [sideOf(one), sideOf(other)] : [sideOf(other), sideOf(one)];

/** The image whose screen is open, else those chosen in the list, each once. */
export const chosenImages = (state: State, keys?: readonly string[]): readonly NamedImage[] => {
	const {screen} = state.ui;
	if (screen.kind === 'image') {
		const image = state.images.byId.get(screen.imageId);
		return image === undefined ? [] : [{image, name: state.image?.title ?? nameOf(image)}];
	}
	const named = imageTargets(state, keys).map(({image, reference}) => ({
		image,
		name: reference ?? shortId(image.id),
	}));
	return [...new Map(named.map(each => [each.image.id, each])).values()];
};

const nameOf = (image: Image): string => image.tags[0] ?? shortId(image.id);

const repositoryOf = (name: string): string => {
	const parsed = parseReference(name);
	return parsed.ok ? `${parsed.value.domain ?? ''}/${parsed.value.repository}` : name;
};

/** What an image can be compared with: other tags of its repository first, the newest on top. */
export const othersThan = ({images}: State, own: NamedImage): readonly NamedImage[] => {
	const repository = repositoryOf(own.name);
	const rank = ({name}: NamedImage): number => (repositoryOf(name) === repository ? 0 : 1);
	return [...images.byId.values()]
		.filter(({id}) => id !== own.image.id)
		.flatMap(image => (image.tags.length > 0 ? image.tags : [shortId(image.id)]).map(name => ({image, name})))
		.toSorted((a, b) => rank(a) - rank(b) || b.image.createdAt - a.image.createdAt);
};

/** By name, id or the beginning of an id. */
export const findImage = (state: State, text: string): NamedImage | undefined => {
	const digits = text.replace(/^sha256:/, '');
	const tagged = /[:@]/.test(text.slice(text.lastIndexOf('/') + 1)) ? text : `${text}:latest`;
	const byName = imageNamed(state, text) ?? imageNamed(state, tagged);
	if (byName !== undefined) return {image: byName, name: text};
	if (!/^[\da-f]{4,64}$/.test(digits)) return undefined;
	const found = [...state.images.byId.values()].filter(({id}) => id.startsWith(`sha256:${digits}`));
	const [image] = found;
	return image === undefined || found.length > 1 ? undefined : {image, name: nameOf(image)};
};
