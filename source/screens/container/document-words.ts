import {sanitise} from '../../format/sanitise.ts';
import type {State} from '../../state/model.ts';

/** Of the container or the image that is read. */
const departureOf = ({opened, image}: State): {readonly at: number} | undefined =>
	opened?.departure ?? image?.departure;

/** Why there is nothing to read; nothing when there is. */
export const emptyDocument = (state: State): string | undefined => {
	const {document} = state;
	if (document?.value !== undefined) return undefined;
	if (departureOf(state) !== undefined) return 'It was removed before it could be inspected.';
	if (document?.loading.status === 'failed')
		return `Cannot inspect: ${sanitise(document.loading.fault.message)}`;
	return 'Loading';
};

/** What has to be known of what is read: what is hidden in it, and that it is no longer true. */
export const documentBadges = (state: State, maskedCount: number): readonly string[] => {
	const {document} = state;
	if (document?.value === undefined) return [];
	const {loading, isRevealed} = document;
	const isOld = loading.status === 'failed' && departureOf(state) === undefined;
	return [
		...(maskedCount === 0 ? [] : [isRevealed ? 'secrets shown' : `${maskedCount} masked`]),
		...(isOld ? [`not read again: ${sanitise(loading.fault.message)}`] : []),
		...(departureOf(state) === undefined ? [] : ['as it was last']),
	];
};
