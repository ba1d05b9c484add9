import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import {imageFactsView} from '../selectors/image-facts-layout.ts';
import type {ImageView} from '../views/image.ts';
import {scrolled} from './scrolled.ts';

/** Scrolls the tables of an image. @param image as it is after everything else the message does */
export const scrolledImage = (
	state: State,
	image: ImageView | undefined,
	message: Message,
): ImageView | undefined => {
	const {screen} = state.ui;
	if (message.type !== 'ui/scrolled' || image === undefined) return image;
	if (screen.kind !== 'image' || screen.tab !== 'imageConfig') return image;
	const {offset, height, count} = imageFactsView(state);
	const next = scrolled(offset, message.movement, height, count);
	return next === image.offset ? image : {...image, offset: next};
};
