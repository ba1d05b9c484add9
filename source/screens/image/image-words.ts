import {formatClock} from '../../format/duration.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {Loading} from '../../state/loading.ts';
import type {State} from '../../state/model.ts';

/** Whether there is something to show; what was loaded stays when the image is gone. */
export const imageLoading = ({image}: State): Loading => {
	if (image?.config !== undefined || image?.departure !== undefined) return {status: 'ready'};
	return image?.loading ?? {status: 'loading'};
};

/** Why there is nothing to read; nothing when there is. */
export const emptyImage = (state: State): string | undefined => {
	const {image} = state;
	if (image?.config !== undefined) return undefined;
	if (image?.departure !== undefined) return 'The image was removed before it could be inspected.';
	const {loading} = {loading: imageLoading(state)};
	return loading.status === 'failed' ? `Cannot inspect: ${sanitise(loading.fault.message)}` : 'Loading';
};

/** What has to be known of what is read: what is hidden in it, and that it is no longer true. */
export const imageBadges = ({image}: State, maskedCount: number): readonly string[] => {
	if (image?.config === undefined) return [];
	const {loading, isRevealed, departure} = image;
	return [
		...(maskedCount === 0 ? [] : [isRevealed ? 'secrets shown' : `${maskedCount} masked`]),
		...(loading.status === 'failed' && departure === undefined
			? [`not read again: ${sanitise(loading.fault.message)}`]
			: []),
		...(departure === undefined ? [] : ['as it was last']),
	];
};

/** When and by what it went. */
export const departureText = ({image}: State): string | undefined => {
	const departure = image?.departure;
	if (departure === undefined) return undefined;
	return `removed ${formatClock(departure.at)}${departure.by === undefined ? '' : ` (${departure.by})`}`;
};
