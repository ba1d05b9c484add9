import type {Message} from '../messages.ts';
import type {OutdatedView} from '../views/outdated.ts';

export const reduceOutdated = (
	view: OutdatedView | undefined,
	message: Message,
): OutdatedView | undefined => {
	if (message.type !== 'ui/screen-opened') return view;
	return undefined;
};
