import type {Message} from '../messages.ts';
import type {MoveTarget} from '../views/move-target.ts';

/** What another engine has said is true for the question that it was asked for: the next one asks anew. */
export const reduceMoveTarget = (
	target: MoveTarget | undefined,
	message: Message,
): MoveTarget | undefined => {
	switch (message.type) {
		case 'move/target-answered':
			return message.target;
		case 'move/target-left':
			return undefined;
		default:
			return target;
	}
};
