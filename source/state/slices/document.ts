import type {Message} from '../messages.ts';
import type {DocumentState} from '../model.ts';
import {replaced} from '../replaced.ts';
import {scrolled} from './logs.ts';

/** @param height rows of the document on the screen. */
export const reduceDocument = (
	state: DocumentState | undefined,
	message: Message,
	height: number,
): DocumentState | undefined => {
	if (message.type === 'ui/screen-opened') {
		if (message.screen.kind !== 'document') return undefined;
		if (message.screen.objectId === state?.objectId) return state;
		return {
			objectKind: message.screen.objectKind,
			objectId: message.screen.objectId,
			title: message.title ?? message.screen.objectId,
			lines: [],
			loading: {status: 'loading'},
			offset: 0,
		};
	}
	if (state === undefined) return state;
	switch (message.type) {
		case 'engine/document-loaded':
			return message.objectId === state.objectId
				? {...state, lines: message.lines, loading: {status: 'ready'}}
				: state;
		case 'engine/document-failed':
			return message.objectId === state.objectId
				? {...state, loading: {status: 'failed', fault: message.fault}}
				: state;
		case 'ui/scrolled':
			return replaced(state, {
				offset: scrolled(state.offset, message.movement, height, state.lines.length),
			});
		default:
			return state;
	}
};
