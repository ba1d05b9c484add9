import type {Message} from '../messages.ts';
import type {ImageView} from '../views/image.ts';

/** What is known of the image whose screen is open. */
export const reduceImage = (state: ImageView | undefined, message: Message): ImageView | undefined => {
	switch (message.type) {
		case 'ui/screen-opened': {
			const {screen, title} = message;
			if (screen.kind !== 'image') return undefined;
			if (state?.imageId === screen.imageId) return state;
			return {imageId: screen.imageId, title: title ?? screen.imageId, loading: {status: 'loading'}};
		}
		case 'image/loaded':
			return state?.imageId === message.imageId
				? {...state, loading: {status: 'ready'}, config: message.config}
				: state;
		default:
			return state;
	}
};
