import type {Message} from '../messages.ts';
import type {DocumentState, Screen} from '../model.ts';

/** The tabs of a container's screen that show what an inspect tells. */
const objectOf = (
	screen: Screen,
): {readonly objectKind: 'container' | 'image'; readonly objectId: string} | undefined => {
	switch (screen.kind) {
		case 'container':
			return {objectKind: 'container', objectId: screen.containerId};
		case 'document':
			return {objectKind: screen.objectKind, objectId: screen.objectId};
		case 'dashboard':
		case 'logs':
			return undefined;
	}
};

export const reduceDocument = (
	state: DocumentState | undefined,
	message: Message,
): DocumentState | undefined => {
	if (message.type === 'ui/screen-opened') {
		const object = objectOf(message.screen);
		if (object === undefined) return undefined;
		if (object.objectId === state?.objectId) return state;
		return {...object, title: message.title ?? object.objectId, loading: {status: 'loading'}};
	}
	if (state === undefined) return state;
	switch (message.type) {
		case 'engine/document-loaded':
			return message.objectId === state.objectId
				? {...state, value: message.value, loading: {status: 'ready'}}
				: state;
		case 'engine/document-failed':
			return message.objectId === state.objectId
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		default:
			return state;
	}
};
