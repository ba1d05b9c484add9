import type {State} from '../model.ts';
import type {FieldSpec, Overlay} from '../overlays.ts';

type Form = Extract<Overlay, {kind: 'form'}>;

export const secretIn = ({spec}: Form): FieldSpec | undefined =>
	spec.fields.find(({kind}) => kind === 'secret');

/** Does what is typed now go into a secret field? Then no message may hold it. */
export const isTypingSecret = ({ui}: State): boolean => {
	const top = ui.overlays.at(-1);
	return top?.kind === 'form' && top.spec.fields[top.cursor]?.kind === 'secret';
};

/** Is a form open that has one? */
export const hasSecretForm = ({ui}: State): boolean =>
	ui.overlays.some(overlay => overlay.kind === 'form' && secretIn(overlay) !== undefined);
