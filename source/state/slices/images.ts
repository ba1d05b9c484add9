import type {ImageId} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import type {ImagesState} from '../model.ts';
import type {StoredImage} from '../views/image.ts';

export const initialImages: ImagesState = {
	byId: new Map(),
	loading: {status: 'loading'},
	contents: new Map(),
	unreadable: new Set(),
};

/** What is known of images that are there no more is forgotten. */
const kept = (
	contents: ReadonlyMap<ImageId, StoredImage>,
	byId: ImagesState['byId'],
): ReadonlyMap<ImageId, StoredImage> =>
	contents.keys().every(id => byId.has(id))
		? contents
		: new Map([...contents].filter(([id]) => byId.has(id)));

export const reduceImages = (state: ImagesState, message: Message): ImagesState => {
	switch (message.type) {
		case 'engine/images-listed': {
			const byId = new Map(message.images.map(image => [image.id, image]));
			const unreadable = state.unreadable.intersection(byId);
			return {
				loading: {status: 'ready'},
				byId,
				contents: kept(state.contents, byId),
				unreadable: unreadable.size === state.unreadable.size ? state.unreadable : unreadable,
			};
		}
		case 'images/contents-read': {
			const contents = new Map(state.contents);
			for (const [id, image] of message.contents) if (state.byId.has(id)) contents.set(id, image);
			return {
				...state,
				contents,
				unreadable:
					message.unreadable.length === 0
						? state.unreadable
						: state.unreadable.union(new Set(message.unreadable)),
			};
		}
		// What could not be had on the last connection may be had on this one.
		case 'engine/connected':
			return state.unreadable.size === 0 ? state : {...state, unreadable: new Set()};
		case 'engine/list-failed':
			return message.list === 'images'
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		default:
			return state;
	}
};
