import type {Message} from '../messages.ts';
import type {ImagesState} from '../model.ts';

export const reduceImages = (state: ImagesState, message: Message): ImagesState => {
	switch (message.type) {
		case 'engine/images-listed':
			return {
				loading: {status: 'ready'},
				byId: new Map(message.images.map(image => [image.id, image])),
			};
		case 'engine/list-failed':
			return message.list === 'images'
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		default:
			return state;
	}
};
