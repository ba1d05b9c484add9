import type {EngineEvent} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import type {ImagesState} from '../model.ts';
import type {ImageView} from '../views/image.ts';

/** How an engine says that an image is no more: Docker, Podman. */
const farewells: ReadonlySet<string> = new Set(['delete', 'remove']);

const isFarewell = (event: EngineEvent, imageId: string): boolean =>
	event.type === 'image' && event.actorId === imageId && farewells.has(event.action);

const gone = (state: ImageView, departure: NonNullable<ImageView['departure']>): ImageView => ({
	...state,
	departure,
});

const isThere = ({byId}: ImagesState, imageId: string): boolean => {
	const byKey: ReadonlyMap<string, unknown> = byId;
	return byKey.has(imageId);
};

const opened = (
	state: ImageView | undefined,
	{screen, title}: Extract<Message, {type: 'ui/screen-opened'}>,
): ImageView | undefined => {
	if (screen.kind !== 'image') return undefined;
	if (state?.imageId === screen.imageId) return state;
	const {imageId} = screen;
	return {imageId, title: title ?? imageId, loading: {status: 'loading'}, isRevealed: false, offset: 0};
};

/**
 * What is known of the image whose screen is open.
 * @param images as they are after the message
 */
export const reduceImage = (
	state: ImageView | undefined,
	message: Message,
	images: ImagesState,
	now: number,
): ImageView | undefined => {
	if (message.type === 'ui/screen-opened') return opened(state, message);
	if (state === undefined) return state;
	switch (message.type) {
		case 'image/loaded': {
			const {config, history} = message;
			return state.imageId === message.imageId
				? {...state, loading: {status: 'ready'}, config, history}
				: state;
		}
		case 'image/failed':
			return state.imageId === message.imageId
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		case 'image/secrets-toggled':
			return {...state, isRevealed: !state.isRevealed};
		case 'engine/images-listed': {
			if (!isThere(images, state.imageId)) return state.departure ? state : gone(state, {at: now});
			const {departure, ...back} = state;
			return departure === undefined ? state : back;
		}
		case 'engine/events-arrived': {
			const farewell = message.events.findLast(event => isFarewell(event, state.imageId));
			return farewell === undefined ? state : gone(state, {at: farewell.at, by: farewell.action});
		}
		default:
			return state;
	}
};
