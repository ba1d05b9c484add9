import type {State} from '../state/model.ts';
import type {ChoiceSpec, ConfirmSpec, Overlay} from '../state/overlays.ts';
import type {Store} from '../state/store.ts';
import type {Command} from './types.ts';

type Question = Extract<Overlay, {kind: 'confirm' | 'choice'}>;

const sameObjects = (left: ConfirmSpec, right: ConfirmSpec): boolean =>
	JSON.stringify([left.title, left.list, left.mustType]) ===
	JSON.stringify([right.title, right.list, right.mustType]);

/** The question as it would be asked now; nothing when it would be about other objects: then it is asked again. */
const wordedAnew = (
	command: Command,
	state: State,
	question: Question,
): ConfirmSpec | ChoiceSpec | undefined => {
	if (question.kind === 'choice') return command.choice?.(state, question.input);
	const spec = command.confirm?.(state, question.input);
	return spec !== undefined && sameObjects(spec, question.spec) ? spec : undefined;
};

/**
 * Words the question on top anew while what it tells is still being found out, such as the bytes that come back. What
 * it is about never changes under the reader.
 */
export const keepWording = (store: Store, commands: ReadonlyMap<string, Command>): void => {
	let last: {readonly input: Question['input']; readonly followed: unknown} | undefined;
	store.subscribe(() => {
		const state = store.getState();
		const top = state.ui.overlays.at(-1);
		if (top?.kind !== 'confirm' && top?.kind !== 'choice') {
			last = undefined;
			return;
		}
		const command = commands.get(top.commandId);
		if (command?.follows === undefined) return;
		const followed = command.follows(state);
		const isNew = last?.input === top.input && last.followed !== followed;
		last = {input: top.input, followed};
		const spec = isNew ? wordedAnew(command, state, top) : undefined;
		if (spec !== undefined) store.dispatch({type: 'ui/question-reworded', input: top.input, spec});
	});
};
