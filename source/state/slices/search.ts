import type {Message} from '../messages.ts';
import type {SearchView} from '../views/search.ts';

export const reduceSearch = (view: SearchView | undefined, message: Message): SearchView | undefined => {
	if (message.type !== 'ui/screen-opened') return view;
	return undefined;
};
