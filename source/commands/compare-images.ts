import {formatAge} from '../format/duration.ts';
import type {State} from '../state/model.ts';
import type {CommandInput} from '../state/overlays.ts';
import {imageTargets} from '../state/selectors/images.ts';
import {chosenImages, findImage, olderFirst, openCompare, othersThan, sideOf} from './compare-open.ts';
import {offlineReason} from './container-actions.ts';
import type {Command, CommandContext} from './types.ts';

const reason = (state: State): string | undefined => {
	const count = chosenImages(state).length;
	if (count > 2) return 'it compares two images: unmark the others';
	if (state.images.byId.size < 2) return 'there is no other image';
	return offlineReason(state);
};

/** @throws Error in the words that a person is told */
const named = (state: State, argument: string) => {
	const words = argument.trim().split(/\s+/);
	const images = words.map(word => {
		const image = findImage(state, word);
		if (image === undefined) throw new Error(`no image here is called ${word}`);
		return image;
	});
	const [first, second, ...more] = images;
	if (first === undefined || more.length > 0) throw new Error('compare takes one image, or two');
	const [own] = chosenImages(state);
	if (second !== undefined) return [first, second] as const;
	if (own === undefined) throw new Error('compare takes two images: none is selected');
	return [own, first] as const;
};

const compare = (context: CommandContext, {targets, values, argument}: CommandInput): void => {
	const state = context.store.getState();
	if (argument !== undefined) {
		const [left, right] = named(state, argument);
		if (left.image.id === right.image.id)
			throw new Error('both names are those of one image: nothing differs');
		openCompare(context, [sideOf(left), sideOf(right)]);
		return;
	}
	const [own, other] = chosenImages(state, targets);
	if (own === undefined) throw new Error('no image is selected');
	const choice = values?.image === undefined ? other : othersThan(state, own)[Number(values.image)];
	if (choice !== undefined) openCompare(context, olderFirst(own, choice));
};

/** In the list of images, and on an image's screen. */
export const compareImagesCommand: Command = {
	id: 'images.compare',
	scope: 'images',
	title: 'compare',
	help: 'Compares two marked images, or one with another: layers in common, files, configuration',
	keys: ['='],
	group: 'view',
	inFooter: 8,
	argument: '[IMAGE] IMAGE',
	targets: state => (state.ui.screen.kind === 'image' ? [] : imageTargets(state).map(({key}) => key)),
	disabledReason: reason,
	choice: (state, {targets, argument}) => {
		const [own, other] = chosenImages(state, targets);
		if (argument !== undefined || own === undefined || other !== undefined) return undefined;
		return {
			title: `Compare ${own.name} with`,
			field: 'image',
			items: othersThan(state, own).map(({image, name}, index) => ({
				id: String(index),
				label: name,
				note: formatAge(state.now - image.createdAt),
			})),
		};
	},
	run: compare,
};
