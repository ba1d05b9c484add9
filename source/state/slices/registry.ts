import type {Message} from '../messages.ts';
import type {RegistryView} from '../views/registry.ts';

export const reduceRegistry = (
	view: RegistryView | undefined,
	message: Message,
): RegistryView | undefined => {
	if (message.type !== 'ui/screen-opened') return view;
	return undefined;
};
