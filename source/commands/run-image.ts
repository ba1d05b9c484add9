import {shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import type {CommandInput} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {imageNamed, imageTargets} from '../state/selectors/images.ts';
import {cursorRowKey, focusedList} from '../state/selectors/rows.ts';
import {transferImage} from '../state/selectors/transfer-image.ts';
import {offlineReason} from './container-actions.ts';
import {likeTarget, proposalOf} from './like-container.ts';
import {referenceOf, requestPull, transferEnd} from './pull.ts';
import {type Create, runCopies, runOne} from './run-copies.ts';
import {copiesIn, copiesOf, runFields, specOf} from './run-form.ts';
import {showInfo} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

/** An id is never pulled: it names an image that is here. */
const imageById = /^(sha256:)?[0-9a-f]{12,64}$/;

/** The image under the cursor, when the images or the transfers have the focus. */
const proposed = (state: State): string => {
	const transferId = focusedList(state) === 'transfers' ? cursorRowKey(state, 'transfers') : undefined;
	const transfer = transferId === undefined ? undefined : state.transfers.get(transferId);
	if (transfer !== undefined) return transferImage(transfer) ?? '';
	if (state.ui.focus !== 'images') return '';
	const [target] = imageTargets(state);
	return target === undefined ? '' : (target.reference ?? shortId(target.image.id));
};

/** Pulls what is not there. @throws FormProblem when it could not be had. */
const provide = async (context: CommandContext, image: string): Promise<void> => {
	if (imageNamed(context.store.getState(), image) !== undefined) return;
	const transfer = await transferEnd(context, requestPull(context, image));
	if (transfer.status === 'done') return;
	if (transfer.status === 'cancelled') throw new FormProblem(`the pull of ${image} was cancelled`, 'image');
	throw new FormProblem(`cannot pull ${image}: ${transfer.fault?.message ?? 'no reason given'}`, 'image');
};

/** Asks again, with what the container was asked to be in the fields. */
const proposeLike = async ({engine, store, signal, invoke, ...context}: CommandContext): Promise<void> => {
	const container = likeTarget(store.getState());
	if (container === undefined) return;
	const {spec, hiddenVariables} = engine.likeness(await engine.blueprint(container.id, signal));
	const prefill = proposalOf(store.getState(), container, spec);
	invoke('images.run', {targets: [container.id], prefill});
	if (hiddenVariables.length > 0)
		showInfo(
			{store, ...context},
			`taken over unseen, as their names look secret: ${hiddenVariables.join(', ')}`,
		);
};

/** From the image alone, or over what the form does not say of the container that it began with. */
const creation = async (
	{engine, store, signal}: CommandContext,
	{targets, prefill}: CommandInput,
): Promise<Create> => {
	const [like] = prefill === undefined ? [] : targets;
	if (like === undefined) return spec => engine.createContainer(spec, signal);
	const [container] = containersNamed(store.getState(), [like]);
	if (container === undefined) throw new FormProblem('the container that it should be like was removed');
	const {rest} = engine.likeness(await engine.blueprint(container.id, signal));
	return spec => engine.createLike(rest, spec, signal);
};

export const runCommand: Command = {
	id: 'images.run',
	scope: 'global',
	title: 'run',
	help: 'Runs a container from an image, pulled when it is not there, or another like the selected one',
	keys: ['R'],
	group: 'danger',
	inFooter: 7,
	argument: 'IMAGE',
	disabledReason: offlineReason,
	form: (state, input) => {
		const {argument, prefill, targets} = input;
		if (argument === undefined && prefill === undefined && likeTarget(state) !== undefined) return undefined;
		const [like] = prefill === undefined ? [] : containersNamed(state, targets);
		return {
			title: like === undefined ? 'Run a container' : `Run another like ${like.name}`,
			action: 'Run',
			fields: runFields(argument ?? proposed(state), prefill),
		};
	},
	run: async (context, input) => {
		if (input.values === undefined) {
			await proposeLike(context);
			return;
		}
		const spec = specOf(input.values);
		const isId = imageById.test(spec.image);
		const image = isId ? spec.image : referenceOf(spec.image, 'image');
		const specs = copiesOf({...spec, image}, copiesIn(input.values));
		if (!isId) await provide(context, image);
		const create = await creation(context, input);
		const [only] = specs;
		if (specs.length === 1 && only !== undefined) await runOne(context, only, create);
		else await runCopies(context, specs, create);
	},
};
