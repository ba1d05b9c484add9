import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import {factsTab, factsView} from '../selectors/facts-layout.ts';
import type {DocumentState} from '../views/document.ts';
import {scrolled} from './scrolled.ts';

/** Scrolls the tables of the open tab. @param document as it is after everything else the message does */
export const scrolledFacts = (
	state: State,
	document: DocumentState | undefined,
	message: Message,
): DocumentState | undefined => {
	const tab = factsTab(state);
	if (message.type !== 'ui/scrolled' || tab === undefined || document === undefined) return document;
	const {offset, height, count} = factsView(state);
	const next = scrolled(offset, message.movement, height, count);
	return next === document.offsets[tab]
		? document
		: {...document, offsets: {...document.offsets, [tab]: next}};
};
