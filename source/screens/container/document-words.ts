import {sanitise} from '../../format/sanitise.ts';
import type {State} from '../../state/model.ts';

/** Why there is nothing to read; nothing when there is. */
export const emptyDocument = ({document, opened}: State): string | undefined => {
	if (document?.value !== undefined) return undefined;
	if (opened?.departure !== undefined) return 'It was removed before it could be inspected.';
	if (document?.loading.status === 'failed')
		return `Cannot inspect: ${sanitise(document.loading.fault.message)}`;
	return 'Loading';
};

/** What has to be known of what is read: what is hidden in it, and that it is no longer true. */
export const documentBadges = ({document, opened}: State, maskedCount: number): readonly string[] => {
	if (document?.value === undefined) return [];
	const {loading, isRevealed} = document;
	const isOld = loading.status === 'failed' && opened?.departure === undefined;
	return [
		...(maskedCount === 0 ? [] : [isRevealed ? 'secrets shown' : `${maskedCount} masked`]),
		...(isOld ? [`not read again: ${sanitise(loading.fault.message)}`] : []),
		...(opened?.departure === undefined ? [] : ['as it was last']),
	];
};
