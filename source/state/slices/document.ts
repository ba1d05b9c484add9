import {inspectNodes, smallBranches} from '../../resources/inspect-tree.ts';
import type {Message} from '../messages.ts';
import type {Screen} from '../model.ts';
import type {DocumentState} from '../views/document.ts';

/** What a screen shows the inspect of. */
const objectOf = (
	screen: Screen,
): {readonly objectKind: 'container' | 'image'; readonly objectId: string} | undefined => {
	switch (screen.kind) {
		case 'container':
			return {objectKind: 'container', objectId: screen.containerId};
		case 'image':
			return {objectKind: 'image', objectId: screen.imageId};
		case 'compare':
		case 'build':
		case 'transfers':
		case 'transfer':
		case 'registry':
		case 'search':
		case 'outdated':
		case 'dashboard':
		case 'logs':
			return undefined;
	}
};

type Loaded = Extract<Message, {type: 'engine/document-loaded'}>;

/** What stands open is decided when it is first seen: a reload moves nothing under the reader. */
const loaded = (state: DocumentState, {value, facts}: Loaded): DocumentState => ({
	...state,
	value,
	...(facts && {facts}),
	loading: {status: 'ready'},
	...(state.value === undefined && {unfolded: smallBranches(inspectNodes(value))}),
});

export const reduceDocument = (
	state: DocumentState | undefined,
	message: Message,
): DocumentState | undefined => {
	if (message.type === 'ui/screen-opened') {
		const object = objectOf(message.screen);
		if (object === undefined) return undefined;
		if (object.objectId === state?.objectId) return state;
		return {
			...object,
			title: message.title ?? object.objectId,
			loading: {status: 'loading'},
			unfolded: new Set(),
			isRevealed: false,
			offsets: {config: 0, network: 0},
		};
	}
	if (state === undefined) return state;
	switch (message.type) {
		case 'engine/document-loaded':
			return message.objectId === state.objectId ? loaded(state, message) : state;
		case 'engine/document-failed':
			return message.objectId === state.objectId
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		case 'document/unfolded':
			return {...state, unfolded: message.unfolded};
		case 'document/secrets-toggled':
			return {...state, isRevealed: !state.isRevealed};
		case 'document/find-began':
			return {...state, findFrom: message.path};
		default:
			return state;
	}
};
