import type {Message} from '../messages.ts';
import type {MoveTarget} from '../views/move-target.ts';

/** What another engine has said is true as long as the question stands that it was asked for. */
export const reduceMoveTarget = (
	target: MoveTarget | undefined,
	message: Message,
): MoveTarget | undefined => {
	switch (message.type) {
		case 'move/target-answered':
			return message.target;
		case 'ui/overlay-opened':
		case 'ui/overlay-closed':
			return undefined;
		default:
			return target;
	}
};
