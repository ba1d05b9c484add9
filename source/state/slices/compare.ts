import type {Message} from '../messages.ts';
import type {CompareView} from '../views/compare.ts';

/** Two images side by side, while their screen is open. */
export const reduceCompare = (state: CompareView | undefined, message: Message): CompareView | undefined => {
	if (message.type !== 'ui/screen-opened') return state;
	return message.screen.kind === 'compare' ? {trees: [undefined, undefined]} : undefined;
};
